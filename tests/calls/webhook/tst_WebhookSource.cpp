#include "sync/calls/webhook/WebhookSource.h"
#include "sync/calls/webhook/forms/HookSample.h"
#include "tests/support/FakeClock.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::calls;
using model::AgentCall;
using model::Call;
using ringbook::tests::FakeClock;
using Form = HookSettings::Form;
using What = HookSample::What;

namespace {

constexpr char caller[] = "+493023125001";
constexpr char path[] = "/v1/webhooks/hosted/abcdefghijklmnopqrstuvwx";

PbxSettings settings(Form form)
{
    return {.kind = PbxSettings::Kind::Webhook,
            .source = "hosted",
            .plan = {.country = "DE", .countryCode = "49", .areaCode = "30", .nationalPrefix = "0"},
            .hook = {.form = form,
                     .token = "abcdefghijklmnopqrstuvwx",
                     .secret = "a long and random secret",
                     .publicUrl = "https://hub.example.org"},
            .agents = {{"101", "Anna Albers", "1234567w1"},
                       {"102", "Ben Brandt", "7777ben@fpbx.de"},
                       {"103", "Cleo Chen", "client:cleo"}},
            .lines = {{"+493023125500", {"Support line", {"101", "102"}}}, {"+493023125501", {"Sales"}}},
            .queues = {{"820", {.label = "Helpers", .agents = {"102", "103"}}}}};
}

/// A source with a clock of its own, which says what desks hear of it: "101 ringing +493023125001".
struct Hosted
{
    explicit Hosted(Form form) : Hosted(settings(form)) {}
    explicit Hosted(const PbxSettings &pbx) : pbx(pbx), source(clock, pbx)
    {
        QObject::connect(&source, &CallSource::agentCallChanged, &source,
                         [this](const QString &extension, const AgentCall &call) {
                             QString line = extension + ' ' + name(call.state);
                             if (call.isOver())
                                 line += ' ' + name(call.result);
                             else if (call.state == AgentCall::State::Ringing)
                                 line += ' ' + (call.party.withheld ? "withheld" : call.party.e164);
                             heard += line;
                             calls.insert(extension, call);
                         });
        QObject::connect(&source, &CallSource::callEnded, &source,
                         [this](const Call &call) { ended += call; });
        if (!source.start())
            qFatal("the source does not start");
    }

    Result<HookReply> post(HookRequest request)
    {
        clock.advance(10);
        request.token = pbx.hook.token;
        return source.take(request);
    }

    void sample(What what, const QString &extension = "101", const QString &call = "c-1")
    {
        const auto taken = post(sampleRequest(pbx, {what, caller, extension, call}, path, clock.now()));
        if (!taken)
            qFatal("%s", qPrintable(taken.error().detail));
    }

    /// A body of a form that is not signed.
    void say(const QByteArray &body)
    {
        const auto taken = post({.body = body});
        if (!taken)
            qFatal("%s", qPrintable(taken.error().detail));
    }

    /// A body of our own form, signed.
    void own(const QByteArray &body)
    {
        clock.advance(10);
        const QByteArray timestamp = QByteArray::number(clock.now() / secondMs);
        const auto taken = source.take(
            {.token = pbx.hook.token,
             .headers = {{hookTimestampHeader, timestamp},
                         {hookSignatureHeader, genericSignature(pbx.hook.secret, timestamp, body)}},
             .body = body});
        if (!taken)
            qFatal("%s", qPrintable(taken.error().detail));
    }

    /// A Twilio leg's status, signed.
    void leg(const QByteArray &sid, const QByteArray &to, const QByteArray &status, int number)
    {
        twilio({{"CallSid", sid},
                {"ParentCallSid", "CA0"},
                {"From", caller},
                {"To", to},
                {"CallStatus", status},
                {"SequenceNumber", QString::number(number)}});
    }

    void twilio(const QVector<HookFields::Field> &fields)
    {
        QByteArrayList pairs;
        for (const auto &[name, value] : fields)
            pairs += name.toUtf8() + '=' + QUrl::toPercentEncoding(value);
        const auto taken =
            post({.target = path,
                  .headers = {{twilioSignatureHeader,
                               twilioSignature(pbx.hook.secret, pbx.hook.publicUrl.toUtf8() + path, fields)}},
                  .body = pairs.join('&')});
        if (!taken)
            qFatal("%s", qPrintable(taken.error().detail));
    }

