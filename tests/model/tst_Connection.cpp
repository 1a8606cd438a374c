#include "model/db/Connection.h"
#include "model/db/ReadMany.h"
#include "tests/support/Bytes.h"
#include "tests/support/PostgresCluster.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace ringbook;
using namespace ringbook::model;

namespace {

qint64 countOf(Connection &db)
{
    const auto row = db.one("SELECT count(*) AS count FROM thing");
    return row ? row->number("count") : -1;
}

/// Rows of many pages, of which every second is deleted.
Status fillAndDelete(Connection &db)
{
    return db.script("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT);"
                     "WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 5000) "
                     "INSERT INTO thing SELECT id, 'Quittenbaum ' || id FROM n;"
                     "UPDATE thing SET name = 'Otto';"
                     "DELETE FROM thing WHERE id % 2 = 0");
}

} // namespace

class tst_Connection : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    test::PostgresCluster m_cluster;
    int m_files = 0;

    QString freshFile() { return m_folder.filePath(QStringLiteral("%1.db").arg(++m_files)); }

    /// An empty table `thing` in the engine this row of the test is about.
    Result<Connection> things()
    {
        QFETCH(QString, engine);
        auto db = engine == "sqlite" ? Connection::openSqlite(freshFile())
                                     : Connection::openPostgres(m_cluster.freshDatabase());
        if (db)
            if (const auto made =
                    db->script("CREATE TABLE thing (id {{id}} PRIMARY KEY, name TEXT, body {{blob}})");
                !made)
                return made.error();
        return db;
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

    void valuesComeBackAsTheyWere_data() { engines(); }
    void valuesComeBackAsTheyWere()
    {
        auto db = things();
        QVERIFY(db);
        const QString text = QStringLiteral("M\u00fcller's \"\u2603\" \\ %1 :id ?");
        const QByteArray bytes("\0\xff\x01", 3);

        QVERIFY(db->run("INSERT INTO thing VALUES (:id, :name, :body)",
                        {{":id", Q_INT64_C(9007199254740993)}, {":name", text}, {":body", bytes}}));

        const auto row = db->one("SELECT * FROM thing WHERE name = :name", {{":name", text}});
        QVERIFY(row);
        QCOMPARE(row->number("id"), Q_INT64_C(9007199254740993));
        QCOMPARE(row->text("name"), text);
        QCOMPARE(row->bytes("body"), bytes);
    }

    void nullsAndBooleansAreKept_data() { engines(); }
    void nullsAndBooleansAreKept()
    {
        auto db = things();
        QVERIFY(db);

        QVERIFY(
            db->run("INSERT INTO thing VALUES (:id, :name, NULL)", {{":id", true}, {":name", QVariant()}}));

        const auto row = db->one("SELECT * FROM thing");
        QVERIFY(row->flag("id"));
        QVERIFY(row->isNull("name"));
        QVERIFY(!row->maybeNumber("name"));
        QCOMPARE(row->number("name"), 0);
    }

    void runTellsHowManyRowsItChanged_data() { engines(); }
    void runTellsHowManyRowsItChanged()
    {
        auto db = things();
        QVERIFY(db);
        for (int id = 1; id <= 3; ++id)
            QCOMPARE(*db->run("INSERT INTO thing (id) VALUES (:id)", {{":id", id}}), 1);

        QCOMPARE(*db->run("UPDATE thing SET name = :name WHERE id >= :id", {{":name", "x"}, {":id", 2}}), 2);
        QCOMPARE(*db->run("DELETE FROM thing WHERE id = :id", {{":id", 7}}), 0);
    }

    void aRowThatIsNotThereIsNotFound_data() { engines(); }
    void aRowThatIsNotThereIsNotFound()
    {
        auto db = things();
        QVERIFY(db);

        QVERIFY(db->one("SELECT * FROM thing WHERE id = :id", {{":id", 1}}).error().fault == Fault::NotFound);
        QVERIFY(db->all("SELECT * FROM thing")->isEmpty());
    }

    void insertsAndReturnsInOneStatement_data() { engines(); }
    void insertsAndReturnsInOneStatement()
    {
        auto db = things();
        QVERIFY(db);

        const auto row = db->one("INSERT INTO thing (id, name) VALUES (:id, :name) "
                                 "ON CONFLICT (id) DO UPDATE SET name = excluded.name RETURNING name",
                                 {{":id", 1}, {":name", "new"}});

        QCOMPARE(row->text("name"), "new");
        QCOMPARE(countOf(*db), 1);
    }

    void builtStatementsBindByNameAndByOrder_data() { engines(); }
    void builtStatementsBindByNameAndByOrder()
    {
        auto db = things();
        QVERIFY(db);
        const QVector<std::pair<QString, QVariant>> named{{":name", "a"}, {":id", 1}};
        const QVariant ordered[] = {2, "b"};

        QVERIFY(db->run("INSERT INTO thing (id, name) VALUES (:id, :name)", named));
        QVERIFY(db->runInOrder("INSERT INTO thing (id, name) VALUES (?, ?)", ordered));

        const auto rows = db->all("SELECT name FROM thing ORDER BY id");
        QCOMPARE(rows->size(), 2);
        QCOMPARE(rows->at(0).text("name"), "a");
        QCOMPARE(rows->at(1).text("name"), "b");
    }

    void rowsOfManyNumbersAreReadByOneStatement_data() { engines(); }
    void rowsOfManyNumbersAreReadByOneStatement()
    {
        auto db = things();
        QVERIFY(db);
        const QSet<qint64> wanted{1, 3, Q_INT64_C(9007199254740993)};
        for (const qint64 id : QSet<qint64>{2} + wanted)
            QVERIFY(db->run("INSERT INTO thing (id, name) VALUES (:id, 'x')", {{":id", id}}));
        const auto found = [&](const QSet<qint64> &ids) {
            QSet<qint64> found;
            for (const Row &row : *readMany(*db, "thing", "name = ?", {"x"}, "id", ids))
                found += row.number("id");
            return found;
        };

        QCOMPARE(found(wanted), wanted);
        QCOMPARE(found({}), QSet<qint64>());
    }

    void aBrokenRuleIsInvalid_data() { engines(); }
    void aBrokenRuleIsInvalid()
    {
        auto db = things();
        QVERIFY(db);
        QVERIFY(db->run("INSERT INTO thing (id) VALUES (:id)", {{":id", 1}}));

        QVERIFY(db->run("INSERT INTO thing (id) VALUES (:id)", {{":id", 1}}).error().fault == Fault::Invalid);
        QVERIFY(db->run("INSERT INTO nothing (id) VALUES (1)").error().fault == Fault::Failed);
    }

    void aFailedTransactionLeavesNothing_data() { engines(); }
    void aFailedTransactionLeavesNothing()
    {
        auto db = things();
        QVERIFY(db);

        const auto status = db->atomically([&]() -> Status {
            if (const auto done = db->run("INSERT INTO thing (id) VALUES (1)"); !done)
                return done.error();
            return Error{Fault::Conflict, "changed my mind"};
        });

        QVERIFY(status.error().fault == Fault::Conflict);
        QCOMPARE(countOf(*db), 0);
    }

    void rowsThatBreakARuleUndoAllWithThem_data() { engines(); }
    void rowsThatBreakARuleUndoAllWithThem()
    {
        auto db = things();
        QVERIFY(db);
        const std::array<Connection::Column, 1> columns{{{"id"}}};
        const QVector<QVariant> twice{1, 1};
        const QVector<QVariant> once{1};

        QVERIFY(db->atomically([&] { return db->insertMany("thing", columns, twice); }).error().fault ==
                Fault::Invalid);

        QCOMPARE(countOf(*db), 0);
        QVERIFY(db->atomically([&] { return db->insertMany("thing", columns, once); }));
        QCOMPARE(countOf(*db), 1);
    }

    void aNestedFailureUndoesTheOuterEvenIfIgnored_data() { engines(); }
    void aNestedFailureUndoesTheOuterEvenIfIgnored()
    {
        auto db = things();
        QVERIFY(db);

        const auto status = db->atomically([&]() -> Status {
            (void)db->run("INSERT INTO thing (id) VALUES (1)");
            (void)db->atomically([&]() -> Status { return Error{Fault::Conflict, "no"}; });
            return Done{};
        });

        QVERIFY(status.error().fault == Fault::Conflict);
        QCOMPARE(countOf(*db), 0);
        QVERIFY(db->atomically([&]() -> Status {
            const auto done = db->run("INSERT INTO thing (id) VALUES (1)");
            return done ? Status(Done{}) : done.error();
        }));
        QCOMPARE(countOf(*db), 1);
    }

    /// Fail the first, second … statement until none is left to fail: each time nothing may be written.
    void whicheverStatementFailsNothingIsWritten_data() { engines(); }
    void whicheverStatementFailsNothingIsWritten()
    {
        auto db = things();
        QVERIFY(db);
        const auto work = [&]() -> Status {
            for (int id = 1; id <= 2; ++id)
                if (const auto done = db->run("INSERT INTO thing (id) VALUES (:id)", {{":id", id}}); !done)
                    return done.error();
            return Done{};
        };

        int failing = 0;
        for (bool succeeded = false; !succeeded; ++failing) {
            int statement = 0;
            db->setGate([&](const QString &) { return statement++ != failing; });
            succeeded = bool(db->atomically(work));
            db->setGate({});
            QCOMPARE(countOf(*db), succeeded ? 2 : 0);
        }
        QCOMPARE(failing, 5); // BEGIN, INSERT, INSERT, COMMIT, and the round without a failure
    }

    void aFileOfSomethingElseIsDamaged()
    {
        QFile file(freshFile());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();

        QVERIFY(Connection::openSqlite(file.fileName()).error().fault == Fault::Damaged);
    }

    void aFileThatCannotBeMadeIsAnError()
    {
        QVERIFY(Connection::openSqlite(m_folder.filePath("none/such.db")).error().fault == Fault::Failed);
    }

    void aFullDiskIsToldAndLeavesNothingHalfWritten()
    {
        auto db = Connection::openSqlite(freshFile());
        QVERIFY(db->script(
            "CREATE TABLE thing (id INTEGER PRIMARY KEY, body BLOB); PRAGMA max_page_count = 20;"));

        const auto status = db->atomically([&]() -> Status {
            for (int id = 1; id <= 100; ++id)
                if (const auto done = db->run("INSERT INTO thing VALUES (:id, :body)",
                                              {{":id", id}, {":body", QByteArray(4000, 'x')}});
                    !done)
                    return done.error();
            return Done{};
        });

        QVERIFY(status.error().fault == Fault::DiskFull);
        QCOMPARE(countOf(*db), 0);
    }

    void aSecondWriterWaitsForTheFirstAndThenIsBusy()
    {
        const QString path = freshFile();
        auto first = Connection::openSqlite(path);
        auto second = Connection::openSqlite(path);
        QVERIFY(first->script("CREATE TABLE thing (id INTEGER PRIMARY KEY)"));
        QVERIFY(second->script("PRAGMA busy_timeout = 1"));

        QVERIFY(first->atomically([&]() -> Status {
            const auto inner = second->atomically([] { return Status(Done{}); });
            return inner.error().fault == Fault::Busy ? Status(Done{})
                                                      : Error{Fault::Failed, "it was not busy"};
        }));
    }

    void keptStatementsDoNotHoldTheLogBack()
    {
        const QString path = freshFile();
        auto db = Connection::openSqlite(path);
        QVERIFY(db->script(
            "CREATE TABLE thing (id INTEGER PRIMARY KEY); INSERT INTO thing VALUES (1), (2), (3)"));
        QVERIFY(db->one("SELECT * FROM thing"));

        QCOMPARE(db->one("PRAGMA wal_checkpoint(TRUNCATE)")->number("busy"), 0);
        QCOMPARE(QFile(path + "-wal").size(), 0);
    }

    void aRewritingGivesUpAtTheFirstNoAndLeavesAllAsItWas()
    {
        const QString file = freshFile();
        auto db = Connection::openSqlite(file);
        auto other = Connection::openSqlite(file);
        QVERIFY(db && other && fillAndDelete(*db));
        int asked = 0;

        const Status given = db->interruptibly([&] { return ++asked < 3; }, [&] { return db->rewrite(); });

        QCOMPARE(given.error().fault, Fault::Busy);
        QCOMPARE(asked, 3);
        QVERIFY(countOf(*db) > 0);
        QVERIFY(other->run("INSERT INTO thing (id) VALUES (-1)")); // nobody keeps the file
        QVERIFY(db->rewrite());
        QVERIFY(db->emptyLog());
        QCOMPARE(test::filesWith(QFileInfo(file).path(), "Quittenbaum"), QStringList());
    }

    void settingsOfAFileAreThoseItNeeds()
    {
        auto db = Connection::openSqlite(freshFile(), {.durability = Durability::Normal});

        QCOMPARE(db->one("PRAGMA journal_mode")->text("journal_mode"), "wal");
        QCOMPARE(db->one("PRAGMA foreign_keys")->number("foreign_keys"), 1);
        QCOMPARE(db->one("PRAGMA synchronous")->number("synchronous"), 1);
        QCOMPARE(db->one("PRAGMA wal_autocheckpoint")->number("wal_autocheckpoint"), 32768);
        QCOMPARE(db->one("PRAGMA cache_size")->number("cache_size"), -65536);
    }

    void aMissingValueIsAnErrorNotANull()
    {
        auto db = Connection::openSqlite(":memory:");

        QVERIFY(db->one("SELECT :a AS a, :b AS b", {{":a", 1}}).error().fault == Fault::Failed);
        QVERIFY(db->one("SELECT :a AS a", {{":b", 1}}).error().fault == Fault::Failed);
    }

    void aServerThatIsNotThereIsUnreachable()
    {
        QVERIFY(Connection::openPostgres("postgresql://a@127.0.0.1:1/b").error().fault == Fault::Unreachable);
        QVERIFY(Connection::openPostgres("mysql://a@127.0.0.1/b").error().fault == Fault::Invalid);
    }

    void ofSeveralServersTheOneThatIsThereIsTaken()
    {
        if (!test::PostgresCluster::isInstalled())
            QSKIP("PostgreSQL is not installed");
        const QString folder = QString(m_cluster.folder()).replace('/', "%2F");

        QVERIFY(Connection::openPostgres("postgresql://ringbook@%2Ftmp%2Fnowhere,127.0.0.1:1," + folder +
                                         ":5432/postgres?target_session_attrs=read-write"));
    }

    void manyRowsAreWrittenAsTheyAre_data() { engines(); }
    void manyRowsAreWrittenAsTheyAre()
    {
        using Type = Connection::Column::Type;
        auto db = things();
        QVERIFY(db);
        const QString strange = QString::fromUtf8("a \"quoted\", \\ {braced} NULL, \n ä 'x'");
        const std::array<Connection::Column, 3> columns{
            {{"id"}, {"name", Type::Text}, {"body", Type::Bytes}}};
        const QVector<QVariant> values{1, strange,    strange.toUtf8(), 2, QString(""), QByteArray("x"),
                                       3, QVariant(), QVariant()};

        QVERIFY(db->insertMany("thing", columns, values));
        QVERIFY(
            db->insertMany("thing", columns, values, "ON CONFLICT (id) DO UPDATE SET name = excluded.name"));
        QVERIFY(!db->insertMany("thing", columns, values));

        const auto rows = *db->all("SELECT * FROM thing ORDER BY id");
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[0].text("name"), strange);
        QCOMPARE(rows[0].bytes("body"), strange.toUtf8());
        QCOMPARE(rows[1].text("name"), "");
        QVERIFY(!rows[1].isNull("name"));
        QVERIFY(rows[2].isNull("name") && rows[2].isNull("body"));
    }

    void whatIsAskedTogetherIsAnsweredInOrder_data() { engines(); }
    void whatIsAskedTogetherIsAnsweredInOrder()
    {
        auto db = things();
        QVERIFY(db);
        QVERIFY(
            db->send("INSERT INTO thing (id) VALUES (:id)", {{":id", 1}})); // outside of a transaction: done
        QCOMPARE(countOf(*db), 1);

        QVERIFY(db->atomically([&]() -> Status {
            const auto before = db->ask("SELECT count(*) AS count FROM thing");
            const Status sent = db->send("INSERT INTO thing (id) VALUES (:id)", {{":id", 2}});
            const auto after = db->ask("SELECT count(*) AS count FROM thing");
            const auto counted = [](const Awaited &asked) { return asked()->first().number("count"); };
            return sent && counted(after) == 2 && counted(before) == 1 ? Status(Done{})
                                                                       : Error{Fault::Failed, "out of order"};
        }));
    }

    void whatFailedOnItsWayIsSaidByTheNextThatIsWaitedFor_data() { engines(); }
    void whatFailedOnItsWayIsSaidByTheNextThatIsWaitedFor()
    {
        auto db = things();
        QVERIFY(db);
        const QString insert = "INSERT INTO thing (id) VALUES (1)";

        const auto byRows = db->atomically([&]() -> Status {
            const auto before = db->ask("SELECT 1 AS one");
            const Status first = db->send(insert), second = db->send(insert);
            if (!first || !second)
                return second.error();
            const auto rows = before();
            return rows ? Status(Done{}) : rows.error();
        });
        const auto byCommit = db->atomically([&]() -> Status {
            const Status first = db->send(insert), second = db->send(insert);
            return first ? second : first;
        });

        QCOMPARE(byRows.error().fault, Fault::Invalid);
        QCOMPARE(byCommit.error().fault, Fault::Invalid);
        QCOMPARE(countOf(*db), 0);
    }

    void aServerThatDoesNotKnowUsDeniesUs()
    {
        if (!test::PostgresCluster::isInstalled())
            QSKIP("PostgreSQL is not installed");

        QVERIFY(Connection::openPostgres(m_cluster.url().replace("ringbook@", "stranger@")).error().fault ==
                Fault::Denied);
    }
};

QTEST_GUILESS_MAIN(tst_Connection)
#include "tst_Connection.moc"
