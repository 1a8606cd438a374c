#include "sync/calls/recording/AmiPlayer.h"
#include "tests/hub/Asking.h"
#include "tests/support/HubOnLoopback.h"

using namespace ringbook;
using namespace ringbook::test;
using model::AgentCall;

namespace {

const QByteArray ring =
    "Event: Newchannel\r\nChannel: PJSIP/trunk-1\r\nUniqueid: 1\r\nLinkedid: 1\r\n"
    "CallerIDNum: +493023125901\r\nCallerIDName: Karla\r\nExten: +493023125101\r\n\r\n"
    "Event: DialBegin\r\nChannel: PJSIP/trunk-1\r\nUniqueid: 1\r\nLinkedid: 1\r\n"
    "DestChannel: PJSIP/102-2\r\nDestUniqueid: 2\r\nDestLinkedid: 1\r\n\r\n"
    "Event: Newstate\r\nChannel: PJSIP/102-2\r\nUniqueid: 2\r\nLinkedid: 1\r\nChannelState: 5\r\n\r\n"
    "Event: Newchannel\r\nChannel: PJSIP/provider2-3\r\nUniqueid: 3\r\nLinkedid: 3\r\n"
    "CallerIDNum: 117\r\nExten: s\r\n\r\n";

/// A hub with a telephone system; Anna looks after it, Ben does not.
struct Office
{
    calls::AmiPlayer pbx{{.connections = {{.greeting = "Asterisk Call Manager/11.0.0",
                                           .booted = "Event: FullyBooted\r\nUptime: 5\r\n\r\n"}}}};
    HubOnLoopback hub{2,
                      {{.source = "berlin",
                        .port = pbx.serverPort(),
                        .user = calls::AmiPlayer::user,
                        .secret = calls::AmiPlayer::secret,
                        .plan = {.country = "DE", .countryCode = "49"},
                        .agents = {{"102", "Ben Brandt", "PJSIP/102"}, {"109", "Zoe Zahn", "PJSIP/109"}},
                        .trunks = {"PJSIP/trunk"}}}};
    Http anna{hub.url()};
    Http ben{hub.url()};

    Office()
    {
        auto db = hub.data().database().open();
        (void)db->run("UPDATE account SET role = 'admin' WHERE login = 'anna'");
        anna.signIn("anna");
        ben.signIn("ben");
    }

    model::TelephonySource told()
    {
        const auto told = sync::readTelephony(anna.send("GET", "/v1/telephony").body);
        for (const model::TelephonySource &source : told->sources)
            if (source.source == "berlin")
                return source;
        return {};
    }

    QStringList steps()
    {
        QStringList texts;
        for (const model::TelephonyStep &step : told().steps)
            texts += step.text;
        return texts;
    }
};

} // namespace

