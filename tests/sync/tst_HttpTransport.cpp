#include "sync/client/HttpTransport.h"
#include "sync/protocol/EventStream.h"
#include "sync/protocol/Messages.h"
#include "tests/support/ScriptedServer.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringbook;
using namespace ringbook::sync;

namespace {

constexpr int patienceMs = 5000;

/// One request to a server that answers with these bytes, and closes if told so.
HttpAnswer ask(const QByteArray &bytes, bool close = false,
               const HttpRequest &request = {.path = "/v1/health", .timeoutMs = 2000})
{
    ScriptedServer server([&](const auto &, QTcpSocket &socket) {
        socket.write(bytes);
        if (close)
            socket.disconnectFromHost();
    });
    HttpTransport transport;
    transport.setHub(server.url());
    QSignalSpy answered(&transport, &Transport::answered);
    transport.send(7, request);
    answered.wait(patienceMs);
    return answered.isEmpty() ? HttpAnswer{.failure = QStringLiteral("the test waited in vain")}
                              : answered[0][1].value<HttpAnswer>();
}

const QByteArray streamHead =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n\r\n";

} // namespace

class tst_HttpTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAnswerComesWithItsBody()
    {
        const auto answer = ask(ScriptedServer::reply(200, "{}", "Content-Type: application/json\r\n"));

        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, "{}");
        QCOMPARE(answer.contentType, "application/json");
    }

    void aRequestIsSentWhole()
    {
        ScriptedServer server(
            [](const auto &, QTcpSocket &socket) { socket.write(ScriptedServer::reply(200, "{}")); });
        HttpTransport transport;
        transport.setHub(server.url());
        QSignalSpy answered(&transport, &Transport::answered);

        transport.send(
            1, {.method = "POST", .path = "/v1/books/main/ops?a=%26b", .body = "{\"x\":1}", .token = "t0"});

        QVERIFY(answered.wait(patienceMs));
        QCOMPARE(server.requests[0].line, "POST /v1/books/main/ops?a=%26b HTTP/1.1");
        QVERIFY(server.requests[0].head.contains("authorization: bearer t0"));
        QVERIFY(server.requests[0].head.contains("content-type: application/json"));
        QVERIFY(server.requests[0].head.contains("ringbook-schema: 1"));
        QCOMPARE(server.requests[0].body, "{\"x\":1}");
    }

    void aHubBehindAPathIsReached()
    {
        ScriptedServer server(
            [](const auto &, QTcpSocket &socket) { socket.write(ScriptedServer::reply(200, "{}")); });
        HttpTransport transport;
        transport.setHub(QUrl(server.url().toString() + "/call%20centre/"));
        QSignalSpy answered(&transport, &Transport::answered);

        transport.send(1, {.path = "/v1/health"});

        QVERIFY(answered.wait(patienceMs));
        QCOMPARE(server.requests[0].line, "GET /call%20centre/v1/health HTTP/1.1");
    }

    void refusalsAreAnswersWithTheirBody_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {400, 401, 403, 404, 409, 412, 413, 500, 502, 503})
            QTest::addRow("%d", status) << status;
    }

    void refusalsAreAnswersWithTheirBody()
    {
        QFETCH(int, status);

        const auto answer =
            ask(ScriptedServer::reply(status, "{\"a\":1}", "Retry-After: 7\r\nWWW-Authenticate: Bearer\r\n"));

        QCOMPARE(answer.status, status);
        QCOMPARE(answer.body, "{\"a\":1}");
        QCOMPARE(answer.retryAfterMs, 7000);
    }

    void aRedirectIsNotFollowed()
    {
        const auto answer = ask(ScriptedServer::reply(302, "", "Location: http://127.0.0.1:1/login\r\n"));

        QCOMPARE(answer.status, 302);
    }

    void whatIsNoAnswerIsASentence_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("close");
        QTest::newRow("closed at once") << QByteArray() << true;
        QTest::newRow("cut in the head") << QByteArray("HTTP/1.1 200 OK\r\nConte") << true;
        QTest::newRow("cut in the body")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"half") << true;
        QTest::newRow("no HTTP") << QByteArray("220 mail.example.org ESMTP\r\n\r\n") << true;
        QTest::newRow("never") << QByteArray() << false;
        QTest::newRow("never ends") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{") << false;
        QTest::newRow("endless") << "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n" +
                                        QByteArray(maxPageBytes + 1, 'x')
                                 << false;
    }

    void whatIsNoAnswerIsASentence()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, close);

        const auto answer = ask(bytes, close, {.path = "/v1/health", .timeoutMs = 300});

        QCOMPARE(answer.status, 0);
        QVERIFY2(answer.failure.endsWith(u'.'), qPrintable(answer.failure));
    }

    void aPageAsLargeAsTheLimitIsTaken()
    {
        const auto answer = ask(ScriptedServer::reply(200, QByteArray(maxPageBytes, 'x')));

        QCOMPARE(answer.body.size(), maxPageBytes);
    }

    void nobodyThereIsASentenceWithTheAddress()
    {
        HttpTransport transport;
        transport.setHub(QUrl(QStringLiteral("http://127.0.0.1:1")));
        QSignalSpy answered(&transport, &Transport::answered);

        transport.send(1, {.path = "/v1/health"});

        QVERIFY(answered.wait(patienceMs));
        QCOMPARE(answered[0][1].value<HttpAnswer>().failure, "Nothing answers at http://127.0.0.1:1.");
    }

    void aCancelledRequestIsNotAnswered()
    {
        ScriptedServer server([](const auto &request, QTcpSocket &socket) {
            if (request.line.contains("second"))
                socket.write(ScriptedServer::reply(200, "{}"));
        });
        HttpTransport transport;
        transport.setHub(server.url());
        QSignalSpy answered(&transport, &Transport::answered);

        transport.send(1, {.path = "/first"});
        transport.cancel(1);
        transport.send(2, {.path = "/second"});

        QVERIFY(answered.wait(patienceMs));
        QCOMPARE(answered.size(), 1);
        QCOMPARE(answered[0][0].toInt(), 2);
    }

    void streamBytesComeAsTheyAreSent()
    {
        QTcpSocket *open = nullptr;
        ScriptedServer server([&](const auto &, QTcpSocket &socket) {
            open = &socket;
            socket.write(streamHead + streamPadding());
        });
        HttpTransport transport;
        transport.setHub(server.url());
        QSignalSpy opened(&transport, &Transport::streamOpened);
        QSignalSpy bytes(&transport, &Transport::streamBytes);
        QSignalSpy ended(&transport, &Transport::streamEnded);
        transport.openStream({.path = "/v1/stream", .token = "t0"});

        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].toInt(), 200);
        QCOMPARE(opened[0][1].toByteArray(), "text/event-stream");
        QVERIFY(server.requests[0].head.contains("accept-encoding: identity"));
        QTRY_COMPARE(bytes.size(), 1);
        open->write(encodeEvent("call", "{}"));
        QTRY_COMPARE(bytes.size(), 2);
        QCOMPARE(bytes[1][0].toByteArray(), encodeEvent("call", "{}"));
        QVERIFY(bytes[1][1].toLongLong() > 0);
        QCOMPARE(ended.size(), 0);
        open->disconnectFromHost();
        QTRY_COMPARE(ended.size(), 1);
    }

    void aStreamThatIsRefusedSaysItsStatus()
    {
        ScriptedServer server(
            [](const auto &, QTcpSocket &socket) { socket.write(ScriptedServer::reply(401, "{}")); });
        HttpTransport transport;
        transport.setHub(server.url());
        QSignalSpy opened(&transport, &Transport::streamOpened);
        QSignalSpy ended(&transport, &Transport::streamEnded);

        transport.openStream({.path = "/v1/stream"});

        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].toInt(), 401);
    }

    void aClosedStreamIsSilent()
    {
        ScriptedServer server(
            [](const auto &, QTcpSocket &socket) { socket.write(streamHead + streamPadding()); });
        HttpTransport transport;
        transport.setHub(server.url());
        QSignalSpy opened(&transport, &Transport::streamOpened);
        QSignalSpy ended(&transport, &Transport::streamEnded);
        transport.openStream({.path = "/v1/stream"});
        QTRY_COMPARE(opened.size(), 1);

        transport.closeStream();
        transport.openStream({.path = "/v1/stream"});

        QTRY_COMPARE(opened.size(), 2);
        QCOMPARE(ended.size(), 0);
    }
};

QTEST_GUILESS_MAIN(tst_HttpTransport)
#include "tst_HttpTransport.moc"
