#include "sync/calls/ami/AmiInterpreter.h"

#include <QRegularExpression>
#include <QTest>

using namespace ringbook;
using namespace ringbook::calls;
using namespace ringbook::model;
using State = AgentCall::State;

namespace {

PbxSettings settings()
{
    return {.plan = {.country = "DE", .countryCode = "49", .areaCode = "30", .nationalPrefix = "0"},
            .agents = {{"101", "Anna Albers", "PJSIP/101"}, {"102", "Ben Brandt", "PJSIP/102"}},
            .trunks = {"PJSIP/trunk"},
            .lines = {{"+493023125500", {"Support line"}}},
            .queues = {{"support", {.label = "Support"}}}};
}

/// One message of "Key: value" lines.
AmiMessage message(const QByteArray &lines)
{
    AmiParser parser;
    parser.take("Asterisk Call Manager/11.0.0\n");
    return parser.take(lines + "\n\n").value(0);
}

QByteArray channel(const QByteArray &name, const QByteArray &id, const QByteArray &linked,
                   const QByteArray &prefix = {})
{
    return prefix + "Channel: " + name + "\n" + prefix + "Uniqueid: " + id + "\n" + prefix +
           "Linkedid: " + linked + "\n";
}

/// A PBX told in few words.
struct Pbx
{
    PbxSettings pbx = settings();
    Calls calls{CallTiming{}, pbx.agentNames()};
    AmiInterpreter interpreter{pbx, calls};
    QHash<QString, AgentCall> seen = {};
    TimeMs at = 1000;

    void say(const QByteArray &lines)
    {
        interpreter.take(message(lines), ++at);
        for (const auto &change : calls.changes())
            seen[change.extension] = change.call;
    }

    void allow()
    {
        for (const auto &question : interpreter.takeQuestions())
            interpreter.presentationTold(question, "allowed_not_screened", ++at);
    }

    void comesIn(const QByteArray &number = "+493023125901", const QByteArray &name = "Karla Kunde",
                 const QByteArray &trunk = "PJSIP/trunk-1")
    {
        say("Event: Newchannel\n" + channel(trunk, "1", "1") + "CallerIDNum: " + number +
            "\nCallerIDName: " + name + "\nExten: +493023125500");
    }

    void rings(const QByteArray &extension, const QByteArray &id, const QByteArray &caller = "1")
    {
        const QByteArray phone = "PJSIP/" + extension + "-" + id;
        say("Event: Newchannel\n" + channel(phone, id, caller));
        say("Event: DialBegin\n" + channel("PJSIP/trunk-1", caller, caller) +
            channel(phone, id, caller, "Dest"));
        allow();
        say("Event: Newstate\n" + channel(phone, id, caller) + "ChannelState: 5");
    }

    void answers(const QByteArray &extension, const QByteArray &id, const QByteArray &caller = "1")
    {
        say("Event: DialEnd\n" + channel("PJSIP/trunk-1", caller, caller) +
            channel("PJSIP/" + extension + "-" + id, id, caller, "Dest") + "DialStatus: ANSWER");
        enters("PJSIP/" + extension + "-" + id, id, caller, "bridge");
        enters("PJSIP/trunk-1", caller, caller, "bridge");
    }

    void enters(const QByteArray &name, const QByteArray &id, const QByteArray &linked,
                const QByteArray &bridge)
    {
        say("Event: BridgeEnter\nBridgeType: basic\nBridgeUniqueid: " + bridge + "\n" +
            channel(name, id, linked));
    }

    void leaves(const QByteArray &name, const QByteArray &id, const QByteArray &linked,
                const QByteArray &bridge)
    {
        say("Event: BridgeLeave\nBridgeType: basic\nBridgeUniqueid: " + bridge + "\n" +
            channel(name, id, linked));
    }

    void hangsUp(const QByteArray &name, const QByteArray &id, int cause = 16)
    {
        say("Event: Hangup\n" + channel(name, id, id) + "Cause: " + QByteArray::number(cause));
    }

    /// Of calls that are not over.
    AgentCall live(const QString &extension) const
    {
        const auto views = calls.agentCalls();
        const auto found =
            std::ranges::find_if(views, [&](const auto &view) { return view.extension == extension; });
        return found == views.end() ? AgentCall{.state = State::Over} : found->call;
    }

    const Call &call(const QString &id = "pbx-1") const { return *calls.call(id); }
};

} // namespace

