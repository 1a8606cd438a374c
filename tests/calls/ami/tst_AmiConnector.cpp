#include "sync/calls/ami/AmiConnector.h"
#include "sync/calls/recording/AmiPlayer.h"
#include "tests/support/Certificates.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace ringbook;
using namespace ringbook::calls;
using namespace ringbook::model;
using ringbook::test::Authority;

namespace {

const QString data = QStringLiteral(RINGBOOK_AMI_DATA);

Recording silence()
{
    return {.connections = {{.greeting = "Asterisk Call Manager/11.0.0",
                             .booted = "Event: FullyBooted\r\nUptime: 5\r\n\r\n"}}};
}

PbxSettings settingsFor(const AmiPlayer &player)
{
    return {.port = player.serverPort(),
            .user = AmiPlayer::user,
            .secret = AmiPlayer::secret,
            .plan = {.country = "DE", .countryCode = "49", .areaCode = "30", .nationalPrefix = "0"},
            .agents = {{"101", "Anna Albers", "PJSIP/101"},
                       {"102", "Ben Brandt", "PJSIP/102"},
                       {"103", "Cleo Chen", "PJSIP/103"}},
            .trunks = {"PJSIP/trunk"}};
}

constexpr AmiTiming quick{.answerWaitMs = 2'000, .bootWaitMs = 20, .firstRetryMs = 5, .longestRetryMs = 20};

const QByteArray ring =
    "Event: Newchannel\r\nChannel: PJSIP/trunk-1\r\nUniqueid: 1\r\nLinkedid: 1\r\n"
    "CallerIDNum: +493023125901\r\nExten: +493023125101\r\n\r\n"
    "Event: DialBegin\r\nChannel: PJSIP/trunk-1\r\nUniqueid: 1\r\nLinkedid: 1\r\n"
    "DestChannel: PJSIP/101-2\r\nDestUniqueid: 2\r\nDestLinkedid: 1\r\n\r\n"
    "Event: Newstate\r\nChannel: PJSIP/101-2\r\nUniqueid: 2\r\nLinkedid: 1\r\nChannelState: 5\r\n\r\n";

} // namespace

class tst_AmiConnector : public QObject
{
    Q_OBJECT

    const Authority m_company;
    const Authority m_stranger;

    static QByteArray digestOf(const QString &certificate)
    {
        return QSslCertificate::fromPath(certificate).first().digest(QCryptographicHash::Sha256);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        m_company.vouchFor("pbx");
        m_company.vouchFor("named", {.names = "DNS:pbx.example"});
        m_company.vouchFor("old",
                           {.names = "DNS:old.example", .from = now.addDays(-400), .to = now.addDays(-35)});
    }

    void itLogsInByChallengeAndAsksWhatIsUp()
    {
        AmiPlayer pbx(silence());
        AmiConnector connector(m_clock, settingsFor(pbx), quick);

        QVERIFY(connector.start());

        QTRY_COMPARE(connector.link(), Link{Link::State::Live});
        QTRY_COMPARE(pbx.actions,
                     QStringList({"Challenge", "Login", "CoreShowChannels", "QueueStatus", "ListCommands"}));
    }

    void theSecretIsNeverOnTheWire()
    {
        AmiPlayer pbx(silence());
        AmiConnector connector(m_clock, settingsFor(pbx), quick);
        QVERIFY(connector.start());

        QTRY_COMPARE(connector.link().state, Link::State::Live);

        QVERIFY(!pbx.received.contains(AmiPlayer::secret));
    }

    void aWrongSecretSaysSoAndIsTriedAgain()
    {
        AmiPlayer pbx(silence());
        auto settings = settingsFor(pbx);
        settings.secret = "opensesame";
        AmiConnector connector(m_clock, settings, quick);
        QVERIFY(connector.start());

        QTRY_VERIFY(connector.link().problem.contains("wrong name or secret"));

        QTRY_VERIFY(pbx.actions.count("Login") >= 2);
        QVERIFY(connector.link().problem.contains("\"hub\""));
        QVERIFY(!connector.link().problem.contains("opensesame"));
    }

    void plainTextGoesToThisMachineOnly()
    {
        const PbxSettings settings{.host = "192.0.2.7", .user = "hub", .secret = "letmein"};
        AmiConnector refused(m_clock, settings, quick);

        const auto started = refused.start();

        QVERIFY(!started);
        QCOMPARE(started.error().fault, Fault::Denied);
        QCOMPARE(refused.link().state, Link::State::Off);
        QVERIFY(maySpeakPlainText({.host = "localhost"}));
        QVERIFY(maySpeakPlainText({.host = "127.0.0.2"}));
        QVERIFY(maySpeakPlainText({.host = "::1"}));
        QVERIFY(!maySpeakPlainText({.host = "localhost.example.org"}));
        QVERIFY(maySpeakPlainText({.host = "192.0.2.7", .allowPlainText = true}));
    }

