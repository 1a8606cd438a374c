#include "sync/calls/esl/EslInterpreter.h"

#include <QTest>

#include <initializer_list>

using namespace ringbook;
using namespace ringbook::calls;
using namespace ringbook::model;
using State = AgentCall::State;
using Outcome = AgentCall::Result;

namespace {

using Fields = QHash<QString, QString>;

PbxSettings settings()
{
    return {.kind = PbxSettings::Kind::FreeSwitch,
            .plan = {.country = "DE", .countryCode = "49", .areaCode = "30", .nationalPrefix = "0"},
            .agents = {{"101", "Anna Albers", "user/101"},
                       {"102", "Ben Brandt", "102"},
                       {"103", "Cleo Chen", "103@pbx.example"}},
            .trunks = {"sofia/gateway/provider", "sofia/carrier"},
            .lines = {{"+493023125500", {.label = "Support line"}}},
            .queues = {{"support", {.label = "Support"}}, {"sales@default", {.label = "Sales"}}}};
}

EslEvent told(const QString &name, const QString &uuid, Fields fields)
{
    fields["Event-Name"] = name;
    fields["Unique-ID"] = uuid;
    return {fields};
}

Fields with(Fields fields, const Fields &more)
{
    fields.insert(more);
    return fields;
}

/// A call from the provider's line.
const Fields incoming{{"Call-Direction", "inbound"},
                      {"Channel-Name", "sofia/external/+493023125901@sip.example"},
                      {"Caller-Caller-ID-Number", "+493023125901"},
                      {"Caller-Caller-ID-Name", "Karla Kunde"},
                      {"Caller-Destination-Number", "+493023125500"},
                      {"Caller-Privacy-Hide-Number", "false"},
                      {"Caller-Screen-Bit", "true"},
                      {"variable_sip_gateway", "provider"}};

Fields legOf(const QString &parent, const QString &user)
{
    return {{"Call-Direction", "outbound"},
            {"Channel-Name", "sofia/internal/" + user + "@192.0.2.9:5060"},
            {"Channel-Presence-ID", user + "@pbx.example"},
            {"Caller-Username", "+493023125901"},
            {"Caller-Destination-Number", user},
            {"Other-Type", "originator"},
            {"Other-Leg-Unique-ID", parent},
            {"variable_dialed_user", user},
            {"variable_dialed_domain", "pbx.example"}};
}

Fields phone(const QString &user, const QString &number)
{
    return {{"Call-Direction", "inbound"},
            {"Channel-Name", "sofia/internal/" + user + "@pbx.example"},
            {"Caller-Username", user},
            {"Caller-Destination-Number", number},
            {"variable_sip_authorized", "true"},
            {"variable_user_name", user},
            {"variable_domain_name", "pbx.example"}};
}

/// A FreeSWITCH told in few words.
struct Pbx
{
    explicit Pbx(const CallTiming &timing = {}) : calls(timing, pbx.agentNames()) {}

    PbxSettings pbx = settings();
    Calls calls;
    EslInterpreter interpreter{pbx, calls};
    QHash<QString, AgentCall> seen = {};
    TimeMs at = 100'000;

    void say(const QString &name, const QString &uuid, const Fields &fields = {})
    {
        interpreter.take(told(name, uuid, fields), ++at);
        look();
    }

    void look()
    {
        calls.passTime(at);
        for (const auto &change : calls.changes())
            seen[change.extension] = change.call;
    }

    void comesIn(const Fields &more = {}) { say("CHANNEL_CREATE", "a", with(incoming, more)); }

    void rings(const QString &user, const QString &uuid, const QString &parent = "a", const Fields &more = {})
    {
        say("CHANNEL_CREATE", uuid, with(legOf(parent, user), more));
        say("CHANNEL_PROGRESS", uuid, with(legOf(parent, user), more));
    }

    void bridges(const QString &one, const QString &other)
    {
        say("CHANNEL_BRIDGE", one, {{"Bridge-A-Unique-ID", one}, {"Bridge-B-Unique-ID", other}});
    }

