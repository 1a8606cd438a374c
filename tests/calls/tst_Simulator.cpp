#include "sync/calls/Simulator.h"
#include "tests/support/FakeClock.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringbook;
using namespace ringbook::calls;
using namespace ringbook::model;

namespace {

struct Phones
{
    tests::FakeClock clock;
    Simulator simulator{clock, "DE", {{"101", "Anna Albers"}, {"102", "Ben Brandt"}}};
    QHash<QString, AgentCall> seen;

    Phones()
    {
        QObject::connect(&simulator, &CallSource::agentCallChanged, &simulator,
                         [this](const QString &extension, const AgentCall &call) { seen[extension] = call; });
    }

    QString ring(const SimulatedCall &call) { return *simulator.ring(call); }
    QString ringBoth()
    {
        return ring({.number = "030 23125901", .name = "Karla", .extensions = {"101", "102"}});
    }
};

} // namespace

class tst_Simulator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPhoneRingsAtOnce()
    {
        Phones phones;

        phones.ring({.number = "030 23125901", .extensions = {"101", "102"}, .queue = "Support"});

        QCOMPARE(phones.seen.size(), 2);
        QCOMPARE(phones.seen["101"].state, AgentCall::State::Ringing);
        QCOMPARE(phones.seen["101"].party.e164, "+493023125901");
        QCOMPARE(phones.seen["102"].queue, "Support");
        QCOMPARE(phones.seen["102"].desksRinging, 2);
        QCOMPARE(phones.simulator.agentCalls().size(), 2);
    }

    void whoAnswersTalksAndTheOtherIsToldWho()
    {
        Phones phones;
        const QString id = phones.ringBoth();

        QVERIFY(phones.simulator.answer(id, "102"));

        QCOMPARE(phones.seen["102"].state, AgentCall::State::Connected);
        QCOMPARE(phones.seen["101"].result, AgentCall::Result::AnsweredElsewhere);
        QCOMPARE(phones.seen["101"].answeredBy, "Ben Brandt");
    }

    void whoeverIsDialledAnswers()
    {
        Phones phones;
        const auto obeyed = [](const Status &done) { QVERIFY(done); };

        phones.simulator.obey({.what = CallCommand::What::Dial, .extension = "101", .number = "030 23125901"},
                              obeyed);

        QVERIFY(phones.seen.isEmpty());
        QTRY_COMPARE(phones.seen["101"].state, AgentCall::State::Connected);
        QCOMPARE(phones.seen["101"].direction, AgentCall::Direction::Outbound);
        QCOMPARE(phones.seen["101"].party.e164, "+493023125901");
    }

    void aTalkIsHeldAndPassedOn()
    {
        Phones phones;
        const QString id = phones.ring({.number = "030 23125901", .extensions = {"101"}});
        QVERIFY(phones.simulator.answer(id, "101"));
        const auto tell = [&](CallCommand::What what, const QString &number = {}) {
            phones.simulator.obey({what, "101", id, number}, [](const Status &done) { QVERIFY(done); });
        };

        tell(CallCommand::What::Hold);
        QCOMPARE(phones.seen["101"].state, AgentCall::State::OnHold);
        tell(CallCommand::What::Resume);
        QCOMPARE(phones.seen["101"].state, AgentCall::State::Connected);
        tell(CallCommand::What::Transfer, "102");

        QCOMPARE(phones.seen["101"].result, AgentCall::Result::TransferredOut);
        QCOMPARE(phones.seen["102"].state, AgentCall::State::Ringing);
        QCOMPARE(phones.seen["102"].party.e164, "+493023125901");
    }

    void onlyWhoTalksHolds()
    {
        Phones phones;
        const QString id = phones.ringBoth();
        QVERIFY(phones.simulator.answer(id, "101"));
        Status said = Done{};

        phones.simulator.obey({CallCommand::What::Hold, "102", id, {}},
                              [&](const Status &done) { said = done; });

        QVERIFY(!said);
        QCOMPARE(phones.seen["101"].state, AgentCall::State::Connected);
    }

    void whoHangsUpEndsIt()
    {
        Phones phones;
        QSignalSpy ended(&phones.simulator, &CallSource::callEnded);
        const QString id = phones.ringBoth();
        QVERIFY(phones.simulator.answer(id, "102"));

        QVERIFY(phones.simulator.hangUp(id, "102"));

        QCOMPARE(phones.seen["102"].state, AgentCall::State::Over);
        QCOMPARE(ended.count(), 1);
        QVERIFY(!phones.simulator.hangUp(id, "102"));
    }

    void theCallerGivesUp()
    {
        Phones phones;
        const QString id = phones.ringBoth();

        QVERIFY(phones.simulator.hangUp(id, {}));

        QCOMPARE(phones.seen["101"].result, AgentCall::Result::CallerHangup);
        QCOMPARE(phones.simulator.agentCalls().size(), 0);
    }

    void itRingsOut()
    {
        Phones phones;
        phones.ring({.number = "030 23125901", .extensions = {"101"}, .ringFor = 5});

        QTRY_COMPARE(phones.seen["101"].result, AgentCall::Result::NoAnswer);
    }

    void aWithheldNumberIsNowhere()
    {
        Phones phones;

        phones.ring({.number = "anonymous", .name = "Anonymous", .extensions = {"101"}});

        QVERIFY(phones.seen["101"].party == Party{.withheld = true});
    }

    void garbageIsShownAsItIs()
    {
        Phones phones;

        phones.ring({.number = QString(10'000, 'x'),
                     .name = QString("\u202eevil\n") + QString(10'000, 'y'),
                     .extensions = {"101"}});

        QVERIFY(phones.seen["101"].party.e164.isEmpty());
        QVERIFY(phones.seen["101"].party.raw.size() <= 40);
        QVERIFY(phones.seen["101"].party.name.size() <= 80);
        QVERIFY(phones.seen["101"].party.name.startsWith("evil"));
    }

    void whatCannotBeIsRefused()
    {
        Phones phones;
        const QString id = phones.ringBoth();

        QVERIFY(!phones.simulator.ring({.number = "1", .extensions = {}}));
        QVERIFY(!phones.simulator.ring({.number = "1", .extensions = QStringList(101, "1")}));
        QVERIFY(!phones.simulator.ring(
            {.number = "1", .extensions = {"1"}, .ringFor = longestSimulatedRing + 1}));
        QVERIFY(!phones.simulator.answer(id, "104"));
        QVERIFY(!phones.simulator.answer("sim-0-0", "101"));
        QVERIFY(!phones.simulator.hangUp(id, "104"));
    }
};

QTEST_GUILESS_MAIN(tst_Simulator)
#include "tst_Simulator.moc"