class tst_AmiInterpreter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCallFromTheTrunkShowsWhoAndOnWhichLine()
    {
        Pbx pbx;
        pbx.comesIn();
        pbx.rings("101", "2");

        QCOMPARE(pbx.seen["101"].party.e164, "+493023125901");
        QCOMPARE(pbx.seen["101"].ownLine, "Support line");
        QCOMPARE(pbx.seen["101"].direction, AgentCall::Direction::Inbound);
    }

    void wordsForNoNumberAreWithheld_data()
    {
        QTest::addColumn<QByteArray>("word");
        for (const char *word : {"", "<unknown>", "anonymous", "Anonymous", "unavailable", "Restricted",
                                 "Private", "unknown", "asterisk", "s"})
            QTest::newRow(word) << QByteArray(word);
    }

    void wordsForNoNumberAreWithheld()
    {
        QFETCH(QByteArray, word);
        Pbx pbx;
        pbx.comesIn(word, "Somebody");
        pbx.rings("101", "2");

        QVERIFY(pbx.seen["101"].party == Party{.withheld = true});
    }

    void aNumberInClearThatMayNotBeShownIsNot()
    {
        Pbx pbx;
        pbx.comesIn("+12125550187", "Hidden Person");
        pbx.say("Event: Newchannel\n" + channel("PJSIP/101-2", "2", "1"));
        pbx.say("Event: DialBegin\n" + channel("PJSIP/trunk-1", "1", "1") +
                channel("PJSIP/101-2", "2", "1", "Dest"));
        pbx.say("Event: Newstate\n" + channel("PJSIP/101-2", "2", "1") + "ChannelState: 5");
        QVERIFY(pbx.seen.isEmpty());

        const auto questions = pbx.interpreter.takeQuestions();
        QCOMPARE(questions.size(), 2); // when it came, and when the dialplan had run
        pbx.interpreter.presentationTold(questions[1], "prohib_not_screened", ++pbx.at);
        pbx.say("Event: NewCallerid\n" + channel("PJSIP/trunk-1", "1", "1") + "CallerIDName: Hidden Person");

        QVERIFY(pbx.seen["101"].party == Party{.withheld = true});
        QVERIFY(pbx.call().caller == Party{.withheld = true});
    }

    void theEventsOwnWordHides()
    {
        Pbx pbx;
        pbx.comesIn();
        pbx.say("Event: DialBegin\n" + channel("PJSIP/trunk-1", "1", "1") +
                channel("PJSIP/101-2", "2", "1", "Dest") + "ChanVariable: CALLERID(pres)=prohib");

        QVERIFY(pbx.call().caller == Party{.withheld = true});
    }

    void theFirstAllowedIsNotBelievedBeforeTheDialplanHasRun()
    {
        Pbx pbx;
        pbx.comesIn();
        const auto early = pbx.interpreter.takeQuestions();
        pbx.interpreter.presentationTold(early[0], "allowed_not_screened", ++pbx.at);
        pbx.say("Event: Newstate\n" + channel("PJSIP/trunk-1", "1", "1") +
                "ChannelState: 4\nChanVariable: CALLERID(pres)=allowed_not_screened");

        QCOMPARE(pbx.call().presentation, Call::Presentation::Unknown);
    }

    void namesFromStrangersAreCleaned()
    {
        Pbx pbx;
        pbx.comesIn("+493023125901", "Event: Hangup\x07 \xe2\x80\xae" + QByteArray(200, 'x'));
        pbx.rings("101", "2");

        const QString name = pbx.seen["101"].party.name;
        QVERIFY(name.startsWith("Event: Hangup"));
        QVERIFY(!name.contains(QChar(0x202e)));
        QVERIFY(!name.contains(QChar(7)));
        QVERIFY(name.size() <= 80);
        QCOMPARE(pbx.seen["101"].state, State::Ringing);
    }

    void aNumberThatLooksLikeAnExtensionIsNone()
    {
        Pbx pbx;
        pbx.comesIn("102", "Looks like an extension");
        pbx.rings("101", "2");

        QCOMPARE(pbx.seen["101"].direction, AgentCall::Direction::Inbound);
        QCOMPARE(pbx.seen["101"].party.raw, "102");
        QCOMPARE(pbx.seen["101"].party.e164, "");
    }

    void anUnknownTrunkIsFollowedAndSaidOnce()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression("“PJSIP/provider2” .* neither"));
        QTest::failOnWarning(QRegularExpression("provider2"));
        Pbx pbx;
        pbx.comesIn("+493023125902", "Karl", "PJSIP/provider2-8");
        pbx.comesIn("+493023125901", "Karla", "PJSIP/provider2-9");
        pbx.rings("101", "2");

        QVERIFY(pbx.call().inferred);
        QCOMPARE(pbx.seen["101"].state, State::Ringing);
    }

    void idsOfThePbxAreMadePlain()
    {
        Pbx pbx;
        pbx.say("Event: Newchannel\n" +
                channel("PJSIP/trunk-1", "pbx-berlin-1 <b>/\xc3\xbc", "pbx-berlin-1 <b>/\xc3\xbc"));

        QCOMPARE(pbx.calls.ids(), QStringList{"pbx-pbx-berlin-1__b___"});
    }

    void aColleaguePicksUp()
    {
        Pbx pbx;
        pbx.comesIn();
        pbx.rings("101", "2");
        pbx.say("Event: Newchannel\n" + channel("PJSIP/102-9", "9", "9") + "Exten: *8");
        pbx.say("Event: Pickup\n" + channel("PJSIP/102-9", "9", "9") +
                channel("PJSIP/101-2", "2", "1", "Target"));
        pbx.hangsUp("PJSIP/101-2", "2", 26);
        pbx.enters("PJSIP/102-9", "9", "1", "bridge");
        pbx.enters("PJSIP/trunk-1", "1", "1", "bridge");

        QCOMPARE(pbx.seen["101"].result, AgentCall::Result::AnsweredElsewhere);
        QCOMPARE(pbx.seen["101"].answeredBy, "Ben Brandt");
        QCOMPARE(pbx.seen["102"].state, State::Connected);
        QCOMPARE(pbx.seen["102"].callId, "pbx-1");
        QCOMPARE(pbx.calls.ids(), QStringList{"pbx-1"});
    }

    void anAttendedTransferJoinsTwoCalls()
    {
        Pbx pbx;
        pbx.comesIn();
        pbx.rings("101", "2");
        pbx.answers("101", "2");
        pbx.say("Event: Newchannel\n" + channel("PJSIP/101-5", "5", "5") + "Exten: 102");
        pbx.say("Event: Newchannel\n" + channel("PJSIP/102-6", "6", "5"));
        pbx.say("Event: DialBegin\n" + channel("PJSIP/101-5", "5", "5") +
                channel("PJSIP/102-6", "6", "5", "Dest"));
        pbx.say("Event: Newstate\n" + channel("PJSIP/102-6", "6", "5") + "ChannelState: 5");
        QCOMPARE(pbx.seen["102"].direction, AgentCall::Direction::Internal);
        QCOMPARE(pbx.seen["102"].party.name, "Anna Albers");
        pbx.say("Event: DialEnd\n" + channel("PJSIP/101-5", "5", "5") +
                channel("PJSIP/102-6", "6", "5", "Dest") + "DialStatus: ANSWER");
        pbx.enters("PJSIP/102-6", "6", "5", "second");
        pbx.enters("PJSIP/101-5", "5", "5", "second");

        pbx.leaves("PJSIP/trunk-1", "1", "1", "bridge");
        pbx.say("Event: BridgeEnter\nBridgeType: basic\nBridgeUniqueid: second\nSwapUniqueid: 5\n" +
                channel("PJSIP/trunk-1", "1", "1"));
        pbx.say("Event: AttendedTransfer\nResult: Success\n" +
                channel("PJSIP/101-2", "2", "1", "OrigTransferer") +
                channel("PJSIP/101-5", "5", "5", "SecondTransferer") +
                channel("PJSIP/trunk-1", "1", "1", "Transferee"));
        pbx.hangsUp("PJSIP/101-2", "2");
        pbx.hangsUp("PJSIP/101-5", "5");

        QCOMPARE(pbx.calls.ids(), QStringList{"pbx-1"});
        QCOMPARE(pbx.live("101").state, State::Over);
        QCOMPARE(pbx.live("102").state, State::Connected);
        QCOMPARE(pbx.live("102").callId, "pbx-1");
        QCOMPARE(pbx.live("102").party.name, "Karla Kunde");
        QCOMPARE(talkingAgent(pbx.call()), "102");
    }

    void localHalvesThatAreTakenOutDoNotEndTheTalk()
    {
        Pbx pbx;
        pbx.comesIn();
        pbx.say("Event: LocalBridge\n" + channel("Local/101@a-1;1", "2", "1", "LocalOne") +
                channel("Local/101@a-1;2", "3", "1", "LocalTwo"));
        pbx.rings("101", "4");
        pbx.enters("PJSIP/101-4", "4", "1", "inner");
        pbx.enters("Local/101@a-1;2", "3", "1", "inner");
        pbx.enters("Local/101@a-1;1", "2", "1", "outer");
        pbx.enters("PJSIP/trunk-1", "1", "1", "outer");
        QCOMPARE(pbx.seen["101"].state, State::Connected);

        pbx.leaves("Local/101@a-1;1", "2", "1", "outer");
        pbx.leaves("PJSIP/101-4", "4", "1", "inner");
        pbx.enters("PJSIP/101-4", "4", "1", "outer");
        pbx.hangsUp("Local/101@a-1;1", "2");
        pbx.hangsUp("Local/101@a-1;2", "3");

        QCOMPARE(pbx.seen["101"].state, State::Connected);
        QCOMPARE(pbx.call().segments.size(), 1);
        QVERIFY(!pbx.call().segments[0].awaySince);
    }

    void aPhoneThatForwardsIsOver()
    {
        Pbx pbx;
        pbx.comesIn();
        pbx.rings("101", "2");

        pbx.say("Event: DialEnd\n" + channel("PJSIP/trunk-1", "1", "1") +
                channel("PJSIP/101-2", "2", "1", "Dest") + "DialStatus: CANCEL\nForward: 103");

        QCOMPARE(pbx.seen["101"].result, AgentCall::Result::Forwarded);
    }

    void aListTellsWhatIsUp()
    {
        Pbx pbx;
        AmiListing listing;
        listing.channels = {
            message("Event: CoreShowChannel\n" + channel("PJSIP/101-2", "2", "1") +
                    "ChannelState: 6\nBridgeId: b"),
            message("Event: CoreShowChannel\n" + channel("PJSIP/trunk-1", "1", "1") +
                    "ChannelState: 6\nCallerIDNum: +493023125901\nCallerIDName: Karla Kunde\nExten: s\n"
                    "Application: Queue\nApplicationData: support,tT,,,60\nDuration: 00:01:04\nBridgeId: b"),
            message("Event: CoreShowChannel\n" + channel("PJSIP/trunk-7", "7", "7") +
                    "ChannelState: 6\nCallerIDNum: anonymous\nDuration: 00:00:02"),
            message("Event: CoreShowChannel\n" + channel("PJSIP/102-8", "8", "7") + "ChannelState: 5"),
        };
        listing.queueEntries = {
            message("Event: QueueEntry\nQueue: support\n" + channel("PJSIP/trunk-7", "7", "7"))};

        pbx.interpreter.takeListing(listing, 100'000);
        pbx.allow();
        pbx.say("Event: none");
        for (const auto &change : pbx.calls.changes())
            pbx.seen[change.extension] = change.call;

        QCOMPARE(pbx.call().startedAt, 36'000);
        QVERIFY(pbx.call().inferred);
        QCOMPARE(pbx.seen["101"].state, State::Connected);
        QCOMPARE(pbx.seen["101"].queue, "Support");
        QCOMPARE(pbx.seen["102"].state, State::Ringing);
        QCOMPARE(pbx.seen["102"].queue, "Support");
        QVERIFY(pbx.seen["102"].party.withheld);
    }

    void whatIsNotListedIsOver()
    {
        Pbx pbx;
        pbx.comesIn();
        pbx.rings("101", "2");
        pbx.answers("101", "2");

        pbx.interpreter.takeListing({}, 100'000);

        QCOMPARE(pbx.call().outcome, Call::Outcome::Unknown);
        QCOMPARE(pbx.call().endedAt, 100'000);
        QVERIFY(pbx.calls.ids().isEmpty());
    }

    void eventsOfUnknownChannelsHarmNothing_data()
    {
        QTest::addColumn<QByteArray>("event");
        for (const char *event : {"Newstate",
                                  "NewCallerid",
                                  "DialBegin",
                                  "DialState",
                                  "DialEnd",
                                  "HangupRequest",
                                  "Hangup",
                                  "BridgeEnter",
                                  "BridgeLeave",
                                  "LocalBridge",
                                  "Hold",
                                  "Unhold",
                                  "QueueCallerJoin",
                                  "QueueCallerLeave",
                                  "QueueCallerAbandon",
                                  "AgentCalled",
                                  "AgentRingNoAnswer",
                                  "BlindTransfer",
                                  "AttendedTransfer",
                                  "Pickup",
                                  "ParkedCall",
                                  "UnParkedCall",
                                  "OriginateResponse",
                                  "Newchannel",
                                  "VarSet"})
            QTest::newRow(event) << QByteArray(event);
    }

    void eventsOfUnknownChannelsHarmNothing()
    {
        QFETCH(QByteArray, event);
        Pbx pbx;

        pbx.say("Event: " + event);
        pbx.say("Event: " + event + "\nResult: Success\nDialStatus: RINGING\nChannelState: 5\n" +
                channel("PJSIP/101-5", "5", "4") + channel("PJSIP/102-6", "6", "4", "Dest") +
                channel("PJSIP/102-6", "6", "4", "Target"));
        pbx.say("Event: " + event + "\nResult: Success\n" + channel("-", "7", "") +
                channel("", "8", "7", "Dest"));

        pbx.comesIn();
        pbx.rings("101", "2");
        QCOMPARE(pbx.seen["101"].state, State::Ringing);
    }
};

QTEST_GUILESS_MAIN(tst_AmiInterpreter)
#include "tst_AmiInterpreter.moc"
