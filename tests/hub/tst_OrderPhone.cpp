#include "sync/calls/recording/AmiPlayer.h"
#include "sync/hub/verbs/OrderPhone.h"
#include "tests/hub/Asking.h"
#include "tests/support/FakeClock.h"
#include "tests/support/HubOnLoopback.h"

using namespace ringbook;
using namespace ringbook::hub;
using namespace ringbook::test;
using model::AgentCall;

namespace {

/// Anna's and Ben's hub, with the simulator.
struct Office
{
    HubOnLoopback hub;
    Http anna{hub.url()};
    Http ben{hub.url()};

    Office()
    {
        anna.signIn("anna");
        ben.signIn("ben");
    }

    QString ring(const QByteArray &extension)
    {
        const auto rung = anna.send("POST", "/v1/simulator/calls",
                                    R"({"number":"+493023125901","to":[")" + extension + R"("]})");
        return sync::readSimulatedCallReply(rung.body)->call;
    }

    static int order(Http &who, const QByteArray &command, const QString &call, const QByteArray &number = {})
    {
        return who
            .send("POST", "/v1/phone/orders",
                  R"({"command":")" + command + R"(","call":")" + call.toUtf8() + R"(","number":")" + number +
                      R"("})")
            .status;
    }

    QVector<PhoneOrder> kept() const
    {
        auto db = hub.data().database().open();
        return *PhoneOrders(*db).since(0);
    }
};

} // namespace

