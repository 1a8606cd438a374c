#include "sync/calls/esl/EslConnector.h"
#include "tests/support/EslPlayer.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace ringbook;
using namespace ringbook::calls;
using namespace ringbook::model;
using ringbook::tests::EslPlayer;
using What = CallCommand::What;

namespace {

PbxSettings settingsFor(const EslPlayer &player)
{
    return {.kind = PbxSettings::Kind::FreeSwitch,
            .port = player.serverPort(),
            .secret = EslPlayer::password,
            .plan = {.country = "DE", .countryCode = "49", .areaCode = "30", .nationalPrefix = "0"},
            .dial = {.context = "office", .deny = {"+49900"}},
            .agents = {{"101", "Anna Albers", "user/101"}, {"102", "Ben Brandt", "user/102"}},
            .trunks = {"sofia/gateway/provider"}};
}

constexpr EslTiming quick{.answerWaitMs = 2'000, .firstRetryMs = 5, .longestRetryMs = 20};

const QString caller = QStringLiteral("a1b20001-5b1e-4c3a-9d27-0c0ffee00001");
const QString leg = QStringLiteral("a1b20002-5b1e-4c3a-9d27-0c0ffee00002");

QJsonObject callerEvent(const QString &name)
{
    return {{"Event-Name", name},
            {"Unique-ID", caller},
            {"Call-Direction", "inbound"},
            {"Channel-Name", "sofia/external/+493023125901@x"},
            {"Caller-Caller-ID-Number", "+493023125901"},
            {"Caller-Destination-Number", "+493023125101"},
            {"Caller-Privacy-Hide-Number", "false"},
            {"variable_sip_gateway", "provider"}};
}

QJsonObject legEvent(const QString &name)
{
    return {{"Event-Name", name},
            {"Unique-ID", leg},
            {"Call-Direction", "outbound"},
            {"Channel-Name", "sofia/internal/101@y"},
            {"Other-Leg-Unique-ID", caller},
            {"variable_dialed_user", "101"}};
}

QJsonObject bridge()
{
    QJsonObject event = callerEvent("CHANNEL_BRIDGE");
    event["Bridge-A-Unique-ID"] = caller;
    event["Bridge-B-Unique-ID"] = leg;
    return event;
}

/// A FreeSWITCH with nothing up, a connector that is live, and what an agent asked for.
struct Live
{
    explicit Live(const EslTiming &timing = quick) : Live([](EslPlayer &, PbxSettings &) {}, timing) {}

    template <typename Prepare>
    explicit Live(const Prepare &prepare, const EslTiming &timing = quick)
        : connector(clock, prepared(prepare), timing)
    {
        if (!connector.start() || !QTest::qWaitFor([this] { return isLive(); }))
            qFatal("not live: %s", qPrintable(connector.link().problem));
    }

    bool isLive() const { return connector.link().state == Link::State::Live; }

    bool rings()
    {
        player.send(callerEvent("CHANNEL_CREATE"));
        player.send(legEvent("CHANNEL_CREATE"));
        player.send(legEvent("CHANNEL_PROGRESS"));
        return isTaken() && connector.agentCalls().size() == 1;
    }

    bool talks()
    {
        const bool rang = rings();
        player.send(legEvent("CHANNEL_ANSWER"));
        player.send(bridge());
        return rang && isTaken();
    }

    bool isTaken()
    {
        return QTest::qWaitFor([this] { return connector.framesTaken() == player.frames; });
    }

    void ask(What what, const QString &number = {}, const QString &extension = "101")
    {
        connector.obey({what, extension, "pbx-" + caller, number}, [this](const Status &done) {
            answers += done ? QString("done") : done.error().detail;
        });
    }

    /// The last order, without the number of its job.
    QString ordered() const { return player.commands.last().section(u'\n', 0, 0); }

    EslPlayer player;
    SystemClock clock;
    QStringList answers;
    EslConnector connector;

private:
    template <typename Prepare>
    PbxSettings prepared(const Prepare &prepare)
    {
        player.setList("channels", {});
        player.setList("calls", {});
        PbxSettings settings = settingsFor(player);
        prepare(player, settings);
        return settings;
    }
};

} // namespace

class tst_EslConnector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itLogsInSubscribesAndAsksWhatIsUp()
    {
        Live live;