    QStringList news() { return std::exchange(heard, {}); }
    QString outcome() const { return source.requests().last().outcome; }

    /// Time passes until the next event, which is of another call.
    void pass(TimeMs time)
    {
        clock.advance(time);
        if (pbx.hook.form == Form::Generic)
            own(R"({"event":"hangup","call_id":"another"})");
        else if (pbx.hook.form == Form::Twilio)
            twilio({{"CallSid", "CAx"}, {"CallStatus", "asleep"}});
        else
            say("event=dtmf&callId=another&id=another");
    }

    FakeClock clock;
    PbxSettings pbx;
    WebhookSource source;
    QStringList heard;
    QHash<QString, AgentCall> calls;
    QVector<Call> ended;
};

QByteArray newCall(const QByteArray &call, const QByteArray &users,
                   const QByteArray &from = "%2B493023125001")
{
    return "event=newCall&direction=in&to=%2B493023125501&from=" + from + "&callId=" + call + users;
}

} // namespace

Q_DECLARE_METATYPE(ringbook::calls::HookSettings::Form)

class tst_WebhookSource : public QObject
{
    Q_OBJECT

    static void everyForm()
    {
        QTest::addColumn<Form>("form");
        for (const Form form :
             {Form::Generic, Form::Zammad, Form::Sipgate, Form::Placetel, Form::ThreeCx, Form::Twilio})
            QTest::newRow(qPrintable(name(form))) << form;
    }

private Q_SLOTS:
    /// Who calls chooses what stands before the @ of their address.
    void aCallerIsNoAgentByTheirAddress()
    {
        Hosted hosted(Form::Zammad);

        hosted.say(newCall("1", "&user[]=101", "sip%3A101%40evil.example"));

        QVERIFY2(hosted.calls.contains("101"), qPrintable(hosted.heard.join('\n')));
        QCOMPARE(hosted.calls["101"].direction, AgentCall::Direction::Inbound);
        QCOMPARE(hosted.calls["101"].state, AgentCall::State::Ringing);
    }

    void whatIsNotSignedUsesUpNothing()
    {
        Hosted hosted(Form::Twilio);
        for (int i = 0; i < int(HookPace::most) + 100; ++i)
            QVERIFY(!hosted.post({.target = path, .body = "CallSid=CA9&CallStatus=ringing"}));

        hosted.sample(What::Ringing); // ends the program if it is not taken

        QCOMPARE(hosted.outcome(), "taken");
    }

    void everyFormRingsIsAnsweredAndEnds_data() { everyForm(); }

    void everyFormRingsIsAnsweredAndEnds()
    {
        QFETCH(Form, form);
        Hosted hosted(form);

        hosted.sample(What::Ringing);
        QVERIFY2(hosted.heard.contains("101 ringing +493023125001"), qPrintable(hosted.heard.join('\n')));
        QCOMPARE(hosted.outcome(), "taken");
        hosted.sample(What::Answered);
        QCOMPARE(hosted.calls["101"].state, AgentCall::State::Connected);
        hosted.sample(What::HungUp);

        QCOMPARE(hosted.calls["101"].state, AgentCall::State::Over);
        QCOMPARE(hosted.calls["101"].result, AgentCall::Result::Answered);
        QCOMPARE(hosted.ended.size(), 1);
        QCOMPARE(hosted.ended.first().outcome, Call::Outcome::Answered);
        QVERIFY(hosted.source.agentCalls().isEmpty());
    }

    void everyFormIsMissedWhenTheCallerGivesUp_data() { everyForm(); }

    void everyFormIsMissedWhenTheCallerGivesUp()
    {
        QFETCH(Form, form);
        Hosted hosted(form);

        hosted.sample(What::Ringing);
        hosted.sample(What::HungUp);

        QVERIFY(hosted.heard.contains("101 over caller_hangup"));
        QCOMPARE(hosted.ended.first().outcome, Call::Outcome::Missed);
    }

    void everyFormMayRepeatItself_data() { everyForm(); }

