#include "tests/hub/Asking.h"
#include "tests/support/HubOnLoopback.h"

using namespace ringbook;
using namespace ringbook::test;

/// Two hubs on a PostgreSQL that is copied, commit by commit, to a standby.
class tst_Failover : public QObject
{
    Q_OBJECT

    static constexpr int patienceMs = 60'000;

    /// A desk that pushes, and pushes again what was not acknowledged, as desks do.
    struct Pusher
    {
        explicit Pusher(const QString &url) : http(url) {}

        bool push(int count)
        {
            QVector<model::Op> ops;
            for (int i = 1; i <= count; ++i)
                ops.append(newCustomer(http.session.device, acknowledged + i, "Ana"));
            const sync::PushRequest push{.schema = 1, .epoch = http.session.books.first().epoch, .ops = ops};
            const Fetched answer = http.send("POST", "/v1/books/main/ops", sync::encode(push));
            if (answer.status == 200)
                acknowledged = sync::readPushReply(answer.body)->answers.last().counter;
            return answer.status == 200;
        }

        Http http;
        qint64 acknowledged = 0;
    };

    /// How often each op of a device is in the log; fails if that has a hole.
    static QMap<qint64, int> effects(Http &http, qint64 device)
    {
        QMap<qint64, int> seen;
        const QByteArray epoch = "&epoch=" + http.session.books.first().epoch.toUtf8();
        for (qint64 after = 0;;) {
            const auto page = *sync::readChangesPage(
                http.send("GET", "/v1/books/main/changes?after=" + QByteArray::number(after) + epoch).body);
            for (const model::Change &change : page.changes) {
                if (change.seq != ++after)
                    qFatal("the log has a hole before %lld", change.seq);
                if (change.device == device)
                    ++seen[change.counter];
            }
            if (page.to == page.head)
                return seen;
        }
    }

    static bool waitsForItsStandby(model::Connection &db)
    {
        return db.one("SELECT COUNT(*) AS n FROM pg_stat_replication WHERE sync_state = 'sync'")
                   ->number("n") == 1;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!PostgresCluster::isInstalled())
            QSKIP("PostgreSQL is not installed");
    }

    void nothingAcknowledgedIsLostWhenThePrimaryDies()
    {
        PostgresCluster primary;
        PostgresCluster standby;
        QVERIFY2(primary.start(), qPrintable(primary.error()));
        QVERIFY2(standby.startAsStandbyOf(primary), qPrintable(standby.error()));
        {
            auto db = model::Connection::openPostgres(primary.url());
            QVERIFY(db->script("ALTER SYSTEM SET synchronous_standby_names = '*'"));
            QVERIFY(db->script("SELECT pg_reload_conf()"));
            QTRY_VERIFY_WITH_TIMEOUT(waitsForItsStandby(*db), patienceMs);
        }
        const HubData data(2, "postgresql://ringbook@/postgres?host=" + primary.folder() + "," +
                                  standby.folder() + "&target_session_attrs=read-write");
        const HubProcess first(data);
        const HubProcess second(data);
        Pusher anna(first.url());
        Pusher ben(second.url());
        anna.http.signIn("anna");
        ben.http.signIn("ben");
        for (int round = 0; round < 10; ++round)
            QVERIFY(anna.push(10) && ben.push(10));
        const DeskStream bens(ben.http);
        QTRY_VERIFY_WITH_TIMEOUT(!bens.events.isEmpty(), patienceMs);

        primary.halt();
        QVERIFY(!anna.push(10));
        QVERIFY2(standby.promote(), qPrintable(standby.error()));

        QTRY_VERIFY_WITH_TIMEOUT(anna.push(10), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(ben.push(10), patienceMs);
        for (Pusher *pusher : {&anna, &ben}) {
            const auto seen = effects(ben.http, pusher->http.session.device);
            QCOMPARE(seen.size(), pusher->acknowledged);
            QCOMPARE(std::count(seen.begin(), seen.end(), 1), pusher->acknowledged);
        }
        const qsizetype before = bens.events.size();
        QVERIFY(anna.push(1)); // the hubs hear of each other again too
        QTRY_VERIFY_WITH_TIMEOUT(bens.events.size() > before, patienceMs);
    }
};

QTEST_GUILESS_MAIN(tst_Failover)
#include "tst_Failover.moc"
