#include "sync/hub/store/Database.h"

#include "model/db/Migrator.h"
#include "sync/hub/store/Books.h"

#include <QFileInfo>

namespace ringbook::hub {

namespace {

constexpr qint32 applicationId = 0x52424855; // "RBHU"
constexpr int cacheMegabytes = 256;

/// A hub that stops in the middle of a transaction, or its machine, holds what it had locked no longer than
/// this: the server ends its session and undoes the transaction, so others go on and it can change nothing
/// when it wakes.
constexpr char fence[] = "SET idle_in_transaction_session_timeout = '5s'; SET lock_timeout = '20s'";

/// Whatever the server's owner chose for others: what a desk is told is saved is on the disk.
constexpr char durable[] = "SELECT set_config('synchronous_commit', 'on', false) "
                           "WHERE current_setting('synchronous_commit') IN ('off', 'local')";

/// Tables are nearly empty when the server first plans for a new hub, and it keeps the plan: reading a table
/// from its beginning to find some rows of it would soon be most of the work. All that a hub asks is a
/// look-up by key. Where there is no key the plan is thought so dear that the server would compile it, which
/// takes a third of a second.
constexpr char byKey[] = "SET enable_seqscan = off; SET jit = off";

/// Plans are made for any book. For a book that is newer than the server's statistics it would think of no
/// rows at all, and read all there are of it to find one.
constexpr char forAnyBook[] = "SET plan_cache_mode = force_generic_plan";

/// What is wrong with the file and what to do, for the one at the terminal.
Error inWords(const Error &error, const QString &path)
{
    if (error.fault == Fault::Damaged)
        return {error.fault,
                QStringLiteral("“%1” is damaged or no database of a hub; restore a backup into another "
                               "folder with “ringbook-hub restore”.")
                    .arg(path)};
    if (error.fault == Fault::TooNew)
        return {error.fault, QStringLiteral("A newer ringbook-hub wrote “%1”; serve it with that one (%2).")
                                 .arg(path, error.detail)};
    return error;
}

Error whyNoServer(const Error &error)
{
    if (error.fault == Fault::Invalid)
        return {error.fault, QStringLiteral("The address of a PostgreSQL database is written "
                                            "postgresql://user:password@host:port/name.")};
    return {error.fault,
            QStringLiteral("The PostgreSQL database cannot be used; see that its server runs, and that "
                           "its address is right (%1).")
                .arg(error.detail)};
}

} // namespace

Status Database::prepare() const
{
    const Status prepared = migrated();
    return prepared || m_path.isEmpty() ? prepared : inWords(prepared.error(), m_path);
}

Status Database::migrated() const
{
    auto db = open();
    if (!db)
        return m_url.isEmpty() ? db.error() : whyNoServer(db.error());
    if (const Status migrated = model::migrate(*db, {QStringLiteral(":/sql/hub"), applicationId}); !migrated)
        return migrated;
    return db->atomically([&]() -> Status {
        const auto renewed = Books(*db).renewBrokenEpochs();
        if (!renewed)
            return renewed.error();
        return Done{};
    });
}

QString Database::erasedList() const
{
    return m_path.isEmpty() ? QString() : QFileInfo(m_path).path() + QStringLiteral("/erased.list");
}

Result<model::Connection> Database::openAtUrl() const
{
    auto db = model::Connection::openPostgres(m_url);
    for (const char *words : {fence, durable, byKey, forAnyBook})
        if (db)
            if (const Status set = db->script(QLatin1String(words)); !set)
                return set.error();
    return db;
}

Result<model::Connection> Database::open() const
{
    if (!m_url.isEmpty())
        return openAtUrl();
    return model::Connection::openSqlite(
        m_path, {.durability = model::Durability::Full, .cacheMegabytes = cacheMegabytes});
}

} // namespace ringbook::hub
