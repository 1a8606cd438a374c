#include "tests/hub/Asking.h"
#include "tests/support/HubOnLoopback.h"

#include <QFileInfo>
#include <QTcpSocket>

using namespace ringbook;
using namespace ringbook::test;

/// The hub as a whole, where its parts only do the right thing together.
class tst_Hub : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// A user is a record of the book too; the command that adds one is another program.
    void whatAnAdministratorAddsIsToldAtOnce()
    {
        const HubOnLoopback hub;
        Http http(hub.url());
        http.signIn("anna");
        const DeskStream stream(http);
        QTRY_VERIFY_WITH_TIMEOUT(!stream.events.isEmpty(), 20'000);

        const SystemClock clock;
        auto admin = hub::Administration::open(hub.data().database(), clock);
        QVERIFY(
            admin->addUser({.login = "eva", .password = "demo", .name = "Eva Eriksen", .books = {"main"}}));

        QTRY_COMPARE_WITH_TIMEOUT(stream.events.last().name, QByteArray(sync::changesEvent), 20'000);
        QVERIFY(stream.events.last().data.contains("Eva Eriksen"));
    }

    void aClosedUserIsOutWithinSeconds()
    {
        const HubOnLoopback hub;
        Http anna(hub.url());
        Http ben(hub.url());
        anna.signIn("anna");
        ben.signIn("ben");
        const DeskStream annas(anna);
        const DeskStream bens(ben);
        QTRY_VERIFY_WITH_TIMEOUT(!annas.events.isEmpty() && !bens.events.isEmpty(), 20'000);
        const SystemClock clock;
        auto admin = hub::Administration::open(hub.data().database(), clock);
        const QByteArray word = sync::encode(sync::SessionRequest{1, "anna", "demo"});

        QVERIFY(admin->closeUser("anna"));

        QTRY_COMPARE_WITH_TIMEOUT(annas.events.last().name, QByteArray(sync::byeEvent), 20'000);
        QCOMPARE(anna.send("GET", "/v1/books/main/changes").status, 401);
        const Fetched refused = anna.send("POST", "/v1/session", word);
        QCOMPARE(refused.status, 401);
        QVERIFY(refused.body.contains("closed"));
        QCOMPARE(ben.send("GET", "/v1/books/main/changes").status, 200);
        QVERIFY(bens.events.last().name != sync::byeEvent);

        QVERIFY(admin->openUser("anna"));

        QCOMPARE(anna.send("POST", "/v1/session", word).status, 200);
    }

    void aRequestThatBeganBeforeTheClosingIsNotAnsweredAfterIt_data()
    {
        QTest::addColumn<QByteArray>("begun");
        QTest::newRow("stream") << QByteArray("GET /v1/stream");
        QTest::newRow("push") << QByteArray("POST /v1/books/main/ops");
    }
    void aRequestThatBeganBeforeTheClosingIsNotAnsweredAfterIt()
    {
        QFETCH(QByteArray, begun);
        const HubOnLoopback hub;
        Http anna(hub.url());
        anna.signIn("anna");
        QTcpSocket slow;
        slow.connectToHost("127.0.0.1", quint16(QUrl(hub.url()).port()));
        QVERIFY(slow.waitForConnected());
        slow.write(begun +
                   " HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                   "Authorization: Bearer " +
                   anna.session.token.toUtf8() + "\r\n\r\n{");
        QVERIFY(slow.waitForBytesWritten());
        QCOMPARE(anna.send("GET", "/v1/books/main/changes").status, 200);
        const SystemClock clock;
        auto admin = hub::Administration::open(hub.data().database(), clock);

        QVERIFY(admin->closeUser("anna"));
        QTRY_COMPARE_WITH_TIMEOUT(anna.send("GET", "/v1/books/main/changes").status, 401, 20'000);
        slow.write("}");

        QTRY_VERIFY_WITH_TIMEOUT(slow.bytesAvailable() > 0, 20'000);
        QVERIFY(slow.readAll().startsWith("HTTP/1.1 401"));
    }

    void anotherPasswordEndsTheSessionsOfTheOld()
    {
        const HubOnLoopback hub;
        Http anna(hub.url());
        anna.signIn("anna");
        const DeskStream annas(anna);
        QTRY_VERIFY_WITH_TIMEOUT(!annas.events.isEmpty(), 20'000);
        const SystemClock clock;
        auto admin = hub::Administration::open(hub.data().database(), clock);

        QVERIFY(admin->setPassword("anna", "another"));

        QTRY_COMPARE_WITH_TIMEOUT(annas.events.last().name, QByteArray(sync::byeEvent), 20'000);
        QCOMPARE(anna.send("GET", "/v1/books/main/changes").status, 401);
        const auto status = [&](const char *password) {
            return anna.send("POST", "/v1/session", sync::encode(sync::SessionRequest{1, "anna", password}))
                .status;
        };
        QCOMPARE(status("demo"), 401);
        QCOMPARE(status("another"), 200);
    }

    void aLongLogMovesIntoTheFileWhileTheHubServes()
    {
        if (HubPlace::isPostgres())
            QSKIP("PostgreSQL looks after its log itself");
        constexpr int pushes = 12;
        constexpr int opsPerPush = 15;
        const HubOnLoopback hub;
        Http http(hub.url());
        http.signIn("anna");
        const QFileInfo file(hub.data().place().folder() + "/hub.db");
        const qint64 before = file.size();

        for (int push = 0; push < pushes; ++push) {
            QVector<model::Op> ops;
            for (int i = 1; i <= opsPerPush; ++i) {
                ops += newCustomer(http.session.device, push * opsPerPush + i, "Ana Costa");
                ops.last().edits["notes"] = {QString(60'000, 'x'), 0};
            }
            QCOMPARE(http.push(ops).answers.size(), opsPerPush);
        }

        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(file.filePath()).size() > before + (4 << 20), 20'000);
    }
};

QTEST_GUILESS_MAIN(tst_Hub)
#include "tst_Hub.moc"
