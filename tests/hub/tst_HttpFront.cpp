#include "sync/protocol/EventStream.h"
#include "tests/hub/HubThreads.h"

#include <QTcpSocket>

using namespace ringbook;
using namespace ringbook::test;

class tst_HttpFront : public QObject
{
    Q_OBJECT

    std::unique_ptr<HubOnLoopback> m_hub;

    /// What a raw request gets; for what QNetworkAccessManager would not send.
    QByteArray raw(const QByteArray &request)
    {
        QTcpSocket socket;
        socket.connectToHost("127.0.0.1", quint16(QUrl(m_hub->url()).port()));
        socket.waitForConnected();
        socket.write(request);
        QByteArray answer;
        while (socket.waitForReadyRead(5000))
            answer += socket.readAll();
        return answer;
    }

    int statusOf(const QByteArray &path, const QByteArray &header, const QByteArray &value)
    {
        Http http(m_hub->url());
        http.headers = {{header, value}};
        return http.send("GET", path).status;
    }

private Q_SLOTS:
    void initTestCase() { m_hub = std::make_unique<HubOnLoopback>(); }

    void healthNeedsNoToken()
    {
        const Fetched health = Http(m_hub->url()).send("GET", "/v1/health");

        QCOMPARE(health.status, 200);
        QCOMPARE(sync::readHealth(health.body)->schema, 1);
    }

    void descriptionIsServed()
    {
        const Fetched yaml = Http(m_hub->url()).send("GET", "/openapi.yaml");

        QCOMPARE(yaml.status, 200);
        QVERIFY(yaml.body.startsWith("openapi:"));
    }