    void everyFormMayRepeatItself()
    {
        QFETCH(Form, form);
        Hosted hosted(form);
        const auto twice = [&](What what) {
            hosted.sample(what);
            hosted.clock.advance(2 * secondMs); // signed anew
            hosted.news();
            hosted.sample(what);
            QVERIFY2(hosted.heard.isEmpty(), qPrintable(hosted.heard.join('\n')));
            QVERIFY2(hosted.outcome().startsWith("ignored: "), qPrintable(hosted.outcome()));
        };

        twice(What::Ringing);
        twice(What::Answered);
        twice(What::HungUp);
        hosted.clock.advance(2 * minuteMs);
        hosted.sample(What::Ringing);

        QVERIFY2(hosted.heard.isEmpty(), qPrintable(hosted.heard.join('\n')));
        QCOMPARE(hosted.ended.size(), 1);
    }

    void everyFormMayComeInAnyOrder_data() { everyForm(); }

    void everyFormMayComeInAnyOrder()
    {
        QFETCH(Form, form);
        Hosted hosted(form);

        hosted.sample(What::Answered); // before its ring, or its ring was lost
        QCOMPARE(hosted.calls["101"].state, AgentCall::State::Connected);
        QCOMPARE(hosted.calls["101"].party.e164, caller);
        hosted.sample(What::Ringing);
        QCOMPARE(hosted.calls["101"].state, AgentCall::State::Connected);
        hosted.sample(What::HungUp);
        QCOMPARE(hosted.calls["101"].state, AgentCall::State::Over);
        QVERIFY(hosted.ended.first().inferred);

        hosted.news();
        hosted.sample(What::HungUp, "101", "c-2"); // before everything else of that call
        hosted.sample(What::Ringing, "101", "c-2");
        hosted.sample(What::Answered, "101", "c-2");
        QVERIFY2(hosted.heard.isEmpty(), qPrintable(hosted.heard.join('\n')));
    }

    void twoAgentsRingAndOneAnswers()
    {
        Hosted hosted(Form::Zammad);

        hosted.say(newCall("7", "&user[]=anna.albers&user[]=102&user[]=Somebody+Else"));
        QCOMPARE(hosted.news(), (QStringList{"101 ringing +493023125001", "102 ringing +493023125001"}));
        QCOMPARE(hosted.calls["102"].desksRinging, 2);
        QCOMPARE(hosted.calls["101"].ownLine, "Sales");
        hosted.say("event=answer&callId=7&answeringNumber=BEN+BRANDT");

        QCOMPARE(hosted.news(), (QStringList{"101 over answered_elsewhere", "102 connected"}));
        QCOMPARE(hosted.calls["101"].answeredBy, "Ben Brandt");
    }

    void aRingThatComesAfterTheAnswerToItDoesNotPopAtTheOthers()
    {
        Hosted hosted(Form::Zammad);

        hosted.say("event=answer&callId=7&direction=in&from=%2B493023125001&user=Anna+Albers");
        hosted.say(newCall("7", "&user[]=Anna+Albers&user[]=Ben+Brandt"));

        QVERIFY(!hosted.calls.contains("102"));
        QCOMPARE(hosted.calls["101"].state, AgentCall::State::Connected);
        QCOMPARE(hosted.calls["101"].ownLine, "Sales"); // which the answer did not say
    }

    void somebodyElseAnswers()
    {
        Hosted hosted(Form::Zammad);
        hosted.say(newCall("7", "&user[]=Anna+Albers"));

        hosted.say("event=answer&callId=7&user=The+Night+Watch");

        QCOMPARE(hosted.news().last(), "101 over answered_elsewhere");
    }

    void aCallThatNamesNobodyRingsAtItsLinesSubscribers()
    {
        Hosted hosted(Form::Zammad);

        hosted.say("event=newCall&direction=in&from=%2B493023125001&callId=1&to=493023125500");
        QCOMPARE(hosted.news(), (QStringList{"101 ringing +493023125001", "102 ringing +493023125001"}));
        hosted.say("event=newCall&direction=in&from=%2B493023125002&callId=2&to=493023125500&queue=helpers");
        QCOMPARE(hosted.news(), (QStringList{"102 ringing +493023125002", "103 ringing +493023125002"}));
        QCOMPARE(hosted.calls["103"].queue, "helpers");
        hosted.say("event=newCall&direction=in&from=%2B493023125003&callId=3&to=493023125501");
        QVERIFY(hosted.news().isEmpty());
        QVERIFY2(hosted.outcome().contains("names no agent"), qPrintable(hosted.outcome()));
        hosted.say("event=newCall&direction=in&from=%2B493023125003&callId=4&to=493023125500&user=Nobody");
        QVERIFY(hosted.news().isEmpty());
        QVERIFY2(hosted.outcome().contains("names nobody of the settings"), qPrintable(hosted.outcome()));
    }

