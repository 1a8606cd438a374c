#include "tests/bench/RawStore.h"

#include <array>
#include <libpq-fe.h>

namespace ringbook::bench {

namespace {

constexpr const char *schema[] = {
    "SET client_min_messages = warning",
    "DROP SCHEMA IF EXISTS ringbook_raw CASCADE",
    "CREATE SCHEMA ringbook_raw",
    "SET search_path = ringbook_raw",
    "CREATE TABLE book (id BIGINT PRIMARY KEY, head BIGINT)",
    "INSERT INTO book VALUES (1, 0)",
    "CREATE TABLE record (book BIGINT, kind TEXT, id BIGINT, seq BIGINT, deleted INTEGER, body TEXT, edited "
    "TEXT, "
    "made_seq BIGINT, made_device BIGINT, made_by BIGINT, made_at BIGINT, PRIMARY KEY (book, kind, id))",
    "CREATE TABLE change_log (book BIGINT, seq BIGINT, wire BYTEA, PRIMARY KEY (book, seq))",
    "CREATE TABLE op_answer (device BIGINT, book BIGINT, counter BIGINT, content_hash BIGINT, seq BIGINT, "
    "reason TEXT, "
    "PRIMARY KEY (device, book, counter))",
};

constexpr std::array<std::pair<const char *, const char *>, 4> statements{{
    {"record", "INSERT INTO record SELECT 1, 'customer', seq, seq, 0, body, '', seq, 2, 20, 1795000000000 "
               "FROM unnest($1::bigint[], $2::text[]) AS row (seq, body)"},
    {"log", "INSERT INTO change_log SELECT 1, seq, convert_to(wire, 'UTF8') FROM unnest($1::bigint[], "
            "$2::text[]) AS row "
            "(seq, wire)"},
    {"answer",
     "INSERT INTO op_answer SELECT 2, 1, seq, 4711, seq, NULL FROM unnest($1::bigint[], $2::text[]) AS row "
     "(seq, nothing)"},
    {"head", "UPDATE book SET head = $1::bigint + cardinality($2::text[]) WHERE id = 1"},
}};

/// An array of so many equal texts.
QByteArray texts(const QByteArray &text, int count)
{
    QByteArray array = "{" + text;
    for (int i = 1; i < count; ++i)
        array += ',' + text;
    return array + '}';
}

class RawPostgres final : public RawStore
{
public:
    explicit RawPostgres(const QString &url) : m_db(PQconnectdb(url.toUtf8().constData())) {}
    ~RawPostgres() override
    {
        execute("DROP SCHEMA ringbook_raw CASCADE");
        PQfinish(m_db);
    }
    Q_DISABLE_COPY_MOVE(RawPostgres)

    Status prepare()
    {
        for (const char *sql : schema)
            execute(sql);
        for (const auto &[name, sql] : statements)
            PQclear(PQprepare(m_db, name, sql, 2, nullptr));
        execute("SET synchronous_commit = on");
        return status();
    }

    Status commit(int ops) override
    {
        const QByteArray first = QByteArray::number(m_last);
        QByteArray numbers = "{" + QByteArray::number(++m_last);
        for (int i = 1; i < ops; ++i)
            numbers += ',' + QByteArray::number(++m_last);
        numbers += '}';
        execute("BEGIN");
        run("record", numbers, texts(rawBody(), ops));
        run("log", numbers, texts(rawWire(), ops));
        run("answer", numbers, texts("x", ops));
        run("head", first, texts("x", ops));
        execute("COMMIT");
        return status();
    }

private:
    void execute(const char *sql) { keep(PQexec(m_db, sql)); }

    void run(const char *name, const QByteArray &first, const QByteArray &second)
    {
        const std::array<const char *, 2> values{first.constData(), second.constData()};
        keep(PQexecPrepared(m_db, name, 2, values.data(), nullptr, nullptr, 0));
    }

    void keep(PGresult *result)
    {
        if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK &&
            m_error.isEmpty())
            m_error = QString::fromUtf8(PQresultErrorMessage(result));
        PQclear(result);
    }

    Status status() const
    {
        if (m_error.isEmpty() && PQstatus(m_db) == CONNECTION_OK)
            return Done{};
        return Error{Fault::Failed, m_error + QString::fromUtf8(PQerrorMessage(m_db))};
    }

    PGconn *m_db;
    qint64 m_last = 0;
    QString m_error;
};

} // namespace

Result<std::unique_ptr<RawStore>> RawStore::atUrl(const QString &url)
{
    auto store = std::make_unique<RawPostgres>(url);
    if (const Status prepared = store->prepare(); !prepared)
        return prepared.error();
    return std::unique_ptr<RawStore>(std::move(store));
}

} // namespace ringbook::bench
