#include "model/domain/Calls.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::model;
using State = AgentCall::State;
using Over = AgentCall::Result;
using Presentation = Call::Presentation;

namespace {

const QString id = "call";

/// A table of calls and the last that each agent was told.
struct Table
{
    Calls calls{CallTiming{}, {{"101", "Anna Albers"}, {"102", "Ben Brandt"}}};
    QHash<QString, AgentCall> seen = {};
    int told = 0;

    void take(const CallStep &step, TimeMs at)
    {
        calls.take(id, step, at);
        look();
    }

    void wait(TimeMs until)
    {
        calls.passTime(until);
        look();
    }

    void look()
    {
        const auto changes = calls.changes();
        told = int(changes.size());
        for (const auto &change : changes)
            seen[change.extension] = change.call;
    }

    void begin(TimeMs at, Presentation presentation = Presentation::Allowed)
    {
        take(step::Began{.caller = {.raw = "+493023125901", .e164 = "+493023125901", .name = "Karla Kunde"},
                         .called = {.raw = "+493023125500", .e164 = "+493023125500"},
                         .presentation = presentation},
             at);
    }

    void ring(const QString &agent, TimeMs at)
    {
        take(step::Offered{agent, agent + "-a"}, at);
        take(step::Rang{agent, agent + "-a"}, at);
    }

    void over(const QString &agent, Over result, TimeMs at)
    {
        take(step::DeviceOver{agent, agent + "-a", result}, at);
    }

    const Call &call() const { return *calls.call(id); }
    const Leg &leg(int index) const { return call().legs[index]; }
};

} // namespace