    void withoutTheRightToBootEventsItGoesOnSoon()
    {
        Recording recording = silence();
        recording.connections[0].booted.clear();
        AmiPlayer pbx(recording);
        AmiConnector connector(m_clock, settingsFor(pbx), quick);
        QVERIFY(connector.start());

        QTRY_COMPARE(connector.link().state, Link::State::Live);
    }

    void withoutTheRightToListItGoesOnAndSaysSo()
    {
        AmiPlayer pbx(silence());
        pbx.answersLists = false;
        AmiConnector connector(m_clock, settingsFor(pbx), quick);
        QVERIFY(connector.start());

        QTRY_COMPARE(connector.link().state, Link::State::Live);

        QVERIFY(connector.link().problem.contains("reporting"));
    }

    void withoutTheRightToAskNumbersAreShownOrNotAsSet()
    {
        for (const bool show : {true, false}) {
            AmiPlayer pbx(silence());
            pbx.answersGetvar = false;
            auto settings = settingsFor(pbx);
            settings.showUntold = show;
            AmiConnector connector(m_clock, settings, quick);
            QVERIFY(connector.start());
            QTRY_COMPARE(connector.link().state, Link::State::Live);

            pbx.sendNow(ring);

            QTRY_COMPARE(connector.agentCalls().size(), 1);
            QCOMPARE(connector.agentCalls()[0].call.party.withheld, !show);
        }
    }

    void aLostConnectionIsMadeAgainAndTheRingingPhoneStays()
    {
        AmiPlayer pbx(silence());
        AmiConnector connector(m_clock, settingsFor(pbx), quick);
        QVERIFY(connector.start());
        QTRY_COMPARE(connector.link().state, Link::State::Live);
        pbx.sendNow(ring);
        QTRY_COMPARE(connector.agentCalls().size(), 1);
        const QByteArray up = "Event: CoreShowChannel\r\nActionID: ?\r\n";
        pbx.lists["CoreShowChannels"] = {
            "Response: Success\r\nActionID: ?\r\nEventList: start\r\n\r\n",
            up + "Channel: PJSIP/trunk-1\r\nUniqueid: 1\r\nLinkedid: 1\r\nChannelState: 4\r\n\r\n",
            up + "Channel: PJSIP/101-2\r\nUniqueid: 2\r\nLinkedid: 1\r\nChannelState: 5\r\n\r\n",
            "Event: CoreShowChannelsComplete\r\nActionID: ?\r\n\r\n"};

        pbx.breakConnection();
        QTRY_COMPARE(connector.link().state, Link::State::Waiting);
        QVERIFY(connector.link().problem.contains("paused"));
        QCOMPARE(connector.agentCalls().size(), 1);

        QTRY_COMPARE(connector.link(), Link{Link::State::Live});
        QCOMPARE(connector.agentCalls().size(), 1);
        QCOMPARE(connector.agentCalls()[0].call.state, AgentCall::State::Ringing);
    }

    void whatEndedMeanwhileIsOver()
    {
        AmiPlayer pbx(silence());
        AmiConnector connector(m_clock, settingsFor(pbx), quick);
        QVERIFY(connector.start());
        QTRY_COMPARE(connector.link().state, Link::State::Live);
        pbx.sendNow(ring);
        QTRY_COMPARE(connector.agentCalls().size(), 1);

        pbx.breakConnection();

        QTRY_COMPARE(connector.agentCalls().size(), 0);
        QCOMPARE(connector.link().state, Link::State::Live);
    }

    void aSilentConnectionIsDeadAfterTwoPings()
    {
        AmiPlayer pbx(silence());
        pbx.answersPings = false;
        AmiTiming timing = quick;
        timing.pingEveryMs = 10;
        AmiConnector connector(m_clock, settingsFor(pbx), timing);
        QVERIFY(connector.start());

        QTRY_VERIFY_WITH_TIMEOUT(connector.link().problem.contains("does not answer"), 30000);

        QTRY_VERIFY(pbx.actions.count("Login") >= 2);
    }

    void answeredPingsKeepItAlive()
    {
        AmiPlayer pbx(silence());
        AmiTiming timing = quick;
        timing.pingEveryMs = 5;
        AmiConnector connector(m_clock, settingsFor(pbx), timing);
        QVERIFY(connector.start());

        QTRY_VERIFY(pbx.actions.count("Ping") >= 10);

        QCOMPARE(pbx.actions.count("Login"), 1);
        QCOMPARE(connector.link().state, Link::State::Live);
    }

