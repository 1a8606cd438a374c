#include "sync/protocol/Problems.h"
#include "tests/support/EngineTalk.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::sync;
using Link = SyncState::Link;

namespace {

const QString sharing = QStringLiteral("POST /v1/books/main/presence");

} // namespace

/// What the hub tells by itself: changes, calls, who is there, and its silence.
class tst_EngineStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGapInTheStreamIsFetched()
    {
        EngineTalk talk;
        talk.goLive(5);

        QCOMPARE(talk.event(changesEvent, talk.page(7, 8)), QStringList{pullFrom(5)});
        QCOMPARE(talk.answer(talk.page(5, 8)), QStringList{"apply 5-8"});
    }

    void aRepeatedEventIsOldNews()
    {
        EngineTalk talk;
        talk.goLive(5);

        QCOMPARE(talk.event(changesEvent, talk.page(3, 5)), QStringList());
    }

    void anEventThatOverlapsGivesItsNewPart()
    {
        EngineTalk talk;
        talk.goLive(5);

        QCOMPARE(talk.event(changesEvent, talk.page(4, 7)), QStringList{"apply 5-7"});
    }

    void eventsWaitWhileAPageIsApplied()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.event(changesEvent, talk.page(5, 6));

        QCOMPARE(talk.event(changesEvent, talk.page(6, 7)), QStringList());
        QCOMPARE(talk.event(changesEvent, talk.page(7, 9)), QStringList());

        QCOMPARE(talk.applied(6), QStringList{"apply 6-7"});
        QCOMPARE(talk.applied(7), QStringList{"apply 7-9"});
    }

    void aPokeIsFetched()
    {
        EngineTalk talk;
        talk.goLive(5);

        const auto lines =
            talk.event(pokeEvent, encode(Poke{QStringLiteral("main"), QStringLiteral("e1"), 9}));

        QCOMPARE(lines, QStringList{pullFrom(5)});
    }

    void aPokeDuringAPullIsFetchedAfterIt()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.event(pokeEvent, encode(Poke{QStringLiteral("main"), QStringLiteral("e1"), 6}));
        talk.event(pokeEvent, encode(Poke{QStringLiteral("main"), QStringLiteral("e1"), 7}));

        QCOMPARE(talk.answer(talk.page(5, 6)), (QStringList{pullFrom(6), "apply 5-6"}));
    }

    void callsComeThroughAndAHelloReplacesThemAll()
    {
        EngineTalk talk;
        talk.goLive(5);

        QCOMPARE(talk.event(callEvent, encode(model::AgentCall{.callId = QStringLiteral("c1")})),
                 QStringList{"call c1"});
        QVERIFY(talk.hello(5).contains("calls are 0"));
    }

    void whichCustomerIsOnTheScreenIsToldAndToldAgain()
    {
        EngineTalk talk;
        talk.goLive(5);

        QCOMPARE(talk.say(input::Share{{.customer = {7}}}), QStringList{sharing});
        QCOMPARE(readPresenceShare(talk.requests.last().request.body)->customer.value, 7);
        QCOMPARE(talk.answer("{}"), QStringList());
        QCOMPARE(talk.say(input::Share{{.customer = {7}}}), QStringList()); // no news

        QCOMPARE(talk.wait(presenceSeconds * secondMs), QStringList{sharing});
    }

    void aNewStreamIsToldAnew()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.say(input::Share{{.customer = {7}}});
        talk.answer("{}");

        QVERIFY(talk.hello(5).contains(sharing));
    }

    void withoutACustomerThereIsNothingToTell()
    {
        EngineTalk talk;
        talk.goLive(5);

        QCOMPARE(talk.say(input::Share{}), QStringList());
        QVERIFY(!talk.wait(presenceSeconds * secondMs).contains(sharing));
    }

    void anOlderHubIsNotAskedAgain()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.say(input::Share{{.customer = {7}}});
        talk.answer("{}", 404);

        QVERIFY(!talk.wait(presenceSeconds * secondMs).contains(sharing));
        QCOMPARE(talk.state().link, Link::Live);
    }

    void whoIsThereIsShownAndForgottenWithTheStream()
    {
        EngineTalk talk;
        talk.goLive(5);
        const PresenceNews news{
            .book = "main",
            .customer = {7},
            .people = {{.user = {30}, .name = "Ben", .doing = model::Presence::Doing::Phone}}};

        QCOMPARE(talk.event(presenceEvent, encode(news)), QStringList{"at 7: Ben phone"});
        QVERIFY(talk.say(input::StreamEnded{}).contains("forget presence"));
    }

    void whoIsInAnotherBookIsNotOurs()
    {
        EngineTalk talk;
        talk.goLive(5);

        QCOMPARE(talk.event(presenceEvent, encode(PresenceNews{.book = "south", .customer = {7}})),
                 QStringList());
    }

    void brokenAndUnknownEventsDoNoHarm()
    {
        EngineTalk talk;
        talk.goLive(5);

        QCOMPARE(talk.event(callEvent, "{\"call\":5}"), QStringList());
        QCOMPARE(talk.event(presenceEvent, "{}"), QStringList());
        QCOMPARE(talk.event("weather", "{}"), QStringList());
        QCOMPARE(talk.event(changesEvent, "nonsense"), QStringList{pullFrom(5)});
        QCOMPARE(talk.state().link, Link::Live);
    }

    void aPushedOpThatTheStreamDoesNotBringIsFetched()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.say(input::Kept{});
        talk.outbox(talk.ops(1, 1));
        talk.answer(talk.answers({{1, Verdict::Applied, 6}}, 6));
        QCOMPARE(talk.outbox(talk.ops(1, 1)), QStringList());

        QCOMPARE(talk.wait(echoPatienceMs), QStringList{pullFrom(5)});
    }

    void aLateHelloMeansLongPollsAndANewAttemptAfterTenMinutes()
    {
        EngineTalk talk;
        talk.start(5);
        talk.outbox({});
        talk.answer(talk.page(5, 5));
        QCOMPARE(talk.state().link, Link::Connecting);

        QCOMPARE(talk.wait(helloSeconds * secondMs), (QStringList{"close stream", pullFrom(5) + "&wait=25"}));
        QCOMPARE(talk.state().link, Link::Live);
        for (int i = 0; i < 24; ++i) {
            const int poll = talk.lastId; // the sums are asked for in between
            talk.wait(24'000);
            QCOMPARE(talk.answerTo(poll, talk.page(5, 5)), QStringList{pullFrom(5) + "&wait=25"});
        }
        QCOMPARE(talk.wait(24'000), QStringList{"open stream"});
        QCOMPARE(talk.state().link, Link::Live);
        QVERIFY(talk.hello(5).contains("calls are 0"));
        QCOMPARE(talk.state().link, Link::Live);
    }

    void aHelloJustInTimeKeepsTheStream()
    {
        EngineTalk talk;
        talk.start(5);
        talk.outbox({});
        talk.answer(talk.page(5, 5));

        QCOMPARE(talk.wait(helloSeconds * secondMs - 1), QStringList());
        talk.hello(5);
        QCOMPARE(talk.wait(1), QStringList());
    }

    void silenceMeansDead()
    {
        EngineTalk talk;
        talk.goLive(5);

        QCOMPARE(talk.wait(silenceSeconds * secondMs - 1), QStringList());
        talk.say(input::StreamBytes{heartbeat()});
        QCOMPARE(talk.wait(silenceSeconds * secondMs - 1), QStringList());
        QVERIFY(talk.wait(1).contains("close stream"));

        QCOMPARE(talk.state().link, Link::Offline);
        QVERIFY(talk.state().offlineSince);
    }

    void byeIsHeld()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.event(byeEvent, encode(Bye{7000}));

        QCOMPARE(talk.wait(6999), QStringList());
        QCOMPARE(talk.wait(1), (QStringList{"load outbox", "open stream", pullFrom(5)}));
    }

    void retryAfterIsHeld()
    {
        EngineTalk talk;
        talk.start(5);
        talk.answer(encode(Problem{.status = 503, .detail = QStringLiteral("too busy")}), 503, 20'000);

        QCOMPARE(talk.state().offlineReason, "too busy");
        talk.outbox({});
        QCOMPARE(talk.wait(19'999), QStringList());
        QVERIFY(!talk.wait(1).isEmpty());
    }

    void aPushThatIsToldToWaitLeavesTheStreamAlone()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.say(input::Kept{});
        talk.outbox(talk.ops(1, 1));
        talk.answer(encode(Problem{.status = 503, .detail = QStringLiteral("too busy")}), 503, 20'000);
        talk.outbox(talk.ops(1, 1));

        QCOMPARE(talk.state().link, Link::Live);
        QCOMPARE(talk.state().problem, QString()); // it mends itself
        talk.say(input::StreamBytes{heartbeat()});
        QCOMPARE(talk.wait(19'999), QStringList());
        QCOMPARE(talk.wait(1), QStringList{pushOf + "1"});
    }

    void whatAHubThatIsAwaySaidLastIsNotSaid()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.say(input::Kept{});
        talk.outbox(talk.ops(1, 1));
        talk.problem(507, problem::diskFull, "There is no space left on the hub's disk.");
        QCOMPARE(talk.state().problem, "There is no space left on the hub's disk.");

        talk.say(input::StreamEnded{.failure = QStringLiteral("Nothing answers.")});

        QCOMPARE(talk.state().link, Link::Offline);
        QCOMPARE(talk.state().offlineReason, "Nothing answers.");
        QCOMPARE(talk.state().problem, QString());
    }
};

QTEST_GUILESS_MAIN(tst_EngineStream)
#include "tst_EngineStream.moc"