class tst_Calls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCallRingsConnectsAndEnds()
    {
        Table table;
        table.begin(1000);
        table.ring("101", 1010);
        QCOMPARE(table.seen["101"].state, State::Ringing);
        QCOMPARE(table.seen["101"].party.name, "Karla Kunde");
        QCOMPARE(table.seen["101"].ownLine, "+493023125500");

        table.take(step::Answered{"101", "101-a"}, 3000);
        table.take(step::Talking{{"101"}}, 3005);
        QCOMPARE(table.seen["101"].state, State::Connected);

        table.take(step::Ended{.by = Call::EndedBy::Caller}, 9000);

        QCOMPARE(table.seen["101"].state, State::Over);
        QCOMPARE(table.seen["101"].result, Over::Answered);
        QCOMPARE(table.call().outcome, Call::Outcome::Answered);
        QCOMPARE(talkMs(table.call()), 5995);
        QCOMPARE(table.calls.agentCalls().size(), 0);
    }

    void colleaguesCallsPopOnlyWhereThatIsWanted()
    {
        for (const bool isWanted : {true, false}) {
            Table table{.calls = Calls({}, {}, {.internal = isWanted})};
            table.take(step::Began{.direction = AgentCall::Direction::Internal,
                                   .callerAgent = "102",
                                   .presentation = Presentation::Allowed},
                       1000);
            table.ring("101", 1010);

            QCOMPARE(table.seen.contains("101"), isWanted);
        }
    }

    void anOutsideCallThatAColleaguePassedOnPopsAllTheSame()
    {
        Table table{.calls = Calls({}, {}, {.internal = false})};
        table.calls.take("consult",
                         step::Began{.direction = AgentCall::Direction::Internal,
                                     .callerAgent = "102",
                                     .presentation = Presentation::Allowed},
                         900);
        table.begin(1000);
        table.calls.take("consult", step::Offered{"101", "101-a"}, 1005);
        table.calls.take("consult", step::Rang{"101", "101-a"}, 1006);

        table.calls.take("consult", step::MergedInto{id}, 2000);
        table.look();

        QCOMPARE(table.seen["101"].party.e164, "+493023125901");
    }

    void aQueueMayShowItsCallsOnlyToWhoeverAnswers()
    {
        Table table{.calls = Calls({}, {}, {.answeredOnly = {"Support line"}})};
        table.begin(1000);
        table.take(step::Queued{"Support line"}, 1001);
        table.ring("101", 1010);
        table.ring("102", 1010);
        QVERIFY(table.seen.isEmpty());

        table.take(step::Answered{"102", "102-a"}, 3000);
        table.over("101", Over::AnsweredElsewhere, 3001);
        table.take(step::LeftQueue{}, 3002);
        table.take(step::Talking{{"102"}}, 3005);

        QCOMPARE(table.seen["102"].state, State::Connected);
        QVERIFY(!table.seen.contains("101"));
    }

    static PopRules toAll() { return {.toAll = {{"Support line", {"101", "102", "103"}}}}; }

    void aQueueMayShowItsCallsToAllItsAgents()
    {
        Table table{.calls = Calls({}, {{"102", "Ben Brandt"}}, toAll())};
        table.begin(1000);
        QVERIFY(table.seen.isEmpty());

        table.take(step::Queued{"Support line"}, 1001);

        for (const char *agent : {"101", "102", "103"})
            QCOMPARE(table.seen[agent].state, State::Ringing);
        QCOMPARE(table.seen["101"].ringingSince, 1000);
        QVERIFY(!rings(table.call(), "102"));
        table.ring("102", 1010);
        QVERIFY(rings(table.call(), "102"));
        QCOMPARE(table.seen["102"].ringingSince, 1010);
        table.take(step::Answered{"102", "102-a"}, 3000);
        table.take(step::LeftQueue{}, 3002);
        table.take(step::Talking{{"102"}}, 3005);
        QCOMPARE(table.seen["102"].state, State::Connected);
        for (const char *agent : {"101", "103"}) {
            QCOMPARE(table.seen[agent].state, State::Over);
            QCOMPARE(table.seen[agent].result, Over::AnsweredElsewhere);
            QCOMPARE(table.seen[agent].answeredBy, "Ben Brandt");
        }
        table.take(step::Ended{.by = Call::EndedBy::Caller}, 9000);
        QCOMPARE(table.seen["101"].endedAt, 3005);
        QCOMPARE(table.calls.agentCalls().size(), 0);
    }

    void whoDidNotLiftSeesItGoOnWaiting()
    {
        Table table{.calls = Calls({}, {}, toAll())};
        table.begin(1000);
        table.take(step::Queued{"Support line"}, 1001);
        table.ring("101", 1010);
        table.over("101", Over::NoAnswer, 9000);
        table.wait(10'000);
        QCOMPARE(table.seen["101"].state, State::Ringing);

        table.ring("102", 11'000);
        table.over("102", Over::Rejected, 12'000);
        table.wait(13'000);

        QCOMPARE(table.seen["102"].state, State::Over); // said no
        QCOMPARE(table.seen["103"].state, State::Ringing);
    }

    void aCallerWhoHangsUpInTheQueueIsGoneEverywhere()
    {
        Table table{.calls = Calls({}, {}, toAll())};
        table.begin(1000);
        table.take(step::Queued{"Support line"}, 1001);

        table.take(step::Ended{.by = Call::EndedBy::Caller}, 9000);

        QCOMPARE(table.seen.size(), 3);
        for (const AgentCall &seen : table.seen) {
            QCOMPARE(seen.state, State::Over);
            QCOMPARE(seen.result, Over::CallerHangup);
            QCOMPARE(seen.endedAt, 9000);
        }
        QCOMPARE(table.calls.agentCalls().size(), 0);
    }

    void hiddenNumbersWaitForTheWordInAQueueToo()
    {
        Table table{.calls = Calls({}, {}, toAll())};
        table.begin(1000, Presentation::Unknown);
        table.take(step::Queued{"Support line"}, 1001);

        QVERIFY(table.seen.isEmpty());
        table.take(step::Ended{.by = Call::EndedBy::Caller}, 1100);
        QVERIFY(table.seen.isEmpty());
    }

    void anUnknownCallBeginsInferred()
    {
        Table table;

        table.take(step::Offered{"101", "101-a"}, 1000);

        QVERIFY(table.call().inferred);
        QCOMPARE(table.call().startedAt, 1000);
    }

    void aPhoneThatNeverSaysItRingsIsShownAfterAMoment()
    {
        Table table;
        table.begin(1000);
        table.take(step::Offered{"101", "101-a"}, 1000);
        QCOMPARE(table.calls.nextDeadline(), 1300);

        table.wait(1299);
        QVERIFY(!table.seen.contains("101"));
        table.wait(1300);

        QCOMPARE(table.seen["101"].state, State::Ringing);
        QCOMPARE(table.seen["101"].ringingSince, 1300);
    }

    void aBusyPhoneIsNeverShown()
    {
        Table table;
        table.begin(1000);
        table.take(step::Offered{"101", "101-a"}, 1000);

        table.over("101", Over::Rejected, 1001);

        QVERIFY(table.seen.isEmpty());
        QCOMPARE(table.leg(0).result, Over::Busy);
    }

    void aRingingPhoneThatRefusesWasRejected()
    {
        Table table;
        table.begin(1000);
        table.ring("101", 1000);

        table.over("101", Over::Rejected, 2000);

        QCOMPARE(table.seen["101"].state, State::Over);
        QCOMPARE(table.seen["101"].result, Over::Rejected);
    }

    void aLegEndsOnce()
    {
        Table table;
        table.begin(1000);
        table.ring("101", 1000);
        table.over("101", Over::NoAnswer, 5000);
        const qint64 revision = table.seen["101"].revision;

        table.over("101", Over::AnsweredElsewhere, 5100);
        table.take(step::Answered{"101", "101-a"}, 5200);

        QCOMPARE(table.leg(0).result, Over::NoAnswer);
        QCOMPARE(table.leg(0).endedAt, 5000);
        QCOMPARE(table.seen["101"].revision, revision);
    }

    void theOthersAreToldWhoTookIt()
    {
        Table table;
        table.begin(1000);
        table.ring("101", 1000);
        table.ring("102", 1000);
        QCOMPARE(table.seen["102"].desksRinging, 2);

        table.over("101", Over::None, 3000); // cancelled, before anybody is known to have answered
        QCOMPARE(table.seen["101"].state, State::Ringing);
        table.take(step::Answered{"102", "102-a"}, 3010);

        QCOMPARE(table.seen["101"].state, State::Over);
        QCOMPARE(table.seen["101"].result, Over::AnsweredElsewhere);
        QCOMPARE(table.seen["101"].answeredBy, "Ben Brandt");
        QCOMPARE(table.seen["101"].endedAt, 3000);
    }

    void aCancelNobodyExplainsSettles()
    {
        Table table;
        table.begin(1000);
        table.ring("101", 1000);
        table.over("101", Over::None, 3000);
        QCOMPARE(table.calls.nextDeadline(), 3400);

        table.wait(3399);
        QCOMPARE(table.seen["101"].state, State::Ringing);
        table.wait(3400);

        QCOMPARE(table.seen["101"].result, Over::NoAnswer);
        QCOMPARE(table.seen["101"].endedAt, 3000);
    }

    void aCancelBeforeTheCallersEndIsTheCallers()
    {
        Table table;
        table.begin(1000);
        table.ring("101", 1000);
        table.over("101", Over::None, 3000);

        table.take(step::Ended{.by = Call::EndedBy::Caller}, 3001);

        QCOMPARE(table.seen["101"].result, Over::CallerHangup);
        QCOMPARE(table.call().outcome, Call::Outcome::Missed);
    }

    void nothingRingsForEver()
    {
        Table table;
        table.begin(1000);
        table.ring("101", 1000);

        table.wait(180'999);
        QCOMPARE(table.seen["101"].state, State::Ringing);
        table.wait(181'000);

        QCOMPARE(table.seen["101"].state, State::Over);
        QCOMPARE(table.seen["101"].result, Over::Lost);
    }

    void newsKeepsALegAlive()
    {
        Table table;
        table.begin(1000);
        table.ring("101", 1000);

        table.take(step::StillThere{"101"}, 100'000);
        table.wait(279'999);
        QCOMPARE(table.seen["101"].state, State::Ringing);
        table.wait(280'000);

        QCOMPARE(table.seen["101"].result, Over::Lost);
    }

    void aCallWithoutNewsIsOverSomeDay()
    {
        Table table;
        table.begin(1000);
        table.take(step::Talking{{"101"}}, 1000);

        table.wait(1000 + 4 * hourMs - 1);
        QCOMPARE(table.seen["101"].state, State::Connected);
        table.wait(1000 + 4 * hourMs);

        QCOMPARE(table.seen["101"].state, State::Over);
        QCOMPARE(table.call().outcome, Call::Outcome::Unknown);
    }

    void anotherRoundSoonIsTheSamePop()
    {
        Table table;
        table.begin(1000);
        table.ring("101", 1000);
        table.over("101", Over::NoAnswer, 5000);

        table.ring("101", 15'000);

        QCOMPARE(table.seen["101"].state, State::Ringing);
        QCOMPARE(table.seen["101"].ringingSince, 1000);
        QCOMPARE(table.call().legs.size(), 2);
        QCOMPARE(table.leg(1).round, 2);
    }

    void anotherRoundLaterIsANewPop()
    {
        Table table;
        table.begin(1000);
        table.ring("101", 1000);
        table.over("101", Over::NoAnswer, 5000);

        table.ring("101", 15'001);

        QCOMPARE(table.seen["101"].ringingSince, 15'001);
        QCOMPARE(table.leg(1).round, 1);
    }

    void twoPhonesOfOneAgentAreOneLeg()
    {
        Table table;
        table.begin(1000);
        table.ring("101", 1000);
        table.take(step::Offered{"101", "101-b"}, 1001);

        table.over("101", Over::Rejected, 2000);
        QCOMPARE(table.seen["101"].state, State::Ringing);
        table.take(step::Answered{"101", "101-b"}, 3000);

        QCOMPARE(table.call().legs.size(), 1);
        QCOMPARE(table.leg(0).result, Over::Answered);
    }

    void nothingIsToldBeforeTheNumberMayBe()
    {
        Table table;
        table.begin(1000, Presentation::Unknown);
        table.take(step::PresentationAsked{}, 1000);
        table.ring("101", 1000);
        QVERIFY(table.seen.isEmpty());

        table.take(step::PresentationTold{Presentation::Allowed}, 1002);

        QCOMPARE(table.seen["101"].party.raw, "+493023125901");
    }

    void withoutAWordTheAdministratorDecides()
    {
        for (const bool show : {true, false}) {
            Calls calls(CallTiming{.showUntold = show});
            calls.take(id, step::Began{.caller = {.raw = "+493023125901"}}, 1000);
            calls.take(id, step::PresentationAsked{}, 1000);
            calls.take(id, step::Offered{"101", "a"}, 1000);
            calls.take(id, step::Rang{"101", "a"}, 1000);

            calls.passTime(1249);
            QVERIFY(calls.changes().isEmpty());
            calls.passTime(1250);

            const auto changes = calls.changes();
            QCOMPARE(changes.size(), 1);
            QCOMPARE(changes[0].call.party.withheld, !show);
            QCOMPARE(changes[0].call.party.raw.isEmpty(), !show);
        }
    }

    void aNumberWithheldIsForgotten()
    {
        Table table;
        table.begin(1000, Presentation::Unknown);
        table.take(step::PresentationAsked{}, 1000);
        table.ring("101", 1000);

        table.take(step::PresentationTold{Presentation::Withheld}, 1001);
        table.take(step::CallerNamed{"Hidden Person"}, 1002);
        table.take(step::PresentationTold{Presentation::Allowed}, 1003);

        QVERIFY(table.seen["101"].party == Party{.withheld = true});
        QVERIFY(table.call().caller == Party{.withheld = true});
    }

    void aLateWordStillHides()
    {
        Table table;
        table.begin(1000);
        table.ring("101", 1000);

        table.take(step::PresentationTold{Presentation::Withheld}, 2000);

        QVERIFY(table.seen["101"].party == Party{.withheld = true});
    }

    void revisionsGrowEvenAcrossARestart()
    {
        Table before;
        before.begin(1000);
        before.ring("101", 1000);
        before.take(step::Talking{{"101"}}, 1000);
        const qint64 last = before.seen["101"].revision;

        Table after;
        after.begin(2000);
        after.take(step::Talking{{"101"}}, 2000);

        QVERIFY(last > 1000);
        QVERIFY(after.seen["101"].revision > last);
    }

    void whatChangesNothingIsNotTold()
    {
        Table table;
        table.begin(1000);
        table.ring("101", 1000);

        table.take(step::Rang{"101", "101-a"}, 1001);

        QCOMPARE(table.told, 0);
    }

    void holdIsTheTalkersBadge()
    {
        Table table;
        table.begin(1000);
        table.take(step::Talking{{"101"}}, 1000);

        table.take(step::Held{"101", true}, 2000);
        QCOMPARE(table.seen["101"].state, State::OnHold);
        table.take(step::Held{"101", false}, 4000);

        QCOMPARE(table.seen["101"].state, State::Connected);
        QCOMPARE(table.call().holds.size(), 1);
        QCOMPARE(table.call().holds[0].to, 4000);
    }

    void anUnholdWithoutAHoldIsNothing()
    {
        Table table;
        table.begin(1000);
        table.take(step::Talking{{"101"}}, 1000);

        table.take(step::Held{"101", false}, 2000);

        QVERIFY(table.call().holds.isEmpty());
    }

    void whoConsultsKeepsTheConversation()
    {
        Table table;
        table.begin(1000);
        table.take(step::Talking{{"101"}}, 1000);

        table.take(step::Talking{{}}, 3000);
        QCOMPARE(table.seen["101"].state, State::Connected);
        table.take(step::Talking{{"101"}}, 5000);
        table.take(step::Ended{}, 6000);

        QCOMPARE(table.call().segments.size(), 1);
        QCOMPARE(table.call().segments[0].to, 6000);
    }

    void whoTransfersIsDone()
    {
        Table table;
        table.begin(1000);
        table.take(step::Talking{{"101"}}, 1000);
        table.take(step::Talking{{}}, 3000);
        table.take(step::Transferred{Transfer::Type::Blind, "101", "102"}, 3001);
        QCOMPARE(table.seen["101"].result, Over::TransferredOut);

        table.ring("102", 3100);
        table.take(step::Talking{{"102"}}, 4000);

        QCOMPARE(table.seen["102"].state, State::Connected);
        QCOMPARE(table.seen["102"].party.name, "Karla Kunde");
        QCOMPARE(table.call().segments[0].to, 3000);
    }

    void aCallTransferredBackRingsAgain()
    {
        Table table;
        table.begin(1000);
        table.ring("101", 1000);
        table.take(step::Talking{{"101"}}, 2000);
        table.take(step::Transferred{Transfer::Type::Blind, "101", "102"}, 3000);
        table.take(step::Talking{{"102"}}, 4000);
        table.take(step::Transferred{Transfer::Type::Blind, "102", "101"}, 5000);

        table.ring("101", 5100);

        QCOMPARE(table.seen["101"].state, State::Ringing);
        QCOMPARE(table.seen["101"].ringingSince, 5100);
    }

    void aParkedCallIsTakenByAnybody()
    {
        Table table;
        table.begin(1000);
        table.take(step::Talking{{"101"}}, 1000);
        table.take(step::Transferred{Transfer::Type::Blind, "101", "700"}, 3000);
        table.take(step::Parked{}, 3000);
        QVERIFY(table.call().transfers.isEmpty());

        table.take(step::TakenFromPark{"102"}, 5000);
        table.take(step::Talking{{"102"}}, 5000);

        QCOMPARE(table.call().parked->by, "101");
        QCOMPARE(table.call().parked->takenBy, "102");
        QCOMPARE(table.seen["102"].state, State::Connected);
    }

    void whoGivesUpInAQueueAbandons()
    {
        Table table;
        table.begin(1000);
        table.take(step::Queued{"support"}, 1000);
        table.ring("101", 1100);

        table.take(step::LeftQueue{.abandoned = true}, 5000);
        table.take(step::Ended{.by = Call::EndedBy::Caller}, 5001);

        QCOMPARE(table.call().outcome, Call::Outcome::Abandoned);
        QCOMPARE(table.seen["101"].queue, "support");
    }

    void aConsultationBecomesPartOfTheCall()
    {
        Calls calls;
        calls.take("older", step::Began{.presentation = Presentation::Allowed}, 1000);
        calls.take("younger", step::Began{.direction = AgentCall::Direction::Internal}, 2000);
        calls.take("younger", step::Offered{"102", "a"}, 2000);
        calls.take("younger", step::Rang{"102", "a"}, 2000);
        QCOMPARE(calls.changes().size(), 1);

        calls.take("younger", step::MergedInto{"older"}, 3000);

        const auto changes = calls.changes();
        QCOMPARE(changes.size(), 2);
        QCOMPARE(changes[0].call.callId, "older");
        QCOMPARE(changes[0].call.state, State::Ringing);
        QCOMPARE(changes[1].call.state, State::Over);
        QCOMPARE(calls.ids(), QStringList{"older"});
    }

    void anEndedCallIsForgottenLater()
    {
        Table table;
        table.begin(1000);
        table.take(step::Ended{}, 2000);
        QCOMPARE(table.calls.takeEnded().size(), 1);

        table.wait(61'999);
        QVERIFY(table.calls.call(id));
        table.wait(62'000);

        QVERIFY(!table.calls.call(id));
    }

    void namesReadBackToWhatTheyName()
    {
        for (int i = 0; i <= int(Over::Lost); ++i)
            QCOMPARE(resultFromName(name(Over(i))), Over(i));
        for (int i = 0; i <= int(State::Over); ++i)
            QCOMPARE(stateFromName(name(State(i))), State(i));
        for (int i = 0; i <= int(AgentCall::Direction::Internal); ++i)
            QCOMPARE(directionFromName(name(AgentCall::Direction(i))), AgentCall::Direction(i));
        QVERIFY(!stateFromName("dreaming"));
    }
};

QTEST_GUILESS_MAIN(tst_Calls)
#include "tst_Calls.moc"
