#include "tests/journeys/Company.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::tests;

namespace {

/// Something that listens where a hub should, and says this to everybody.
class Impostor : public QTcpServer
{
public:
    Impostor(quint16 port, const QByteArray &answer)
    {
        listen(QHostAddress::LocalHost, port);
        connect(this, &QTcpServer::newConnection, this, [this, answer] {
            while (QTcpSocket *socket = nextPendingConnection())
                connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
                    socket->readAll();
                    socket->write(answer);
                    socket->disconnectFromHost();
                });
        });
    }
};

QByteArray answer(const QByteArray &status, const QByteArray &type, const QByteArray &body)
{
    return "HTTP/1.1 " + status + "\r\nContent-Type: " + type +
           "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

} // namespace

/// The hub does not do what it should; the desk says so in one sentence, goes on, and loses nothing.
class tst_HubTrouble : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAHubWorkGoesOnAndIsSentLater()
    {
        Company company;
        auto anna = company.desk("anna", company.hubUrl());
        company.hub->kill();
        QVERIFY(!anna->waitFor("^state offline").isEmpty());

        anna->tell("customer Tomas Iglesias");
        QVERIFY(!anna->waitFor("^saved").isEmpty());
        QVERIFY(!anna->waitFor("^state offline waiting=1").isEmpty());
        company.startHub(QString("127.0.0.1:%1").arg(company.port()));

        QVERIFY(!anna->waitFor("^state live waiting=0", 60'000).isEmpty());
    }

    void aWrongPasswordIsSaid()
    {
        Company company;
        Program desk("ringbook-desk-process", {company.profile("anna"), company.hubUrl()});
        desk.waitFor("^started");

        desk.tell("sign-in anna wrong");

        QVERIFY(!desk.waitFor("^sign-in-failed").isEmpty());
    }

    void nonsenseIsNoReasonToStop_data()
    {
        QTest::addColumn<QByteArray>("nonsense");
        QTest::newRow("a captive portal")
            << answer("200 OK", "text/html", "<html>Please log in to the Wi-Fi</html>");
        QTest::newRow("cut JSON") << answer("200 OK", "application/json", "{\"token\":\"abc\",\"dev");
        QTest::newRow("other JSON") << answer("200 OK", "application/json", "[1,2,3]");
        QTest::newRow("wrong types") << answer("200 OK", "application/json",
                                               "{\"changes\":\"many\",\"head\":[]}");
        QTest::newRow("no HTTP") << QByteArray("220 smtp.example.com ESMTP\r\n");
        QTest::newRow("an error page") << answer("500 Oops", "text/plain", "stack trace");
    }
    void nonsenseIsNoReasonToStop()
    {
        QFETCH(QByteArray, nonsense);
        Company company;
        auto anna = company.desk("anna", company.hubUrl());
        anna->kill();
        company.hub->kill();
        auto impostor = std::make_unique<Impostor>(company.port(), nonsense);
        QVERIFY(impostor->isListening());
        anna = std::make_unique<Program>("ringbook-desk-process",
                                         QStringList{company.profile("anna"), company.hubUrl()});
        QVERIFY(!anna->waitFor("^started").isEmpty());

        anna->tell("customer Leyla Demir");

        QVERIFY(!anna->waitFor("^saved").isEmpty());
        const QString state = anna->waitFor("^state (offline|connecting|signed-out) waiting=1 refused=0 .+");
        QVERIFY2(!state.isEmpty(), qPrintable(anna->everything()));
        anna->kill();
        impostor.reset();
        company.startHub(QString("127.0.0.1:%1").arg(company.port()));
        anna = std::make_unique<Program>("ringbook-desk-process",
                                         QStringList{company.profile("anna"), company.hubUrl()});
        QVERIFY2(!anna->waitFor("^state live waiting=0").isEmpty(), qPrintable(anna->everything()));
    }

    void aHubKilledInTheMiddleOfAPushLosesNothingAndDoublesNothing()
    {
        Company company;
        Cable cable(company.port());
        const auto anna = company.desk("anna", cable.url());
        const auto ben = company.desk("ben", company.hubUrl());
        constexpr int rounds = 8;
        for (int round = 0; round < rounds; ++round) {
            cable.pull();
            for (int i = 0; i < 40; ++i)
                anna->tell(QString("customer Person %1 of round %2").arg(i).arg(round));
            for (int i = 0; i < 40; ++i)
                QVERIFY2(!anna->waitFor("^saved").isEmpty(), qPrintable(anna->everything()));
            cable.plugIn();
            cable.pullAfterBytesToDesk(
                60 + 40 * round); // the answer gets lost on its way, at another byte each time
            anna->tell("online");
            QTRY_VERIFY_WITH_TIMEOUT(!cable.isPluggedIn(), 20'000);
            company.crashHub();
        }
        cable.plugIn();
        anna->tell("online");

        QVERIFY2(!anna->waitFor("^state live waiting=0", 60'000).isEmpty(), qPrintable(anna->everything()));
        ben->tell("online");
        QTRY_COMPARE_WITH_TIMEOUT(company.bookOf("ben").count("Person"), 40 * rounds, 60'000);
        QCOMPARE(company.bookOf("anna"), company.bookOf("ben"));
    }

    void aPortInUseIsOneSentence()
    {
        Company company;
        const QString other = company.folder.filePath("other-hub");
        QCOMPARE(Program("ringbook-hub", {"book", "add", "main", "--data", other}).waitForEnd(), 0);

        Program second("ringbook-hub",
                       {"serve", "--data", other, "--listen", QString("127.0.0.1:%1").arg(company.port())});

        QCOMPARE(second.waitForEnd(), 1);
        QVERIFY2(second.everything().contains(QString::number(company.port())),
                 qPrintable(second.everything()));
        QCOMPARE(second.everything().trimmed().count('\n'), 0);
    }

    void aSecondHubOnTheSameDataIsRefused()
    {
        if (test::HubPlace::isPostgres())
            QSKIP("any number of hubs serve a PostgreSQL database");
        Company company;

        Program second("ringbook-hub",
                       QStringList{"serve", "--listen", "127.0.0.1:0"} + company.place.arguments());

        QCOMPARE(second.waitForEnd(), 1);
        QCOMPARE(second.everything().trimmed().count('\n'), 0);
    }
};

QTEST_GUILESS_MAIN(tst_HubTrouble)
#include "tst_HubTrouble.moc"
