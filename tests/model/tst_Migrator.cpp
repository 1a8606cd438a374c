#include "model/db/Migrator.h"
#include "tests/support/PostgresCluster.h"

#include <QTemporaryDir>
#include <QTest>

using namespace ringbook;
using namespace ringbook::model;

namespace {

constexpr qint32 ours = 0x52424b31;

} // namespace

class tst_Migrator : public QObject
{
    Q_OBJECT

    test::PostgresCluster m_cluster;

    static void write(const QTemporaryDir &folder, const QString &name, const QByteArray &sql)
    {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(sql);
    }

    Result<Connection> fresh()
    {
        QFETCH(QString, engine);
        return engine == "sqlite" ? Connection::openSqlite(":memory:")
                                  : Connection::openPostgres(m_cluster.freshDatabase());
    }

    static void engines()
    {
        QTest::addColumn<QString>("engine");
        QTest::newRow("sqlite") << "sqlite";
        if (test::PostgresCluster::isInstalled())
            QTest::newRow("postgres") << "postgres";
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (test::PostgresCluster::isInstalled())
            QVERIFY2(m_cluster.start(), qPrintable(m_cluster.error()));
    }

    void aFreshDatabaseTakesAllStepsInOrder_data() { engines(); }
    void aFreshDatabaseTakesAllStepsInOrder()
    {
        QTemporaryDir folder;
        write(folder, "001.sql", "CREATE TABLE thing (id {{id}} PRIMARY KEY); INSERT INTO thing VALUES (1);");
        write(folder, "002.sql", "ALTER TABLE thing ADD COLUMN name TEXT;\nUPDATE thing SET name = 'x';");
        auto db = fresh();
        QVERIFY(db);

        QVERIFY(migrate(*db, {folder.path(), ours}));

        QCOMPARE(*schemaVersion(*db), 2);
        QCOMPARE(db->one("SELECT name FROM thing")->text("name"), "x");
    }

    void aSecondRunChangesNothing_data() { engines(); }
    void aSecondRunChangesNothing()
    {
        QTemporaryDir folder;
        write(folder, "001.sql", "CREATE TABLE thing (id {{id}} PRIMARY KEY);");
        auto db = fresh();

        QVERIFY(migrate(*db, {folder.path(), ours}));
        QVERIFY(migrate(*db, {folder.path(), ours}));
        write(folder, "002.sql", "INSERT INTO thing VALUES (2);");
        QVERIFY(migrate(*db, {folder.path(), ours}));

        QCOMPARE(*schemaVersion(*db), 2);
        QCOMPARE(db->all("SELECT * FROM thing")->size(), 1);
    }

    void aStepThatFailsLeavesNothing_data() { engines(); }
    void aStepThatFailsLeavesNothing()
    {
        QTemporaryDir folder;
        write(folder, "001.sql", "CREATE TABLE thing (id {{id}} PRIMARY KEY);");
        write(folder, "002.sql",
              "CREATE TABLE other (id {{id}} PRIMARY KEY); INSERT INTO nowhere VALUES (1);");
        auto db = fresh();

        QVERIFY(migrate(*db, {folder.path(), ours}).error().fault == Fault::Failed);

        QCOMPARE(*schemaVersion(*db), 1);
        QVERIFY(db->all("SELECT * FROM thing"));
        QVERIFY(!db->all("SELECT * FROM other"));
    }

    void whicheverStatementFailsTheNextRunFinishes_data() { engines(); }
    void whicheverStatementFailsTheNextRunFinishes()
    {
        QTemporaryDir folder;
        write(folder, "001.sql", "CREATE TABLE thing (id {{id}} PRIMARY KEY);");
        write(folder, "002.sql", "INSERT INTO thing VALUES (1);");

        bool succeeded = false;
        for (int failing = 0; !succeeded; ++failing) {
            auto db = fresh();
            int statement = 0;
            db->setGate([&](const QString &) { return statement++ != failing; });
            succeeded = bool(migrate(*db, {folder.path(), ours}));
            db->setGate({});
            QVERIFY(migrate(*db, {folder.path(), ours}));
            QCOMPARE(db->all("SELECT * FROM thing")->size(), 1);
        }
    }

    void aDatabaseOfANewerProgramIsRefused_data() { engines(); }
    void aDatabaseOfANewerProgramIsRefused()
    {
        QTemporaryDir folder;
        write(folder, "001.sql", "CREATE TABLE thing (id {{id}} PRIMARY KEY);");
        write(folder, "002.sql", "CREATE TABLE other (id {{id}} PRIMARY KEY);");
        auto db = fresh();
        QVERIFY(migrate(*db, {folder.path(), ours}));
        QVERIFY(QFile::remove(folder.filePath("002.sql")));

        const auto status = migrate(*db, {folder.path(), ours});

        QVERIFY(status.error().fault == Fault::TooNew);
        QVERIFY(status.error().detail.contains("schema 2"));
    }

    void aFileOfAnotherProgramIsRefused()
    {
        QTemporaryDir folder;
        write(folder, "001.sql", "CREATE TABLE thing (id {{id}} PRIMARY KEY);");
        auto marked = Connection::openSqlite(":memory:");
        QVERIFY(marked->script("PRAGMA application_id = 77"));
        auto unmarked = Connection::openSqlite(":memory:");
        QVERIFY(unmarked->script("CREATE TABLE bookmark (id INTEGER)"));

        QVERIFY(migrate(*marked, {folder.path(), ours}).error().fault == Fault::Damaged);
        QVERIFY(migrate(*unmarked, {folder.path(), ours}).error().fault == Fault::Damaged);
    }
};

QTEST_GUILESS_MAIN(tst_Migrator)
#include "tst_Migrator.moc"
