#include "sync/calls/webhook/forms/HookReaders.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::calls;
using Form = HookSettings::Form;
using What = HookEvent::What;
using Cause = HookEvent::Cause;
using Direction = model::AgentCall::Direction;

namespace {

constexpr char json[] = "application/json; charset=utf-8";
constexpr char form[] = "application/x-www-form-urlencoded";

HookEvent readIn(Form which, const QByteArray &body, const QByteArray &type = form)
{
    const auto read = readHook(which, body, type);
    if (!read)
        qFatal("%s", qPrintable(read.error().detail));
    return *read;
}

QByteArray fieldsOfCount(qsizetype count)
{
    QByteArray body = "event=newCall&callId=1";
    for (qsizetype i = 2; i < count; ++i)
        body += "&f" + QByteArray::number(i) + "=x";
    return body;
}

} // namespace

Q_DECLARE_METATYPE(ringbook::calls::HookSettings::Form)
Q_DECLARE_METATYPE(ringbook::calls::HookEvent::What)
Q_DECLARE_METATYPE(ringbook::calls::HookEvent::Cause)

class tst_HookReaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ourOwnFormSaysEverything()
    {
        const auto read = readIn(Form::Generic, R"({"event":"ringing","call_id":"a-1","parent_id":"a-0",
            "at":"2026-11-24T13:07:00.250Z","from":"+493023125001","to":"+493023125500","direction":"inbound",
            "name":"Eva","agents":["101","102"],"queue":"support","withheld":false,"seq":3,"more":{"x":1}})",
                                 json);

        QCOMPARE(read.what, What::Ringing);
        QCOMPARE(read.call, "a-1");
        QCOMPARE(read.origin, "a-0");
        QCOMPARE(read.from, "+493023125001");
        QCOMPARE(read.to, "+493023125500");
        QCOMPARE(read.name, "Eva");
        QCOMPARE(read.agents, (QStringList{"101", "102"}));
        QCOMPARE(read.queue, "support");
        QVERIFY(!read.withheld);
        QCOMPARE(read.at, 1'795'525'620'250);
        QCOMPARE(read.seq, 3);
    }

    void ourOwnFormMayBeAForm()
    {
        const auto read =
            readIn(Form::Generic, "event=hangup&call_id=7&cause=cancel&agents%5B%5D=101&agents[]=102");

        QCOMPARE(read.what, What::HungUp);
        QCOMPARE(read.cause, Cause::Cancelled);
        QCOMPARE(read.agents, (QStringList{"101", "102"}));
    }

    void ourOwnFormIsHeldToItsWords_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("no event") << QByteArray(R"({"call_id":"1"})");
        QTest::newRow("another event") << QByteArray(R"({"event":"newCall","call_id":"1"})");
        QTest::newRow("another direction")
            << QByteArray(R"({"event":"ringing","call_id":"1","direction":"in"})");
        QTest::newRow("no call") << QByteArray(R"({"event":"ringing"})");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("no JSON") << QByteArray("{");
        QTest::newRow("nothing") << QByteArray();
    }

    void ourOwnFormIsHeldToItsWords()
    {
        QFETCH(QByteArray, body);

        const auto read = readHook(Form::Generic, body, json);

        QVERIFY(!read);
        QCOMPARE(read.error().fault, Fault::Protocol);
        QVERIFY(!read.error().detail.isEmpty());
    }

    void withheldNumbersAreNotRead()
    {
        const auto own =
            readIn(Form::Generic,
                   R"({"event":"ringing","call_id":"1","from":"+493023125001","withheld":true})", json);
        const auto twilio =
            readIn(Form::Twilio, "CallSid=CA1&CallStatus=ringing&From=%2B266696687&To=%2B493023125500");

        QVERIFY(own.withheld);
        QVERIFY(own.from.isEmpty());
        QVERIFY(twilio.withheld);
        QVERIFY(twilio.from.isEmpty());
    }

    /// The examples of docs.zammad.org.
    void zammadsFormIsRead()
    {
        const auto ring = readIn(
            Form::Zammad, "event=newCall&from=493055571600&to=491711234567890&direction=in&callId=123456"
                          "&user[]=Alice&user[]=Bob+Br%C3%BCgge&queue=helpdesk");
        const auto out = readIn(Form::Zammad, R"({"event":"newCall","from":"493023125741","to":"492214710334",
            "direction":"out","callId":"f4ebd2be-7b9a","user":"Christopher Miller"})",
                                json);
        const auto answer = readIn(Form::Zammad, R"({"event":"answer","from":"1","to":"2","direction":"in",
            "callId":"9f","answeringNumber":"jdoe@example.com","user":["John Doe"]})",
                                   json);

        QCOMPARE(ring.what, What::Ringing);
        QCOMPARE(ring.agents, (QStringList{"Alice", "Bob Brügge"}));
        QCOMPARE(ring.queue, "helpdesk");
        QCOMPARE(out.direction, Direction::Outbound);
        QCOMPARE(out.agents, QStringList{"Christopher Miller"});
        QCOMPARE(answer.what, What::Answered);
        QCOMPARE(answer.agents, (QStringList{"jdoe@example.com", "John Doe"}));
    }

    void zammadsCausesAreRead_data()
    {
        QTest::addColumn<QByteArray>("word");
        QTest::addColumn<Cause>("cause");
        QTest::newRow("normalClearing") << QByteArray("normalClearing") << Cause::Normal;
        QTest::newRow("busy") << QByteArray("busy") << Cause::Busy;
        QTest::newRow("cancel") << QByteArray("cancel") << Cause::Cancelled;
        QTest::newRow("noAnswer") << QByteArray("noAnswer") << Cause::NoAnswer;
        QTest::newRow("congestion") << QByteArray("congestion") << Cause::Failed;
        QTest::newRow("notFound") << QByteArray("notFound") << Cause::Failed;
        QTest::newRow("forwarded") << QByteArray("forwarded") << Cause::Forwarded;
        QTest::newRow("another") << QByteArray("sunspots") << Cause::Unknown;
    }

    void zammadsCausesAreRead()
    {
        QFETCH(QByteArray, word);
        QFETCH(Cause, cause);

        QCOMPARE(readIn(Form::Zammad, "event=hangup&callId=1&cause=" + word).cause, cause);
    }

    /// The example of developer.sipgate.io.
    void sipgatesNumbersGetTheirPlus()
    {
        const auto ring = readIn(Form::Sipgate,
                                 "event=newCall&from=492111234567&to=4915791234567&direction=in&callId=123456"
                                 "&user[]=Alice&user[]=Bob&userId[]=w0&userId[]=w1&fullUserId[]=1234567w0"
                                 "&fullUserId[]=1234567w1&diversion=492111234500&origCallId=99");
        const auto hidden =
            readIn(Form::Sipgate, "event=newCall&from=anonymous&to=115&direction=in&callId=1");

        QCOMPARE(ring.from, "+492111234567");
        QCOMPARE(ring.to, "+4915791234567");
        QCOMPARE(ring.diversion, "+492111234500");
        QCOMPARE(ring.origin, "99");
        QVERIFY(ring.agents.contains("1234567w1") && ring.agents.contains("Bob") &&
                ring.agents.contains("w0"));
        QCOMPARE(hidden.from, "anonymous");
        QCOMPARE(hidden.to, "115");
    }

    void placetelsFormIsRead()
    {
        const auto ring =
            readIn(Form::Placetel, "event=IncomingCall&from=022129191999&to=022129191900&call_id=f459");
        const auto answer =
            readIn(Form::Placetel, "event=CallAccepted&from=022129191999&to=022129191900&call_id=f459"
                                   "&peer=7777abcdefg%40fpbx.de");
        const auto end = readIn(Form::Placetel, "event=HungUp&call_id=f459&type=missed");
        const auto out = readIn(Form::Placetel, "event=OutgoingCall&call_id=f460");

        QCOMPARE(ring.what, What::Ringing);
        QVERIFY(ring.agents.isEmpty());
        QCOMPARE(answer.what, What::Answered);
        QCOMPARE(answer.agents, QStringList{"7777abcdefg@fpbx.de"});
        QCOMPARE(end.what, What::HungUp);
        QCOMPARE(end.cause, Cause::Cancelled);
        QCOMPARE(out.direction, Direction::Outbound);
    }

    /// Each add-on has its own words for the same; behind the dash of the id it counts.
    void threeCxsModulesSayOneThingInSeveralWords_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<What>("what");
        QTest::newRow("ringing") << QByteArray(
                                        R"({"Event":"ringing","Callerid":"0555","User":"202","Usertype":"ext",
            "Did":"","Id":"230307114903_10-0"})")
                                 << What::Ringing;
        QTest::newRow("started") << QByteArray(
                                        R"({"Event":"incomingcall_started","Callerid":"0555","User":"202",
            "Trtype":"NotDef","Did":"","Id":"230307114903_10-1"})")
                                 << What::Answered;
        QTest::newRow("picked up") << QByteArray(R"({"event":"pickupincoming","callerid":"0555","user":"202",
            "trtype":"NotDef","did":"","id":"230307114903_10-1"})")
                                   << What::Answered;
        QTest::newRow("of old") << QByteArray(R"({"event":"hangupincoming","callerid":"0555","user":"202",
            "did":"","id":"230307114903_10-1"})")
                                << What::Answered;
        QTest::newRow("transferred") << QByteArray(R"({"event":"incoming","callerid":"0555","user":"202",
            "finishtype":"Ok","transfer":"True","did":"","id":"230307114903_10-1"})")
                                     << What::Left;
        QTest::newRow("over") << QByteArray(R"({"event":"incoming","callerid":"0555","user":"202",
            "finishtype":"Ok","transfer":"False","did":"","id":"230307114903_10-2"})")
                              << What::HungUp;
        QTest::newRow("recorded") << QByteArray(R"({"event":"recording","callerid":"0555","user":"202",
            "id":"230307114903_10-2"})")
                                  << What::Other;
    }

    void threeCxsModulesSayOneThingInSeveralWords()
    {
        QFETCH(QByteArray, body);
        QFETCH(What, what);

        const auto read = readIn(Form::ThreeCx, body, json);

        QCOMPARE(read.what, what);
        QCOMPARE(read.call, "230307114903_10");
        QCOMPARE(read.agents, QStringList{"202"});
        QCOMPARE(read.from, "0555");
    }

    void threeCxsQueuesAndMenusAreNoAgents()
    {
        const auto queue =
            readIn(Form::ThreeCx,
                   R"({"event":"ringing","user":"820","usertype":"queue","id":"1-0","chid":"c-9"})", json);
        const auto menu =
            readIn(Form::ThreeCx, R"({"event":"ringing","user":"800","usertype":"other","id":"1-0"})", json);
        const auto out =
            readIn(Form::ThreeCx, R"({"event":"pickupoutgoing","callerid":"381629759787","user":"105",
            "did":"empty","trtype":"Blind","id":"2-1"})",
                   json);

        QCOMPARE(queue.queue, "820");
        QCOMPARE(queue.call, "c-9");
        QVERIFY(queue.agents.isEmpty());
        QVERIFY(menu.nobodyRings);
        QCOMPARE(out.direction, Direction::Outbound);
        QCOMPARE(out.to, "381629759787");
        QCOMPARE(out.transfer, model::Transfer::Type::Blind);
    }

    void twiliosLegsBelongToTheirParents_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<What>("ofLeg");
        QTest::addColumn<What>("ofCall");
        QTest::newRow("queued") << QByteArray("queued") << What::Other << What::Ringing;
        QTest::newRow("initiated") << QByteArray("initiated") << What::Other << What::Ringing;
        QTest::newRow("ringing") << QByteArray("ringing") << What::Ringing << What::Ringing;
        QTest::newRow("in-progress") << QByteArray("in-progress") << What::Answered << What::Other;
        for (const char *ending : {"completed", "busy", "no-answer", "canceled", "failed"})
            QTest::newRow(ending) << QByteArray(ending) << What::Left << What::HungUp;
    }

    void twiliosLegsBelongToTheirParents()
    {
        QFETCH(QByteArray, status);
        QFETCH(What, ofLeg);
        QFETCH(What, ofCall);
        const QByteArray rest = "&AccountSid=AC1&From=%2B493023125001&SequenceNumber=2&CallStatus=" + status;

        const auto leg = readIn(Form::Twilio, "CallSid=CA2&ParentCallSid=CA1&To=client%3Aanna" + rest);
        const auto call = readIn(Form::Twilio, "CallSid=CA1&To=%2B493023125500" + rest);

        QCOMPARE(leg.what, ofLeg);
        QCOMPARE(leg.call, "CA1");
        QCOMPARE(leg.leg, "CA2");
        QCOMPARE(leg.agents, QStringList{"client:anna"});
        QCOMPARE(leg.seq, 2);
        QCOMPARE(call.what, ofCall);
        QCOMPARE(call.call, "CA1");
        QVERIFY(call.agents.isEmpty());
        QCOMPARE(call.to, "+493023125500");
    }

    void fieldsAreLimitedOnBothSides()
    {
        QVERIFY(readHook(Form::Zammad, fieldsOfCount(maxHookFields), form));
        QVERIFY(!readHook(Form::Zammad, fieldsOfCount(maxHookFields + 1), form));
        const QByteArray most(maxHookBytes - 23, 'x');
        QVERIFY(readHook(Form::Zammad, "event=answer&callId=1&x" + most, form));
        QVERIFY(!readHook(Form::Zammad, "event=answer&callId=1&xx" + most, form));
        const QByteArray id(maxHookCallId, '1');
        QVERIFY(readHook(Form::Zammad, "event=answer&callId=" + id, form));
        QVERIFY(!readHook(Form::Zammad, "event=answer&callId=1" + id, form));
        const QByteArray text(maxHookText, 'a');
        QCOMPARE(readIn(Form::Zammad, "event=newCall&callId=1&from=" + text).from.size(), maxHookText);
        QVERIFY(readIn(Form::Zammad, "event=newCall&callId=1&from=a" + text).from.isEmpty());
    }

    void theLookDecidesWhereTheTypeIsSilent()
    {
        QCOMPARE(readIn(Form::Zammad, R"( {"event":"answer","callId":7})", "").call, "7");
        QCOMPARE(readIn(Form::Zammad, "event=answer&callId=7", "text/plain").call, "7");
        QVERIFY(!readHook(Form::Zammad, "event=answer&callId=7", "multipart/form-data; boundary=x"));
        QVERIFY(!readHook(Form::Zammad, "event=answer&callId=7", json));
    }
};

QTEST_GUILESS_MAIN(tst_HookReaders)
#include "tst_HookReaders.moc"
