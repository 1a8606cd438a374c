#include "model/store/TimelineStore.h"
#include "tests/support/BookWith.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::model;

namespace {

constexpr Id<Customer> anna{1};
constexpr Id<User> me{100};
constexpr Id<User> ben{101};

/// "C7@90": kinds I(nteraction), C(ase), N(ote), F(ollow-up), id, time.
QString picture(const QVector<TimelineEntry> &entries)
{
    QStringList words;
    for (const TimelineEntry &entry : entries)
        words.append(
            QStringLiteral("%1%2@%3").arg(QString("ICNF").at(int(entry.kind))).arg(entry.id).arg(entry.at));
    return words.join(' ');
}

void addInteraction(test::BookWith &book, qint64 id, TimeMs at, Id<User> agent = ben)
{
    book.add("interaction", id, {{"customer", anna.value}, {"started_at", at}, {"agent", agent.value}});
}

/// One of each kind, and another customer who must not show.
void addOneOfEach(test::BookWith &book)
{
    book.add("user", me.value, {{"name", "Me"}});
    book.add("user", ben.value, {{"name", "Ben"}});
    book.add("outcome_code", 1, {{"code", "solved"}, {"label", "Solved"}});
    book.add("outcome_code", 2, {{"code", "solved"}, {"label", "Solved, twice"}});
    book.add("interaction", 10,
             {{"customer", anna.value},
              {"started_at", 100},
              {"answered_at", 110},
              {"ended_at", 150},
              {"channel", "mail"},
              {"direction", "out"},
              {"outcome", "solved"},
              {"note", "Hello"},
              {"agent", ben.value}});
    book.add("case", 20,
             {{"customer", anna.value},
              {"opened_at", 200},
              {"opened_by", me.value},
              {"type", "return"},
              {"status", "waiting"},
              {"code", "K73QF9X"},
              {"severity", 2},
              {"subject", "Broken"},
              {"remedy_sought", "A new one"}});
    book.add("case_note", 30, {{"case", 20}, {"at", 300}, {"author", ben.value}, {"text", "Looked at it"}});
    book.add("follow_up", 40,
             {{"customer", anna.value},
              {"at", 400},
              {"made_by", me.value},
              {"what", "Call back"},
              {"kind", "visit"},
              {"state", "done"}});
    book.add("interaction", 11, {{"customer", 2}, {"started_at", 500}});
    book.add("case", 21, {{"customer", 2}, {"opened_at", 500}});
    book.add("case_note", 31, {{"case", 21}, {"at", 500}});
    book.add("follow_up", 41, {{"customer", 2}, {"at", 500}});
}

} // namespace

class tst_Timeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allKindsOfOneCustomerNewestFirst()
    {
        test::BookWith book;
        addOneOfEach(book);

        const auto part = TimelineStore(book.db(), me).page(anna, {}, 50);

        QVERIFY(part);
        QCOMPARE(picture(part->entries), "F40@400 N30@300 C20@200 I10@100");
        QVERIFY(!part->next);
    }

    void entriesSayWhatTheirKindHas()
    {
        test::BookWith book;
        addOneOfEach(book);

        const auto part = TimelineStore(book.db(), me).page(anna, {}, 50);

        const TimelineEntry &followUp = part->entries.at(0);
        QVERIFY(followUp.mine && followUp.who == "Me" && followUp.text == "Call back");
        QVERIFY(followUp.followUpKind == FollowUp::Kind::Visit &&
                followUp.followUpState == FollowUp::State::Done);
        const TimelineEntry &note = part->entries.at(1);
        QVERIFY(!note.mine && note.who == "Ben" && note.text == "Looked at it" && note.caseCode == "K73QF9X");
        const TimelineEntry &file = part->entries.at(2);
        QVERIFY(file.caseType == Case::Type::Return && file.caseStatus == Case::Status::Waiting);
        QVERIFY(file.text == "Broken" && file.severity == 2 && file.remedySought == "A new one");
        const TimelineEntry &mail = part->entries.at(3);
        QVERIFY(mail.channel == Interaction::Channel::Mail && mail.direction == Interaction::Direction::Out);
        QVERIFY(mail.outcomeLabel == "Solved" && mail.durationMs == 40 && mail.text == "Hello");
    }

    void pagesFollowEachOtherWithoutGapsOrRepeats()
    {
        test::BookWith book;
        book.add("case", 500, {{"customer", anna.value}, {"opened_at", 7}});
        for (int id = 1; id <= 40; ++id) { // many at the same moment
            const TimeMs at = id / 8;
            addInteraction(book, 100 + id, at);
            book.add("case", 200 + id, {{"customer", anna.value}, {"opened_at", at}});
            book.add("case_note", 300 + id, {{"case", 500}, {"at", at}});
            book.add("follow_up", 400 + id, {{"customer", anna.value}, {"at", at}});
        }
        const TimelineStore store(book.db(), me);
        const QString whole = picture(store.page(anna, {}, 1000)->entries);
        QCOMPARE(whole.count('@'), 161);

        for (const int size : {1, 7, 50, 160, 161}) {
            QStringList pages;
            std::optional<TimelineMark> mark;
            do {
                const auto part = store.page(anna, mark, size);
                QVERIFY(part->entries.size() <= size);
                pages.append(picture(part->entries));
                mark = part->next;
            } while (mark);
            QCOMPARE(pages.join(' '), whole);
        }
    }

    void aPageStaysTheSameWhenNewerEntriesArrive()
    {
        test::BookWith book;
        for (int id = 1; id <= 4; ++id)
            addInteraction(book, id, 100 * id);
        const auto first = TimelineStore(book.db(), me).page(anna, {}, 2);
        addInteraction(book, 5, 1000);

        const auto second = TimelineStore(book.db(), me).page(anna, first->next, 2);

        QCOMPARE(picture(second->entries), "I2@200 I1@100");
    }

    void aCustomerWithoutHistoryHasAnEmptyOne()
    {
        test::BookWith book;

        const auto part = TimelineStore(book.db(), me).page(anna, {}, 50);

        QVERIFY(part->entries.isEmpty() && !part->next);
    }

    void whatOthersDidSinceIsCountedUpToALimit()
    {
        test::BookWith book;
        addOneOfEach(book);
        addInteraction(book, 12, 600, me);
        QCOMPARE(*TimelineStore(book.db(), me).countOfOthersSince(anna, 50), 2);
        QCOMPARE(*TimelineStore(book.db(), me).countOfOthersSince(anna, 100), 1);

        for (int id = 1; id < maxCountedEntries; ++id)
            addInteraction(book, 1000 + id, 5000);
        QCOMPARE(*TimelineStore(book.db(), me).countOfOthersSince(anna, 1000), maxCountedEntries - 1);
        for (int id = 0; id < 10; ++id)
            addInteraction(book, 2000 + id, 5000);
        QCOMPARE(*TimelineStore(book.db(), me).countOfOthersSince(anna, 1000), maxCountedEntries);
    }
};

QTEST_GUILESS_MAIN(tst_Timeline)
#include "tst_Timeline.moc"