        QCOMPARE(live.player.commands.size(), 4);
        QCOMPARE(live.player.commands[0], "auth ");
        QVERIFY(live.player.commands[1].startsWith("event json CHANNEL_CREATE "));
        QVERIFY(live.player.commands[1].endsWith(" CUSTOM callcenter::info"));
        QCOMPARE(live.player.commands[2], "api show channels as json");
        QCOMPARE(live.player.commands[3], "api show calls as json");
        QCOMPARE(live.connector.link(), Link{Link::State::Live});
    }

    void aUserOfTheDirectoryMayLogIn()
    {
        Live live([](EslPlayer &, PbxSettings &settings) { settings.user = "ringbook@pbx.example"; });

        QCOMPARE(live.player.commands[0], "userauth ringbook@pbx.example");
    }

    void settingsThatCannotWorkAreRefused_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("secret");
        QTest::addColumn<bool>("tls");
        QTest::addColumn<bool>("allowed");
        QTest::addColumn<QString>("problem");
        QTest::newRow("no password") << "127.0.0.1"
                                     << "" << false << true << "needs a password";
        QTest::newRow("TLS") << "127.0.0.1"
                             << "x" << true << true << "has no TLS";
        QTest::newRow("another machine") << "192.0.2.1"
                                         << "x" << false << false << "use a tunnel";
    }

    void settingsThatCannotWorkAreRefused()
    {
        QFETCH(QString, host);
        QFETCH(QString, secret);
        QFETCH(bool, tls);
        QFETCH(bool, allowed);
        QFETCH(QString, problem);
        const EslPlayer player;
        PbxSettings settings = settingsFor(player);
        settings.host = host;
        settings.secret = secret;
        settings.tls = tls;
        settings.allowPlainText = allowed;
        EslConnector connector(m_clock, settings, quick);

        const Status started = connector.start();

        QVERIFY(!started);
        QVERIFY2(started.error().detail.contains(problem), qPrintable(started.error().detail));
        QCOMPARE(connector.link().state, Link::State::Off);
    }

    void anotherMachineIsReachedWhenTheSettingsSaySo()
    {
        PbxSettings settings = settingsFor(EslPlayer());
        settings.host = "192.0.2.1";
        settings.allowPlainText = true;
        EslConnector connector(m_clock, settings, quick);

        QVERIFY(connector.start());
        QCOMPARE(connector.link().state, Link::State::Connecting);
    }

    void thePasswordEverybodyKnowsIsWarnedOf()
    {
        PbxSettings settings = settingsFor(EslPlayer());
        settings.secret = "ClueCon";
        EslConnector connector(m_clock, settings, quick);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression("which everybody knows"));

        QVERIFY(connector.start());
    }

    void aWrongPasswordIsSaidAndNotTold()
    {
        EslPlayer player;
        PbxSettings settings = settingsFor(player);
        settings.secret = "a wrong one";
        EslConnector connector(m_clock, settings, quick);
        QVERIFY(connector.start());

        QTRY_VERIFY(connector.link().problem.contains("refused the login"));
        QVERIFY(!connector.link().problem.contains("a wrong one"));
        QTRY_VERIFY(player.connections >= 2); // it may be corrected over there
    }

    void whoIsAtTheOtherEndIsNamed_data()
    {
        QTest::addColumn<QByteArray>("greeting");
        QTest::addColumn<QString>("problem");
        QTest::newRow("not let in") << EslPlayer::frameOf("text/rude-rejection", "Access Denied, go away.\n")
                                    << "does not let this machine in";
        QTest::newRow("going away") << EslPlayer::frameOf("text/disconnect-notice", "bye\n")
                                    << "ended the connection";
        QTest::newRow("Asterisk") << QByteArray("Asterisk Call Manager/11.0.0\r\n")
                                  << "no event socket of FreeSWITCH";
        QTest::newRow("HTTP") << QByteArray("HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n")
                              << "no event socket of FreeSWITCH";
        QTest::newRow("ssh") << QByteArray("SSH-2.0-OpenSSH_9.2p1\r\n") << "no event socket of FreeSWITCH";
        QTest::newRow("nonsense") << QByteArray("Content-Length: -1\n\n") << "does not speak as";
        QTest::newRow("1 MB of nothing") << QByteArray(1 << 20, 'x') << "no event socket of FreeSWITCH";
        QTest::newRow("silence") << QByteArray() << "does not answer";
    }

    void whoIsAtTheOtherEndIsNamed()
    {
        QFETCH(QByteArray, greeting);
        QFETCH(QString, problem);
        EslPlayer player;
        player.greeting = greeting;
        EslTiming timing = quick;
        timing.answerWaitMs = 100;
        EslConnector connector(m_clock, settingsFor(player), timing);
        QVERIFY(connector.start());

        QTRY_VERIFY2(connector.link().problem.contains(problem), qPrintable(connector.link().problem));
    }

    void nobodyThereIsSaid()
    {
        const PbxSettings settings = settingsFor(EslPlayer());
        EslConnector connector(m_clock, settings, quick);
        QVERIFY(connector.start());

        QTRY_COMPARE(connector.link().state, Link::State::Waiting);
        QVERIFY(connector.link().problem.contains("127.0.0.1"));
    }

    void whatThisUserMayNotIsSaid()
    {
        Live live([](EslPlayer &player, PbxSettings &) { player.forbidden = {"show"}; });

        QVERIFY(live.connector.link().problem.contains("esl-allowed-api"));
        QVERIFY(live.rings());
    }

    void withoutEventsThereIsNothingToHear()
    {
        EslPlayer player;
        player.forbidden = {"event"};
        EslConnector connector(m_clock, settingsFor(player), quick);
        QVERIFY(connector.start());

        QTRY_VERIFY(connector.link().problem.contains("esl-allowed-events"));
    }

    // What it hears

    void aCallRings()
    {
        Live live;

        QVERIFY(live.rings());

        QCOMPARE(live.connector.agentCalls().first().extension, "101");
    }

    void garbageBetweenFramesHarmsNothing()
    {
        Live live;

        live.player.write(QByteArray(1 << 20, 'x') + "\n\n", 0);
        live.player.write(EslPlayer::frameOf("text/event-json", QByteArray(2 << 20, '{')));
        live.player.write(EslPlayer::frameOf("text/event-json", "{\"Event-Name\":\"CHANNEL_CREATE\"}"));
        live.player.write(EslPlayer::frameOf("log/data", QByteArray("\0\r\xff\xfe", 4)));
        live.player.write(EslPlayer::frameOf("api/response", "nobody asked"));

        QVERIFY(live.rings());
        QVERIFY(live.isLive());
    }

    void aStreamWhoseEndIsLostBeginsAnew()
    {
        Live live;

        live.player.write("Content-Type: text/event-json\nContent-Length: lots\n\n");

        QTRY_COMPARE(live.player.connections, 2);
        QTRY_VERIFY(live.isLive());
        QVERIFY(live.rings());
    }

    void manyFramesInOneReadAreAllTaken()
    {
        Live live;
        QByteArray all;
        for (const auto &event : {callerEvent("CHANNEL_CREATE"), legEvent("CHANNEL_CREATE"),
                                  legEvent("CHANNEL_PROGRESS"), legEvent("CHANNEL_ANSWER"), bridge()})
            all += EslPlayer::frameOf(event);

        live.player.write(all, 5);

        QVERIFY(live.isTaken());
        QCOMPARE(live.connector.agentCalls().first().call.state, AgentCall::State::Connected);
    }

    void eventsWhileItListsAreNotLost()
    {
        EslPlayer player;
        player.answers = false;
        EslConnector connector(m_clock, settingsFor(player), quick);
        QVERIFY(connector.start());
        QTRY_COMPARE(connector.link().state, Link::State::LoggingIn);
        const QByteArray ok = "Content-Type: command/reply\nReply-Text: +OK\n\n";

        player.write(ok + ok, 2);
        player.write(EslPlayer::frameOf("api/response", "{\"row_count\":0}\n"));
        player.send(callerEvent("CHANNEL_CREATE"));
        player.send(legEvent("CHANNEL_CREATE"));
        player.send(legEvent("CHANNEL_PROGRESS"));
        QTRY_COMPARE(connector.framesTaken(), player.frames);
        QCOMPARE(connector.link().state, Link::State::Listing);
        QVERIFY(connector.agentCalls().isEmpty());
        player.write(EslPlayer::frameOf("api/response", "{\"row_count\":0}\n"));

        QTRY_COMPARE(connector.agentCalls().size(), 1);
        QCOMPARE(connector.link().state, Link::State::Live);
    }

    void whatWasUpBeforeIsAskedAboutOneByOne()
    {
        Live live([](EslPlayer &player, PbxSettings &) {
            player.setList("channels", {QJsonObject{{"uuid", caller}, {"created_epoch", "1"}},
                                        QJsonObject{{"uuid", leg}, {"created_epoch", "2"}},
                                        QJsonObject{{"uuid", "gone"}, {"created_epoch", "3"}},
                                        QJsonObject{{"uuid", "no id\napi hupall"}, {"created_epoch", "4"}}});
            player.setList("calls", {QJsonObject{{"uuid", caller}, {"b_uuid", leg}}});
            player.setDump(caller, callerEvent("CHANNEL_DATA"));
            player.setDump(leg, legEvent("CHANNEL_DATA"));
        });

        QCOMPARE(live.player.commands.mid(4),
                 QStringList({"api uuid_dump " + caller + " json", "api uuid_dump " + leg + " json",
                              "api uuid_dump gone json"}));
        QCOMPARE(live.connector.agentCalls().size(), 1);
        QCOMPARE(live.connector.agentCalls().first().call.state, AgentCall::State::Connected);
    }

    void aLegOfACallNobodyKnowsIsAskedAbout()
    {
        Live live;
        live.player.setDump(caller, callerEvent("CHANNEL_DATA"));

        live.player.send(legEvent("CHANNEL_CREATE"));
        live.player.send(legEvent("CHANNEL_PROGRESS"));

        QTRY_COMPARE(live.connector.agentCalls().size(), 1);
        QCOMPARE(live.player.commands.last(), "api uuid_dump " + caller + " json");
    }

    // Keeping alive

    void whoMissesTwoHeartbeatsIsDead()
    {
        EslTiming timing = quick;
        timing.heartbeatMs = 60;
        timing.lateMs = 30;
        Live live(timing);
        QElapsedTimer since;
        since.start();

        QTRY_VERIFY(live.connector.link().problem.contains("does not answer any more"));
        QVERIFY(since.elapsed() >= 2 * 60);
        QTRY_COMPARE_GE(live.player.connections, 2);
    }

    void aHeartbeatSaysWhenTheNextOneComes()
    {
        EslTiming timing = quick;
        timing.heartbeatMs = 60;
        timing.lateMs = 30;
        Live live(timing);

        QVERIFY(!live.connector.clockAhead());
        live.player.send({{"Event-Name", "HEARTBEAT"},
                          {"Heartbeat-Interval", "20"},
                          {"Event-Date-Timestamp", QString::number((m_clock.now() + hourMs) * 1000)}});
        QVERIFY(live.isTaken());
        QVERIFY(std::abs(*live.connector.clockAhead() - hourMs) < 10 * secondMs);

        QSignalSpy changed(&live.connector, &CallSource::linkChanged);
        live.player.send({{"Event-Name", "HEARTBEAT"}, {"Heartbeat-Interval", "20"}});
        QVERIFY(!changed.wait(400));
        QCOMPARE(live.player.connections, 1);
    }

    void aLostConnectionComesBackAndDoublesNothing()
    {
        Live live;
        QVERIFY(live.talks());
        live.player.setList("channels", {QJsonObject{{"uuid", caller}}, QJsonObject{{"uuid", leg}}});
        live.player.setList("calls", {QJsonObject{{"uuid", caller}, {"b_uuid", leg}}});
        QSignalSpy told(&live.connector, &CallSource::agentCallChanged);

        live.player.breakConnection();
        QTRY_VERIFY(!live.isLive());
        QVERIFY(live.connector.link().problem.contains("are paused"));
        QCOMPARE(live.connector.agentCalls().size(), 1);
        QTRY_VERIFY(live.isLive());

        QVERIFY(live.connector.link().problem.isEmpty());
        QCOMPARE(live.connector.agentCalls().size(), 1);
        QCOMPARE(told.count(), 0);
    }

    void whoEndedInBetweenHasEnded()
    {
        Live live;
        QVERIFY(live.talks());
        QSignalSpy ended(&live.connector, &CallSource::callEnded);

        live.player.breakConnection();

        QTRY_COMPARE(ended.count(), 1);
        QCOMPARE(ended[0][0].value<Call>().outcome, Call::Outcome::Unknown);
        QVERIFY(live.connector.agentCalls().isEmpty());
    }

    void stoppedItStaysAway()
    {
        Live live;
        QSignalSpy changed(&live.connector, &CallSource::linkChanged);

        live.connector.stop();

        Live other;
        other.player.breakConnection();
        QTRY_COMPARE(other.player.connections, 2);
        QTRY_VERIFY(other.isLive()); // so it would be back by now
        QCOMPARE(live.player.connections, 1);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(live.connector.link().state, Link::State::Off);
    }

    // Orders

    void onlyALivePhoneOfOursObeys()
    {
        Live live;

        QCOMPARE(live.connector.abilities("101"),
                 (CallAbilities{.dial = true, .hangUp = true, .hold = true, .transfer = true}));
        QCOMPARE(live.connector.abilities("199").whyNot,
                 "The telephone system does not know your extension.");
        live.connector.stop();
        QCOMPARE(live.connector.abilities("101"),
                 CallAbilities{.whyNot = "The hub does not reach the telephone system; use the phone."});
        live.ask(What::Dial, "102");
        QCOMPARE(live.answers, QStringList("The hub does not reach the telephone system; use the phone."));
    }

    void withoutAContextNothingIsDialled()
    {
        Live live([](EslPlayer &, PbxSettings &settings) { settings.dial.context.clear(); });

        QCOMPARE(live.connector.abilities("101"),
                 (CallAbilities{
                     .hangUp = true, .hold = true, .whyNot = "Dialling from desks is not set up here."}));
    }

    void whatItsUserMayNotOrderIsNotOffered_data()
    {
        QTest::addColumn<QByteArray>("allowed");
        QTest::addColumn<model::CallAbilities>("abilities");
        const CallAbilities all{.dial = true, .hangUp = true, .hold = true, .transfer = true};
        const CallAbilities none{.whyNot = "The telephone system does not let the hub dial."};
        CallAbilities some = none;
        some.hangUp = true;
        QTest::newRow("all") << QByteArray("all") << all;
        QTest::newRow("some, with commas") << QByteArray("show,uuid_dump,bgapi,uuid_kill") << some;
        QTest::newRow("some, with spaces") << QByteArray("show uuid_dump bgapi uuid_kill") << some;
        QTest::newRow("nothing in the background")
            << QByteArray("show uuid_dump uuid_kill originate") << none;
    }

    void whatItsUserMayNotOrderIsNotOffered()
    {
        QFETCH(QByteArray, allowed);
        QFETCH(model::CallAbilities, abilities);
        Live live([&](EslPlayer &player, PbxSettings &settings) {
            settings.user = "ringbook@pbx.example";
            player.allowed = allowed;
        });

        QCOMPARE(live.connector.abilities("101"), abilities);
    }

    void phonesThatAnswerAreToldTo()
    {
        Live live([](EslPlayer &player, PbxSettings &settings) {
            settings.phonesAnswer = true;
            player.jobResults["uuid_phone_event"] = "+OK\n";
        });
        QVERIFY(live.connector.abilities("101").answer);
        QVERIFY(live.rings());

        live.ask(What::Answer);

        QTRY_COMPARE(live.answers, QStringList("done"));
        QCOMPARE(live.ordered(), "bgapi uuid_phone_event " + leg + " talk");
    }

    void otherPhonesAreNot()
    {
        Live live;
        QVERIFY(live.rings());

        live.ask(What::Answer);

        QCOMPARE(live.answers,
                 QStringList("This telephone system does not do that when told; use the phone."));
    }

    void dialRingsTheOwnPhone()
    {
        Live live;

        live.ask(What::Dial, "0309876543");
        QTRY_VERIFY(live.ordered().startsWith("bgapi originate {origination_uuid="));
        QVERIFY(live.ordered().endsWith("}user/101 0309876543 XML office"));
        QVERIFY(live.answers.isEmpty());
        const QString uuid = live.ordered().section('=', 1, 1).section(',', 0, 0);
        QJsonObject own = legEvent("CHANNEL_CREATE");
        own["Unique-ID"] = uuid;
        own.remove("Other-Leg-Unique-ID");
        live.player.send(own);

        QTRY_COMPARE(live.answers, QStringList("done"));
        QCOMPARE(live.connector.calls().call("pbx-" + uuid)->called.e164, "+49309876543");
    }

    void everyOrderNamesTheOwnChannel_data()
    {
        QTest::addColumn<CallCommand::What>("what");
        QTest::addColumn<QString>("order");
        QTest::newRow("hang up") << What::HangUp << "bgapi uuid_kill " + leg;
        QTest::newRow("hold") << What::Hold << "bgapi uuid_hold " + leg;
        QTest::newRow("resume") << What::Resume << "bgapi uuid_hold off " + leg;
        QTest::newRow("transfer") << What::Transfer << "bgapi uuid_transfer " + leg + " -bleg 102 XML office";
    }

    void everyOrderNamesTheOwnChannel()
    {
        QFETCH(CallCommand::What, what);
        QFETCH(QString, order);
        Live live([](EslPlayer &player, PbxSettings &) {
            player.jobResults = {
                {"uuid_kill", "+OK\n"}, {"uuid_hold", "+OK Success\n"}, {"uuid_transfer", "+OK\n"}};
        });
        QVERIFY(live.talks());

        live.ask(what, "102");

        QTRY_COMPARE(live.answers, QStringList("done"));
        QCOMPARE(live.ordered(), order);
    }

    void nobodyOrdersInACallOfOthers()
    {
        Live live;
        QVERIFY(live.talks());
        const qsizetype before = live.player.commands.size();

        live.ask(What::HangUp, {}, "102");

        QCOMPARE(live.answers, QStringList("This call is over, or somebody else has it."));
        QCOMPARE(live.player.commands.size(), before);
    }

    void nothingIsPutIntoACommand()
    {
        Live live;
        QVERIFY(live.talks());
        const qsizetype before = live.player.commands.size();

        live.ask(What::Dial, "102\n\napi system reboot");
        live.ask(What::Dial, "&system(reboot)");
        live.ask(What::Transfer, "102 inline system:reboot");

        QCOMPARE(live.answers, QStringList(3, "This is no telephone number; it cannot be dialled."));
        QCOMPARE(live.player.commands.size(), before);
    }

    void theRulesOfTheSettingsCount()
    {
        Live live;

        live.ask(What::Dial, "+49 900 1234567");
        QCOMPARE(live.answers.size(), 1);
        QVERIFY(live.answers.first().startsWith("This number is not dialled from desks here"));
        live.ask(What::Dial, "+49 30 9876543");
        QTRY_VERIFY(live.ordered().endsWith(" 0309876543 XML office"));
    }

    void whyItWasNotDoneIsSaid_data()
    {
        QTest::addColumn<CallCommand::What>("what");
        QTest::addColumn<QByteArray>("result");
        QTest::addColumn<QString>("answer");
        QTest::newRow("phone switched off") << What::Dial << QByteArray("-ERR USER_NOT_REGISTERED\n")
                                            << "Your phone is not signed in to the telephone system.";
        QTest::newRow("call over") << What::HangUp << QByteArray("-ERR No such channel!\n")
                                   << "This call is over, or somebody else has it.";
        QTest::newRow("something") << What::Hold << QByteArray("-ERR Operation failed\n")
                                   << "The telephone system did not do it; use the phone.";
    }

    void whyItWasNotDoneIsSaid()
    {
        QFETCH(CallCommand::What, what);
        QFETCH(QByteArray, result);
        QFETCH(QString, answer);
        Live live([&](EslPlayer &player, PbxSettings &) {
            for (const char *order : {"originate", "uuid_kill", "uuid_hold"})
                player.jobResults[order] = result;
        });
        QVERIFY(live.talks());

        live.ask(what, "102");

        QTRY_COMPARE(live.answers, QStringList(answer));
    }

    void whatIsForbiddenIsSaid()
    {
        Live live([](EslPlayer &player, PbxSettings &) { player.forbidden = {"uuid_kill"}; });
        QVERIFY(live.talks());

        live.ask(What::HangUp);

        QTRY_COMPARE(live.answers,
                     QStringList("The telephone system does not let the hub do that; use the phone."));
    }

    void anOrderThatIsNotAnsweredEnds()
    {
        EslTiming timing = quick;
        timing.obeyWaitMs = 50;
        Live live(timing);
        QVERIFY(live.talks());

        live.ask(What::HangUp);

        QTRY_COMPARE(live.answers, QStringList("The telephone system does not answer; use the phone."));
    }

    void anOrderIsAnsweredOnceAlsoWhenTheConnectionIsLost()
    {
        EslTiming timing = quick;
        timing.obeyWaitMs = 100;
        Live live(timing);
        QVERIFY(live.talks());
        live.ask(What::HangUp);

        live.player.breakConnection();

        QTRY_COMPARE(live.answers, QStringList("The telephone system does not answer; use the phone."));
        QTRY_VERIFY(live.isLive());
        QSignalSpy changed(&live.connector, &CallSource::linkChanged);
        QVERIFY(!changed.wait(200)); // past the time that the order had
        QCOMPARE(live.answers.size(), 1);
    }

private:
    SystemClock m_clock;
};

QTEST_GUILESS_MAIN(tst_EslConnector)
#include "tst_EslConnector.moc"
