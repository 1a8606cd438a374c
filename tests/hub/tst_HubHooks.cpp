#include "sync/calls/webhook/HookSignature.h"
#include "sync/calls/webhook/forms/HookSample.h"
#include "tests/hub/Asking.h"
#include "tests/support/HubOnLoopback.h"
#include "tests/support/Program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace ringbook;
using namespace ringbook::test;
using calls::HookSettings;
using calls::PbxSettings;
using Form = HookSettings::Form;
using model::AgentCall;

namespace {

constexpr char token[] = "abcdefghijklmnopqrstuvwx";
constexpr char path[] = "/v1/webhooks/hosted/abcdefghijklmnopqrstuvwx";
constexpr char form[] = "application/x-www-form-urlencoded";

PbxSettings settings(Form which)
{
    return {.kind = PbxSettings::Kind::Webhook,
            .source = "hosted",
            .plan = {.country = "DE", .countryCode = "49", .areaCode = "30", .nationalPrefix = "0"},
            .hook = {.form = which,
                     .token = token,
                     .secret = "it's a long and random secret",
                     .publicUrl = "https://hub.example.org"},
            .agents = {{"101", "Anna Albers", ""}, {"102", "Ben Brandt", ""}},
            .lines = {{"+493023125500", {"Support line", {"101"}}}}};
}

/// The same as a file.
QByteArray asFile(const PbxSettings &pbx)
{
    const auto agent = [](const char *extension, const char *name) {
        return QJsonObject{{"extension", extension}, {"name", name}};
    };
    const QJsonObject line{{"label", "Support line"}, {"agents", QJsonArray{"101"}}};
    return QJsonDocument(
               QJsonObject{{"kind", "webhook"},
                           {"source", "hosted"},
                           {"country", "DE"},
                           {"country_code", "49"},
                           {"area_code", "30"},
                           {"national_prefix", "0"},
                           {"token", token},
                           {"secret", QString::fromUtf8(pbx.hook.secret)},
                           {"public_url", pbx.hook.publicUrl},
                           {"agents", QJsonArray{agent("101", "Anna Albers"), agent("102", "Ben Brandt")}},
                           {"lines", QJsonObject{{"+493023125500", line}}},
                           {"form", name(pbx.hook.form)}})
        .toJson();
}

QVector<std::pair<QByteArray, QByteArray>> headersFor(const QByteArray &body, TimeMs off = 0)
{
    const QByteArray at = QByteArray::number((SystemClock().now() + off) / secondMs);
    return {{"Ringbook-Timestamp", at},
            {"Ringbook-Signature", calls::genericSignature(settings(Form::Generic).hook.secret, at, body)}};
}

/// A signed request of our own form.
Fetched post(Http &http, const QByteArray &body)
{
    http.headers = headersFor(body);
    return http.send("POST", path, body);
}

struct Desk
{
    Desk(const QString &url, const QString &login) : http(url)
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

struct Ran
{
    int status = 0;
    QByteArray out = {};
    QByteArray err = {};
};

/// Without holding up the desks of this process.
Ran run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000))
        process.kill();
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QString hubProgram()
{
    return qEnvironmentVariable("RINGBOOK_BIN") + "/ringbook-hub";
}

} // namespace

Q_DECLARE_METATYPE(ringbook::calls::HookSettings::Form)

