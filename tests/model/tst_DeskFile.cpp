#include "model/core/Id.h"
#include "model/domain/CaseCode.h"
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

    /// It was device 5 and had three ops confirmed.
    static DeskFile movedDesk()
    {
        auto desk = *DeskFile::open(":memory:");
        bool done = desk.setIdentity({.device = 5, .deviceSecret = "old secret", .book = "main"}).has_value();
        for (const auto &[id, subject] : {std::pair{1, "a"}, {2, "b"}, {3, "c"}}) {
            Op op = edit(subject);
            op.record.id = makeId(5, id);
            op.action = Action::Create;
            done = done && desk.keep("main", op);
        }
        done = done && desk.confirm("main", {1, 2, 3}, 1000) && desk.moveTo({.device = 8}, 2000);
        if (!done)
            qFatal("no moved desk");
        return desk;
    }

private Q_SLOTS:
    void identityIsEmptyUntilItIsSet()
    {
        auto desk = DeskFile::open(":memory:");
        QCOMPARE(desk->identity()->device, 0);

        QVERIFY(desk->setIdentity({.device = 5, .hubUrl = "http://hub", .user = 9, .book = "main"}));
        QVERIFY(desk->setIdentity({.device = 6, .hubUrl = "http://hub", .user = 9, .book = "main"}));

        QCOMPARE(desk->identity()->device, 6);
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
        QCOMPARE(desk.waiting("main")->saves, 1);
        QCOMPARE(desk.waiting("main")->oldest, std::optional<TimeMs>(1000));

        QVERIFY(desk.confirm("main", {1, 2}, 5000));

        QCOMPARE(desk.waiting("main")->count, 0);
        QVERIFY(!desk.waiting("main")->oldest);
    }

    void savesAreCountedNotOps()
    {
        auto desk = withOps({"a", "b"}); // one save
        Op later = edit("c");
        later.madeAt += 1;
        QVERIFY(desk.keep("main", later));
        QCOMPARE(desk.waiting("main")->saves, 2);

        QVERIFY(desk.confirm("main", {1}, 5000)); // a part of the first
        QCOMPARE(desk.waiting("main")->saves, 2);
        QVERIFY(desk.confirm("main", {2}, 5000));
        QCOMPARE(desk.waiting("main")->saves, 1);
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

    void whatWasSeenInAnotherLogIsNotSeenBeyondWhereTheyPart()
    {
        DeskFile desk = withOps({"a"});

        QVERIFY(desk.limitBases("main", 50));
        QCOMPARE(desk.pending("main")->first().edits["subject"].base, 41);
        QVERIFY(desk.limitBases("main", 7));

        QCOMPARE(desk.pending("main")->first().edits["subject"].base, 7);
        QCOMPARE(desk.pending("main")->first().edits["subject"].value, "a");
    }

    void aMoveToAnotherNumberTakesAllThatWaitsAlong()
    {
        auto desk = *DeskFile::open(":memory:");
        QVERIFY(desk.setIdentity({.device = 5, .user = 9, .token = "old", .book = "main"}));
        const qint64 sent = makeId(5, 1), customer = makeId(5, 2), file = makeId(5, 3);
        const auto keep = [&](const Op &op) { return *desk.keep("main", op); };
        keep({.record = {"customer", sent}, .action = Action::Create, .edits = {{"name", {"Ana"}}}});
        QVERIFY(desk.confirm("main", {1}, 1000));
        keep({.record = {"customer", customer}, .action = Action::Create, .edits = {{"name", {"Rui"}}}});
        keep({.record = {"case", file},
              .action = Action::Create,
              .edits = {{"code", {caseCode(5, 1)}}, {"customer", {customer}}, {"opened_at", {file}}}});
        keep({.record = {"customer", sent}, .edits = {{"organisation", {customer, 3}}}});
        QVERIFY(desk.keepDraft("call:x", QString("{\"customer\":\"%1\"}").arg(customer), 1000));

        const auto moved = desk.moveTo({.device = 8, .deviceSecret = "s", .token = "new"}, 2000);

        QVERIFY(moved);
        QCOMPARE(desk.identity()->device, 8);
        QCOMPARE(desk.identity()->token, "new");
        QCOMPARE(desk.identity()->user, 9);
        const auto ops = *desk.pending("main");
        QCOMPARE(ops.size(), 4);
        QCOMPARE(ops[0].counter, 5); // new counters, in the same order
        QCOMPARE(ops[0].record.id, makeId(8, 2));
        QCOMPARE(ops[1].edits["customer"].value, makeId(8, 2));
        QCOMPARE(ops[1].edits["opened_at"].value, file); // a moment, not a reference
        QCOMPARE(ops[1].edits["code"].value, caseCode(8, 1));
        QCOMPARE(ops[2].record.id, sent);
        QCOMPARE(ops[2].edits["organisation"].value, makeId(8, 2));
        QCOMPARE(ops[2].edits["organisation"].base, 3);
        QVERIFY(ops[3].edits["text"].value.toString().contains(groupedCaseCode(caseCode(5, 1))));
        QCOMPARE(moved->cases.size(), 1);
        QCOMPARE(moved->cases[0].now, caseCode(8, 1));
        QCOMPARE(desk.drafts()->first().second, QString("{\"customer\":\"%1\"}").arg(makeId(8, 2)));
        QVERIFY(desk.confirmed("main")->isEmpty()); // nobody offers them under another number
        QCOMPARE(desk.confirmed("main@5")->size(), 1);
    }

    void whatWasConfirmedUnderAFormerNumberIsOfferedUnderIt()
    {
        DeskFile desk = movedDesk();
        QVERIFY(desk.former("main", 10)->ops.isEmpty());

        QVERIFY(desk.offerFormer("main", 7));

        const FormerOps former = *desk.former("main", 10);
        QCOMPARE(former.device, 5);
        QCOMPARE(former.secret, "old secret");
        QCOMPARE(picture(former.ops), "1:a 2:b 3:c");
        QCOMPARE(former.ops[1].edits["subject"].base, 7);
        QCOMPARE(desk.former("main", 2)->ops.size(), 2);
        QCOMPARE(desk.waiting("main")->count, 3);
        QVERIFY(desk.confirmFormer("main", 5, {1, 2, 3}, 3000));
        QCOMPARE(desk.former("main", 10)->device, 0);
        QCOMPARE(desk.waiting("main")->count, 0);
        QVERIFY(desk.offerFormer("main", 7)); // and once more to a hub that is restored again
        QCOMPARE(desk.former("main", 10)->ops.size(), 3);
    }

    void whatCannotBeDoneUnderAFormerNumberIsNewUnderTodays()
    {
        DeskFile desk = movedDesk();
        QVERIFY(desk.offerFormer("main", 0));

        const auto brought = desk.bringAlong("main", 5, 2, maxCounter, 2000);

        QVERIFY(brought);
        QCOMPARE(picture(desk.former("main", 10)->ops), "1:a");
        QCOMPARE(picture(*desk.pending("main")), "4:b 5:c");
        QCOMPARE(desk.pending("main")->first().record.id, makeId(8, 2));
    }

    void aMoveThatFailsMovesNothing()
    {
        for (int n = 0;; ++n) {
            DeskFile desk = withOps({"a", "b"});
            QVERIFY(desk.setIdentity({.device = 5, .book = "main"}));
            int asked = 0;
            desk.db().setGate([&](const QString &) { return asked++ != n; });

            const bool moved = desk.moveTo({.device = 8}, 2000).has_value();

            desk.db().setGate({});
            QCOMPARE(desk.identity()->device, moved ? 8 : 5);
            QCOMPARE(picture(*desk.pending("main")), moved ? "3:a 4:b" : "1:a 2:b");
            if (moved)
                return;
        }
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
