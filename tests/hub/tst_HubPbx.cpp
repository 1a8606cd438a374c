#include "sync/calls/recording/AmiPlayer.h"
#include "tests/hub/Asking.h"
#include "tests/support/EslPlayer.h"
#include "tests/support/HubOnLoopback.h"

using namespace ringbook;
using calls::AmiPlayer;
using calls::Recording;
using namespace ringbook::test;
using model::AgentCall;

namespace {

constexpr TimeMs tolerance = 500; // of the machine; the recordings' own is held in tests/calls

calls::PbxSettings settingsFor(const AmiPlayer &player)
{
    auto settings = calls::loadPbxSettings(RINGBOOK_AMI_DATA "/pbx.json");
    if (!settings)
        qFatal("%s", qPrintable(settings.error().detail));
    settings->port = player.serverPort();
    settings->user = AmiPlayer::user;
    settings->secret = AmiPlayer::secret;
    return *settings;
}

/// A desk signed in, listening.
struct Desk
{
    Desk(const HubOnLoopback &hub, const QString &login) : http(hub.url())
    {
        http.signIn(login);
        stream = std::make_unique<DeskStream>(http);
        if (!QTest::qWaitFor([this] { return !stream->events.isEmpty(); }, 20'000))
            qFatal("no hello");
    }

    AgentCall last() const { return stream->calls().isEmpty() ? AgentCall{} : stream->calls().last(); }

    Http http;
    std::unique_ptr<DeskStream> stream;
};

int warnings = 0;

void countWarnings(QtMsgType type, const QMessageLogContext &, const QString &)
{
    warnings += type == QtWarningMsg;
}

} // namespace

/// A telephone system over real TCP, the real hub, desks on their streams. The recording begins when the
/// desks listen.
class tst_HubPbx : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTelephoneSystemThatHangsUpIsToldOnce()
    {
        int attempts = 0;
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [&] {
            ++attempts;
            server.nextPendingConnection()->abort();
        });
        auto settings = *calls::loadPbxSettings(RINGBOOK_AMI_DATA "/pbx.json");
        settings.port = server.serverPort();
        warnings = 0;
        const auto before = qInstallMessageHandler(countWarnings);

        {
            const HubOnLoopback hub(1, {settings});
            QTRY_VERIFY_WITH_TIMEOUT(attempts >= 3, 20'000);
        }

        qInstallMessageHandler(before);
        QCOMPARE(warnings, 1);
    }

    void directCallRingsAndIsAnsweredAtOneDesk()
    {
        AmiPlayer player(*Recording::load(RINGBOOK_AMI_DATA "/direct-answered.jsonl"));
        player.pauseAccepting();
        const HubOnLoopback hub(2, {settingsFor(player)});
        const Desk anna(hub, "anna");
        const Desk ben(hub, "ben");
        player.resumeAccepting();

        QTRY_COMPARE_WITH_TIMEOUT(anna.last().state, AgentCall::State::Over, 20'000);

        const auto states = anna.stream->calls();
        QCOMPARE(states.first().state, AgentCall::State::Ringing);
        QCOMPARE(anna.last().result, AgentCall::Result::Answered);
        QVERIFY(anna.last().answeredAt);
        QVERIFY(ben.stream->calls().isEmpty());
    }

    void aFreeSwitchRingsAtOneDesk()
    {
        tests::EslPlayer player;
        player.setList("channels", {});
        player.setList("calls", {});
        auto settings = *calls::loadPbxSettings(RINGBOOK_ESL_DATA "/pbx.json");
        settings.port = player.serverPort();
        const HubOnLoopback hub(2, {settings});
        const Desk anna(hub, "anna");
        const Desk ben(hub, "ben");
        QTRY_VERIFY_WITH_TIMEOUT(player.commands.contains("api show calls as json"), 20'000);
        QFile script(RINGBOOK_ESL_DATA "/direct-answered.jsonl");
        QVERIFY(script.open(QIODevice::ReadOnly));
        const auto play = [&](const QString &last) {
            while (!script.atEnd()) {
                const QJsonObject event =
                    QJsonDocument::fromJson(script.readLine()).object()["event"].toObject();
                if (event.isEmpty())
                    continue;
                player.send(event);
                if (event["Event-Name"] == last)
                    return;
            }
        };

        play("CHANNEL_PROGRESS");
        QTRY_VERIFY_WITH_TIMEOUT(!anna.stream->calls().isEmpty(), 20'000);
        QCOMPARE(anna.last().state, AgentCall::State::Ringing);
        play({});

        QTRY_COMPARE_WITH_TIMEOUT(anna.last().state, AgentCall::State::Over, 20'000);
        QCOMPARE(anna.last().result, AgentCall::Result::Answered);
        QCOMPARE(anna.last().party.name, "Karla Kunde");
        QVERIFY(ben.stream->calls().isEmpty());
    }

    /// Both play the same recording, so they issue the same ids.
    void callsOfTwoTelephoneSystemsAreTwoCalls()
    {
        AmiPlayer berlin(*Recording::load(RINGBOOK_AMI_DATA "/direct-answered.jsonl"));
        AmiPlayer munich(*Recording::load(RINGBOOK_AMI_DATA "/direct-answered.jsonl"));
        berlin.pauseAccepting();
        munich.pauseAccepting();
        auto inBerlin = settingsFor(berlin);
        auto inMunich = settingsFor(munich);
        inBerlin.source = "berlin";
        inMunich.source = "munich";
        const HubOnLoopback hub(1, {inBerlin, inMunich});
        const Desk anna(hub, "anna");
        berlin.resumeAccepting();
        munich.resumeAccepting();

        const auto endedCalls = [&] {
            QSet<QString> ids;
            for (const AgentCall &call : anna.stream->calls())
                if (call.state == AgentCall::State::Over)
                    ids.insert(call.callId);
            return ids;
        };
        QTRY_COMPARE_WITH_TIMEOUT(endedCalls().size(), 2, 20'000);
        for (const QString &id : endedCalls())
            QVERIFY2(id.startsWith("berlin-") || id.startsWith("munich-"), qPrintable(id));
    }

    void queueRingsAtThreeDesksAndClosesAtTheTwoThatDidNotAnswer()
    {
        AmiPlayer player(*Recording::load(RINGBOOK_AMI_DATA "/queue-ringall-answered.jsonl"));
        player.pauseAccepting();
        const HubOnLoopback hub(4, {settingsFor(player)});
        const Desk anna(hub, "anna");
        const Desk ben(hub, "ben");
        const Desk cleo(hub, "cleo");
        const Desk dora(hub, "dora");
        player.resumeAccepting();

        QTRY_COMPARE_WITH_TIMEOUT(ben.last().state, AgentCall::State::Connected, 20'000);
        for (const Desk *other : {&anna, &cleo}) {
            QTRY_COMPARE(other->last().state, AgentCall::State::Over);
            QCOMPARE(other->last().result, AgentCall::Result::AnsweredElsewhere);
            QCOMPARE(other->last().answeredBy, "Ben Brandt");
            QCOMPARE(other->stream->calls().first().state, AgentCall::State::Ringing);
            QCOMPARE(other->stream->calls().first().party.e164, "+12125550148");
        }
        const TimeMs rang = *ben.last().answeredAt - ben.last().ringingSince;
        QVERIFY2(qAbs(rang - 2104) < tolerance, qPrintable(QString::number(rang)));

        QTRY_COMPARE_WITH_TIMEOUT(ben.last().state, AgentCall::State::Over, 20'000);
        QVERIFY(dora.stream->calls().isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_HubPbx)
#include "tst_HubPbx.moc"