/// Hosted telephone systems over real HTTP, the real hub, desks on their streams.
class tst_HubHooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPostedRingPopsAtItsAgentsDesk()
    {
        const HubOnLoopback hub(2, {settings(Form::Generic)});
        const Desk anna(hub.url(), "anna");
        const Desk ben(hub.url(), "ben");
        Http sender(hub.url());

        const auto rang = post(sender, R"({"event":"ringing","call_id":"1","from":"+493023125001",)"
                                       R"("to":"+493023125500","agents":["101"]})");

        QCOMPARE(rang.status, 200);
        QCOMPARE(rang.body, R"({"outcome":"taken"})");
        QTRY_COMPARE(anna.last().state, AgentCall::State::Ringing);
        QTRY_COMPARE(anna.last().party.e164, "+493023125001");
        QCOMPARE(anna.last().ownLine, "Support line");
        QCOMPARE(post(sender, R"({"event":"hangup","call_id":"1","cause":"cancel"})").status, 200);
        QTRY_COMPARE(anna.last().result, AgentCall::Result::CallerHangup);
        QVERIFY(ben.stream->calls().isEmpty());
    }

    void strangersFindNothing()
    {
        const HubOnLoopback hub(1, {settings(Form::Zammad)});
        Http sender(hub.url());
        const QByteArray body = R"({"event":"newCall","callId":"1"})";

        const auto nothing = sender.send("POST", "/v1/nothing", body);
        const auto wrongToken = sender.send("POST", "/v1/webhooks/hosted/abcdefghijklmnopqrstuvwy", body);
        const auto wrongSource = sender.send("POST", "/v1/webhooks/other/abcdefghijklmnopqrstuvwx", body);

        QCOMPARE(nothing.status, 404);
        for (const Fetched &found : {wrongToken, wrongSource}) {
            QCOMPARE(found.status, 404);
            QCOMPARE(found.body, nothing.body);
        }
        QCOMPARE(sender.send("POST", path, body).status, 200);
        const auto looked = sender.send("GET", path);
        QCOMPARE(looked.status, 405);
        QCOMPARE(looked.header("Allow"), "POST");
    }

    void whatIsNotRightlySignedIsNotTaken()
    {
        const HubOnLoopback hub(1, {settings(Form::Generic)});
        const Desk anna(hub.url(), "anna");
        Http sender(hub.url());
        const QByteArray body =
            R"({"event":"ringing","call_id":"1","from":"+493023125001","agents":["101"]})";

        QCOMPARE(sender.send("POST", path, body).status, 403);
        sender.headers = headersFor(body + ' ');
        QCOMPARE(sender.send("POST", path, body).status, 403);
        sender.headers = headersFor(body, -calls::hookClockWindow - 10 * secondMs);
        QCOMPARE(sender.send("POST", path, body).status, 403);
        QVERIFY(anna.stream->calls().isEmpty());
        sender.headers = headersFor(body);
        QCOMPARE(sender.send("POST", path, body).status, 200);
        const auto again = sender.send("POST", path, body);

        QCOMPARE(again.status, 403);
        QVERIFY2(again.body.contains("came before"), again.body.constData());
        QVERIFY(!again.body.contains("493023125001"));
        QTRY_COMPARE(anna.last().state, AgentCall::State::Ringing);
    }

    void whatCameAndWhyItWasRefusedIsToldToAdministrators()
    {
        const HubOnLoopback hub(2, {settings(Form::Generic)});
        auto db = hub.data().database().open();
        (void)db->run("UPDATE account SET role = 'admin' WHERE login = 'anna'");
        Http anna(hub.url());
        anna.signIn("anna");
        Http sender(hub.url());
        const QByteArray body =
            R"({"event":"ringing","call_id":"a-493023125001","from":"+493023125001","agents":["101"]})";

        QCOMPARE(sender.send("POST", path, body).status, 403);
        QCOMPARE(post(sender, body).status, 200);
        QCOMPARE(post(sender, QByteArray(body).replace("a-4930", "a-4940")).status, 200);

        const QByteArray told = anna.send("GET", "/v1/telephony").body;
        const auto sources = sync::readTelephony(told)->sources;
        const auto hosted = std::ranges::find(sources, "hosted", &model::TelephonySource::source);
        QVERIFY(hosted != sources.end());
        QCOMPARE(hosted->kind, "webhook");
        QCOMPARE(hosted->requests.size(), 3);
        QVERIFY2(hosted->requests[0].outcome.startsWith("refused: "), told.constData());
        QCOMPARE(hosted->requests[1].event, "ringing");
        QCOMPARE(hosted->requests[1].outcome, "taken");
        QVERIFY(hosted->requests[0].at <= hosted->requests[1].at);
        QSet<QString> calls;
        for (const model::TelephonyStep &step : hosted->steps)
            calls.insert(step.call);
        QCOMPARE(calls.size(), 2); // told apart
        for (const QByteArray &hidden : {QByteArray("23125001"), QByteArray(token),
                                         settings(Form::Generic).hook.secret, sender.headers.last().second})
            QVERIFY2(!told.contains(hidden), told.constData());
    }

    void theBodyIsLimitedOnBothSides()
    {
        const HubOnLoopback hub(1, {settings(Form::Zammad)});
        Http sender(hub.url());
        const QByteArray start = "{\"event\":\"hangup\",\"callId\":\"1\",\"more\":\"";
        const QByteArray body = start + QByteArray(calls::maxHookBytes - start.size() - 2, 'x') + "\"}";

        QCOMPARE(body.size(), calls::maxHookBytes);
        QCOMPARE(sender.send("POST", path, body).status, 200);
        QCOMPARE(sender.send("POST", path, body + ' ').status, 413);
        QCOMPARE(sender.send("POST", path, "[]").status, 400);
    }

    void tooManyAtOnceAreToldToWait()
    {
        const HubOnLoopback hub(1, {settings(Form::Zammad)});
        Http sender(hub.url());
        Fetched last{.status = 200};

        for (int i = 0; i < 2000 && last.status == 200; ++i)
            last = sender.send("POST", path, R"({"event":"hangup","callId":"1"})");

        QCOMPARE(last.status, 429);
        QVERIFY(!last.header("Retry-After").isEmpty());
    }

    void machinesAreLetInByWhatTheProxyOfThisOneSays()
    {
        PbxSettings pbx = settings(Form::Zammad);
        pbx.hook.allowedAddresses = {QHostAddress::parseSubnet("192.0.2.0/24")};
        const HubOnLoopback hub(1, {pbx});
        Http sender(hub.url());
        const QByteArray body = R"({"event":"newCall","callId":"1"})";

        QCOMPARE(sender.send("POST", path, body).status, 404);
        sender.headers = {{"X-Forwarded-For", "192.0.2.1, 203.0.113.7"}};
        QCOMPARE(sender.send("POST", path, body).status, 404);
        sender.headers = {{"X-Forwarded-For", "203.0.113.7, 192.0.2.1"}};
        QCOMPARE(sender.send("POST", path, body).status, 200);
    }

    void twilioSignsTheWholeAddress()
    {
        const HubOnLoopback hub(1, {settings(Form::Twilio)});
        const Desk anna(hub.url(), "anna");
        Http sender(hub.url());
        const QByteArray target = QByteArray(path) + "?tenant=7&x=a%20b";
        const QByteArray signature =
            calls::twilioSignature(settings(Form::Twilio).hook.secret, "https://hub.example.org" + target,
                                   {{"CallSid", "CA2"},
                                    {"ParentCallSid", "CA1"},
                                    {"CallStatus", "ringing"},
                                    {"To", "client:101"},
                                    {"From", "+493023125001"}});
        const QByteArray body =
            "To=client%3A101&From=%2B493023125001&CallSid=CA2&ParentCallSid=CA1&CallStatus=ringing";
        sender.headers = {{"Content-Type", form}, {"X-Twilio-Signature", signature}};

        QCOMPARE(sender.send("POST", target, body).status, 200);
        QCOMPARE(sender.send("POST", path, body).status, 403);
        QTRY_COMPARE(anna.last().state, AgentCall::State::Ringing);
    }

    void sipgateIsAnsweredInXml()
    {
        const HubOnLoopback hub(1, {settings(Form::Sipgate)});
        Http sender(hub.url());
        sender.headers = {{"Content-Type", form}};

        const auto told = sender.send("POST", path, "event=newCall&callId=1&direction=in&user[]=101");

        QCOMPARE(told.status, 200);
        QCOMPARE(told.header("Content-Type"), "application/xml");
        QVERIFY2(told.body.contains("onHangup=\"https://hub.example.org" + QByteArray(path) + '"'),
                 told.body.constData());
    }

    void theCommandTriesEveryForm_data()
    {
        QTest::addColumn<Form>("which");
        for (const Form which :
             {Form::Generic, Form::Zammad, Form::Sipgate, Form::Placetel, Form::ThreeCx, Form::Twilio})
            QTest::newRow(qPrintable(name(which))) << which;
    }

    void theCommandTriesEveryForm()
    {
        QFETCH(Form, which);
        const HubOnLoopback hub(1, {settings(which)});
        const Desk anna(hub.url(), "anna");
        QTemporaryFile file;
        QVERIFY(file.open() && file.write(asFile(settings(which))) > 0 && file.flush());

        const Ran ran =
            run(hubProgram(), {"calls", "webhook", "--pbx", file.fileName(), "--url", hub.url(), "--test",
                               "+493023125001", "--extension", "101", "--seconds", "1"});

        QVERIFY2(ran.status == 0, ran.err.constData());
        QVERIFY2(ran.out.contains("The hub answered the ring: "), ran.out.constData());
        const auto calls = anna.stream->calls();
        QVERIFY(calls.size() >= 2);
        QCOMPARE(calls.first().state, AgentCall::State::Ringing);
        QCOMPARE(calls.first().party.e164, "+493023125001");
        QTRY_COMPARE(anna.last().state, AgentCall::State::Over);
    }

    void theCommandSaysWhatIsWrong()
    {
        const HubOnLoopback hub(1, {settings(Form::Generic)});
        QTemporaryFile file;
        QByteArray other = asFile(settings(Form::Generic));
        other.replace("long and random secret", "long and other secret!");
        QVERIFY(file.open() && file.write(other) > 0 && file.flush());
        const QStringList words{"calls", "webhook", "--pbx", file.fileName()};
        const QStringList tries = words + QStringList{"--test", "030 1", "--extension", "101", "--url"};

        const Ran refused = run(hubProgram(), tries + QStringList{hub.url()});
        const Ran elsewhere = run(hubProgram(), tries + QStringList{"http://127.0.0.1:1"});
        const Ran nobody = run(hubProgram(), words + QStringList{"--test", "1", "--extension", "999"});

        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.err.contains("signature is not right"), refused.err.constData());
        QCOMPARE(elsewhere.status, 1);
        QVERIFY2(elsewhere.err.contains("--url"), elsewhere.err.constData());
        QCOMPARE(nobody.status, 1);
        QVERIFY2(nobody.err.contains("999"), nobody.err.constData());
        for (const QStringList &wrong : {QStringList{"--test", "1"}, QStringList{"--url", "somewhere"},
                                         QStringList{"--seconds", "0"}, QStringList{"--seconds", "61"}})
            QCOMPARE(run(hubProgram(), words + wrong).status, 2);
    }

    /// It listens; a hosted telephone system is not called but calls.
    void theDoctorSaysWhereToLookInstead()
    {
        QTemporaryFile file;
        QVERIFY(file.open() && file.write(asFile(settings(Form::Generic))) > 0 && file.flush());

        const Ran ran = run(hubProgram(), {"calls", "doctor", "--pbx", file.fileName()});

        QCOMPARE(ran.status, 1);
        QVERIFY2(ran.err.contains("“Lines”"), ran.err.constData());
        QVERIFY2(ran.err.contains("calls webhook --pbx"), ran.err.constData());
    }

    /// As an administrator pastes it, against the real program with a settings file.
    void thePrintedExampleWorksWhenPasted()
    {
        if (QStandardPaths::findExecutable("curl").isEmpty() ||
            QStandardPaths::findExecutable("openssl").isEmpty())
            QSKIP("there is no curl or no openssl here");
        const HubData data(1);
        QTemporaryFile file;
        QVERIFY(file.open() && file.write(asFile(settings(Form::Generic))) > 0 && file.flush());
        QTemporaryDir snapshots;
        tests::Program hub("ringbook-hub", QStringList{"serve", "--listen", "127.0.0.1:0", "--snapshots",
                                                       snapshots.path(), "--pbx", file.fileName()} +
                                               data.place().arguments());
        const QString url = hub.waitFor("listening on ").section(u' ', 2).trimmed();
        QVERIFY2(url.startsWith("http"), qPrintable(hub.everything()));
        const Desk anna(url, "anna");
        const Ran printed = run(hubProgram(), {"calls", "webhook", "--pbx", file.fileName(), "--url", url});
        QVERIFY2(printed.out.startsWith("https://hub.example.org/v1/webhooks/hosted/"),
                 printed.out.constData());
        const QByteArray example = printed.out.sliced(printed.out.indexOf("\n\n") + 2);

        const Ran pasted = run("sh", {"-c", QString::fromUtf8(example)});

        QCOMPARE(pasted.out, "{\"outcome\":\"taken\"}\n{\"outcome\":\"taken\"}\n");
        QTRY_COMPARE(anna.last().state, AgentCall::State::Over);
        QCOMPARE(anna.stream->calls().first().state, AgentCall::State::Ringing);
        hub.terminate();
        QCOMPARE(hub.waitForEnd(), 0);
        QVERIFY2(!hub.everything().contains(token), qPrintable(hub.everything()));
        QVERIFY2(!hub.everything().contains("25001"), qPrintable(hub.everything()));
    }
};

QTEST_GUILESS_MAIN(tst_HubHooks)
#include "tst_HubHooks.moc"
