#include "tests/hub/HubThreads.h"

#include <chrono>

using namespace ringbook;
using namespace ringbook::test;
using namespace std::chrono_literals;

namespace {

constexpr qint64 anna = 2;

QVector<model::Op> customers(int count, const QString &name)
{
    QVector<model::Op> ops;
    for (int n = 1; n <= count; ++n)
        ops.append(newCustomer(anna, n, name));
    return ops;
}

} // namespace

class tst_PullChanges : public QObject
{
    Q_OBJECT

    static std::future<hub::Answer> begin(HubThreads &hub, const sync::ChangesQuery &query)
    {
        auto answered = std::make_shared<std::promise<hub::Answer>>();
        hub.pullChanges.answer(hub.pulling(query),
                               [answered](hub::Answer answer) { answered->set_value(answer); });
        return answered->get_future();
    }

private Q_SLOTS:
    void emptyBookIsAnEmptyPage()
    {
        HubThreads hub;
        hub.start();

        const auto page = hub.pull(0);

        QCOMPARE(page.epoch, hub.epoch);
        QCOMPARE(page.to, 0);
        QVERIFY(page.changes.isEmpty());
    }

    void pagesFollowEachOther()
    {
        HubThreads hub;
        hub.start();
        hub.push(anna, customers(7, "Ana"));

        const auto first = *sync::readChangesPage(told(ask(hub.pullChanges, hub.pulling({.limit = 5}))).body);
        const auto rest = hub.pull(first.to);

        QCOMPARE(first.changes.size(), 5);
        QCOMPARE(first.to, 5);
        QCOMPARE(first.head, 7);
        QCOMPARE(rest.from, 5);
        QCOMPARE(rest.changes.size(), 2);
        QCOMPARE(rest.to, rest.head);
    }

    void pageEndsBeforeItGrowsTooLarge()
    {
        HubThreads hub;
        hub.start();
        const QString large(60'000, 'x');
        for (qint64 n = 1; n <= 80; n += 10) {
            QVector<model::Op> ops;
            for (qint64 i = n; i < n + 10; ++i)
                ops.append(newCustomer(anna, i, large));
            hub.push(anna, ops);
        }

        const hub::Told page = told(ask(hub.pullChanges, hub.pulling({})));

        QVERIFY(page.body.size() <= sync::maxPageBytes);
        const auto read = *sync::readChangesPage(page.body);
        QVERIFY(read.to < read.head);
        QCOMPARE(read.changes.last().seq, read.to);
    }

    void uselessCursorIsAReset_data()
    {
        QTest::addColumn<qint64>("after");
        QTest::addColumn<QString>("epoch");
        QTest::addColumn<QString>("reason");
        QTest::newRow("another log") << qint64(1) << "yesterday"
                                     << "epoch";
        QTest::newRow("another log, from the beginning") << qint64(0) << "yesterday"
                                                         << "epoch";
        QTest::newRow("ahead") << qint64(2) << QString() << "ahead";
    }

    void uselessCursorIsAReset()
    {
        QFETCH(qint64, after);
        QFETCH(QString, epoch);
        HubThreads hub;
        hub.start();
        hub.push(anna, customers(1, "Ana"));

        const auto problem = refused(ask(
            hub.pullChanges, hub.pulling({.after = after, .epoch = epoch.isEmpty() ? hub.epoch : epoch})));

        QCOMPARE(problem.type, "reset");
        QTEST(problem.reset->reason, "reason");
        QCOMPARE(problem.reset->head, 1);
    }

    void aResetSaysWhatTheDeskHasHereAndHowFarItsLogStillHolds()
    {
        HubThreads hub;
        hub.start();
        hub.push(anna, customers(3, "Ana"));
        auto db = hub.data.database().open();
        hub::Books books(*db);
        QVERIFY(books.renewEpoch(*books.book("main")));
        auto shorter = *books.book("main");
        shorter.head.seq = 2;
        QVERIFY(books.renewEpoch(shorter));

        const auto known = refused(ask(hub.pullChanges, hub.pulling({.after = 3, .epoch = hub.epoch})));
        const auto unknown = refused(ask(hub.pullChanges, hub.pulling({.after = 3, .epoch = "yesterday"})));

        QCOMPARE(known.reset->done, 3);
        QCOMPARE(known.reset->sameUpTo, 2);
        QCOMPARE(unknown.reset->sameUpTo, 0);
    }

    void waitingEndsWithTheFirstChange()
    {
        HubThreads hub;
        hub.start();

        auto page = begin(hub, {.epoch = hub.epoch, .wait = 25});
        QCOMPARE(page.wait_for(50ms), std::future_status::timeout);
        hub.push(anna, customers(1, "Ana"));

        QCOMPARE(sync::readChangesPage(told(page.get()).body)->changes.size(), 1);
    }

    void waitingEndsWithItsTime()
    {
        HubThreads hub;
        hub.start();

        auto page = begin(hub, {.epoch = hub.epoch, .wait = 5});
        QCOMPARE(page.wait_for(50ms), std::future_status::timeout);
        const auto isAnswered = [&] { // it may begin to wait only now
            hub.fanout.tick(hub.clock.monotonicNs() + 5'000'000'000);
            return page.wait_for(10ms) == std::future_status::ready;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isAnswered(), 30'000);

        QVERIFY(sync::readChangesPage(told(page.get()).body)->changes.isEmpty());
    }

    void nobodyWaitsForAHubThatStops()
    {
        HubThreads hub;
        hub.start();
        auto before = begin(hub, {.epoch = hub.epoch, .wait = 25});
        QCOMPARE(before.wait_for(50ms), std::future_status::timeout);

        hub.fanout.releaseAll();

        QVERIFY(before.wait_for(10s) == std::future_status::ready);
        QVERIFY(begin(hub, {.epoch = hub.epoch, .wait = 25}).wait_for(10s) == std::future_status::ready);
    }
};

QTEST_GUILESS_MAIN(tst_PullChanges)
#include "tst_PullChanges.moc"
