#include "model/db/Connection.h"

#include "model/db/ConnectionParts.h"
#include "model/db/SqliteDriver.h"

namespace ringbook::model {

namespace {

struct NamedValues
{
    explicit NamedValues(const QVector<std::pair<QString, QVariant>> &params)
    {
        names.reserve(params.size());
        values.reserve(params.size());
        for (const auto &[name, value] : params) {
            names.append(name.toUtf8());
            values.append({names.constLast().constData(), value});
        }
    }

    QVector<QByteArray> names;
    QVector<std::pair<const char *, QVariant>> values;
};

} // namespace

Connection::Connection(std::unique_ptr<Implementation> implementation) : m(std::move(implementation)) {}
Connection::Connection(Connection &&other) noexcept = default;
Connection &Connection::operator=(Connection &&other) noexcept = default;
Connection::~Connection()
{
    if (m)
        m->statements.clear();
}

Result<Connection> Connection::openSqlite(const QString &path, SqliteOptions options)
{
    auto driver = openSqliteDriver(path, options.durability == Durability::Full, options.cacheMegabytes,
                                   options.readOnly);
    if (!driver)
        return driver.error();
    return Connection(std::unique_ptr<Implementation>(new Implementation{std::move(*driver)}));
}

Engine Connection::engine() const
{
    return m->driver->engine();
}

Result<int> Connection::run(const QString &sql, Params params)
{
    return m->run(sql, {.named = {params.begin(), params.size()}});
}

Result<Row> Connection::one(const QString &sql, Params params) const
{
    auto rows = m->rows(sql, {.named = {params.begin(), params.size()}}, 1);
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return Error{Fault::NotFound, "there is no such row"};
    return rows->takeFirst();
}

Result<Rows> Connection::all(const QString &sql, Params params) const
{
    return m->rows(sql, {.named = {params.begin(), params.size()}}, Statement::allRows);
}

Result<int> Connection::run(const QString &sql, const QVector<std::pair<QString, QVariant>> &params)
{
    const NamedValues named(params);
    return m->run(sql, {.named = named.values});
}

Result<Rows> Connection::all(const QString &sql, const QVector<std::pair<QString, QVariant>> &params) const
{
    const NamedValues named(params);
    return m->rows(sql, {.named = named.values}, Statement::allRows);
}

Result<int> Connection::runInOrder(const QString &sql, std::span<const QVariant> values)
{
    return m->run(sql, {.ordered = values});
}

Result<Rows> Connection::allInOrder(const QString &sql, std::span<const QVariant> values) const
{
    return m->rows(sql, {.ordered = values}, Statement::allRows);
}

Status Connection::send(const QString &sql, Params params)
{
    return m->send(sql, {.named = {params.begin(), params.size()}});
}

Status Connection::sendInOrder(const QString &sql, std::span<const QVariant> values)
{
    return m->send(sql, {.ordered = values});
}

Awaited Connection::ask(const QString &sql, Params params) const
{
    return m->ask(sql, {.named = {params.begin(), params.size()}});
}

Awaited Connection::askInOrder(const QString &sql, std::span<const QVariant> values) const
{
    return m->ask(sql, {.ordered = values});
}

Status Connection::script(const QString &sql)
{
    if (const auto allowed = m->mayRun(sql); !allowed)
        return allowed;
    const auto translated = inDialect(sql, engine());
    return translated ? m->driver->script(*translated) : translated.error();
}

Status Connection::atomically(const std::function<Status()> &work)
{
    return between(beginWriting(engine()), work);
}

Status Connection::atOneMoment(const std::function<Status()> &work) const
{
    return between(beginReading(engine()), work);
}

Status Connection::between(const QString &begin, const std::function<Status()> &work) const
{
    if (m->depth > 0) {
        auto status = work();
        if (!status && !m->nested)
            m->nested = status.error();
        return status;
    }

    if (const auto begun = m->sendOnly(begin, {}); !begun)
        return begun;
    m->depth = 1;
    m->nested.reset();
    Status status = work();
    if (status && m->nested)
        status = *m->nested;
    if (status)
        if (const auto committed = m->run("COMMIT", {}); !committed)
            status = committed.error();
    m->depth = 0;
    if (!status)
        m->rollBack();
    return status;
}

bool Connection::isInTransaction() const
{
    return m->depth > 0;
}

Status Connection::lockOut(int group, const QString &name)
{
    if (engine() == Engine::Sqlite)
        return Done{};
    const QVariant values[] = {group, name};
    return sendInOrder("SELECT pg_advisory_xact_lock(CAST(? AS INTEGER), hashtext(?))", values);
}

Status Connection::notify(const QString &channel, const QString &text)
{
    if (engine() == Engine::Sqlite)
        return Done{};
    const QVariant values[] = {channel, text};
    return sendInOrder("SELECT pg_notify(?, ?)", values);
}

Status Connection::listen(const QString &channel, std::function<void(const QString &text)> heard)
{
    return m->driver->listen(channel, std::move(heard));
}

bool Connection::isLost() const
{
    return m->lost;
}

void Connection::setGate(Gate gate)
{
    m->gate = std::move(gate);
}

void Connection::checkpoint()
{
    if (engine() == Engine::Sqlite)
        checkpointSqlite(sqliteHandle());
}

Status Connection::interruptibly(const MayGoOn &mayGoOn, const std::function<Status()> &work)
{
    const AskedMeanwhile asked(sqliteHandle(), mayGoOn);
    return work();
}

/// What VACUUM puts down in between may be larger than memory.
Status Connection::rewrite()
{
    if (engine() == Engine::Postgres)
        return Done{};
    const Status written = script(QStringLiteral("PRAGMA temp_store = FILE; VACUUM"));
    const Status restored = script(QStringLiteral("PRAGMA temp_store = MEMORY"));
    return written ? restored : written;
}

/// The most of it first in the way that keeps nobody from writing.
Status Connection::emptyLog()
{
    if (engine() == Engine::Postgres)
        return Done{};
    checkpoint();
    const auto emptied = one("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!emptied)
        return emptied.error();
    if (emptied->flag("busy"))
        return Error{Fault::Busy, "somebody uses the file while its log is to be emptied"};
    if (!settleSqliteLog(sqliteHandle())) // SQLite does not: a power cut would bring the old log back
        return Error{Fault::Failed, "the emptied log does not reach the disk"};
    return Done{};
}

void *Connection::sqliteHandle() const
{
    return m->driver->handle();
}

} // namespace ringbook::model