    void statusCodes_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("signedIn");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const char *method, const char *path, const char *body,
                            bool signedIn, int status) {
            QTest::newRow(name) << QByteArray(method) << QByteArray(path) << QByteArray(body) << signedIn
                                << status;
        };
        row("unknown address", "GET", "/v1/nothing", "", true, 404);
        row("wrong method", "DELETE", "/v1/session", "", true, 405);
        row("no token", "GET", "/v1/books/main/changes?after=0", "", false, 401);
        row("stream without token", "GET", "/v1/stream", "", false, 401);
        row("wrong password", "POST", "/v1/session",
            R"({"schema":1,"login":"anna","password":"x","device":0})", false, 401);
        row("unknown login", "POST", "/v1/session",
            R"({"schema":1,"login":"zoe","password":"demo","device":0})", false, 401);
        row("too new", "POST", "/v1/session", R"({"schema":99,"login":"anna","password":"demo","device":0})",
            false, 400);
        row("no JSON", "POST", "/v1/books/main/ops", "{nonsense", true, 400);
        row("foreign book", "GET", "/v1/books/other/changes?after=0", "", true, 403);
        row("changes", "GET", "/v1/books/main/changes?after=0", "", true, 200);
        row("ahead of the log", "GET", "/v1/books/main/changes?after=9999", "", true, 409);
        row("no such record", "GET", "/v1/books/main/customer/77", "", true, 404);
        row("id that is none", "GET", "/v1/books/main/customer/abc", "", true, 404);
        row("change without If-Match", "PATCH", "/v1/books/main/customer/77", "{}", true, 428);
        row("nobody to ring", "POST", "/v1/simulator/calls", R"({"number":"+4930231250","to":[]})", true,
            400);
        row("no such call", "POST", "/v1/simulator/calls/x/answer", R"({"extension":"101"})", true, 404);
    }

    void statusCodes()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(bool, signedIn);
        QFETCH(int, status);
        Http http(m_hub->url());
        if (signedIn)
            http.signIn("anna");

        const Fetched fetched = http.send(method, path, body);

        QCOMPARE(fetched.status, status);
        if (status >= 400)
            QCOMPARE(sync::readProblem(fetched.body)->status, status);
    }

    void everyRequestMayNameASchemaThatThisHubKnows_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<int>("status");
        QTest::newRow("the first") << QByteArray("1") << 200;
        QTest::newRow("of tomorrow") << QByteArray("99") << 400;
        QTest::newRow("of never") << QByteArray("0") << 400;
        QTest::newRow("none") << QByteArray("new") << 400;
    }

    void everyRequestMayNameASchemaThatThisHubKnows()
    {
        QFETCH(QByteArray, schema);
        QFETCH(int, status);
        Http http(m_hub->url());
        http.signIn("anna");
        http.headers = {{sync::schemaHeader, schema}};

        const Fetched fetched = http.send("GET", "/v1/books/main/changes?after=0");

        QCOMPARE(fetched.status, status);
        if (schema == "99")
            QCOMPARE(sync::readProblem(fetched.body)->type, "schema-too-new");
    }

    void wrongMethodNamesTheRightOnes()
    {
        const Fetched fetched = Http(m_hub->url()).send("DELETE", "/v1/books/main/customer/77");

        QCOMPARE(fetched.header("Allow"), "GET, PATCH");
    }

    void recordIsChangedOnlyAtTheVersionThatWasSeen()
    {
        Http http(m_hub->url());
        http.signIn("anna");
        const model::Op op = newCustomer(http.session.device, 1, "Ana Costa");
        const qint64 seq = http.push({op}).answers.first().seq;
        const QByteArray path = "/v1/books/main/customer/" + QByteArray::number(op.record.id);
        const QByteArray seen = http.send("GET", path).header("ETag");
        QCOMPARE(seen, '"' + QByteArray::number(seq) + '"');

        http.headers = {{"If-Match", seen}};
        const Fetched first = http.send("PATCH", path, R"({"tier":"Gold"})");
        const Fetched second = http.send("PATCH", path, R"({"tier":"Silver"})");

        QCOMPARE(first.status, 200);
        QCOMPARE(sync::readRecordReply(first.body)->fields.value("tier").toString(), "Gold");
        QCOMPARE(second.status, 412);
    }

    void bodyOfAMegabyteFitsAndOneByteMoreDoesNot()
    {
        Http http(m_hub->url());
        const QByteArray most(sync::maxBodyBytes, ' ');

        http.signIn("anna");
        QCOMPARE(http.send("POST", "/v1/books/main/ops", most).status, 400);
        QCOMPARE(http.send("POST", "/v1/books/main/ops", most + ' ').status, 413);
    }

    void bodyOfAStrangerIsNotTaken_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("status");
        const auto row = [](const char *name, const QByteArray &head, const char *status) {
            QTest::newRow(name) << head + "\r\nHost: x\r\n" << QByteArray(status);
        };
        row("without a token", "POST /v1/books/main/ops HTTP/1.1\r\nContent-Length: 9", "401");
        row("chunked, without a token", "POST /v1/books/main/ops HTTP/1.1\r\nTransfer-Encoding: chunked",
            "401");
        row("to no address", "POST /v1/nothing HTTP/1.1\r\nContent-Length: 9", "404");
        row("long, to sign in", "POST /v1/session HTTP/1.1\r\nContent-Length: 20000", "413");
    }

    /// The body is still on its way: the answer does not wait for it.
    void bodyOfAStrangerIsNotTaken()
    {
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, status);

        QVERIFY(raw(request + "\r\n").startsWith("HTTP/1.1 " + status));
    }

    void chunkOfAStrangerIsBounded()
    {
        const QByteArray head = "POST /v1/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

        QVERIFY(raw(head + "ffff\r\n" + QByteArray(0xffff, ' ')).startsWith("HTTP/1.1 413"));
        QVERIFY(raw(head + "2;" + QByteArray(1 << 20, 'x')).startsWith("HTTP/1.1 400"));
    }

    void framingThatAProxyCouldReadDifferentlyIsRefused_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::newRow("unknown coding") << QByteArray("Transfer-Encoding: xchunked\r\n");
        QTest::newRow("two codings") << QByteArray("Transfer-Encoding: gzip, chunked\r\n");
        QTest::newRow("said twice") << QByteArray("Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n");
        QTest::newRow("and a length") << QByteArray("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n");
        QTest::newRow("two lengths") << QByteArray("Content-Length: 5\r\nContent-Length: 7\r\n");
    }

    void framingThatAProxyCouldReadDifferentlyIsRefused()
    {
        QFETCH(QByteArray, headers);
        const QByteArray hidden = "0\r\n\r\nGET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n";

        const QByteArray answer = raw("POST /v1/session HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + hidden);

        QVERIFY(answer.startsWith("HTTP/1.1 400"));
        QCOMPARE(answer.count("HTTP/1.1 "), 1);
    }

    void answerToHeadHasNoBody()
    {
        const QByteArray answer = raw("HEAD /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        QVERIFY(answer.startsWith("HTTP/1.1 405"));
        QVERIFY(answer.endsWith("\r\n\r\n"));
    }

    /// A head that comes a letter at a time takes nobody's place for long.
    void newConnectionHasToAskSoon()
    {
        HubThreads parts;
        const hub::OpenStream streams(parts.fanout, parts.calls, parts.presence, parts.clock, false);
        hub::HttpFront front({.streams = streams,
                              .sessions = parts.sessions,
                              .reader = parts.reader,
                              .fanout = parts.fanout,
                              .presence = parts.presence,
                              .clock = parts.clock,
                              .firstRequestTime = std::chrono::milliseconds(20)});
        const auto port = front.start({"127.0.0.1", 0});
        QVERIFY(port);
        QTcpSocket slow;
        slow.connectToHost("127.0.0.1", *port);
        QVERIFY(slow.waitForConnected());
        slow.write("GET /v1/hea");

        QVERIFY(slow.waitForDisconnected(5000));
    }

    void headerOfSixteenKilobytesFitsAndMoreDoesNot()
    {
        const QByteArray line = "GET /v1/health HTTP/1.1\r\n";
        const QByteArray head = "Host: x\r\nConnection: close\r\nX-Long: ";
        const QByteArray tail = "\r\n\r\n";
        const QByteArray most(hub::maxHeaderBytes - head.size() - tail.size(), 'x');

        QVERIFY(raw(line + head + most + tail).startsWith("HTTP/1.1 200"));
        QVERIFY(raw(line + head + most + QByteArray(100, 'x') + tail).startsWith("HTTP/1.1 431"));
    }

    void whatIsNotHttpIsTold() { QVERIFY(raw("EHLO mail.example.com\r\n\r\n").startsWith("HTTP/1.1 400")); }

    void streamSaysHelloThenWhatChangesThenBye()
    {
        HubOnLoopback hub(1);
        Http http(hub.url());
        http.signIn("anna");
        DeskStream stream(http);
        const QVector<sync::StreamEvent> &events = stream.events;
        QTRY_COMPARE(events.size(), 1);
        QCOMPARE(events[0].name, "hello");

        http.push({newCustomer(http.session.device, 1, "Ana Costa")});
        QTRY_COMPARE(events.size(), 2);
        QCOMPARE(events[1].name, "changes");
        const sync::ChangesPage page = *sync::readChangesPage(events[1].data);
        QCOMPARE(page.from, sync::readHello(events[0].data)->books.first().head);
        QCOMPARE(page.changes.first().fields.value("name").toString(), "Ana Costa");

        hub.stop();
        QTRY_COMPARE(events.size(), 3);
        QCOMPARE(events[2].name, "bye");
    }

    void simulatedCallReachesTheDeskThatRings()
    {
        HubOnLoopback hub(2);
        Http anna(hub.url());
        anna.signIn("anna");
        DeskStream stream(anna);
        const QVector<sync::StreamEvent> &events = stream.events;
        QTRY_COMPARE(events.size(), 1);

        const auto ring = [&](const QByteArray &to) {
            return anna.send("POST", "/v1/simulator/calls",
                             R"({"number":"+493023125147","to":[")" + to + R"("]})");
        };
        QCOMPARE(ring("102").status, 200);
        QCOMPARE(ring("101").status, 200);

        QTRY_COMPARE(events.size(), 2);
        QCOMPARE(sync::readAgentCall(events[1].data)->party.e164, "+493023125147");
    }

    /// Somebody opens a stream and never reads: what piles up for them is bounded, and they learn that there
    /// is more.
    void slowReaderGetsAPokeInsteadOfEverything()
    {
        HubOnLoopback hub(1);
        Http http(hub.url());
        http.signIn("anna");
        QTcpSocket slow;
        slow.setReadBufferSize(1024);
        slow.setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, 4096);
        slow.connectToHost("127.0.0.1", quint16(QUrl(hub.url()).port()));
        QVERIFY(slow.waitForConnected());
        slow.write("GET /v1/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + http.token + "\r\n\r\n");
        QVERIFY(slow.waitForReadyRead());

        constexpr int pushes = 600;
        const QString text(12'000, 'x');
        for (int n = 1; n <= pushes; ++n)
            http.push({newCustomer(http.session.device, n, text)});
        slow.setReadBufferSize(0);
        QByteArray got;
        const QByteArray last = "\"head\":" + QByteArray::number(pushes + 1);
        while (!got.contains(last) && slow.waitForReadyRead(5000))
            got += slow.readAll();

        QVERIFY(got.contains(last));
        QVERIFY(got.contains("event: poke"));
        QVERIFY(got.size() < pushes * text.size());
    }

    void takenPortIsOneSentence()
    {
        SystemClock clock;
        const HubData data(0);
        const quint16 taken = quint16(QUrl(m_hub->url()).port());

        const auto second =
            hub::Hub::start({.database = data.database(), .listen = {"127.0.0.1", taken}}, clock);

        QVERIFY(!second);
        QCOMPARE(second.error().fault, Fault::Busy);
        QVERIFY(second.error().detail.contains("listens on"));
    }

    void hubComesBackWithItsSessions()
    {
        HubOnLoopback hub(1);
        Http http(hub.url());
        http.signIn("anna");
        http.push({newCustomer(http.session.device, 1, "Ana Costa")});

        hub.stop();
        QCOMPARE(http.send("GET", "/v1/books/main/changes?after=0").status, 0);
        hub.start();

        const Fetched changes = http.send("GET", "/v1/books/main/changes?after=0");
        QCOMPARE(changes.status, 200);
        QCOMPARE(sync::readChangesPage(changes.body)->changes.last().fields.value("name").toString(),
                 "Ana Costa");
    }

    void whoAsksThroughAProxyOnThisMachineIsNotOfThisMachine()
    {
        const QByteArray metrics = "/metrics";

        QCOMPARE(statusOf(metrics, "Accept", "text/plain"), 200);
        QCOMPARE(statusOf(metrics, "X-Forwarded-For", "10.0.0.7"), 403);
        QCOMPARE(statusOf(metrics, "X-Forwarded-For", "127.0.0.1, 10.0.0.7"), 403);
        QCOMPARE(statusOf(metrics, "X-Forwarded-For", "10.0.0.7, ::1"), 200);
        QCOMPARE(statusOf(metrics, "X-Forwarded-For", "nobody you know"), 403);
        QCOMPARE(statusOf(metrics, "Forwarded", "for=127.0.0.1"), 403);
        QCOMPARE(statusOf(metrics, "Via", "1.1 proxy"), 403);
    }

    void wrongPasswordsThroughAProxySlowDownOnlyWhoTypesThem()
    {
        HubOnLoopback hub(1);
        const auto tries = [&hub](const QByteArray &from) {
            Http http(hub.url());
            http.headers = {{"X-Forwarded-For", from}};
            return http.send("POST", "/v1/session", sync::encode(sync::SessionRequest{1, "anna", "wrong"}))
                .status;
        };
        int status = 401;
        for (int i = 0; i < 20 && status == 401; ++i)
            status = tries("10.0.0.7");

        QCOMPARE(status, 429);
        QCOMPARE(tries("10.0.0.8"), 401);
    }
};

QTEST_GUILESS_MAIN(tst_HttpFront)
#include "tst_HttpFront.moc"
