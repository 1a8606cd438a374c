#include "sync/hub/Leases.h"
#include "sync/hub/store/ErasureReport.h"
#include "sync/hub/verbs/AcknowledgeErasures.h"
#include "tests/hub/HubThreads.h"

using namespace ringbook;
using namespace ringbook::test;

namespace {

constexpr qint64 lengthMs = 30 * dayMs;

/// A hub with Anna's and Ben's desks, 2 and 3, and two customers.
struct Hub : HubThreads
{
    Hub() : HubThreads(2)
    {
        auto db = data.database().open();
        hub::Accounts accounts(*db);
        for (const char *login : {"anna", "ben"})
            if (!accounts.addDevice("hash", QString("laptop of ") + login, accounts.byLogin(login)->id,
                                    clock.now()))
                qFatal("no device");
        start();
        push(2, {newCustomer(2, 1, "Marlene Marker"), newCustomer(2, 2, "Otto")});
    }

    /// The seq of the erasure.
    qint64 erase(qint64 customer)
    {
        auto ask = pushing(9, {{.counter = customer,
                                .record = {"customer", makeId(2, customer)},
                                .action = model::Action::Erase,
                                .madeAt = clock.now()}});
        ask.caller.role = "admin";
        return sync::readPushReply(told(test::ask(pushOps, ask)).body)->answers.first().seq;
    }

    hub::Answer acknowledge(qint64 device, const QByteArray &body)
    {
        return test::ask(verb, {.caller = caller(device), .path = {{"book", "main"}}, .body = body});
    }
    void acknowledge(qint64 device, qint64 seq, const QString &inEpoch = {})
    {
        told(
            acknowledge(device, sync::encode(sync::ErasureAck{1, inEpoch.isEmpty() ? epoch : inEpoch, seq})));
    }

    QVector<hub::ErasureReport> report() { return *hub::erasureReports(*data.database().open(), "main"); }

    hub::ErasureAtDevice at(qint64 device, int erasure = 0)
    {
        const auto all = report();
        for (const auto &one : all.at(erasure).devices)
            if (one.device == device)
                return one;
        qFatal("no device");
    }

    /// What was submitted before is written.
    void settle()
    {
        std::promise<void> done;
        writer.submit(
            {[](hub::WriteBatch &) -> Status { return Done{}; }, [&](const Status &) { done.set_value(); }});
        done.get_future().wait();
    }

    hub::AcknowledgeErasures verb{writer};
    hub::Leases leases{writer, clock, lengthMs};
};

} // namespace

