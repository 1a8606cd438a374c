#include "sync/calls/ami/AmiConnector.h"
#include "sync/calls/recording/AmiPlayer.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringbook;
using namespace ringbook::calls;
using namespace ringbook::model;

namespace {

constexpr AmiTiming quick{.answerWaitMs = 2'000, .bootWaitMs = 20, .firstRetryMs = 5, .longestRetryMs = 20};

const QByteArray ring =
    "Event: Newchannel\r\nChannel: PJSIP/trunk-1\r\nUniqueid: 1\r\nLinkedid: 1\r\n"
    "CallerIDNum: +493023125901\r\nExten: +493023125101\r\n\r\n"
    "Event: DialBegin\r\nChannel: PJSIP/trunk-1\r\nUniqueid: 1\r\nLinkedid: 1\r\n"
    "DestChannel: PJSIP/101-2\r\nDestUniqueid: 2\r\nDestLinkedid: 1\r\n\r\n"
    "Event: Newstate\r\nChannel: PJSIP/101-2\r\nUniqueid: 2\r\nLinkedid: 1\r\nChannelState: 5\r\n\r\n";
const QByteArray answer =
    "Event: Newstate\r\nChannel: PJSIP/101-2\r\nUniqueid: 2\r\nLinkedid: 1\r\nChannelState: 6\r\n\r\n"
    "Event: DialEnd\r\nUniqueid: 1\r\nDestChannel: PJSIP/101-2\r\nDestUniqueid: 2\r\nDestLinkedid: 1\r\n"
    "DialStatus: ANSWER\r\n\r\n"
    "Event: BridgeEnter\r\nBridgeUniqueid: b\r\nChannel: PJSIP/101-2\r\nUniqueid: 2\r\nLinkedid: 1\r\n\r\n"
    "Event: BridgeEnter\r\nBridgeUniqueid: b\r\nChannel: PJSIP/trunk-1\r\nUniqueid: 1\r\nLinkedid: 1\r\n\r\n";

Recording silence()
{
    return {.connections = {{.greeting = "Asterisk Call Manager/11.0.0",
                             .booted = "Event: FullyBooted\r\nUptime: 5\r\n\r\n"}}};
}

/// A telephone system that lets its user do `actions`, and a hub's connection to it.
struct Line
{
    SystemClock clock;
    AmiPlayer pbx{silence()};
    std::unique_ptr<AmiConnector> hub;
    QHash<QString, AgentCall> seen; ///< by extension
    QVector<Status> said;           ///< about orders

    explicit Line(const QByteArrayList &actions = {"Originate", "Hangup", "BlindTransfer"},
                  const QString &context = "ringbook-out")
    {
        QByteArray rights = "Response: Success\r\nActionID: ?\r\n";
        for (const QByteArray &action : actions)
            rights += action + ": Does so. (Priv: call,all)\r\n";
        pbx.lists["ListCommands"] = {rights + "\r\n"};
        for (const char *order : {"Originate", "Hangup", "BlindTransfer"})
            pbx.lists[order] = {"Response: Success\r\nActionID: ?\r\nMessage: done\r\n\r\n"};
        const PbxSettings settings{
            .port = pbx.serverPort(),
            .user = AmiPlayer::user,
            .secret = AmiPlayer::secret,
            .plan = {.country = "DE", .countryCode = "49", .areaCode = "30", .nationalPrefix = "0"},
            .dial = {.context = context, .deny = {"+49900"}},
            .agents = {{"101", "Anna \"A\" <Albers>", "PJSIP/101"}, {"102", "Ben Brandt", "PJSIP/102"}},
            .trunks = {"PJSIP/trunk"}};
        hub = std::make_unique<AmiConnector>(clock, settings, quick);
        QObject::connect(hub.get(), &CallSource::agentCallChanged, hub.get(),
                         [this](const QString &extension, const AgentCall &call) { seen[extension] = call; });
        connectNow();
    }

    void connectNow()
    {
        QVERIFY(hub->start());
        QTRY_VERIFY(pbx.actions.contains("ListCommands"));
        QTRY_VERIFY(hub->abilities("101").hangUp);
    }

    void tell(const CallCommand &command)
    {
        hub->obey(command, [this](const Status &done) { said.append(done); });
    }

    void letRing()
    {
        pbx.sendNow(ring);
        QTRY_VERIFY(seen.contains("101"));
    }

    void letTalk()
    {
        letRing();
        pbx.sendNow(answer);
        QTRY_COMPARE(seen["101"].state, AgentCall::State::Connected);
    }

    /// The last action of this name, as it came.
    QByteArray sent(const QByteArray &action) const
    {
        const qsizetype at = pbx.received.lastIndexOf("Action: " + action + "\r\n");
        return at < 0 ? QByteArray() : pbx.received.mid(at, pbx.received.indexOf("\r\n\r\n", at) - at);
    }
};

} // namespace

class tst_AmiOrders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatThePbxLetsItsUserDoIsOffered()
    {
        const Line all;
        const Line hangUpOnly({"Hangup", "Ping"});
        const Line noContext({"Originate", "Hangup", "BlindTransfer"}, {});

        QCOMPARE(all.hub->abilities("101"), (CallAbilities{.dial = true, .hangUp = true, .transfer = true}));
        QVERIFY(hangUpOnly.hub->abilities("101").hangUp);
        QVERIFY(!hangUpOnly.hub->abilities("101").transfer);
        QVERIFY(hangUpOnly.hub->abilities("101").whyNot.contains("does not let"));
        QVERIFY(!noContext.hub->abilities("101").dial);
        QVERIFY(noContext.hub->abilities("101").whyNot.contains("not set up"));
        QVERIFY(all.hub->abilities("999").whyNot.contains("extension"));
    }