    void itSpeaksTlsToWhomItKnows_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("byFingerprint");
        QTest::newRow("an authority of its own") << m_company.certificate() << false;
        QTest::newRow("its own certificate") << m_company.path("pbx.pem") << false;
        QTest::newRow("its own, for another name and long over") << m_company.path("old.pem") << false;
        QTest::newRow("a fingerprint") << QString() << true;
    }
    void itSpeaksTlsToWhomItKnows()
    {
        QFETCH(QString, file);
        QFETCH(bool, byFingerprint);
        const QString shown =
            file.isEmpty() || file == m_company.certificate() ? m_company.path("pbx.pem") : file;
        AmiPlayer pbx(silence());
        pbx.speakTls(shown, shown.chopped(3) + "key");
        PbxSettings settings = settingsFor(pbx);
        settings.tls = true;
        settings.tlsCertificate = file;
        if (byFingerprint)
            settings.tlsFingerprint = digestOf(shown);
        AmiConnector connector(m_clock, settings, quick);

        QVERIFY(connector.start());

        QTRY_COMPARE(connector.link(), Link{Link::State::Live});
        pbx.sendNow(ring);
        QTRY_COMPARE(connector.agentCalls().size(), 1);
    }

    /// Whatever it shows, it hears nothing of the login.
    void whomItDoesNotKnowItTellsNothing_data()
    {
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("fingerprint");
        QTest::addColumn<QString>("problem");
        const QString ofThis = fingerprintOf(QSslCertificate::fromPath(m_company.path("pbx.pem")).first());
        const QByteArray ofAnother = digestOf(m_company.path("old.pem"));
        QTest::newRow("nobody vouches for it")
            << m_company.path("pbx.pem") << QString() << QByteArray() << ofThis;
        QTest::newRow("another authority") << m_company.path("pbx.pem") << m_stranger.certificate()
                                           << QByteArray() << "not the one that is trusted";
        QTest::newRow("for another name") << m_company.path("named.pem") << m_company.certificate()
                                          << QByteArray() << "not the one that is trusted";
        QTest::newRow("long over") << m_company.path("old.pem") << m_company.certificate() << QByteArray()
                                   << "not the one that is trusted";
        QTest::newRow("vouched for, but not the one of the fingerprint")
            << m_company.path("pbx.pem") << m_company.certificate() << ofAnother << ofThis;
        QTest::newRow("plain text") << QString() << m_company.certificate() << QByteArray()
                                    << "does not speak TLS";
    }
    void whomItDoesNotKnowItTellsNothing()
    {
        QFETCH(QString, shown);
        QFETCH(QString, file);
        QFETCH(QByteArray, fingerprint);
        QFETCH(QString, problem);
        AmiPlayer pbx(silence());
        if (!shown.isEmpty())
            pbx.speakTls(shown, shown.chopped(3) + "key");
        PbxSettings settings = settingsFor(pbx);
        settings.tls = true;
        settings.tlsCertificate = file;
        settings.tlsFingerprint = fingerprint;
        AmiConnector connector(m_clock, settings, quick);

        QVERIFY(connector.start());

        QTRY_VERIFY2(connector.link().problem.contains(problem), qPrintable(connector.link().problem));
        QVERIFY(pbx.actions.isEmpty());
        QVERIFY(!pbx.received.contains("Action"));
    }