class tst_OrderPhone : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ownCallsAreAnsweredAndHungUp()
    {
        Office office;
        DeskStream stream(office.anna);
        QTRY_VERIFY(!stream.events.isEmpty());
        const QString call = office.ring("101");

        QCOMPARE(Office::order(office.anna, "answer", call), 200);
        QTRY_COMPARE(stream.calls().last().state, AgentCall::State::Connected);
        QCOMPARE(Office::order(office.anna, "hold", call), 200);
        QTRY_COMPARE(stream.calls().last().state, AgentCall::State::OnHold);
        QCOMPARE(Office::order(office.anna, "hang_up", call), 200);

        QTRY_COMPARE(stream.calls().last().state, AgentCall::State::Over);
        QVERIFY(office.kept().isEmpty());
    }

    void nobodyTouchesTheCallsOfOthers()
    {
        Office office;
        const QString call = office.ring("101");

        for (const char *command : {"answer", "hang_up", "hold", "resume"})
            QCOMPARE(Office::order(office.ben, command, call), 404);
        QCOMPARE(Office::order(office.ben, "transfer", call, "101"), 404);

        QCOMPARE(Office::order(office.anna, "answer", call), 200);
    }

    void whatIsDialledIsWrittenDown()
    {
        Office office;
        DeskStream stream(office.anna);
        QTRY_VERIFY(!stream.events.isEmpty());

        QCOMPARE(Office::order(office.anna, "dial", {}, "+493023125901"), 200);

        QTRY_VERIFY(!stream.calls().isEmpty());
        QCOMPARE(stream.calls().last().direction, AgentCall::Direction::Outbound);
        QCOMPARE(office.kept().size(), 1);
        QCOMPARE(office.kept()[0].number, "+493023125901");
        QCOMPARE(office.kept()[0].command, "dial");
        QCOMPARE(office.kept()[0].account, office.anna.session.user);
    }

    void whatIsNoNumberIsNotDialled()
    {
        Office office;

        QCOMPARE(Office::order(office.anna, "dial", {}, ""), 400);
        QCOMPARE(Office::order(office.anna, "dial", {}, QByteArray(41, '1')), 400);
        QCOMPARE(Office::order(office.anna, "explode", {}, "+493023125901"), 400);
        QCOMPARE(Office::order(office.anna, "dial", {}, QByteArray(40, '1')), 400);
    }

    void nobodyDialsAllDay()
    {
        tests::FakeClock clock;
        DialPace pace(clock);

        for (int i = 0; i < DialPace::most; ++i)
            QVERIFY(pace.mayDial(7));
        QVERIFY(!pace.mayDial(7));
        QVERIFY(pace.mayDial(8));
        clock.advance(minuteMs - 1);
        QVERIFY(!pace.mayDial(7));
        clock.advance(1);
        QVERIFY(pace.mayDial(7));
    }

    void tooManyAreRefusedAndNotWrittenDown()
    {
        Office office;

        for (int i = 0; i < DialPace::most; ++i)
            QCOMPARE(Office::order(office.anna, "dial", {}, "+4930231259" + QByteArray::number(10 + i)), 200);

        QCOMPARE(Office::order(office.anna, "dial", {}, "+493023125990"), 429);
        QCOMPARE(office.kept().size(), DialPace::most);
    }

    void whoIsErasedIsNotAmongWhatWasDialled()
    {
        Office office;
        const model::Op customer = newCustomer(office.anna.session.device, 1, "Kessler");
        const model::Op number{
            .counter = 2,
            .record = {"contact_point", makeId(office.anna.session.device, 2)},
            .action = model::Action::Create,
            .edits = {{"customer", {QString::number(customer.record.id), 0}}, {"e164", {"+493023125901", 0}}},
            .madeAt = customer.madeAt};
        office.anna.push({customer, number});
        Office::order(office.anna, "dial", {}, "+493023125901");
        Office::order(office.anna, "dial", {}, "030 23125 901"); // the same as people write it
        Office::order(office.anna, "dial", {}, "+493023125902");
        QCOMPARE(office.kept().size(), 3);
        SystemClock clock;
        auto admin = Administration::open(office.hub.data().database(), clock);

        QVERIFY(admin->erase("main", customer.record.id));

        QCOMPARE(office.kept().size(), 1);
        QCOMPARE(office.kept()[0].e164, "+493023125902");
    }

    void whatIsOldIsForgotten()
    {
        Office office;
        auto db = office.hub.data().database().open();
        PhoneOrders orders(*db);
        QVERIFY(orders.keep({.at = 1, .account = 7, .command = "dial", .number = "1"}));
        QVERIFY(orders.keep({.at = 1 + keepPhoneOrdersMs, .account = 7, .command = "dial", .number = "2"}));
        QCOMPARE(orders.since(0)->size(), 2);

        QVERIFY(orders.keep({.at = 2 + keepPhoneOrdersMs, .account = 7, .command = "dial", .number = "3"}));

        QCOMPARE(orders.since(0)->size(), 2);
        QCOMPARE(orders.since(0)->first().number, "3");
    }

    void aDeskIsToldWhatItsPhoneDoesAndWhenThatChanges()
    {
        calls::AmiPlayer pbx({.connections = {{.greeting = "Asterisk Call Manager/11.0.0",
                                               .booted = "Event: FullyBooted\r\nUptime: 5\r\n\r\n"}}});
        pbx.lists["ListCommands"] = {"Response: Success\r\nActionID: ?\r\nOriginate: x\r\n\r\n"};
        HubOnLoopback hub(2, {{.port = pbx.serverPort(),
                               .user = calls::AmiPlayer::user,
                               .secret = calls::AmiPlayer::secret,
                               .plan = {.country = "DE"},
                               .dial = {.context = "out"},
                               .agents = {{"101", "Anna Albers", "PJSIP/101"}}}});
        Http anna(hub.url());
        anna.signIn("anna");
        DeskStream stream(anna);
        const auto phone = [&]() -> std::optional<model::CallAbilities> {
            for (auto event = stream.events.crbegin(); event != stream.events.crend(); ++event) {
                if (event->name == sync::phoneEvent)
                    return sync::readPhone(event->data)->can;
                if (event->name == sync::helloEvent)
                    return sync::readHello(event->data)->phone.can;
            }
            return std::nullopt;
        };
        QTRY_VERIFY(phone() && phone()->dial && !phone()->answer);

        pbx.close();
        pbx.breakConnection();

        QTRY_VERIFY(!phone()->dial); // by the simulator neither
        QVERIFY(phone()->whyNot.contains("does not reach"));
    }
};

QTEST_GUILESS_MAIN(tst_OrderPhone)
#include "tst_OrderPhone.moc"
