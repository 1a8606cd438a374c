#include "model/store/Book.h"
#include "sync/hub/LogLife.h"
#include "tests/hub/HubThreads.h"

#include <random>

using namespace ringbook;
using namespace ringbook::test;

namespace {

constexpr qint64 anna = 2;

/// Creations, then edits and deletions of any of them; the counters go on from `counter`.
QVector<model::Op> someOps(std::mt19937 &dice, qint64 &counter, int count)
{
    QVector<model::Op> ops;
    for (int i = 0; i < count; ++i) {
        ++counter;
        const model::RecordKey record{"customer", makeId(anna, 1 + qint64(dice() % quint64(counter)))};
        const char *field = dice() % 2 ? "name" : "role";
        model::Op op{
            .counter = counter, .record = record, .edits = {{field, {QString::number(dice() % 9), 0}}}};
        if (dice() % 3 == 0)
            op = newCustomer(anna, counter, "Ana");
        else if (dice() % 6 == 0)
            op = {.counter = counter, .record = record, .action = model::Action::Delete};
        ops.append(op);
    }
    return ops;
}

} // namespace

class tst_LogLife : public QObject
{
    Q_OBJECT

    /// As the hub does it, until there is nothing more to cut.
    static void cut(HubThreads &hub, hub::LogCut &log)
    {
        for (bool more = true; more;) {
            std::promise<bool> done;
            hub.writer.submit({[&](hub::WriteBatch &batch) {
                                   const auto turned = log.turn(batch, "main");
                                   more = turned && *turned;
                                   return turned ? Status(Done{}) : turned.error();
                               },
                               [&](const Status &committed) { done.set_value(committed.has_value()); },
                               "main"});
            QVERIFY(done.get_future().get());
        }
    }

    static hub::Answer read(HubThreads &hub, hub::Verb &verb, const model::Cursor &after, int limit = 1000)
    {
        return ask(verb, hub.pulling({.after = after.seq, .epoch = after.epoch, .limit = limit}));
    }

    static void followLog(HubThreads &hub, model::Book &book)
    {
        const auto at = *book.cursor();
        const auto page = *sync::readChangesPage(told(read(hub, hub.pullChanges, at)).body);
        QVERIFY(book.applyFeed(page.changes, {page.epoch, page.to}, {}));
    }

private Q_SLOTS:
    void aLogIsKeptForTwoWeeks()
    {
        HubThreads hub;
        hub::LogCut log;
        hub.start();
        hub.push(anna, {newCustomer(anna, 1, "Ana"), newCustomer(anna, 2, "Bo"), newCustomer(anna, 3, "Cy")});
        cut(hub, log);

        hub.clock.advance(hub::keepLogMs - hourMs);
        hub.push(anna, {newCustomer(anna, 4, "Di")});
        cut(hub, log);
        QCOMPARE(hub.pull(0).changes.size(), 4);

        hub.clock.advance(2 * hourMs);
        cut(hub, log);
        const auto tooOld = refused(read(hub, hub.pullChanges, {hub.epoch, 2}));
        QCOMPARE(tooOld.status, 409);
        QCOMPARE(tooOld.reset->reason, "too_old");
        QCOMPARE(tooOld.reset->sameUpTo, 2);
        QCOMPARE(refused(read(hub, hub.pullChanges, {})).reset->reason, "too_old");
        QCOMPARE(hub.pull(3).changes.size(), 1);
        QCOMPARE(hub.data.database().open()->one("SELECT count(*) AS n FROM log_mark")->number("n"), 2);

        hub.clock.advance(hub::keepLogMs);
        cut(hub, log);
        QCOMPARE(hub.data.database().open()->one("SELECT count(*) AS n FROM log_mark")->number("n"), 1);
    }

    /// Without it the next start would take the log for one that lost its tail.
    void theLastChangeStays()
    {
        HubThreads hub;
        hub::LogCut log;
        hub.start();
        hub.push(anna, {newCustomer(anna, 1, "Ana"), newCustomer(anna, 2, "Bo")});
        cut(hub, log);
        hub.clock.advance(10 * hub::keepLogMs);
        cut(hub, log);

        QCOMPARE(hub.pull(1).changes.size(), 1);
        QVERIFY(hub.data.database().prepare());
        QCOMPARE(hub.pull(1).epoch, hub.epoch);
        hub.push(anna, {newCustomer(anna, 3, "Cy")});
        QCOMPARE(hub.pull(2).to, 3);
    }

    void byRowsABookGetsWhole_data()
    {
        QTest::addColumn<int>("seen");
        QTest::newRow("from the beginning") << 0;
        QTest::newRow("from where it was left") << 60;
    }

    /// While others go on writing.
    void byRowsABookGetsWhole()
    {
        QFETCH(int, seen);
        HubThreads hub;
        hub::PullRows rows(hub.reader);
        hub.start();
        std::mt19937 dice(11);
        qint64 counter = 0;
        auto book = *model::Book::open(":memory:");
        hub.push(anna, someOps(dice, counter, seen));
        followLog(hub, book);
        hub.push(anna, someOps(dice, counter, 80));

        const model::Cursor begun = *book.cursor();
        model::Cursor at{begun.epoch, begun.seq, true};
        int pages = 0;
        while (at.byRows) {
            const auto page = *sync::readChangesPage(told(read(hub, rows, at, 7)).body);
            at = {page.epoch, page.to, !page.isLastOfRows()};
            QVERIFY(book.applyRows(page.changes, at, {}));
            QCOMPARE(*book.place(), at);
            QCOMPARE(*book.cursor(), at.byRows ? begun : at);
            if (++pages < 5)
                hub.push(anna, someOps(dice, counter, 5));
        }
        followLog(hub, book);

        auto db = *hub.data.database().open();
        const auto there = *hub::Books(db).countRecords(1, false);
        QCOMPARE((**book.sums()).differing(there), QVector<int>());
        QVERIFY(book.db().run("DELETE FROM bucket_sum")); // counted from the records themselves
        QCOMPARE((**book.sums()).differing(there), QVector<int>());
    }

    void aRepeatedOpNobodyRemembersIsExpired()
    {
        HubThreads hub;
        hub::LogCut log;
        hub.start();
        const auto first = newCustomer(anna, 1, "Ana"), last = newCustomer(anna, 2, "Bo");
        hub.push(anna, {first, last});
        cut(hub, log);
        hub.clock.advance(2 * hub::keepLogMs);
        cut(hub, log);

        const auto again = hub.push(anna, {first, last, newCustomer(anna, 3, "Cy")}).answers;

        QCOMPARE(again[0].verdict, sync::Verdict::Expired);
        QVERIFY(!again[0].reason.isEmpty());
        QCOMPARE(again[1].verdict, sync::Verdict::Duplicate);
        QCOMPARE(again[2].verdict, sync::Verdict::Applied);
        auto copied = newCustomer(anna, 1, "somebody else");
        copied.madeAt = hub.clock.now();
        QCOMPARE(refused(ask(hub.pushOps, hub.pushing(anna, {copied}))).type, "cloned-profile");
    }
};

QTEST_GUILESS_MAIN(tst_LogLife)
#include "tst_LogLife.moc"
