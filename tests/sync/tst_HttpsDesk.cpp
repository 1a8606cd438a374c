#include "tests/support/Certificates.h"
#include "tests/support/DeskOnFiles.h"
#include "tests/support/HubOnLoopback.h"

#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>

using namespace ringbook;
using namespace ringbook::test;
using Link = sync::SyncState::Link;

namespace {

constexpr int patienceMs = 10'000;

#define TRY_LIVE(desk) QTRY_VERIFY_WITH_TIMEOUT((desk).isLive(), patienceMs)

hub::TlsFiles filesOf(const Authority &company, const QString &name)
{
    return {company.path(name + ".pem"), company.path(name + ".key")};
}

/// Somebody with any certificate, who keeps what is said to him.
class Impostor
{
public:
    Impostor(const Authority &company, const QString &name, quint16 port = 0)
    {
        QFile key(company.path(name + ".key"));
        if (!key.open(QIODevice::ReadOnly))
            qFatal("no key");
        QSslConfiguration settings;
        settings.setLocalCertificate(QSslCertificate::fromPath(company.path(name + ".pem")).first());
        settings.setPrivateKey(QSslKey(&key, QSsl::Ec));
        m_server.setSslConfiguration(settings);
        QObject::connect(&m_server, &QSslServer::pendingConnectionAvailable, &m_server, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, &m_server,
                             [this, socket] { heard += socket->readAll(); });
        });
        QObject::connect(&m_server, &QSslServer::startedEncryptionHandshake, &m_server,
                         [this] { ++handshakes; });
        if (!m_server.listen(QHostAddress::LocalHost, port))
            qFatal("no port");
    }

    QString url() const { return QStringLiteral("https://127.0.0.1:%1").arg(m_server.serverPort()); }

    int handshakes = 0;
    QByteArray heard = {};

private:
    QSslServer m_server;
};

} // namespace

class tst_HttpsDesk : public QObject
{
    Q_OBJECT

    const Authority company;

private Q_SLOTS:
    void initTestCase()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        company.vouchFor("hub");
        company.vouchFor("elsewhere", {.names = "DNS:hub.example.com,IP:127.0.0.2"});
        company.vouchFor("expired", {.from = now.addDays(-2), .to = now.addSecs(-60)});
        company.vouchFor("tomorrow", {.from = now.addSecs(3600)});
    }

    void whatIsSavedAtOneDeskComesToTheOtherOverTls()
    {
        HubOnLoopback hub(2, {}, filesOf(company, "hub"));
        QVERIFY(hub.url().startsWith("https://"));
        DeskOnFiles anna(hub.url(), {}, company.certificate());
        DeskOnFiles ben(hub.url(), {}, company.certificate());
        anna.signIn("anna");
        ben.signIn("ben");
        TRY_LIVE(anna);
        TRY_LIVE(ben);

        const auto ana = anna.saveCustomer("Ana Costa");

        QTRY_COMPARE_WITH_TIMEOUT(ben.text(ana, "name"), "Ana Costa", patienceMs);
    }

    void theHubsOwnCertificateIsEnough()
    {
        HubOnLoopback hub(1, {}, filesOf(company, "hub"));
        DeskOnFiles anna(hub.url(), {}, company.path("hub.pem"));

        anna.signIn();

        TRY_LIVE(anna);
    }

    void whoCannotProveToBeTheHubIsToldNothing_data()
    {
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("trusted");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("of no company") << "hub"
                                       << ""
                                       << "vouches";
        QTest::newRow("of another company") << "hub"
                                            << "rival"
                                            << "vouches";
        QTest::newRow("another hub's own") << "hub"
                                           << "expired"
                                           << "vouches";
        QTest::newRow("of another machine") << "elsewhere"
                                            << "authority"
                                            << "another machine";
        QTest::newRow("of another machine, its own") << "elsewhere"
                                                     << "elsewhere"
                                                     << "another machine";
        QTest::newRow("expired") << "expired"
                                 << "authority"
                                 << "expired on";
        QTest::newRow("expired, its own") << "expired"
                                          << "expired"
                                          << "expired on";
        QTest::newRow("not yet good") << "tomorrow"
                                      << "authority"
                                      << "clock";
    }

    void whoCannotProveToBeTheHubIsToldNothing()
    {
        QFETCH(QString, shown);
        QFETCH(QString, trusted);
        QFETCH(QString, sentence);
        const Authority rival;
        const Impostor impostor(company, shown);
        DeskOnFiles anna(impostor.url(), {},
                         trusted == "rival"  ? rival.certificate()
                         : trusted.isEmpty() ? QString()
                                             : company.path(trusted + ".pem"));
        QSignalSpy distrusted(&*anna.client, &sync::SyncClient::hubDistrusted);

        anna.signIn();

        QTRY_COMPARE_WITH_TIMEOUT(distrusted.size(), 1, patienceMs);
        const QString said = distrusted[0][0].toString();
        QVERIFY2(said.contains(sentence), qPrintable(said));
        QCOMPARE(anna.state.problem, said);
        QCOMPARE(impostor.handshakes, 1);
        QCOMPARE(impostor.heard, QByteArray());
    }

    void aFileThatIsGoneTrustsNobody()
    {
        HubOnLoopback hub(1, {}, filesOf(company, "hub"));
        DeskOnFiles anna(hub.url(), {}, company.path("none.pem"));
        QSignalSpy distrusted(&*anna.client, &sync::SyncClient::hubDistrusted);

        anna.signIn();

        QTRY_COMPARE_WITH_TIMEOUT(distrusted.size(), 1, patienceMs);
    }

    /// Somebody took the hub's place while the desk worked.
    void theTokenIsNotShownToWhoeverElseStandsThere()
    {
        HubOnLoopback hub(1, {}, filesOf(company, "hub"));
        DeskOnFiles anna(hub.url(), {}, company.certificate());
        anna.signIn();
        TRY_LIVE(anna);
        const Authority rival;
        rival.vouchFor("hub");
        hub.stop();

        const Impostor impostor(rival, "hub", hub.port());
        anna.client->goOnline();

        QTRY_VERIFY_WITH_TIMEOUT(impostor.handshakes > 0 && anna.state.problem.contains("vouches"),
                                 patienceMs);
        QCOMPARE(anna.state.link, Link::Offline);
        QCOMPARE(impostor.heard, QByteArray());
    }

    void whoSpeaksNoTlsIsToldNothing()
    {
        HubOnLoopback hub(1);
        DeskOnFiles anna(hub.url().replace("http:", "https:"), {}, company.certificate());
        QSignalSpy failed(&*anna.client, &sync::SyncClient::signInFailed);

        anna.signIn();

        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patienceMs);
        QVERIFY2(failed[0][0].value<Error>().detail.contains("does not speak TLS"),
                 qPrintable(failed[0][0].value<Error>().detail));
    }

    void aPlainAddressOfAHubThatSpeaksTlsSaysSo()
    {
        HubOnLoopback hub(1, {}, filesOf(company, "hub"));
        DeskOnFiles anna(hub.url().replace("https:", "http:"));
        QSignalSpy failed(&*anna.client, &sync::SyncClient::signInFailed);

        anna.signIn();

        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patienceMs);
        QVERIFY(failed[0][0].value<Error>().detail.contains("https://"));
    }
};

QTEST_GUILESS_MAIN(tst_HttpsDesk)
#include "tst_HttpsDesk.moc"
