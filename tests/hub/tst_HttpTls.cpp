#include "sync/hub/HttpTls.h"
#include "tests/hub/HubThreads.h"
#include "tests/support/Certificates.h"
#include "tests/support/FakeClock.h"

#include <QSslConfiguration>
#include <QSslSocket>

using namespace ringbook;
using namespace ringbook::test;

namespace {

constexpr int patienceMs = 10'000;

/// HTTP in front of no verbs, by TLS.
struct Front
{
    explicit Front(const Authority &company,
                   std::chrono::milliseconds firstRequestTime = std::chrono::seconds(10))
        : front({.streams = streams,
                 .sessions = parts.sessions,
                 .reader = parts.reader,
                 .fanout = parts.fanout,
                 .presence = parts.presence,
                 .clock = parts.clock,
                 .firstRequestTime = firstRequestTime}),
          port(
              *front.start({"127.0.0.1", 0}, hub::TlsFiles{company.path("hub.pem"), company.path("hub.key")}))
    {
    }

    HubThreads parts;
    hub::OpenStream streams{parts.fanout, parts.calls, parts.presence, parts.clock, false};
    hub::HttpFront front;
    quint16 port;
};

/// Somebody who trusts the company's authority.
std::unique_ptr<QSslSocket> client(const Authority &company)
{
    auto socket = std::make_unique<QSslSocket>();
    auto settings = socket->sslConfiguration();
    settings.setCaCertificates(QSslCertificate::fromPath(company.certificate()));
    socket->setSslConfiguration(settings);
    return socket;
}

bool connects(QSslSocket &socket, quint16 port)
{
    socket.connectToHostEncrypted("127.0.0.1", port);
    return socket.waitForEncrypted(patienceMs);
}

QByteArray ask(QIODevice &socket, const QByteArray &request)
{
    socket.write(request);
    QByteArray answer;
    while (socket.waitForReadyRead(patienceMs))
        answer += socket.readAll();
    return answer;
}

const QByteArray nothing = "GET /nothing HTTP/1.1\r\nHost: x\r\n";

} // namespace

class tst_HttpTls : public QObject
{
    Q_OBJECT

    const Authority company;

private Q_SLOTS:
    void init() { company.vouchFor("hub"); }

    void requestsAreAnsweredOneAfterTheOther()
    {
        const Front front(company);
        const auto socket = client(company);
        QVERIFY2(connects(*socket, front.port), qPrintable(socket->errorString()));

        const QByteArray answers = ask(*socket, nothing + "\r\n" + nothing + "Connection: close\r\n\r\n");

        QCOMPARE(answers.count("HTTP/1.1 404"), 2);
        QCOMPARE(socket->error(), QAbstractSocket::RemoteHostClosedError); // and no cut line
    }

    void tlsIsSpokenFromVersionOnePointTwoOn_data()
    {
        QTest::addColumn<QSsl::SslProtocol>("protocol");
        QTest::addColumn<bool>("isTaken");
        QT_WARNING_PUSH
        QT_WARNING_DISABLE_DEPRECATED
        QTest::newRow("1.1") << QSsl::TlsV1_1 << false;
        QT_WARNING_POP
        QTest::newRow("1.2") << QSsl::TlsV1_2 << true;
        QTest::newRow("1.3") << QSsl::TlsV1_3 << true;
    }

    void tlsIsSpokenFromVersionOnePointTwoOn()
    {
        QFETCH(QSsl::SslProtocol, protocol);
        QFETCH(bool, isTaken);
        const Front front(company);
        const auto socket = client(company);
        auto settings = socket->sslConfiguration();
        settings.setProtocol(protocol);
        settings.setBackendConfigurationOption("CipherString",
                                               "DEFAULT:@SECLEVEL=0"); // or 1.1 is not even tried
        socket->setSslConfiguration(settings);

        QCOMPARE(connects(*socket, front.port), isTaken);
    }

