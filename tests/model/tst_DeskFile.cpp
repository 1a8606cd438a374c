#include "model/store/DeskFile.h"

#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace ringbook;
using namespace ringbook::model;

namespace {

Op edit(const QString &subject)
{
    return {.record = {"case", 7}, .edits = {{"subject", {subject, 41}}}, .madeAt = 1000};
}

/// "1:a 2:b": counters and subjects.
QString picture(const QVector<Op> &ops)
{
    QStringList words;
    for (const Op &op : ops)
        words.append(QStringLiteral("%1:%2").arg(op.counter).arg(op.edits.value("subject").value.toString()));
    return words.join(' ');
}

} // namespace

class tst_DeskFile : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;

    QString freshFile() { return m_folder.filePath(QStringLiteral("%1.db").arg(++m_files)); }

    static DeskFile withOps(const QStringList &subjects)
    {
        auto desk = DeskFile::open(":memory:");
        for (const QString &subject : subjects) {
            const auto kept = desk->keep("main", edit(subject));
            Q_ASSERT(kept);
        }
        return *desk;
    }

private Q_SLOTS:
    void identityIsEmptyUntilItIsSet()
    {
        auto desk = DeskFile::open(":memory:");
        QCOMPARE(desk->identity()->device, 0);

        QVERIFY(desk->setIdentity(
            {.device = 5, .hubUrl = "http://hub", .user = 9, .book = "main", .bookEpoch = "e"}));
        QVERIFY(desk->setIdentity(
            {.device = 6, .hubUrl = "http://hub", .user = 9, .book = "main", .bookEpoch = "e"}));

        QCOMPARE(desk->identity()->device, 6);
        QCOMPARE(desk->identity()->bookEpoch, "e");
    }

    void countersNeverGiveANumberTwice()
    {
        const QString path = freshFile();
        std::set<qint64> given;
        int count = 0;

        for (int start = 0; start < 3; ++start) { // as after a crash: blocks are left half used
            auto one = DeskFile::open(path);
            auto two = DeskFile::open(path);
            for (int i = 0; i < 50; ++i, count += 2) {
                given.insert(*one->next("record"));
                given.insert(*two->next("record"));
            }
        }

        QCOMPARE(int(given.size()), count);
        QVERIFY(*given.begin() >= 1);
    }

    void aNumberOfATransactionThatWasUndoneMayComeAgainOnlyOnce()
    {
        auto desk = DeskFile::open(":memory:");
        std::set<qint64> given{*desk->next("case")};

        QVERIFY(!desk->db().atomically([&]() -> Status {
            const auto number = desk->next("case");
            return number ? Error{Fault::Failed, "undone"} : number.error();
        }));

        for (int i = 0; i < 100; ++i)
            QVERIFY(given.insert(*desk->next("case")).second);
    }

    void countersAreApart()
    {
        auto desk = DeskFile::open(":memory:");

        QCOMPARE(*desk->next("record"), 1);
        QCOMPARE(*desk->next("case"), 1);
        QCOMPARE(*desk->next("record"), 2);
    }

    void opsAreNumberedWithoutGapsPerBook()
    {
        auto desk = withOps({"a", "b"});
        QVERIFY(!desk.db().atomically([&]() -> Status {
            const auto kept = desk.keep("main", edit("undone"));
            return kept ? Error{Fault::Failed, "undone"} : kept.error();
        }));

        QCOMPARE(*desk.keep("other", edit("x")), 1);
        QCOMPARE(*desk.keep("main", edit("c")), 3);

        QCOMPARE(picture(*desk.pending("main")), "1:a 2:b 3:c");
        QCOMPARE(picture(*desk.pending("main", 2)), "1:a 2:b");
    }

    void anOpComesBackWhole()
    {
        auto desk = DeskFile::open(":memory:");
        Op op{.record = {"contact_point", Q_INT64_C(9007199254740993)},
              .action = Action::Create,
              .edits = {{"customer", {Q_INT64_C(9007199254740995), 3}},
                        {"verified", {true, 0}},
                        {"label", {QVariant(), 9}},
                        {"value", {QStringLiteral("M\u00fcller \"\n"), 0}}},
              .madeAt = Q_INT64_C(1795000000000)};

        op.counter = *desk->keep("main", op);

        QCOMPARE(desk->pending("main")->first(), op);
    }

    void confirmedOpsLeaveTheOutboxAndAreKeptForAWhile()
    {
        auto desk = withOps({"a", "b", "c"});

        QVERIFY(desk.confirm("main", {1, 2}, 5000));

        QCOMPARE(picture(*desk.pending("main")), "3:c");
        QCOMPARE(picture(*desk.confirmed("main")), "1:a 2:b");
        QVERIFY(desk.forgetConfirmed(5000));
        QCOMPARE(desk.confirmed("main")->size(), 2);
        QVERIFY(desk.forgetConfirmed(5001));
        QCOMPARE(desk.confirmed("main")->size(), 0);
        QCOMPARE(*desk.keep("main", edit("d")), 4);
    }

    void aRefusedOpWaitsWithItsReasonAndDoesNotBlock()
    {
        auto desk = withOps({"a", "b"});

        QVERIFY(desk.refuse("main", 1, "The case is closed."));

        QCOMPARE(picture(*desk.pending("main")), "2:b");
        const auto refused = desk.refused("main");
        QCOMPARE(refused->size(), 1);
        QCOMPARE(refused->first().op.counter, 1);
        QCOMPARE(refused->first().reason, "The case is closed.");
        QVERIFY(desk.dropRefused("main", 1));
        QVERIFY(desk.refused("main")->isEmpty());
    }

    void waitingTellsHowManySinceWhen()
    {
        auto desk = withOps({"a", "b"});
        QCOMPARE(desk.waiting("main")->count, 2);
        QCOMPARE(desk.waiting("main")->oldest, std::optional<TimeMs>(1000));

        QVERIFY(desk.confirm("main", {1, 2}, 5000));

        QCOMPARE(desk.waiting("main")->count, 0);
        QVERIFY(!desk.waiting("main")->oldest);
    }

    void whatIsUnconfirmedKnowsTheNewestNumber()
    {
        auto desk = withOps({"a", "b", "c"});
        QVERIFY(desk.confirm("main", {1, 3}, 5000));

        const auto own = desk.unconfirmed("main");

        QCOMPARE(picture(own->ops), "2:b");
        QCOMPARE(own->newest, 3);
        QCOMPARE(desk.unconfirmed("other")->newest, 0);
    }

    void draftsAreKeptByKeyOldestFirst()
    {
        auto desk = DeskFile::open(":memory:");
        QVERIFY(desk->keepDraft("call-2", "two", 1000));
        QVERIFY(desk->keepDraft("call-1", "one", 2000));
        QVERIFY(desk->keepDraft("call-2", "two more", 3000));
        QVERIFY(desk->keepDraft("call-3", "three", 4000));

        QVERIFY(desk->dropDraft("call-3"));

        const QVector<std::pair<QString, QString>> expected{{"call-2", "two more"}, {"call-1", "one"}};
        QCOMPARE(*desk->drafts(), expected);
    }

    void everythingIsThereAfterOpeningAgain()
    {
        const QString path = freshFile();
        {
            auto desk = DeskFile::open(path);
            QVERIFY(desk->keep("main", edit("a")));
            QVERIFY(desk->keepDraft("call-1", "one", 2000));
        }

        auto desk = DeskFile::open(path);

        QCOMPARE(picture(*desk->pending("main")), "1:a");
        QCOMPARE(desk->drafts()->size(), 1);
    }

    void aFullDiskKeepsNothingHalf()
    {
        auto desk = DeskFile::open(freshFile());
        QVERIFY(desk->keep("main", edit("a")));
        const auto pages = desk->db().one("PRAGMA page_count");
        QVERIFY(desk->db().script("PRAGMA max_page_count = " + QString::number(pages->number("page_count"))));

        const auto kept = desk->keep("main", edit(QString(100000, 'x')));

        QVERIFY(kept.error().fault == Fault::DiskFull);
        QCOMPARE(picture(*desk->pending("main")), "1:a");
        QCOMPARE(*desk->keep("main", edit("b")), 2);
    }

    void anOutboxEntryIsDurableWhenKeepReturns()
    {
        auto desk = DeskFile::open(freshFile());

        QCOMPARE(desk->db().one("PRAGMA synchronous")->number("synchronous"), 2);
    }
};

QTEST_GUILESS_MAIN(tst_DeskFile)
#include "tst_DeskFile.moc"
