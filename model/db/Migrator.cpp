#include "model/db/Migrator.h"

#include <QDir>
#include <QFile>

namespace ringbook::model {

namespace {

constexpr qint64 migrationLock = 0x52696E67; ///< PostgreSQL advisory lock: two hubs may start at once

QString fileName(int number)
{
    return QStringLiteral("%1.sql").arg(number, 3, 10, QLatin1Char('0'));
}

Result<QString> step(const Schema &schema, int number)
{
    QFile file(QDir(schema.folder).filePath(fileName(number)));
    if (!file.open(QIODevice::ReadOnly))
        return Error{Fault::Failed, "there is no " + file.fileName()};
    return QString::fromUtf8(file.readAll());
}

Result<qint64> pragma(Connection &db, const QString &name)
{
    const auto row = db.one("SELECT " + name + " AS number FROM pragma_" + name);
    if (!row)
        return row.error();
    return row->number("number");
}

Status refuseForeignFile(Connection &db, const Schema &schema)
{
    if (db.engine() != Engine::Sqlite)
        return Done{};
    const auto id = pragma(db, "application_id");
    if (!id)
        return id.error();
    const auto tables = db.one("SELECT count(*) AS count FROM sqlite_master");
    if (!tables)
        return tables.error();
    const bool isNew = *id == 0 && tables->number("count") == 0;
    if (*id != schema.applicationId && !isNew)
        return Error{Fault::Damaged, "the file is a database of another program"};
    return Done{};
}

Status setVersion(Connection &db, const Schema &schema, int number)
{
    if (db.engine() == Engine::Sqlite)
        return db.script(QStringLiteral("PRAGMA application_id = %1; PRAGMA user_version = %2;")
                             .arg(schema.applicationId)
                             .arg(number));
    const auto written =
        db.run("INSERT INTO schema_version (number) VALUES (:number)", {{":number", number}});
    return written ? Status(Done{}) : written.error();
}

/// One step if there is one left. Which is asked inside the transaction: another process may be doing the
/// same.
Status nextStep(Connection &db, const Schema &schema, bool &isLatest)
{
    if (const auto locked = db.lockOut(migrationLock, {}); !locked)
        return locked;
    const auto version = schemaVersion(db);
    if (!version)
        return version.error();
    isLatest = *version >= latestStep(schema);
    if (isLatest)
        return Done{};
    const auto sql = step(schema, *version + 1);
    if (!sql)
        return sql.error();
    if (const auto applied = db.script(*sql); !applied)
        return applied;
    return setVersion(db, schema, *version + 1);
}

} // namespace

int latestStep(const Schema &schema)
{
    return int(QDir(schema.folder).entryList({"???.sql"}, QDir::Files).size());
}

Result<int> schemaVersion(Connection &db)
{
    if (db.engine() == Engine::Sqlite) {
        const auto version = pragma(db, "user_version");
        return version ? Result<int>(int(*version)) : version.error();
    }
    if (const auto made = db.script("CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY)");
        !made)
        return made.error();
    const auto row = db.one("SELECT coalesce(max(number), 0) AS number FROM schema_version");
    return row ? Result<int>(int(row->number("number"))) : row.error();
}

Status migrate(Connection &db, const Schema &schema)
{
    if (const auto ours = refuseForeignFile(db, schema); !ours)
        return ours;
    auto version = schemaVersion(db);
    if (!version)
        return version.error();
    if (*version > latestStep(schema))
        return Error{Fault::TooNew, QStringLiteral("the database has schema %1, this program knows up to %2")
                                        .arg(*version)
                                        .arg(latestStep(schema))};
    bool isLatest = *version == latestStep(schema);
    while (!isLatest)
        if (const auto done = db.atomically([&] { return nextStep(db, schema, isLatest); }); !done)
            return done;
    return Done{};
}

} // namespace ringbook::model