    void agentsAreKnownByEverythingTheyAreCalled_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("extension");
        QTest::newRow("extension") << "101"
                                   << "101";
        QTest::newRow("name") << "ANNA albers"
                              << "101";
        QTest::newRow("login") << "anna.albers"
                               << "101";
        QTest::newRow("mail") << "Anna_Albers@firm.example"
                              << "101";
        QTest::newRow("endpoint") << "1234567W1"
                                  << "101";
        QTest::newRow("peer") << "7777ben@fpbx.de"
                              << "102";
        QTest::newRow("its user part") << "sip:7777BEN@192.0.2.7"
                                       << "102";
        QTest::newRow("client") << "client:Cleo"
                                << "103";
        QTest::newRow("an extension's address") << "sip:103@pbx.example"
                                                << "103";
        QTest::newRow("part of a name") << "Anna"
                                        << "";
        QTest::newRow("nobody") << ""
                                << "";
        QTest::newRow("endless") << QString(5000, u'1') << "";
    }

    void agentsAreKnownByEverythingTheyAreCalled()
    {
        QFETCH(QString, word);
        QFETCH(QString, extension);

        QCOMPARE(HookAgents(settings(Form::Generic)).extension(word), extension);
    }

    void aNumberIsAnEndpointInEverySpelling()
    {
        PbxSettings pbx = settings(Form::Generic);
        pbx.agents[0].endpoint = "+49 30 23125-101";

        QCOMPARE(HookAgents(pbx).extension("030 23125101"), "101");
        QCOMPARE(HookAgents(pbx).extension("0049 30 23125101"), "101");
    }

    void offersEndWithoutNews_data()
    {
        QTest::addColumn<TimeMs>("silence");
        QTest::addColumn<bool>("rings");
        QTest::newRow("just before") << hookOfferLimit - 100 << true;
        QTest::newRow("then") << hookOfferLimit << false;
    }

    void offersEndWithoutNews()
    {
        QFETCH(TimeMs, silence);
        QFETCH(bool, rings);
        Hosted hosted(Form::Sipgate);
        hosted.sample(What::Ringing);

        hosted.pass(silence);

        QCOMPARE(hosted.calls["101"].state == AgentCall::State::Ringing, rings);
        if (!rings)
            QCOMPARE(hosted.calls["101"].result, AgentCall::Result::Lost);
    }

    void aTalkEndsAfterFourHoursWithoutNews()
    {
        Hosted hosted(Form::Zammad);
        hosted.sample(What::Ringing);
        hosted.sample(What::Answered);

        hosted.pass(hookTalkLimit - secondMs);
        QCOMPARE(hosted.calls["101"].state, AgentCall::State::Connected);
        hosted.pass(secondMs);

        QCOMPARE(hosted.calls["101"].state, AgentCall::State::Over);
        QCOMPARE(hosted.ended.first().outcome, Call::Outcome::Unknown);
    }

    void aTalkEndsWhenItsAgentTalksElsewhere()
    {
        Hosted hosted(Form::Zammad);
        hosted.sample(What::Ringing, "101", "c-1");
        hosted.sample(What::Answered, "101", "c-1");
        hosted.sample(What::Ringing, "101", "c-2");
        QVERIFY(hosted.ended.isEmpty());

        hosted.sample(What::Answered, "101", "c-2");

        QCOMPARE(hosted.ended.size(), 1);
        QCOMPARE(hosted.ended.first().outcome, Call::Outcome::Answered);
        QCOMPARE(hosted.source.agentCalls().size(), 1);
        hosted.sample(What::HungUp, "101", "c-1");
        QCOMPARE(hosted.outcome(), "ignored: the call is over");
    }

    void aTalkOnHoldWaits()
    {
        Hosted hosted(Form::Generic);
        hosted.sample(What::Answered, "101", "c-1");
        hosted.own(R"({"event":"hold","call_id":"c-1"})");
        QCOMPARE(hosted.calls["101"].state, AgentCall::State::OnHold);

        hosted.sample(What::Answered, "101", "c-2");

        QVERIFY(hosted.ended.isEmpty());
        QCOMPARE(hosted.source.agentCalls().size(), 2);
    }

    void withheldNumbersAreNowhere_data()
    {
        QTest::addColumn<Form>("form");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("by flag")
            << Form::Generic
            << QByteArray(R"({"event":"ringing","call_id":"1","from":"+493023125001","name":"Eva Long",)"
                          R"("withheld":true,"agents":["101"]})");
        QTest::newRow("by word") << Form::Zammad << newCall("1", "&user=101", "anonymous");
        QTest::newRow("nothing") << Form::Sipgate << newCall("1", "&user[]=101", "");
    }

    void withheldNumbersAreNowhere()
    {
        QFETCH(Form, form);
        QFETCH(QByteArray, body);
        Hosted hosted(form);

        form == Form::Generic ? hosted.own(body) : hosted.say(body);

        QCOMPARE(hosted.news(), QStringList{"101 ringing withheld"});
        const Call call = *hosted.source.calls().call("hosted-1");
        QVERIFY(call.caller.withheld);
        QVERIFY(call.caller.raw.isEmpty() && call.caller.e164.isEmpty() && call.caller.name.isEmpty());
    }

    void whatTurnsOutToBeWithheldIsTakenBack()
    {
        Hosted hosted(Form::Generic);
        hosted.own(R"({"event":"ringing","call_id":"1","from":"+493023125001","agents":["101"]})");

        hosted.own(R"({"event":"answered","call_id":"1","agents":["101"],"withheld":true})");

        QVERIFY(hosted.calls["101"].party.withheld);
        QVERIFY(hosted.calls["101"].party.e164.isEmpty());
    }

    void numberedEventsOfOneCallMayOvertakeEachOther()
    {
        Hosted hosted(Form::Generic);

        hosted.own(R"({"event":"ringing","call_id":"1","from":"+493023125001","agents":["101"],"seq":1})");
        hosted.own(R"({"event":"ringing","call_id":"1","agents":["103"],"seq":3})");
        hosted.own(R"({"event":"ringing","call_id":"1","agents":["102"],"seq":2})");
        QCOMPARE(hosted.source.agentCalls().size(), 3);
        hosted.own(R"({"event":"answered","call_id":"1","agents":["101"],"seq":5})");
        hosted.news();
        hosted.own(R"({"event":"ringing","call_id":"1","agents":["102","103"],"seq":4})");

        QVERIFY2(hosted.heard.isEmpty(), qPrintable(hosted.heard.join('\n')));
        hosted.own(R"({"event":"ringing","call_id":"1","agents":["102"],"seq":6})"); // somebody else is asked
                                                                                     // to join
        QCOMPARE(hosted.news(), QStringList{"102 ringing +493023125001"});
    }

    void aPhoneThatStopsRingingIsNoOneElsesBusiness()
    {
        Hosted hosted(Form::Generic);
        hosted.own(R"({"event":"ringing","call_id":"1","from":"+493023125001","agents":["101","102"]})");
        hosted.news();

        hosted.own(R"({"event":"left","call_id":"1","agents":["101"],"cause":"noAnswer"})");
        QCOMPARE(hosted.news().first(), "101 over no_answer");
        QCOMPARE(hosted.calls["102"].state, AgentCall::State::Ringing);
        hosted.clock.advance(20 * secondMs);
        hosted.own(R"({"event":"ringing","call_id":"1","agents":["101"]})"); // the next round

        QVERIFY(hosted.news().contains("101 ringing +493023125001"));
    }

    void holdAndTransferAreTold()
    {
        Hosted hosted(Form::Generic);
        hosted.sample(What::Ringing, "101", "1");
        hosted.sample(What::Answered, "101", "1");
        hosted.news();

        hosted.own(R"({"event":"hold","call_id":"1","agents":["101"]})");
        hosted.own(R"({"event":"unhold","call_id":"1","agents":["101"]})");
        hosted.own(R"({"event":"transfer","call_id":"1","agents":["101"],"to":"102"})");
        hosted.own(R"({"event":"ringing","call_id":"1","agents":["102"]})");
        hosted.own(R"({"event":"answered","call_id":"1","agents":["102"]})");

        QCOMPARE(hosted.news(), (QStringList{"101 on_hold", "101 connected", "101 over transferred_out",
                                             "102 ringing +493023125001", "102 connected"}));
        QVERIFY(!hosted.source.calls().call("hosted-1")->inferred);
    }

    void outboundCallsAreTheirAgents()
    {
        Hosted hosted(Form::Zammad);

        hosted.say(
            "event=newCall&direction=out&callId=1&from=493023125500&to=%2B442079460126&user=Ben+Brandt");
        QVERIFY(hosted.news().isEmpty());
        hosted.say("event=answer&direction=out&callId=1&from=493023125500&to=%2B442079460126");

        QCOMPARE(hosted.news(), QStringList{"102 connected"});
        QCOMPARE(hosted.calls["102"].direction, AgentCall::Direction::Outbound);
        QCOMPARE(hosted.calls["102"].party.e164, "+442079460126");
    }

    /// As developer.sipgate.io describes it: a new id, whose diversion is the number of who passed it on.
    void sipgateTransfersAreConcludedFromTheDiversion()
    {
        Hosted hosted(Form::Sipgate);
        const QByteArray number = "&from=493023125001&direction=in";
        hosted.say("event=newCall&callId=A&to=493023125500&user[]=Anna+Albers" + number);
        hosted.say("event=answer&callId=A&to=493023125500&user=Anna+Albers" + number);
        hosted.news();

        hosted.say(
            "event=newCall&callId=B&to=493023125502&user[]=Ben+Brandt&origCallId=&diversion=493023125500" +
            number);
        hosted.say("event=hangup&callId=A&cause=normalClearing" + number);
        hosted.say("event=answer&callId=B&user=Ben+Brandt" + number);

        QCOMPARE(hosted.news(),
                 (QStringList{"101 over transferred_out", "102 ringing +493023125001", "102 connected"}));
        QVERIFY(hosted.ended.isEmpty());
        hosted.say("event=hangup&callId=B&cause=normalClearing" + number);
        QCOMPARE(hosted.ended.size(), 1);
        QVERIFY(hosted.ended.first().inferred);
        QCOMPARE(hosted.ended.first().segments.size(), 2);
    }

    void sipgateTransfersAreCertainByTheirOrigin()
    {
        Hosted hosted(Form::Sipgate);
        hosted.say("event=newCall&direction=in&from=493023125001&callId=A&user[]=101");
        hosted.say("event=answer&direction=in&callId=A&user=101");

        hosted.say("event=newCall&direction=in&from=493023125001&callId=B&origCallId=A&user[]=102");

        QCOMPARE(hosted.calls["101"].result, AgentCall::Result::TransferredOut);
        QVERIFY(!hosted.source.calls().call("hosted-A")->inferred);
    }

    void twoCallersFromOneNumberAreTwoCalls()
    {
        Hosted hosted(Form::Sipgate);
        hosted.say("event=newCall&direction=in&from=493023125001&callId=A&user[]=101");
        hosted.say("event=answer&direction=in&callId=A&user=101");

        hosted.say("event=newCall&direction=in&from=493023125001&callId=B&user[]=102");

        QCOMPARE(hosted.calls["101"].state, AgentCall::State::Connected);
        QCOMPARE(hosted.source.calls().ids().size(), 2);
    }

    void sipgateIsToldWhereToSayMore()
    {
        Hosted hosted(Form::Sipgate);

        const auto reply = hosted.post({.target = path, .body = newCall("1", "&user[]=101")});

        QCOMPARE(reply->contentType, "application/xml");
        QVERIFY2(reply->body.contains("<Response onAnswer=\"https://hub.example.org/v1/webhooks/hosted/"
                                      "abcdefghijklmnopqrstuvwx\" onHangup=\"https://hub.example.org/v1/"),
                 reply->body.constData());
        QCOMPARE(Hosted(Form::Zammad).post({.body = "event=hangup&callId=1"})->body, "{}");
    }

    /// Nobody says that 101 rings no more; there is the time that offers have.
    void threeCxHuntsFromPhoneToPhone()
    {
        Hosted hosted(Form::ThreeCx);
        const QByteArray rest = "&usertype=ext&callerid=%2B493023125001&did=DID-030+23125500";
        hosted.say("event=ringing&user=820&usertype=queue&callerid=%2B493023125001&id=9-0&did=");
        QCOMPARE(hosted.news(), (QStringList{"102 ringing +493023125001", "103 ringing +493023125001"}));
        hosted.say("event=ringing&user=101&id=9-0" + rest);
        hosted.say("event=pickupincoming&user=101&trtype=NotDef&id=9-1" + rest);
        QCOMPARE(hosted.calls["102"].result, AgentCall::Result::AnsweredElsewhere);
        hosted.clock.advance(10 * secondMs);
        hosted.news();

        hosted.say("event=ringing&user=102&id=9-1" + rest);
        hosted.say("event=pickupincoming&user=102&trtype=Blind&id=9-2" + rest);
        hosted.say("event=incoming&user=101&transfer=True&id=9-1" + rest);
        hosted.say("event=incoming&user=102&transfer=False&finishtype=Ok&id=9-2" + rest);

        QCOMPARE(hosted.news(), (QStringList{"102 ringing +493023125001", "102 connected",
                                             "101 over transferred_out", "102 over answered"}));
        QVERIFY(!hosted.ended.first().inferred);
    }

    void twiliosLegsRingEachTheirAgent()
    {
        Hosted hosted(Form::Twilio);
        hosted.twilio({{"CallSid", "CA0"},
                       {"From", caller},
                       {"To", "+493023125501"},
                       {"CallStatus", "ringing"},
                       {"Direction", "inbound"}});
        hosted.leg("CA1", "client:cleo", "initiated", 0);
        QVERIFY(hosted.news().isEmpty());
        hosted.leg("CA1", "client:cleo", "ringing", 1);
        hosted.leg("CA2", "sip:102@firm.sip.twilio.com", "ringing", 1);
        QCOMPARE(hosted.calls["102"].state, AgentCall::State::Ringing);
        QCOMPARE(hosted.calls["103"].desksRinging, 2);
        hosted.news();
        QCOMPARE(hosted.calls["103"].ownLine, "Sales");

        hosted.leg("CA1", "client:cleo", "in-progress", 2);
        hosted.leg("CA2", "sip:102@firm.sip.twilio.com", "canceled", 2);
        hosted.leg("CA1", "client:cleo", "ringing", 1); // late
        QCOMPARE(hosted.news(), (QStringList{"103 connected", "102 over answered_elsewhere"}));
        hosted.leg("CA1", "client:cleo", "completed", 3);
        hosted.twilio({{"CallSid", "CA0"}, {"CallStatus", "completed"}});

        QCOMPARE(hosted.news(), QStringList{"103 over answered"});
        QCOMPARE(hosted.ended.size(), 1);
    }

    void twiliosLegsAloneAreACallToo()
    {
        Hosted hosted(Form::Twilio);
        hosted.leg("CA1", "client:cleo", "ringing", 0);
        hosted.leg("CA1", "client:cleo", "no-answer", 1);
        QCOMPARE(hosted.news(), (QStringList{"103 ringing +493023125001", "103 over no_answer"}));
        hosted.leg("CA2", "client:anna.albers", "in-progress", 0);

        hosted.leg("CA2", "client:anna.albers", "completed", 1);

        QCOMPARE(hosted.ended.size(), 1);
        QCOMPARE(hosted.ended.first().outcome, Call::Outcome::Answered);
    }

    void callsOfTwilioClientsAreOutbound()
    {
        Hosted hosted(Form::Twilio);
        hosted.twilio({{"CallSid", "CA0"},
                       {"From", "client:cleo"},
                       {"CallStatus", "ringing"},
                       {"To", ""},
                       {"Direction", "inbound"}});
        hosted.leg("CA1", "+442079460126", "in-progress", 1);

        QCOMPARE(hosted.news(), QStringList{"103 connected"});
        QCOMPARE(hosted.calls["103"].party.e164, "+442079460126");
        QCOMPARE(hosted.calls["103"].direction, AgentCall::Direction::Outbound);
    }

    void strangersLearnNothing()
    {
        PbxSettings pbx = settings(Form::Zammad);
        pbx.hook.allowedAddresses = {QHostAddress::parseSubnet("192.0.2.0/24")};
        Hosted hosted(pbx);
        const QByteArray body = newCall("1", "&user=101");

        const auto wrongToken = hosted.source.take({.address = "192.0.2.1", .token = "wrong", .body = body});
        const auto wrongPlace = hosted.post({.address = "203.0.113.1", .body = body});
        const auto right = hosted.post({.address = "192.0.2.1", .body = body});

        QCOMPARE(wrongToken.error().fault, Fault::NotFound);
        QCOMPARE(wrongPlace.error().fault, Fault::NotFound);
        QVERIFY(right);
        QCOMPARE(hosted.news().size(), 1);
    }

    void requestsComeAtAPace()
    {
        Hosted hosted(Form::Zammad);
        const HookRequest request{.token = hosted.pbx.hook.token, .body = "event=hangup&callId=1"};
        hosted.clock.advance(minuteMs);

        for (int i = 0; i < int(HookPace::most); ++i)
            QVERIFY(hosted.source.take(request));
        QCOMPARE(hosted.source.take(request).error().fault, Fault::Busy);
        hosted.clock.advance(secondMs);
        for (int i = 0; i < int(HookPace::perSecond); ++i)
            QVERIFY(hosted.source.take(request));
        QVERIFY(!hosted.source.take(request));
    }

    void theLastRequestsAreKeptWithoutWhatIsNobodysBusiness()
    {
        Hosted hosted(Form::Zammad);
        hosted.say(newCall("493023125001", "&user=101"));
        for (int i = 0; i < 3; ++i)
            QVERIFY(!hosted.source.take({.token = "wrong +493023125001"}));
        QVERIFY(!hosted.post({.body = "[]"}));

        const auto notes = hosted.source.requests();

        QCOMPARE(notes.size(), 3);
        QCOMPARE(notes[0].event, "newCall");
        QCOMPARE(notes[0].call, "…01");
        QCOMPARE(notes[0].outcome, "taken");
        QCOMPARE(notes[1].outcome, "refused: the token in its address is not right");
        QVERIFY(notes[2].outcome.startsWith("refused: "));
        for (qsizetype i = 0; i < model::mostTelephonyRequests + 7; ++i)
            hosted.say("event=hangup&callId=c-" + QByteArray::number(i));
        QCOMPARE(hosted.source.requests().size(), model::mostTelephonyRequests);
        QCOMPARE(hosted.source.requests().last().call, "c-56");
    }

    void numbersInNotesShowTheirEndOnly_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("full") << "+49 30 23125-147"
                              << "…47";
        QTest::newRow("bare") << "493023125147"
                              << "…47";
        QTest::newRow("in a word") << "call-(030)23125147-x"
                                   << "call-(…47-x";
        QTest::newRow("two digits") << "c-47"
                                    << "c-47";
        QTest::newRow("three digits") << "c-147"
                                      << "c-…47";
        QTest::newRow("none") << "newCall"
                              << "newCall";
    }

    void numbersInNotesShowTheirEndOnly()
    {
        QFETCH(QString, text);
        QFETCH(QString, shown);

        QCOMPARE(withoutNumbers(text), shown);
    }

    void moreCallsThanAHubFollowsArePassedOver()
    {
        const PbxSettings pbx = settings(Form::Zammad);
        model::Calls calls;
        HookCalls hooks(pbx, calls);
        HookEvent ring{.what = HookEvent::What::Ringing, .from = caller, .agents = {"101"}};

        for (qsizetype i = 0; i < maxHookCalls; ++i) {
            ring.call = QString::number(i);
            QVERIFY(hooks.take(ring, FakeClock::start).isEmpty());
        }
        ring.call = "one more";
        QVERIFY(hooks.take(ring, FakeClock::start).contains("more calls at once"));
        hooks.take({.what = HookEvent::What::HungUp, .call = "1"}, FakeClock::start);
        QVERIFY(hooks.take(ring, FakeClock::start + keepHookCall).isEmpty());
    }

    void itIsLiveFromItsFirstRequest()
    {
        Hosted hosted(Form::Zammad);
        QCOMPARE(hosted.source.link().state, Link::State::Waiting);
        QVERIFY(!hosted.source.take({.token = "wrong"}));
        QCOMPARE(hosted.source.link().state, Link::State::Waiting);

        hosted.say("event=hangup&callId=1");

        QCOMPARE(hosted.source.link().state, Link::State::Live);
        QVERIFY(!hosted.source.abilities("101").dial);
    }
};

QTEST_GUILESS_MAIN(tst_WebhookSource)
#include "tst_WebhookSource.moc"