    void garbageForAHandshakeEndsTheConnection()
    {
        const Front front(company);
        QTcpSocket stranger;
        stranger.connectToHost("127.0.0.1", front.port);
        QVERIFY(stranger.waitForConnected());

        stranger.write(QByteArray(100'000, '\xff'));

        QVERIFY(stranger.state() == QTcpSocket::UnconnectedState || stranger.waitForDisconnected(patienceMs));
        const auto socket = client(company);
        QVERIFY(connects(*socket, front.port));
    }

    void handshakeHasToEndSoon()
    {
        const Front front(company, std::chrono::milliseconds(20));
        QTcpSocket slow;
        slow.connectToHost("127.0.0.1", front.port);
        QVERIFY(slow.waitForConnected());

        slow.write("\x16\x03\x01"); // as a handshake begins

        QVERIFY(slow.waitForDisconnected(patienceMs));
    }

    void plainRequestIsToldToSpeakTls()
    {
        const Front front(company);
        QTcpSocket plain;
        plain.connectToHost("127.0.0.1", front.port);

        const QByteArray answer = ask(plain, nothing + "\r\n");

        QVERIFY(answer.startsWith("HTTP/1.1 400"));
        QVERIFY(answer.contains("https://"));
    }

    void renewedCertificateIsShownToWhoComesThen()
    {
        Front front(company);
        const auto before = client(company);
        QVERIFY(connects(*before, front.port));
        company.vouchFor("hub");

        front.parts.clock.advance(minuteMs);

        const auto isShown = [&] {
            const auto after = client(company);
            return connects(*after, front.port) &&
                   after->peerCertificate().serialNumber() != before->peerCertificate().serialNumber();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isShown(), patienceMs);
        QVERIFY(ask(*before, nothing + "Connection: close\r\n\r\n").startsWith("HTTP/1.1 404"));
    }

    void filesAreLookedAtOnceAMinute()
    {
        tests::FakeClock clock;
        clock.set(QDateTime::currentMSecsSinceEpoch());
        auto tls = hub::HttpTls::open({company.path("hub.pem"), company.path("hub.key")}, clock);
        const auto *first = &tls->context();
        company.vouchFor("hub");

        clock.advance(minuteMs - 1);
        QVERIFY(tls->refresh());
        QCOMPARE(&tls->context(), first);
        clock.advance(1);
        QVERIFY(tls->refresh());
        QVERIFY(&tls->context() != first);
    }

    void endThatIsNearIsSaidOnceADay()
    {
        tests::FakeClock clock;
        const auto now = QDateTime::currentDateTimeUtc();
        clock.set(now.toMSecsSinceEpoch());
        company.vouchFor("hub", {.to = now.addDays(14).addSecs(90)});
        auto tls = hub::HttpTls::open({company.path("hub.pem"), company.path("hub.key")}, clock);

        clock.advance(minuteMs);
        QVERIFY(tls->refresh()); // half a minute before the last two weeks
        clock.advance(minuteMs);
        const Status said = tls->refresh();
        QVERIFY(!said && said.error().detail.contains("ends on"));
        clock.advance(dayMs - minuteMs);
        QVERIFY(tls->refresh());
        clock.advance(minuteMs);
        QVERIFY(!tls->refresh());
        company.vouchFor("hub");
        clock.advance(minuteMs);
        QVERIFY(tls->refresh());
        clock.advance(dayMs);
        QVERIFY(tls->refresh());
    }

    void renewalThatIsOfNoUseIsSaidOnceAndChangesNothing()
    {
        tests::FakeClock clock;
        clock.set(QDateTime::currentMSecsSinceEpoch());
        auto tls = hub::HttpTls::open({company.path("hub.pem"), company.path("hub.key")}, clock);
        const auto *first = &tls->context();
        company.vouchFor("hub", {.to = QDateTime::currentDateTimeUtc().addSecs(-60)});

        clock.advance(minuteMs);
        const Status said = tls->refresh();
        clock.advance(minuteMs);

        QVERIFY(!said && said.error().detail.contains("expired"));
        QVERIFY(tls->refresh());
        QCOMPARE(&tls->context(), first);
    }
};

QTEST_GUILESS_MAIN(tst_HttpTls)
#include "tst_HttpTls.moc"
