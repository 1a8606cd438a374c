#include "tests/bench/RawStore.h"

#include <sqlite3.h>

namespace ringbook::bench {

namespace {

constexpr char schema[] = R"(
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 32768;
    CREATE TABLE book (id INTEGER PRIMARY KEY, head INTEGER);
    INSERT INTO book VALUES (1, 0);
    CREATE TABLE record (book INTEGER, kind TEXT, id INTEGER, seq INTEGER, deleted INTEGER, body TEXT, edited TEXT,
        made_seq INTEGER, made_device INTEGER, made_by INTEGER, made_at INTEGER, PRIMARY KEY (book, kind, id))
        WITHOUT ROWID;
    CREATE TABLE change_log (book INTEGER, seq INTEGER, wire BLOB, PRIMARY KEY (book, seq)) WITHOUT ROWID;
    CREATE TABLE op_answer (device INTEGER, book INTEGER, counter INTEGER, content_hash INTEGER, seq INTEGER,
        reason TEXT, PRIMARY KEY (device, book, counter)) WITHOUT ROWID;)";

class RawSqlite final : public RawStore
{
public:
    explicit RawSqlite(const QString &path)
    {
        sqlite3_open(path.toUtf8().constData(), &m_db);
        sqlite3_exec(m_db, schema, nullptr, nullptr, nullptr);
        prepare(m_record,
                "INSERT INTO record VALUES (1, 'customer', ?1, ?1, 0, ?2, '', ?1, 2, 20, 1795000000000)");
        prepare(m_log, "INSERT INTO change_log VALUES (1, ?1, ?2)");
        prepare(m_answer, "INSERT INTO op_answer VALUES (2, 1, ?1, 4711, ?1, NULL)");
        prepare(m_head, "UPDATE book SET head = ?1 WHERE id = 1");
    }

    ~RawSqlite() override
    {
        for (sqlite3_stmt *statement : {m_record, m_log, m_answer, m_head})
            sqlite3_finalize(statement);
        sqlite3_close(m_db);
    }
    Q_DISABLE_COPY_MOVE(RawSqlite)

    Status commit(int ops) override
    {
        sqlite3_exec(m_db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
        for (int i = 0; i < ops; ++i) {
            ++m_last;
            run(m_record, rawBody());
            run(m_log, rawWire());
            run(m_answer, {});
        }
        run(m_head, {});
        if (sqlite3_exec(m_db, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK)
            return Error{Fault::Failed, sqlite3_errmsg(m_db)};
        return Done{};
    }

private:
    void prepare(sqlite3_stmt *&statement, const char *sql)
    {
        sqlite3_prepare_v2(m_db, sql, -1, &statement, nullptr);
    }

    void run(sqlite3_stmt *statement, const QByteArray &bytes)
    {
        sqlite3_bind_int64(statement, 1, m_last);
        if (!bytes.isEmpty())
            sqlite3_bind_text(statement, 2, bytes.constData(), int(bytes.size()), SQLITE_STATIC);
        sqlite3_step(statement);
        sqlite3_reset(statement);
    }

    sqlite3 *m_db = nullptr;
    sqlite3_stmt *m_record = nullptr;
    sqlite3_stmt *m_log = nullptr;
    sqlite3_stmt *m_answer = nullptr;
    sqlite3_stmt *m_head = nullptr;
    qint64 m_last = 0;
};

} // namespace

QByteArray RawStore::rawBody()
{
    return QByteArray(150, 'x');
}

QByteArray RawStore::rawWire()
{
    return QByteArray(290, 'x');
}

Result<std::unique_ptr<RawStore>> RawStore::inFile(const QString &path)
{
    return std::unique_ptr<RawStore>(new RawSqlite(path));
}

Result<std::unique_ptr<RawStore>> RawStore::open(const QString &folder, const QString &url)
{
    return url.isEmpty() ? inFile(folder + "/raw.db") : atUrl(url);
}

} // namespace ringbook::bench