class tst_Telephony : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void howATelephoneSystemStandsIsTold()
    {
        Office office;
        QTRY_COMPARE(office.told().state, "live");

        office.pbx.sendNow(ring);
        QTRY_VERIFY(office.steps().contains("rings at 102 (Ben Brandt)"));

        const model::TelephonySource told = office.told();
        QCOMPARE(told.kind, "asterisk");
        QVERIFY(told.protection.contains("stays on this machine"));
        QCOMPARE(told.phones.size(), 2);
        QCOMPARE(told.phones[0].user, "Ben Brandt");
        QCOMPARE(told.phones[0].rings, 1);
        QVERIFY(told.phones[0].rangAt);
        QCOMPARE(told.phones[1].user, "");
        QCOMPARE(told.unassigned.size(), 1);
        QCOMPARE(told.unassigned[0].endpoint, "PJSIP/provider2");
    }

    void noCallerIsInIt()
    {
        Office office;
        QTRY_COMPARE(office.told().state, "live");
        office.pbx.sendNow(ring);
        QTRY_VERIFY(office.steps().contains("rings at 102 (Ben Brandt)"));

        const QByteArray text = office.anna.send("GET", "/v1/telephony").body;

        QVERIFY(!text.contains("23125901"));
        QVERIFY(!text.contains("Karla"));
        QVERIFY(!text.contains(calls::AmiPlayer::secret));
    }

    /// A lead of another book hears nothing of it, and lets nobody's last call ring at their desk.
    void whoDoesNotUseTheBookIsNotTold()
    {
        Office office;
        QTRY_COMPARE(office.told().state, "live");
        SystemClock clock;
        auto admin = *hub::Administration::open(office.hub.data().database(), clock);
        QVERIFY(admin.addBook("south", "DE"));
        QVERIFY(admin.addUser({.login = "lea",
                               .password = "demo",
                               .name = "Lea Lind",
                               .extension = "150",
                               .role = "lead",
                               .books = {"south"}}));
        Http lea(office.hub.url());
        lea.signIn("lea");
        office.pbx.sendNow(ring);
        QTRY_VERIFY(office.steps().contains("rings at 102 (Ben Brandt)"));

        QVERIFY(sync::readTelephony(lea.send("GET", "/v1/telephony").body)->sources.isEmpty());
        QCOMPARE(lea.send("POST", "/v1/telephony/berlin/replay", "{}").status, 404);
        QCOMPARE(lea.send("POST", "/v1/telephony/berlin/examination", "{}").status, 404);
    }

    void channelsThatAreNamedAfterTheCallerAreNotSpeltOut()
    {
        Office office;
        QTRY_COMPARE(office.told().state, "live");

        office.pbx.sendNow("Event: Newchannel\r\nChannel: DAHDI/i1/01709998887-2a\r\nUniqueid: 9\r\n"
                           "Linkedid: 9\r\nCallerIDNum: 01709998887\r\nExten: 101\r\n\r\n");

        QTRY_COMPARE(office.told().unassigned.size(), 1);
        QCOMPARE(office.told().unassigned[0].endpoint, "DAHDI/i1/…87");
    }

    void agentsAreNotTold()
    {
        Office office;

        QCOMPARE(office.ben.send("GET", "/v1/telephony").status, 403);
        QCOMPARE(office.ben.send("POST", "/v1/telephony/berlin/examination", "{}").status, 403);
        QCOMPARE(office.ben.send("POST", "/v1/telephony/berlin/replay", "{}").status, 403);
    }

    void aLostTelephoneSystemSaysWhy()
    {
        Office office;
        QTRY_COMPARE(office.told().state, "live");

        office.pbx.close();
        office.pbx.breakConnection();

        QTRY_COMPARE(office.told().state, "waiting");
        QVERIFY(office.told().problem.contains("paused"));
    }

    void theLastCallRingsOnceMoreAtWhoeverAsks()
    {
        Office office;
        DeskStream anna(office.anna);
        DeskStream ben(office.ben);
        QTRY_COMPARE(office.told().state, "live");
        QTRY_VERIFY(!anna.events.isEmpty() && !ben.events.isEmpty());
        QCOMPARE(office.anna.send("POST", "/v1/telephony/berlin/replay", "{}").status, 404);
        office.pbx.sendNow(ring);
        QTRY_VERIFY(!ben.calls().isEmpty());

        QCOMPARE(office.anna.send("POST", "/v1/telephony/berlin/replay", "{}").status, 200);

        QTRY_VERIFY(!anna.calls().isEmpty());
        QCOMPARE(anna.calls().last().state, AgentCall::State::Ringing);
        QCOMPARE(anna.calls().last().party.e164, "+493023125901");
        QCOMPARE(ben.calls().size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(anna.calls().last().state, AgentCall::State::Over, 30'000);
    }

    void itRingsOnceMoreWithoutTheTelephoneSystem()
    {
        Office office;
        DeskStream anna(office.anna);
        QTRY_COMPARE(office.told().state, "live");
        QTRY_VERIFY(!anna.events.isEmpty());
        office.pbx.sendNow(ring);
        QTRY_VERIFY(office.steps().contains("rings at 102 (Ben Brandt)"));
        office.pbx.close();
        office.pbx.breakConnection();
        QTRY_COMPARE(office.told().state, "waiting");

        QCOMPARE(office.anna.send("POST", "/v1/telephony/berlin/replay", "{}").status, 200);

        QTRY_VERIFY(!anna.calls().isEmpty());
        QCOMPARE(anna.calls().last().party.e164, "+493023125901");
        QCOMPARE(office.pbx.connectionsSeen(), 1);
    }

    void anExaminationFindsWhatIsWrong()
    {
        Office office;
        QTRY_COMPARE(office.told().state, "live");
        // Of one connection at a time the player speaks with the newest.
        const auto answer = office.anna.send("POST", "/v1/telephony/berlin/examination", "{}");

        QCOMPARE(answer.status, 200);
        const auto findings = sync::readTelephonyFindings(answer.body)->findings;
        QVERIFY(!findings.isEmpty());
        QVERIFY(findings[0].what.contains("Asterisk") || !findings[0].what.isEmpty());
        QCOMPARE(office.anna.send("POST", "/v1/telephony/nowhere/examination", "{}").status, 404);
    }
};

QTEST_GUILESS_MAIN(tst_Telephony)
#include "tst_Telephony.moc"