    void whatIsNoPbxIsNamed_data()
    {
        QTest::addColumn<QByteArray>("greeting");
        QTest::addColumn<QString>("problem");
        QTest::newRow("ssh") << QByteArray("SSH-2.0-OpenSSH_9.2p1") << "no Asterisk manager interface";
        QTest::newRow("endless") << QByteArray(100'000, 'x') << "no Asterisk manager interface";
        QTest::newRow("old") << QByteArray("Asterisk Call Manager/1.3") << "too old";
    }

    void whatIsNoPbxIsNamed()
    {
        QFETCH(QByteArray, greeting);
        QFETCH(QString, problem);
        Recording recording = silence();
        recording.connections[0].greeting = greeting;
        AmiPlayer pbx(recording);
        AmiConnector connector(m_clock, settingsFor(pbx), quick);
        QVERIFY(connector.start());

        QTRY_VERIFY2(connector.link().problem.contains(problem), qPrintable(connector.link().problem));
    }

    void nobodyThereIsSaid()
    {
        PbxSettings settings;
        {
            AmiPlayer gone(silence());
            settings = settingsFor(gone);
        }
        AmiConnector connector(m_clock, settings, quick);
        QVERIFY(connector.start());

        QTRY_COMPARE(connector.link().state, Link::State::Waiting);
        QVERIFY(connector.link().problem.contains("127.0.0.1"));
    }

    void hostileBytesHarmNothing()
    {
        AmiPlayer pbx(silence());
        AmiConnector connector(m_clock, settingsFor(pbx), quick);
        QVERIFY(connector.start());
        QTRY_COMPARE(connector.link().state, Link::State::Live);

        pbx.sendNow("Event: Newchannel\r\nCallerIDName: " + QByteArray(1 << 20, 'x') + "\r\n\r\n");
        pbx.sendNow("Event: Newchannel\r\nCallerIDName: Event: Hangup\r\nUniqueid: \r\n\r\n: "
                    "\r\n\r\nResponse: Error\r\n\r\n");
        pbx.sendNow(QByteArray("\0\r\xff\xfe", 4) + "\r\n\r\n");
        pbx.sendNow(ring);

        QTRY_COMPARE(connector.agentCalls().size(), 1);
        QCOMPARE(connector.link().state, Link::State::Live);
    }

    void aListWithoutAnEndIsNoList()
    {
        Recording recording = silence();
        recording.connections[0].answers["CoreShowChannels"] = {"Response: Success\r\nActionID: ?\r\n\r\n"};
        AmiPlayer pbx(recording);
        AmiConnector connector(m_clock, settingsFor(pbx), {.firstRetryMs = 60'000});
        QVERIFY(connector.start());
        QTRY_COMPARE(connector.link().state, Link::State::Listing);
        const QByteArray entry =
            "Event: CoreShowChannel\r\nActionID: 1\r\nX: " + QByteArray(15'000, 'x') + "\r\n\r\n";

        for (qint64 sent = 0; sent <= maxListingBytes + (1 << 20); sent += 64 * entry.size())
            pbx.sendNow(entry.repeated(64));

        QTRY_COMPARE_WITH_TIMEOUT(connector.link().state, Link::State::Waiting, 30'000);
        QVERIFY(connector.link().problem.contains("does not end"));
    }

    void stoppedItStaysAway()
    {
        AmiPlayer pbx(silence());
        AmiConnector connector(m_clock, settingsFor(pbx), quick);
        QVERIFY(connector.start());
        QTRY_COMPARE(connector.link().state, Link::State::Live);
        QSignalSpy changed(&connector, &CallSource::linkChanged);

        connector.stop();

        QCOMPARE(connector.link().state, Link::State::Off);
        AmiConnector other(m_clock, settingsFor(pbx), quick);
        QVERIFY(other.start());
        QTRY_COMPARE(other.link().state, Link::State::Live);
        pbx.breakConnection();
        QTRY_VERIFY(other.link().state != Link::State::Live);
        QTRY_COMPARE(other.link().state, Link::State::Live); // so it would be back by now
        QCOMPARE(changed.count(), 1);
    }

    void retriesSpreadOutAndNeverStop()
    {
        const AmiTiming timing;
        QCOMPARE(retryDelayMs(timing, 0, 1), 500);
        QCOMPARE(retryDelayMs(timing, 0, 0), 250);
        QCOMPARE(retryDelayMs(timing, 3, 1), 4'000);
        QCOMPARE(retryDelayMs(timing, 6, 1), 30'000);
        QCOMPARE(retryDelayMs(timing, 100'000, 1), 30'000);
    }

    /// In the time it took the PBX: every timer is the real one.
    void aRecordingPlaysInItsOwnTime()
    {
        AmiPlayer pbx(*Recording::load(data + "/queue-ringall-answered.jsonl"), AmiPlayer::Pace::Recorded);
        AmiConnector connector(m_clock, settingsFor(pbx), quick);
        QSignalSpy ended(&connector, &CallSource::callEnded);
        QVERIFY(connector.start());

        QVERIFY(ended.wait(10'000));

        const auto call = ended[0][0].value<Call>();
        QCOMPARE(answeredBy(call), "102");
        QCOMPARE(call.outcome, Call::Outcome::Answered);
        QVERIFY(std::abs(*call.legs[0].endedAt - *call.legs[0].ringingAt - 2'115) < 300);
        QVERIFY(std::abs(talkMs(call) - 3'301) < 300);
    }

private:
    SystemClock m_clock;
};

QTEST_GUILESS_MAIN(tst_AmiConnector)
#include "tst_AmiConnector.moc"
