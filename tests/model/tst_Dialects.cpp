#include "model/db/Dialect.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::model;

class tst_Dialects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textWithoutTokensIsLeftAlone()
    {
        const QString sql = "SELECT '{x}' FROM customer";

        QCOMPARE(*inDialect(sql, Engine::Sqlite), sql);
        QCOMPARE(*inDialect(sql, Engine::Postgres), sql);
    }

    void tokensBecomeEachEnginesWords_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("sqlite");
        QTest::addColumn<QString>("postgres");

        QTest::newRow("id") << "id {{id}} PRIMARY KEY"
                            << "id INTEGER PRIMARY KEY"
                            << "id BIGINT PRIMARY KEY";
        QTest::newRow("two") << "a {{id}}, b {{blob}})"
                             << "a INTEGER, b BLOB)"
                             << "a BIGINT, b BYTEA)";
        QTest::newRow("json") << "CAST(body AS {{json}}) ->> 'case'"
                              << "CAST(body AS TEXT) ->> 'case'"
                              << "CAST(body AS JSON) ->> 'case'";
        QTest::newRow("end") << ") {{without_rowid}}"
                             << ") WITHOUT ROWID"
                             << ") ";
        QTest::newRow("lock") << "SELECT 1 {{for_update}}"
                              << "SELECT 1 "
                              << "SELECT 1 FOR UPDATE";
        QTest::newRow("each") << "SELECT value FROM {{each}}"
                              << "SELECT value FROM json_each(?)"
                              << "SELECT value FROM unnest(CAST(? AS BIGINT[])) AS given (value)";
    }

    void tokensBecomeEachEnginesWords()
    {
        QFETCH(QString, sql);

        QTEST(*inDialect(sql, Engine::Sqlite), "sqlite");
        QTEST(*inDialect(sql, Engine::Postgres), "postgres");
    }

    void anUnknownTokenIsRefused()
    {
        QVERIFY(inDialect("a {{money}}", Engine::Sqlite).error().fault == Fault::Invalid);
        QVERIFY(inDialect("a {{id", Engine::Sqlite).error().fault == Fault::Invalid);
    }
};

QTEST_GUILESS_MAIN(tst_Dialects)
#include "tst_Dialects.moc"
