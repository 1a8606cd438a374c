#include "app/agent/LocalCalls.h"
#include "model/domain/PhoneNumber.h"

#include <QTest>

using namespace ringbook;
using app::LocalCalls;
using model::AgentCall;
using model::Party;

namespace {

Party partyOf(const QString &number)
{
    if (number == "anonymous")
        return {.withheld = true};
    return {.raw = number, .e164 = model::toE164(number, "DE")};
}

AgentCall ringing(const QString &id, const QString &number, TimeMs at)
{
    return {.callId = id, .revision = 1, .party = partyOf(number), .startedAt = at, .ringingSince = at};
}

AgentCall after(AgentCall call, AgentCall::State state)
{
    ++call.revision;
    call.state = state;
    return call;
}

} // namespace

class tst_LocalCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoTellOfOneCaller_data()
    {
        QTest::addColumn<QString>("here");
        QTest::addColumn<QString>("hub");
        QTest::addColumn<bool>("isSame");
        QTest::newRow("the same") << "+493023125147"
                                  << "+493023125147" << true;
        QTest::newRow("as dialled here") << "030 23125-147"
                                         << "+493023125147" << true;
        QTest::newRow("without its area") << "3125147"
                                          << "+493023125147" << true;
        QTest::newRow("six digits are too few") << "125147"
                                                << "+493023125147" << false;
        QTest::newRow("another last digit") << "030 23125-148"
                                            << "+493023125147" << false;
        QTest::newRow("an extension") << "101"
                                      << "101" << true;
        QTest::newRow("another extension") << "101"
                                           << "1011" << false;
        QTest::newRow("both hidden") << "anonymous"
                                     << "anonymous" << true;
        QTest::newRow("one hidden") << "anonymous"
                                    << "+493023125147" << false;
        QTest::newRow("no number on either side") << "unknown number"
                                                  << "alice" << true;
        QTest::newRow("no number here") << "unknown number"
                                        << "+493023125147" << false;
    }
    void twoTellOfOneCaller()
    {
        QFETCH(QString, here);
        QFETCH(QString, hub);
        QFETCH(bool, isSame);

        QCOMPARE(app::isSameCaller(partyOf(here), partyOf(hub)), isSame);
        QCOMPARE(app::isSameCaller(partyOf(hub), partyOf(here)), isSame);
    }

    void aLocalRingAndTheHubsAreOneCall_data()
    {
        QTest::addColumn<QString>("number");
        QTest::addColumn<int>("localAt");
        QTest::addColumn<int>("hubAt");
        QTest::addColumn<bool>("isOne");
        QTest::newRow("here first") << "030 23125147" << 0 << 12 << true;
        QTest::newRow("the hub first") << "030 23125147" << 12 << 0 << true;
        QTest::newRow("here first, just in time") << "030 23125147" << 0 << 5'000 << true;
        QTest::newRow("here first, too late") << "030 23125147" << 0 << 5'001 << false;
        QTest::newRow("the hub first, just in time") << "030 23125147" << 5'000 << 0 << true;
        QTest::newRow("the hub first, too late") << "030 23125147" << 5'001 << 0 << false;
        QTest::newRow("another caller") << "030 23125148" << 0 << 12 << false;
        QTest::newRow("another caller after the hub's") << "030 23125148" << 12 << 0 << false;
    }
    void aLocalRingAndTheHubsAreOneCall()
    {
        QFETCH(QString, number);
        QFETCH(int, localAt);
        QFETCH(int, hubAt);
        QFETCH(bool, isOne);
        LocalCalls calls;
        const AgentCall local = ringing("here", number, localAt);
        const AgentCall hubs = ringing("hub", "+493023125147", hubAt);

        std::optional<QString> became;
        LocalCalls::Told told;
        if (hubAt < localAt)
            became = calls.heardFromHub(hubs, hubAt);
        told = calls.ring(local, {}, localAt);
        if (hubAt >= localAt)
            became = calls.heardFromHub(hubs, hubAt);

        QVERIFY(told.isKnown);
        QCOMPARE(became.has_value(), isOne && localAt < hubAt);
        QCOMPARE(told.step.has_value(), !isOne || localAt < hubAt);
        QCOMPARE(calls.shown().isEmpty(), isOne);
    }

    void whatBecameTheHubsIsTheHubsToAnswerAndToEnd()
    {
        LocalCalls calls;
        QVERIFY(calls.ring(ringing("here", "030 23125147", 0), {}, 0).step);
        QCOMPARE(calls.heardFromHub(ringing("hub", "+493023125147", 10), 10), "here");
        const LocalCalls::Which which{partyOf("030 23125147")};

        const auto answered = calls.answered(which, 1'000);
        const auto ended = calls.ended(which, 2'000);
        const auto again = calls.ended(which, 3'000);

        QVERIFY(answered.isKnown && !answered.step);
        QVERIFY(ended.isKnown && !ended.step);
        QVERIFY(!again.isKnown);
    }

    void theHubsNextWordsMakeNoOtherCallTheSame()
    {
        LocalCalls calls;
        const AgentCall hubs = ringing("hub", "+493023125147", 0);
        QVERIFY(!calls.heardFromHub(hubs, 0));
        QVERIFY(calls.ring(ringing("here", "030 23125147", 60'000), {}, 60'000).step);

        QVERIFY(!calls.heardFromHub(after(hubs, AgentCall::State::Connected), 60'100));
        QVERIFY(!calls.heardFromHub(after(hubs, AgentCall::State::Over), 60'200));
        QCOMPARE(calls.shown().size(), 1);
    }

    void whatIsOverWhenItIsHeardOfIsNoCallHere()
    {
        LocalCalls calls;
        QVERIFY(calls.ring(ringing("here", "030 23125147", 0), {}, 0).step);

        QVERIFY(!calls.heardFromHub(after(ringing("hub", "+493023125147", 0), AgentCall::State::Over), 10));
    }

    void twoCallsOfOneCallerAreTwoOfTheHubs()
    {
        LocalCalls calls;
        QVERIFY(calls.ring(ringing("here", "030 23125147", 0), "a", 0).step);
        QVERIFY(calls.ring(ringing("there", "030 23125147", 100), "b", 100).step);

        QCOMPARE(calls.heardFromHub(ringing("hub-1", "+493023125147", 10), 110), "here");
        QCOMPARE(calls.heardFromHub(ringing("hub-2", "+493023125147", 10), 120), "there");
        QVERIFY(!calls.heardFromHub(ringing("hub-3", "+493023125147", 10), 130));
    }

    void oneRingToldTwiceIsOneCall_data()
    {
        QTest::addColumn<QString>("firstName");
        QTest::addColumn<QString>("secondName");
        QTest::addColumn<int>("later");
        QTest::addColumn<bool>("isOne");
        QTest::newRow("by two hooks") << ""
                                      << "" << 50 << true;
        QTest::newRow("at the limit") << ""
                                      << "" << 5'000 << true;
        QTest::newRow("called again") << ""
                                      << "" << 5'001 << false;
        QTest::newRow("under one name") << "a"
                                        << "a" << 50'000 << true;
        QTest::newRow("under two names") << "a"
                                         << "b" << 50 << false;
    }
    void oneRingToldTwiceIsOneCall()
    {
        QFETCH(QString, firstName);
        QFETCH(QString, secondName);
        QFETCH(int, later);
        QFETCH(bool, isOne);
        LocalCalls calls;
        QVERIFY(calls.ring(ringing("one", "101", 0), firstName, 0).step);

        const auto told = calls.ring(ringing("two", "101", later), secondName, later);

        QVERIFY(told.isKnown);
        QCOMPARE(!told.step, isOne);
    }

    void whichCallIsMeant_data()
    {
        QTest::addColumn<QString>("number");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("ended");
        QTest::newRow("by its number") << "030 23125147"
                                       << ""
                                       << "first";
        QTest::newRow("by its last digits") << "3125147"
                                            << ""
                                            << "first";
        QTest::newRow("nobody's number") << "030 9999999"
                                         << ""
                                         << "";
        QTest::newRow("by its name") << ""
                                     << "b"
                                     << "second";
        QTest::newRow("a name counts before a number") << "030 23125147"
                                                       << "b"
                                                       << "second";
        QTest::newRow("an unheard name falls back to the number") << "030 23125147"
                                                                  << "z"
                                                                  << "first";
        QTest::newRow("an unheard name alone") << ""
                                               << "z"
                                               << "";
        QTest::newRow("nothing said: the newest") << ""
                                                  << ""
                                                  << "third";
    }
    void whichCallIsMeant()
    {
        QFETCH(QString, number);
        QFETCH(QString, name);
        QFETCH(QString, ended);
        LocalCalls calls;
        QVERIFY(calls.ring(ringing("first", "+493023125147", 0), "a", 0).step);
        QVERIFY(calls.ring(ringing("second", "+493023125118", 1), "b", 1).step);
        QVERIFY(calls.ring(ringing("third", "+493023125119", 2), "c", 2).step);

        const auto told = calls.ended({partyOf(number), name}, 10);

        QCOMPARE(told.isKnown, !ended.isEmpty());
        QCOMPARE(told.step ? told.step->callId : QString(), ended);
    }

    void ofTheSameCallersCallsTheNewestIsMeant()
    {
        LocalCalls calls;
        QVERIFY(calls.ring(ringing("first", "101", 0), {}, 0).step);
        QVERIFY(calls.ring(ringing("second", "101", 10'000), {}, 10'000).step);

        QCOMPARE(calls.answered({partyOf("101")}, 11'000).step->callId, "second");
        QCOMPARE(calls.answered({partyOf("101")}, 12'000).step->callId, "first"); // the other one talks
        QCOMPARE(calls.ended({partyOf("101")}, 13'000).step->callId, "second");
    }

    void aCallRingsIsAnsweredAndIsOver()
    {
        LocalCalls calls;
        const LocalCalls::Which which{partyOf("101")};
        const auto rang = calls.ring(ringing("here", "101", 0), {}, 0).step;
        const auto talks = calls.answered(which, 3'000).step;
        const auto again = calls.answered(which, 4'000);
        const auto over = calls.ended(which, 9'000).step;

        QVERIFY(rang && talks && over);
        QCOMPARE(talks->state, AgentCall::State::Connected);
        QCOMPARE(talks->answeredAt, 3'000);
        QVERIFY(again.isKnown && !again.step);
        QCOMPARE(over->state, AgentCall::State::Over);
        QCOMPARE(over->result, AgentCall::Result::Answered);
        QCOMPARE(over->endedAt, 9'000);
        QVERIFY(rang->revision < talks->revision && talks->revision < over->revision);
        QVERIFY(calls.shown().isEmpty());
    }

    void whatNobodyEndsEndsByItself()
    {
        LocalCalls calls;
        QVERIFY(calls.ring(ringing("rings", "101", 0), {}, 0).step);
        QVERIFY(calls.ring(ringing("talks", "102", 0), {}, 0).step);
        QVERIFY(calls.answered({partyOf("102")}, 1'000).step);
        QCOMPARE(calls.nextExpiry(), app::localRingMs);

        QVERIFY(calls.expire(app::localRingMs - 1).isEmpty());
        const auto unanswered = calls.expire(app::localRingMs);
        QCOMPARE(calls.nextExpiry(), 1'000 + app::localTalkMs);
        QVERIFY(calls.expire(1'000 + app::localTalkMs - 1).isEmpty());
        const auto talked = calls.expire(1'000 + app::localTalkMs);

        QCOMPARE(unanswered.size(), 1);
        QCOMPARE(unanswered.first().callId, "rings");
        QCOMPARE(unanswered.first().result, AgentCall::Result::NoAnswer);
        QCOMPARE(talked.size(), 1);
        QCOMPARE(talked.first().result, AgentCall::Result::Answered);
        QVERIFY(!calls.nextExpiry());
    }

    void thereIsRoomForSomeCalls()
    {
        LocalCalls calls;
        for (int i = 0; i < app::maxLocalCalls; ++i)
            QVERIFY(calls.ring(ringing(QString::number(i), QString::number(100 + i), 0), {}, 0).step);

        QVERIFY(!calls.ring(ringing("more", "999", 0), {}, 0).isKnown);
    }

    void theHubsCallsAreRememberedInOrder()
    {
        LocalCalls calls;
        for (int i = 0; i <= app::maxHubCallsHeard; ++i)
            (void)calls.heardFromHub(ringing(QString("hub-%1").arg(i), QString::number(1000 + i), 0), 0);

        QVERIFY(calls.ring(ringing("a", "1000", 1), {}, 1).step);  // the first is forgotten
        QVERIFY(!calls.ring(ringing("b", "1001", 1), {}, 1).step); // the second is not
    }
};

QTEST_GUILESS_MAIN(tst_LocalCalls)
#include "tst_LocalCalls.moc"