class tst_Leases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoHasNotSaidSoHasNotAcknowledged()
    {
        Hub hub;
        const qint64 seq = hub.erase(1);

        hub.acknowledge(2, seq);

        const auto report = hub.report();
        QCOMPARE(report.size(), 1);
        QCOMPARE(report[0].seq, seq);
        QCOMPARE(report[0].records, 1);
        QCOMPARE(report[0].devices.size(), 2);
        QVERIFY(hub.at(2).acknowledgedAt > 0);
        QCOMPARE(hub.at(3).acknowledgedAt, 0);
        QCOMPARE(hub.at(3).login, "ben");
    }

    void eachErasureHasItsOwnMoment()
    {
        Hub hub;
        const qint64 first = hub.erase(1);
        hub.clock.advance(secondMs); // what one person erases at one moment is one
        const qint64 second = hub.erase(2);
        hub.acknowledge(2, first);
        const TimeMs before = hub.at(2, 0).acknowledgedAt;
        QVERIFY(before > 0);
        QCOMPARE(hub.at(2, 1).acknowledgedAt, 0);
        hub.clock.advance(hourMs);

        hub.acknowledge(2, second);

        QCOMPARE(hub.at(2, 0).acknowledgedAt, before);
        QVERIFY(hub.at(2, 1).acknowledgedAt >= before + hourMs);
    }

    void whatComesLateIsNoErasureOfItsOwn()
    {
        Hub hub;
        const qint64 seq = hub.erase(1);
        hub.acknowledge(2, seq);

        const auto reply = hub.push(3, {{.counter = 1,
                                         .record = {"interaction", makeId(3, 2)},
                                         .action = model::Action::Create,
                                         .edits = {{"customer", {makeId(2, 1), 0}}},
                                         .madeAt = hub.clock.now()}});

        QCOMPARE(reply.answers[0].verdict, sync::Verdict::Gone);
        QCOMPARE(reply.head, seq + 1);
        QCOMPARE(hub.report().size(), 1);
        QVERIFY(hub.at(2).acknowledgedAt > 0);
    }

    void whatIsSaidAgainChangesNothing()
    {
        Hub hub;
        const qint64 seq = hub.erase(1);
        hub.acknowledge(2, seq);
        const TimeMs before = hub.at(2).acknowledgedAt;
        hub.clock.advance(hourMs);

        hub.acknowledge(2, seq);
        hub.push(2, {newCustomer(2, 3, "Pia")});
        hub.acknowledge(2, seq + 1); // as after a new start of the desk

        QCOMPARE(hub.at(2).acknowledgedAt, before);
    }

    void nobodyAcknowledgesWhatIsYetToCome()
    {
        Hub hub;
        hub.erase(1);

        hub.acknowledge(2, 1'000'000);

        QVERIFY(hub.at(2).acknowledgedAt > 0);
        hub.erase(2);
        QCOMPARE(hub.at(2, 1).acknowledgedAt, 0);
    }

    void whatIsSaidOfAnotherLogDoesNotCount()
    {
        Hub hub;
        const qint64 seq = hub.erase(1);

        hub.acknowledge(2, seq, "another");

        QCOMPARE(hub.at(2).acknowledgedAt, 0);
    }

    void afterARestoreItHasToBeSaidAgain()
    {
        Hub hub;
        const qint64 seq = hub.erase(1);
        hub.acknowledge(2, seq);
        QVERIFY(hub.at(2).acknowledgedAt > 0);
        auto db = hub.data.database().open();
        QVERIFY(hub::Books(*db).renewEpoch(*hub::Books(*db).book("main")));
        QCOMPARE(hub.at(2).acknowledgedAt, 0);

        hub.acknowledge(2, seq, hub::Books(*db).book("main")->head.epoch);

        QVERIFY(hub.at(2).acknowledgedAt > 0);
    }

    void nonsenseIsTurnedDown_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::newRow("nothing") << QByteArray("{}") << 400;
        QTest::newRow("no seq") << QByteArray(R"({"schema":1,"epoch":"e"})") << 400;
        QTest::newRow("before the beginning") << QByteArray(R"({"schema":1,"epoch":"e","seq":-1})") << 400;
        QTest::newRow("of the future") << QByteArray(R"({"schema":99,"epoch":"e","seq":1})") << 400;
    }
    void nonsenseIsTurnedDown()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        Hub hub;

        QCOMPARE(refused(hub.acknowledge(2, body)).status, status);
    }

    void aForeignBookIsNotAcknowledged()
    {
        Hub hub;
        const auto answer = test::ask(hub.verb, {.caller = hub.caller(2),
                                                 .path = {{"book", "other"}},
                                                 .body = sync::encode(sync::ErasureAck{1, hub.epoch, 1})});
        QCOMPARE(refused(answer).status, 403);
    }

    void whoIsHeardOfHasALease()
    {
        Hub hub;
        hub.erase(1);
        QCOMPARE(hub.at(2).seenAt, 0);
        const TimeMs now = hub.clock.now();

        hub.leases.heard(2);
        hub.settle();

        QVERIFY(hub.at(2).seenAt >= now);
        QVERIFY(hub.at(2).leaseUntil >= now + lengthMs);
        QCOMPARE(hub.at(3).leaseUntil, 0);
    }

    /// What the desk reckons with is never longer than what is written here.
    void itIsWrittenOnceAnHourAndCoversTheHour()
    {
        Hub hub;
        hub.erase(1);
        hub.leases.heard(2);
        hub.settle();
        const auto first = hub.at(2);
        hub.clock.advance(hourMs - minuteMs);

        hub.leases.heard(2);
        hub.settle();
        QCOMPARE(hub.at(2).seenAt, first.seenAt);
        QVERIFY(hub.at(2).leaseUntil >= hub.clock.now() + lengthMs);

        hub.clock.advance(2 * minuteMs);
        hub.leases.heard(2);
        hub.settle();
        QVERIFY(hub.at(2).seenAt > first.seenAt);
    }

    void aHubThatWasStartedAnewWritesNoMore()
    {
        Hub hub;
        hub.erase(1);
        hub.leases.heard(2);
        hub.settle();
        const TimeMs seen = hub.at(2).seenAt;
        hub.clock.advance(minuteMs);

        hub::Leases again(hub.writer, hub.clock, lengthMs);
        again.heard(2);
        hub.settle();
        QCOMPARE(hub.at(2).seenAt, seen);

        hub::Leases longer(hub.writer, hub.clock, lengthMs + dayMs);
        longer.heard(2);
        hub.settle();
        QVERIFY(hub.at(2).leaseUntil >= hub.clock.now() + lengthMs + dayMs);
    }

    void desksAreToldHowLongWhereverTheyListen()
    {
        HubOnLoopback hub;
        Http http(hub.url());
        http.signIn("anna");
        DeskStream stream(http);
        QTRY_VERIFY(!stream.events.isEmpty());
        const auto page = sync::readChangesPage(http.send("GET", "/v1/books/main/changes?after=0").body);

        QCOMPARE(http.session.leaseMs, lengthMs);
        QCOMPARE(sync::readHello(stream.events.first().data)->leaseMs, lengthMs);
        QCOMPARE(page->leaseMs, lengthMs);
        const auto db = hub.data().database().open();
        QTRY_VERIFY(db->one("SELECT lease_until FROM device")->number("lease_until") >
                    SystemClock().now() + lengthMs);
    }
};

QTEST_GUILESS_MAIN(tst_Leases)
#include "tst_Leases.moc"