    void hangsUp(const QString &uuid, const QString &cause = "NORMAL_CLEARING",
                 const QString &disposition = {})
    {
        say("CHANNEL_HANGUP_COMPLETE", uuid,
            {{"Hangup-Cause", cause}, {"variable_sip_hangup_disposition", disposition}});
    }

    void list(const QStringList &uuids, bool isFirst = true)
    {
        EslListing listing{.isFirst = isFirst};
        for (const QString &uuid : uuids)
            listing.channels += EslEvent{{{"uuid", uuid}}};
        interpreter.takeListing(listing, ++at);
        look();
    }

    const Call &call(const QString &uuid = "a") const { return *calls.call("pbx-" + uuid); }
    bool isLive(const QString &extension) const
    {
        const auto live = calls.agentCalls();
        return std::ranges::any_of(live, [&](const auto &view) { return view.extension == extension; });
    }
};

} // namespace

class tst_EslInterpreter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCallFromTheLineShowsWhoAndOnWhichLine()
    {
        Pbx pbx;
        pbx.comesIn();
        pbx.rings("101", "b");

        QCOMPARE(pbx.seen["101"].party.e164, "+493023125901");
        QCOMPARE(pbx.seen["101"].party.name, "Karla Kunde");
        QCOMPARE(pbx.seen["101"].ownLine, "Support line");
        QCOMPARE(pbx.seen["101"].direction, AgentCall::Direction::Inbound);
    }

    // Whose a channel is

    void anAgentsPhoneIsKnownByItsUser_data()
    {
        QTest::addColumn<QHash<QString, QString>>("fields");
        QTest::addColumn<QString>("extension");
        const Fields leg{{"Call-Direction", "outbound"}, {"Other-Leg-Unique-ID", "a"}};
        const Fields own{{"Call-Direction", "inbound"}, {"Channel-Name", "sofia/internal/x@y"}};
        const Fields signedIn = with(own, {{"variable_sip_authorized", "true"}});
        QTest::newRow("dialled") << with(leg, {{"variable_dialed_user", "101"}}) << "101";
        QTest::newRow("dialled in a domain")
            << with(leg, {{"variable_dialed_user", "102"}, {"variable_dialed_domain", "any.example"}})
            << "102";
        QTest::newRow("the settings name the domain")
            << with(leg, {{"variable_dialed_user", "103"}, {"variable_dialed_domain", "PBX.example"}})
            << "103";
        QTest::newRow("another domain")
            << with(leg, {{"variable_dialed_user", "103"}, {"variable_dialed_domain", "other.example"}})
            << "";
        QTest::newRow("present") << with(leg, {{"Channel-Presence-ID", "101@pbx.example"}}) << "101";
        QTest::newRow("the caller's user") << with(leg, {{"Caller-Username", "101"}}) << "";
        QTest::newRow("a line") << with(leg, {{"variable_sip_gateway_name", "provider"},
                                              {"Channel-Presence-ID", "101@pbx.example"}})
                                << "";
        QTest::newRow("signed in") << with(signedIn, {{"Caller-Username", "101"}}) << "101";
        QTest::newRow("signed in as somebody")
            << with(own, {{"variable_user_name", "102"}, {"Caller-Username", "101"}}) << "102";
        QTest::newRow("says so") << with(own, {{"Caller-Username", "101"}, {"Channel-Presence-ID", "101@x"}})
                                 << "";
        QTest::newRow("a browser") << Fields{{"Call-Direction", "inbound"},
                                             {"Channel-Name", "verto.rtc/101"},
                                             {"Channel-Presence-ID", "101@pbx.example"}}
                                   << "101";
        QTest::newRow("nobody") << leg << "";
    }

    void anAgentsPhoneIsKnownByItsUser()
    {
        QFETCH(Fields, fields);
        QFETCH(QString, extension);
        const PbxSettings pbx = settings();
        EslChannels channels(pbx);

        QCOMPARE(channels.add(told("CHANNEL_CREATE", "b", fields))->agent, extension);
    }

    void aLineIsAGatewayOrAProfile_data()
    {
        QTest::addColumn<QHash<QString, QString>>("fields");
        QTest::addColumn<bool>("isTrunk");
        QTest::newRow("gateway in") << Fields{{"variable_sip_gateway", "provider"}} << true;
        QTest::newRow("gateway out") << Fields{{"variable_sip_gateway_name", "provider"}} << true;
        QTest::newRow("another") << Fields{{"variable_sip_gateway", "other"}} << false;
        QTest::newRow("profile") << Fields{{"Channel-Name", "sofia/carrier/+49301@x"}} << true;
        QTest::newRow("another profile") << Fields{{"Channel-Name", "sofia/carriers/+49301@x"}} << false;
    }

    void aLineIsAGatewayOrAProfile()
    {
        QFETCH(Fields, fields);
        QFETCH(bool, isTrunk);
        const PbxSettings pbx = settings();
        EslChannels channels(pbx);

        const auto kind = channels.add(told("CHANNEL_CREATE", "a", fields))->kind;

        QCOMPARE(kind, isTrunk ? EslChannel::Kind::Trunk : EslChannel::Kind::Other);
    }

    /// For diagnosis; the rest of a channel's name may be a caller's number.
    void whoIsInNoSettingIsCountedWithoutANumber()
    {
        const PbxSettings pbx = settings();
        EslChannels channels(pbx);
        const Fields stranger{{"Channel-Name", "sofia/external/+493023125901@x"},
                              {"Call-Direction", "inbound"}};
        const Fields line{{"Channel-Name", "sofia/external/+493023125902"},
                          {"Call-Direction", "outbound"},
                          {"variable_sip_gateway_name", "other"}};

        channels.add(told("CHANNEL_CREATE", "1", stranger));
        channels.add(told("CHANNEL_CREATE", "2", stranger));
        channels.add(told("CHANNEL_CREATE", "3", line));
        channels.add(told("CHANNEL_CREATE", "4", legOf("1", "199")));
        channels.add(told("CHANNEL_CREATE", "5", legOf("1", "101")));

        const QMap<QString, int> expected{
            {"sofia/external", 2}, {"sofia/gateway/other", 1}, {"199@pbx.example", 1}};
        QCOMPARE(channels.unassigned(), expected);
    }

    void soManyChannelsAreFollowedAndNoMore()
    {
        const PbxSettings pbx = settings();
        EslChannels channels(pbx);
        for (size_t i = 0; i < maxEslChannels; ++i)
            QVERIFY(channels.add(told("CHANNEL_CREATE", QString::number(i), {})));

        QVERIFY(!channels.add(told("CHANNEL_CREATE", "more", {})));
        channels.remove("0");
        QVERIFY(channels.add(told("CHANNEL_CREATE", "more", {})));
    }

    // Numbers and names

    void wordsForNoNumberAreWithheld_data()
    {
        QTest::addColumn<QString>("word");
        for (const char *word :
             {"", "anonymous", "Anonymous", "unavailable", "Restricted", "unknown", "0000000000"})
            QTest::newRow(word) << QString(word);
    }

    void wordsForNoNumberAreWithheld()
    {
        QFETCH(QString, word);
        Pbx pbx;
        pbx.comesIn({{"Caller-Caller-ID-Number", word}});
        pbx.rings("101", "b");

        QVERIFY(pbx.seen["101"].party == Party{.withheld = true});
    }

    void aHiddenNumberIsNotKept_data()
    {
        QTest::addColumn<QString>("word");
        QTest::newRow("as today") << "true";
        QTest::newRow("as once") << "yes";
    }

    void aHiddenNumberIsNotKept()
    {
        QFETCH(QString, word);
        Pbx pbx;
        pbx.comesIn({{"Caller-Privacy-Hide-Number", word}});
        pbx.rings("101", "b");

        QVERIFY(pbx.call().caller == Party{.withheld = true});
        QVERIFY(pbx.seen["101"].party == Party{.withheld = true});
    }

    void aNumberMayBeHiddenLate_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("uuid");
        QTest::addColumn<QHash<QString, QString>>("fields");
        QTest::newRow("its own event") << "CHANNEL_ANSWER"
                                       << "a" << with(incoming, {{"Caller-Privacy-Hide-Number", "true"}});
        QTest::newRow("a leg dialled for it")
            << "CHANNEL_CREATE"
            << "c" << with(legOf("a", "102"), {{"Other-Leg-Privacy-Hide-Number", "true"}});
        QTest::newRow("a queue's") << "CUSTOM"
                                   << "a" << Fields{{"Caller-Privacy-Hide-Number", "true"}};
    }

    void aNumberMayBeHiddenLate()
    {
        QFETCH(QString, name);
        QFETCH(QString, uuid);
        QFETCH(Fields, fields);
        Pbx pbx;
        pbx.comesIn();
        pbx.rings("101", "b");

        pbx.say(name, uuid, fields);

        QVERIFY(pbx.call().caller == Party{.withheld = true});
        QVERIFY(pbx.seen["101"].party == Party{.withheld = true});
    }

    /// The bit says whether the network vouches for the number: many carriers never do.
    void aNumberNobodyVouchesForIsShown()
    {
        Pbx pbx;
        pbx.comesIn({{"Caller-Screen-Bit", "false"}});
        pbx.rings("101", "b");

        QCOMPARE(pbx.seen["101"].party.e164, "+493023125901");
    }

    void aHiddenNameIsNotKept()
    {
        Pbx pbx;
        pbx.comesIn({{"Caller-Privacy-Hide-Name", "true"}});
        pbx.say("CHANNEL_ANSWER", "a", with(incoming, {{"Caller-Privacy-Hide-Name", "true"}}));

        QCOMPARE(pbx.call().caller.name, QString());
        QCOMPARE(pbx.call().caller.e164, "+493023125901");
    }

    void aNameIsPlainTextAndNoNumber_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("shown");
        QTest::newRow("control characters") << QString::fromUtf8("Eva\n\u202eLong\u0007") << "Eva Long";
        QTest::newRow("the number again") << "+493023125901"
                                          << "";
        QTest::newRow("nobody") << "anonymous"
                                << "";
        QTest::newRow("a header") << "Event-Name: HANGUP"
                                  << "Event-Name: HANGUP";
        QTest::newRow("long") << QString(200, u'x') << QString(80, u'x');
    }

    void aNameIsPlainTextAndNoNumber()
    {
        QFETCH(QString, name);
        QFETCH(QString, shown);
        Pbx pbx;
        pbx.comesIn({{"Caller-Caller-ID-Name", name}});

        QCOMPARE(pbx.call().caller.name, shown);
    }

    void aNameMayBeLookedUpBeforeItRings()
    {
        Pbx pbx;
        pbx.comesIn({{"Caller-Caller-ID-Name", ""}});

        pbx.say("CHANNEL_CREATE", "b",
                with(legOf("a", "101"), {{"Other-Leg-Caller-ID-Name", "Karla Kunde"},
                                         {"Other-Leg-Caller-ID-Number", "0049302312590"}}));

        QCOMPARE(pbx.call().caller.name, "Karla Kunde");
        QCOMPARE(pbx.call().caller.raw, "+493023125901");
    }

    void aNumberOfWhichNothingIsSaidIsAskedAbout()
    {
        Pbx pbx;
        Fields fields = incoming;
        fields.remove("Caller-Privacy-Hide-Number");
        pbx.say("CHANNEL_CREATE", "a", fields);
        pbx.rings("101", "b");

        QCOMPARE(pbx.interpreter.takeQuestions(), QStringList{"a"});
        QVERIFY(pbx.seen.isEmpty());
        pbx.interpreter.told("a", told("CHANNEL_DATA", "a", incoming), ++pbx.at);
        pbx.look();
        QCOMPARE(pbx.seen["101"].party.e164, "+493023125901");
    }

    void withoutAnAnswerTheSettingDecides_data()
    {
        QTest::addColumn<bool>("shows");
        QTest::newRow("show") << true;
        QTest::newRow("hide") << false;
    }

    void withoutAnAnswerTheSettingDecides()
    {
        QFETCH(bool, shows);
        Pbx pbx({.showUntold = shows});
        Fields fields = incoming;
        fields.remove("Caller-Privacy-Hide-Number");
        pbx.say("CHANNEL_CREATE", "a", fields);
        pbx.rings("101", "b");

        pbx.at += secondMs;
        pbx.look();

        QCOMPARE(pbx.seen["101"].party.withheld, !shows);
    }

    // Legs

    void whyALegEndsFollowsFromTheCause_data()
    {
        QTest::addColumn<QString>("cause");
        QTest::addColumn<AgentCall::Result>("result");
        QTest::newRow("taken") << "LOSE_RACE" << Outcome::AnsweredElsewhere;
        QTest::newRow("picked up") << "PICKED_OFF" << Outcome::AnsweredElsewhere;
        QTest::newRow("silent") << "NO_ANSWER" << Outcome::NoAnswer;
        QTest::newRow("silent for the queue") << "ALLOTTED_TIMEOUT" << Outcome::NoAnswer;
        QTest::newRow("rejected") << "CALL_REJECTED" << Outcome::Rejected;
        QTest::newRow("busy") << "USER_BUSY" << Outcome::Rejected;
        QTest::newRow("switched off") << "USER_NOT_REGISTERED" << Outcome::Unavailable;
        QTest::newRow("sent on") << "REDIRECTION_TO_NEW_DESTINATION" << Outcome::Forwarded;
        QTest::newRow("cancelled") << "ORIGINATOR_CANCEL" << Outcome::NoAnswer;
        QTest::newRow("who knows") << "NORMAL_UNSPECIFIED" << Outcome::NoAnswer;
    }

    void whyALegEndsFollowsFromTheCause()
    {
        QFETCH(QString, cause);
        QFETCH(AgentCall::Result, result);
        Pbx pbx;
        pbx.comesIn();
        pbx.rings("101", "b");

        pbx.hangsUp("b", cause);
        pbx.at += secondMs;
        pbx.look();

        QCOMPARE(pbx.seen["101"].result, result);
        QVERIFY(!pbx.isLive("101"));
    }

    /// Queues that ring all cancel the others before they say who has it.
    void whoIsCancelledWhenAColleagueHasItLostTheRace()
    {
        Pbx pbx;
        pbx.comesIn();
        pbx.rings("101", "b");
        pbx.rings("102", "c");

        pbx.say("CHANNEL_ANSWER", "c");
        pbx.hangsUp("b", "ORIGINATOR_CANCEL");

        QCOMPARE(pbx.seen["101"].result, Outcome::AnsweredElsewhere);
        QCOMPARE(pbx.seen["101"].answeredBy, "Ben Brandt");
    }

    void aPhoneBehindALoopbackBelongsToTheCall_data()
    {
        QTest::addColumn<bool>("farEndFirst");
        QTest::newRow("near end first") << false;
        QTest::newRow("far end first") << true;
    }

    void aPhoneBehindALoopbackBelongsToTheCall()
    {
        QFETCH(bool, farEndFirst);
        Pbx pbx;
        pbx.comesIn();
        const auto near = [&] {
            pbx.say("CHANNEL_CREATE", "l1",
                    {{"Call-Direction", "outbound"},
                     {"Channel-Name", "loopback/101-a"},
                     {"variable_cc_member_session_uuid", "a"},
                     {"variable_other_loopback_leg_uuid", "l2"}});
        };
        const auto far = [&] {
            pbx.say("CHANNEL_CREATE", "l2",
                    {{"Call-Direction", "inbound"},
                     {"Channel-Name", "loopback/101-b"},
                     {"variable_other_loopback_leg_uuid", "l1"}});
            pbx.rings("101", "b", "l2");
        };
        if (farEndFirst)
            far();
        near();
        if (!farEndFirst)
            far();

        QCOMPARE(pbx.seen["101"].state, State::Ringing);
        pbx.say("CHANNEL_ANSWER", "b");
        pbx.bridges("l2", "b");
        pbx.bridges("a", "l1");
        QCOMPARE(talkingAgent(pbx.call()), "101");
        QCOMPARE(pbx.calls.ids(), QStringList{"pbx-a"});
    }

    void aCustomerCalledByADiallerIsShownToWhoIsRungThen()
    {
        Pbx pbx;
        pbx.say("CHANNEL_CREATE", "o",
                {{"Call-Direction", "outbound"},
                 {"Channel-Name", "sofia/external/0309876543"},
                 {"Caller-Destination-Number", "0309876543"},
                 {"variable_sip_gateway_name", "provider"}});
        pbx.rings("101", "b", "o");

        QCOMPARE(pbx.seen["101"].direction, AgentCall::Direction::Outbound);
        QCOMPARE(pbx.seen["101"].party.e164, "+49309876543");
    }

    void aChannelMayGetAnotherId()
    {
        Pbx pbx;
        pbx.comesIn();
        pbx.say("CHANNEL_UUID", "a2", {{"Old-Unique-ID", "a"}});
        pbx.rings("101", "b", "a2");
        QCOMPARE(pbx.seen["101"].callId, "pbx-a");

        pbx.hangsUp("a2", "ORIGINATOR_CANCEL");

        QVERIFY(pbx.call().isOver());
    }

    /// A colleague who picks up has begun a call of his own, which is nobody's.
    void theCustomersCallSurvivesThePickup()
    {
        Pbx pbx;
        pbx.interpreter.take(told("CHANNEL_CREATE", "d", phone("103", "**101")), pbx.at);
        pbx.interpreter.take(told("CHANNEL_CREATE", "a", incoming), pbx.at);

        pbx.bridges("a", "d");

        QCOMPARE(talkingAgent(pbx.call("a")), "103");
        QCOMPARE(pbx.call("d").mergedInto, "pbx-a");
        QVERIFY(pbx.call("a").transfers.isEmpty());
    }

    void holdIsTheAgentsOnly()
    {
        Pbx pbx;
        pbx.comesIn();
        pbx.rings("101", "b");
        pbx.bridges("a", "b");

        pbx.say("CHANNEL_HOLD", "a");
        QCOMPARE(pbx.seen["101"].state, State::Connected);
        pbx.say("CHANNEL_HOLD", "b");
        QCOMPARE(pbx.seen["101"].state, State::OnHold);
        pbx.say("CHANNEL_UNHOLD", "b");
        QCOMPARE(pbx.seen["101"].state, State::Connected);
    }

    void aQueueIsCalledAsTheSettingsSay_data()
    {
        QTest::addColumn<QString>("queue");
        QTest::addColumn<QString>("label");
        QTest::newRow("without domain") << "support@default"
                                        << "Support";
        QTest::newRow("with domain") << "sales@default"
                                     << "Sales";
        QTest::newRow("in no setting") << QString::fromUtf8("billing\u202e@default") << "billing";
    }

    void aQueueIsCalledAsTheSettingsSay()
    {
        QFETCH(QString, queue);
        QFETCH(QString, label);
        Pbx pbx;
        pbx.comesIn();

        pbx.say("CUSTOM", "a",
                {{"Event-Subclass", "callcenter::info"},
                 {"CC-Action", "member-queue-start"},
                 {"CC-Queue", queue},
                 {"CC-Member-Session-UUID", "a"}});

        QCOMPARE(pbx.call().queue, label);
        QVERIFY(pbx.call().waitsInQueue);
    }

    // News of what is not known

    void aLegWithoutItsCallIsAskedAboutOnceAndJoins()
    {
        Pbx pbx;
        pbx.rings("101", "b");
        QCOMPARE(pbx.interpreter.takeQuestions(), QStringList{"a"});
        QVERIFY(pbx.calls.ids().isEmpty());

        pbx.interpreter.told("a", told("CHANNEL_DATA", "a", incoming), ++pbx.at);
        pbx.look();

        QCOMPARE(pbx.seen["101"].state, State::Ringing);
        QVERIFY(pbx.call().inferred);
        QVERIFY(pbx.interpreter.takeQuestions().isEmpty());
    }

    void anAnswerAboutAnotherChannelIsNone()
    {
        Pbx pbx;
        pbx.rings("101", "b");

        pbx.interpreter.told("a", told("CHANNEL_DATA", "z", incoming), ++pbx.at);
        pbx.interpreter.told("a", std::nullopt, ++pbx.at);

        QVERIFY(pbx.calls.ids().isEmpty());
    }

    void lateNewsOfWhatIsGoneRaisesNoGhost()
    {
        Pbx pbx;
        pbx.comesIn();
        pbx.rings("101", "b");
        pbx.hangsUp("b", "NO_ANSWER");
        pbx.hangsUp("a");
        pbx.hangsUp("never seen");

        pbx.comesIn();
        pbx.rings("101", "b");
        pbx.say("CHANNEL_ANSWER", "b", legOf("a", "101"));
        pbx.bridges("a", "b");
        pbx.say("CHANNEL_CREATE", "never seen", with(incoming, {}));

        QVERIFY(pbx.calls.ids().isEmpty());
        QVERIFY(!pbx.isLive("101"));
        QVERIFY(pbx.interpreter.takeQuestions().isEmpty());
    }

    void soManyGoneAreRememberedAndNoMore()
    {
        Pbx pbx;
        for (qsizetype i = 0; i <= maxGoneChannels; ++i)
            pbx.hangsUp(QString::number(i));

        pbx.say("CHANNEL_CREATE", "1", incoming);
        QVERIFY(pbx.calls.ids().isEmpty());
        pbx.say("CHANNEL_CREATE", "0", incoming);
        QCOMPARE(pbx.calls.ids(), QStringList{"pbx-0"});
    }

    // Lists

    void whatIsNotListedHasEnded()
    {
        Pbx pbx;
        pbx.comesIn();
        pbx.rings("101", "b");

        pbx.list({"a"});
        QVERIFY(!pbx.call().isOver());
        QVERIFY(pbx.call().legs[0].endedAt.has_value());
        pbx.list({});
        QVERIFY(pbx.call().isOver());
        QCOMPARE(pbx.call().outcome, Call::Outcome::Unknown);
    }

    /// Its lists come from a data base that is written later than events are told.
    void whatIsNewIsNotMissedInAListOfALivingConnection()
    {
        Pbx pbx;
        pbx.comesIn();

        pbx.at += listsLagBehind - 2;
        pbx.list({}, false);
        QVERIFY(!pbx.call().isOver());
        pbx.at += 1;
        pbx.list({}, false);
        QVERIFY(pbx.call().isOver());
    }

    void whoIsListedYetGoneIsGone()
    {
        Pbx pbx;
        pbx.comesIn();
        EslListing listing{.channels = {{{{"uuid", "a"}}}, {{{"uuid", "z"}}}}, .gone = {"a", "z"}};

        pbx.interpreter.takeListing(listing, ++pbx.at);

        QVERIFY(pbx.call().isOver());
        QVERIFY(pbx.calls.ids().isEmpty());
    }

    void aCallFromBeforeIsAsOldAsFreeSwitchSays()
    {
        Pbx pbx;
        const Fields fields = with(incoming, {{"Caller-Channel-Created-Time", "1795000000000000"},
                                              {"Event-Date-Timestamp", "1795000065000000"},
                                              {"variable_cc_queue", "support@default"},
                                              {"variable_cc_side", "member"}});
        EslListing listing{.channels = {{{{"uuid", "a"}}}},
                           .details = {{"a", told("CHANNEL_DATA", "a", fields)}}};
        QCOMPARE(pbx.interpreter.unknownOf(listing.channels), QStringList{"a"});

        pbx.interpreter.takeListing(listing, pbx.at);

        QCOMPARE(pbx.call().startedAt, pbx.at - 65 * secondMs);
        QCOMPARE(pbx.call().queue, "Support");
        QVERIFY(pbx.call().waitsInQueue);
        QVERIFY(pbx.interpreter.unknownOf(listing.channels).isEmpty());
    }

    void withoutDetailsARowMustDo()
    {
        Pbx pbx;
        const EslEvent line{{{"uuid", "a"},
                             {"direction", "inbound"},
                             {"name", "sofia/carrier/+493023125901@x"},
                             {"cid_num", "+493023125901"},
                             {"dest", "+493023125500"},
                             {"created_epoch", "10"}}};
        const EslEvent leg{{{"uuid", "b"},
                            {"direction", "outbound"},
                            {"name", "sofia/internal/101@y"},
                            {"presence_id", "101@pbx.example"},
                            {"call_uuid", "a"},
                            {"callstate", "RINGING"},
                            {"created_epoch", "11"}}};

        pbx.interpreter.takeListing({.channels = {leg, line}}, pbx.at);
        pbx.at += secondMs;
        pbx.look();

        QCOMPARE(pbx.seen["101"].state, State::Ringing);
        QCOMPARE(pbx.seen["101"].ownLine, "Support line");
    }

    // Orders

    void anOrderGoesToTheChannelThatTalks()
    {
        Pbx pbx;
        pbx.comesIn();
        pbx.rings("101", "b");
        QVERIFY(pbx.interpreter.placeOf("pbx-a", "101")->rings);
        pbx.rings("101", "c");
        pbx.say("CHANNEL_ANSWER", "c");
        pbx.bridges("a", "c");

        const auto place = pbx.interpreter.placeOf("pbx-a", "101");

        QCOMPARE(place->channel, "c");
        QCOMPARE(place->other, "a");
        QVERIFY(!place->rings);
        QVERIFY(!pbx.interpreter.placeOf("pbx-a", "102"));
        QVERIFY(!pbx.interpreter.placeOf("pbx-z", "101"));
        QVERIFY(!pbx.interpreter.placeOf("", ""));
    }

    void aNumberDialledFromTheDeskIsKnownBeforeItIsDialled()
    {
        Pbx pbx;
        pbx.interpreter.willDial("p", "0309876543");
        Fields own = legOf("", "101");
        own.remove("Other-Leg-Unique-ID");

        pbx.say("CHANNEL_CREATE", "p", own);

        QCOMPARE(pbx.call("p").called.e164, "+49309876543");
        QCOMPARE(pbx.call("p").callerAgent, "101");
        QVERIFY(!pbx.seen.contains("101"));
    }

    void whoHangsUpAtTheDeskEndedTheCall()
    {
        Pbx pbx;
        pbx.comesIn();
        pbx.rings("101", "b");
        pbx.bridges("a", "b");

        pbx.interpreter.willHangUp("pbx-a", pbx.at);
        pbx.hangsUp("b", "NORMAL_CLEARING", "send_bye");
        pbx.hangsUp("a", "NORMAL_CLEARING", "send_bye");

        QCOMPARE(pbx.call().endedBy, Call::EndedBy::Agent);
    }

    void whoPassesOnAtTheDeskIsTold_data()
    {
        QTest::addColumn<bool>("isDone");
        QTest::newRow("done") << true;
        QTest::newRow("refused") << false;
    }

    void whoPassesOnAtTheDeskIsTold()
    {
        QFETCH(bool, isDone);
        Pbx pbx;
        pbx.comesIn();
        pbx.rings("101", "b");
        pbx.bridges("a", "b");

        pbx.interpreter.willTransfer("pbx-a", "101", "102");
        if (!isDone)
            pbx.interpreter.wontTransfer("pbx-a");
        pbx.hangsUp("b", "NORMAL_CLEARING", "send_bye");
        pbx.rings("102", "c");
        pbx.bridges("a", "c");

        QCOMPARE(pbx.call().transfers.size(), isDone ? 1 : 0);
        QCOMPARE(pbx.seen["101"].result, isDone ? Outcome::TransferredOut : Outcome::Answered);
        QCOMPARE(talkingAgent(pbx.call()), "102");
    }
};

QTEST_GUILESS_MAIN(tst_EslInterpreter)
#include "tst_EslInterpreter.moc"
