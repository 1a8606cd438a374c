#include "sync/hub/store/Backup.h"
#include "tests/hub/HubThreads.h"
#include "tests/support/PostgresCluster.h"

using namespace ringbook;
using namespace ringbook::test;
using sync::Verdict;

/// What only a database server can do to a hub. All the rest is tested on both engines by the other programs.
class tst_HubOnPostgres : public QObject
{
    Q_OBJECT

    PostgresCluster m_cluster;

private Q_SLOTS:
    void initTestCase()
    {
        if (!PostgresCluster::isInstalled())
            QSKIP("PostgreSQL is not installed");
        QVERIFY2(m_cluster.start(), qPrintable(m_cluster.error()));
    }

    void aBackupGoesFromOneEngineToTheOther()
    {
        const QTemporaryDir folder;
        const QString there = folder.filePath("there.backup"), back = folder.filePath("back.backup");
        HubThreads hub(2, m_cluster.freshDatabase());
        hub.start();
        hub.push(2, {newCustomer(2, 1, "Ana “Nita” Costa"), newCustomer(2, 2, "Rui Pinto")});
        const auto elsewhere = hub::Database::atUrl(m_cluster.freshDatabase());

        QVERIFY(hub::backUp(hub.data.database(), there));
        QVERIFY(hub::restore(there, elsewhere, {}, SystemClock().now()));
        QVERIFY(hub::backUp(elsewhere, back));

        const auto first = model::Connection::openSqlite(there), second = model::Connection::openSqlite(back);
        for (const QString table : {"account", "record", "change_log", "op_answer", "book_grant"}) {
            const auto count = "SELECT count(*) AS n FROM " + table;
            QVERIFY(first->one(count)->number("n") > 0);
            QCOMPARE(second->one(count)->number("n"), first->one(count)->number("n"));
        }
        const auto newest = "SELECT wire FROM change_log ORDER BY seq DESC LIMIT 1";
        QCOMPARE(second->one(newest)->bytes("wire"), first->one(newest)->bytes("wire"));
        QCOMPARE(hub::restore(there, elsewhere, {}, SystemClock().now()).error().fault, Fault::Conflict);
    }

    void hubComesBackWithItsDatabase()
    {
        HubThreads hub(0, m_cluster.freshDatabase());
        hub.start();
        QCOMPARE(hub.push(2, {newCustomer(2, 1, "Ana")}).answers[0].verdict, Verdict::Applied);
        const hub::Ask second = hub.pushing(2, {newCustomer(2, 2, "Bia")});
        const hub::Ask all = hub.pulling({});

        m_cluster.halt();
        for (hub::Verb *verb :
             {static_cast<hub::Verb *>(&hub.pushOps), static_cast<hub::Verb *>(&hub.pullChanges)}) {
            const sync::Problem away = refused(ask(*verb, verb == &hub.pushOps ? second : all));
            QCOMPARE(away.status, 503);
            QCOMPARE(away.detail, "The hub cannot reach its database just now.");
        }
        QVERIFY2(m_cluster.goOn(), qPrintable(m_cluster.error()));

        const auto isAnswered = [](const hub::Answer &answer) {
            return std::holds_alternative<hub::Told>(answer);
        };
        QTRY_VERIFY(isAnswered(ask(hub.pushOps, second)));
        QTRY_VERIFY(isAnswered(ask(hub.pullChanges, all)));
        QCOMPARE(hub.pull(0).changes.size(), 2);
    }

    /// Nobody asked the hub for anything while its database was started again.
    void pushAfterARestartIsNotEvenRefused()
    {
        HubThreads hub(0, m_cluster.freshDatabase());
        hub.start();
        const auto listener = hub.fanout.subscribe(20, {"main"}, [] {});
        hub.push(2, {newCustomer(2, 1, "Ana")});
        listener->take();

        m_cluster.halt();
        QVERIFY2(m_cluster.goOn(), qPrintable(m_cluster.error()));

        QCOMPARE(hub.push(2, {newCustomer(2, 2, "Bia")}).answers[0].verdict, Verdict::Applied);
        QVERIFY(listener->take().join().contains("event: poke"));
    }

    /// The server keeps a plan it made when a book was new; reading all of it for a few rows would get slower
    /// with each push.
    void recordsAreFoundByTheirKeysInASmallBookToo()
    {
        HubThreads hub(0, m_cluster.freshDatabase());
        hub.start();
        hub.push(2, {newCustomer(2, 1, "Ana")});
        auto db = hub.data.database().open();
        QVERIFY(db->script("ANALYZE record"));

        QVERIFY(
            db->script(R"(CREATE FUNCTION plan() RETURNS SETOF TEXT LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY
            EXECUTE 'EXPLAIN SELECT * FROM record WHERE book = 1 AND kind = ''customer'' AND id IN (1, 2)'; END $$)"));

        const auto plan = *db->all("SELECT plan() AS line");

        QVERIFY(!plan.isEmpty());
        for (const model::Row &line : plan)
            QVERIFY2(!line.text("line").contains("Seq Scan"), qPrintable(line.text("line")));
    }

    /// A desk that is told to sign in would throw its session away.
    void nobodyIsSignedOutWhileTheDatabaseIsAway()
    {
        const HubData data(1, m_cluster.freshDatabase());
        const SystemClock clock;
        const auto start = [&] {
            return hub::Hub::start({.database = data.database(), .listen = {"127.0.0.1", 0}}, clock);
        };
        auto hub = start();
        Http first((*hub)->url());
        first.signIn("anna");
        hub = start(); // knows nobody yet
        Http http((*hub)->url());
        http.token = first.token;

        m_cluster.halt();
        QCOMPARE(http.send("GET", "/v1/books/main/changes?after=0").status, 503);
        QVERIFY2(m_cluster.goOn(), qPrintable(m_cluster.error()));

        QTRY_COMPARE_WITH_TIMEOUT(http.send("GET", "/v1/books/main/changes?after=0").status, 200, 20'000);
    }

    /// Two hubs on one database: each waits for the other, nobody's number is given twice.
    void twoHubsShareOneBook()
    {
        const QString url = m_cluster.freshDatabase();
        HubThreads first(0, url);
        const SystemClock clock;
        hub::BookWriter writer(hub::Database::atUrl(url), clock, [](const hub::BookChanges &) {});
        hub::Metrics metrics;
        hub::PushOps second(writer, metrics);
        first.start();
        QVERIFY(writer.start());

        constexpr int each = 50;
        std::thread other([&] {
            for (int n = 1; n <= each; ++n)
                told(ask(second, first.pushing(3, {newCustomer(3, n, "Bia")})));
        });
        for (int n = 1; n <= each; ++n)
            first.push(2, {newCustomer(2, n, "Ana")});
        other.join();

        const auto changes = first.pull(0).changes;
        QCOMPARE(changes.size(), 2 * each);
        for (qsizetype i = 0; i < changes.size(); ++i)
            QCOMPARE(changes[i].seq, i + 1);
    }
};

QTEST_GUILESS_MAIN(tst_HubOnPostgres)
#include "tst_HubOnPostgres.moc"