    void eachCallSaysWhatCanBeDoneWithIt()
    {
        Line line({"Hangup"});

        line.letRing();

        QVERIFY(line.seen["101"].can.hangUp);
        QVERIFY(!line.seen["101"].can.answer);
        QVERIFY(!line.seen["101"].can.transfer);
    }

    void diallingRingsTheOwnPhoneAndNothingElse()
    {
        Line line;

        line.tell({.what = CallCommand::What::Dial, .extension = "101", .number = "+49 30 23125-901"});
        QTRY_COMPARE(line.said.size(), 1);

        QVERIFY(line.said[0]);
        const QByteArray order = line.sent("Originate");
        QVERIFY(order.contains("\r\nChannel: PJSIP/101\r\n"));
        QVERIFY(order.contains("\r\nContext: ringbook-out\r\nExten: 03023125901\r\nPriority: 1\r\n"));
        QVERIFY(order.contains("\r\nCallerID: \"Anna A Albers>\" <101>\r\n"));
        QVERIFY(order.contains("\r\nAsync: true\r\n"));
        QVERIFY(order.contains("\r\nChannelId: dial-"));
    }

    void whatTheRulesForbidIsNotAsked()
    {
        Line line;

        line.tell({.what = CallCommand::What::Dial, .extension = "101", .number = "0900 1234567"});
        line.tell({.what = CallCommand::What::Dial, .extension = "101", .number = "1\r\nAction: Command"});
        line.tell({.what = CallCommand::What::Dial, .extension = "999", .number = "030 23125901"});

        QCOMPARE(line.said.size(), 3);
        for (const Status &said : line.said)
            QVERIFY(!said);
        QVERIFY(line.sent("Originate").isEmpty());
    }

    void hangingUpARingingPhoneRejectsTheCall()
    {
        Line line;
        line.letRing();

        line.tell({.what = CallCommand::What::HangUp, .extension = "101", .callId = line.seen["101"].callId});
        QTRY_COMPARE(line.said.size(), 1);

        QVERIFY(line.said[0]);
        QVERIFY(line.sent("Hangup").contains("Channel: PJSIP/101-2\r\nCause: 17"));
    }

    void hangingUpATalkEndsIt()
    {
        Line line;
        line.letTalk();

        line.tell({.what = CallCommand::What::HangUp, .extension = "101", .callId = line.seen["101"].callId});
        QTRY_COMPARE(line.said.size(), 1);

        QVERIFY(line.sent("Hangup").contains("Channel: PJSIP/101-2\r\nCause: 16"));
    }

    void aTalkIsPassedOnToAColleague()
    {
        Line line;
        line.letTalk();

        line.tell({.what = CallCommand::What::Transfer,
                   .extension = "101",
                   .callId = line.seen["101"].callId,
                   .number = "102"});
        QTRY_COMPARE(line.said.size(), 1);

        QVERIFY(line.said[0]);
        QVERIFY(line.sent("BlindTransfer")
                    .contains("Channel: PJSIP/101-2\r\nContext: ringbook-out\r\nExten: 102"));
    }

    void aRingingCallIsNotPassedOn()
    {
        Line line;
        line.letRing();

        line.tell({.what = CallCommand::What::Transfer,
                   .extension = "101",
                   .callId = line.seen["101"].callId,
                   .number = "102"});

        QCOMPARE(line.said.size(), 1);
        QCOMPARE(line.said[0].error().fault, Fault::NotFound);
    }

    void nobodyHangsUpWhatIsNotTheirs()
    {
        Line line;
        line.letTalk();

        line.tell({.what = CallCommand::What::HangUp, .extension = "102", .callId = line.seen["101"].callId});

        QCOMPARE(line.said.size(), 1);
        QVERIFY(!line.said[0]);
        QVERIFY(line.sent("Hangup").isEmpty());
    }

    void aPhoneIsNotLiftedFromAfar()
    {
        Line line;
        line.letRing();

        line.tell({.what = CallCommand::What::Answer, .extension = "101", .callId = line.seen["101"].callId});

        QCOMPARE(line.said.size(), 1);
        QCOMPARE(line.said[0].error().fault, Fault::Denied);
        QVERIFY(line.said[0].error().detail.contains("use the phone"));
    }

    void aRefusalIsToldInOurWords()
    {
        Line line;
        line.pbx.lists["Originate"] = {
            "Response: Error\r\nActionID: ?\r\nMessage: Originate Access Forbidden\r\n\r\n"};

        line.tell({.what = CallCommand::What::Dial, .extension = "101", .number = "030 23125901"});
        QTRY_COMPARE(line.said.size(), 1);

        QCOMPARE(line.said[0].error().fault, Fault::Denied);
        QVERIFY(!line.said[0].error().detail.contains("Forbidden"));
    }

    void aLostConnectionAnswersWhatWaits()
    {
        Line line;
        line.pbx.lists["Originate"] = {};

        line.tell({.what = CallCommand::What::Dial, .extension = "101", .number = "030 23125901"});
        QTRY_VERIFY(!line.sent("Originate").isEmpty());
        line.pbx.breakConnection();

        QTRY_COMPARE(line.said.size(), 1);
        QCOMPARE(line.said[0].error().fault, Fault::Unreachable);
        QTRY_VERIFY(line.hub->abilities("101").dial);
    }

    void whoGoesAnswersWhatWaits()
    {
        Line line;
        line.pbx.lists["Originate"] = {};
        line.tell({.what = CallCommand::What::Dial, .extension = "101", .number = "030 23125901"});

        line.hub.reset();

        QCOMPARE(line.said.size(), 1);
        QVERIFY(!line.said[0]);
    }
};

QTEST_GUILESS_MAIN(tst_AmiOrders)
#include "tst_AmiOrders.moc"
