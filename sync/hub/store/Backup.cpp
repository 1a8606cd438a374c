#include "sync/hub/store/Backup.h"

#include "model/db/WithoutCount.h"
#include "sync/hub/store/Books.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

namespace ringbook::hub {

namespace {

constexpr int rowsPerPage = 1000;
constexpr qint64 secondsUntilTheSame = 1 << 20; // twelve days

Error notABackup(const QString &file)
{
    return {Fault::Damaged, QStringLiteral("“%1” is no backup of a hub, or it is damaged.").arg(file)};
}

/// An empty file is a database too.
Status holdsAHub(const model::Connection &backup, const QString &file)
{
    const auto tables = backup.one("SELECT count(*) AS count FROM sqlite_master "
                                   "WHERE type = 'table' AND name IN ('hub', 'book', 'record')");
    if (!tables)
        return tables.error().fault == Fault::Damaged ? notABackup(file) : tables.error();
    return tables->number("count") == 3 ? Status(Done{}) : notABackup(file);
}

/// Reads every page there is and writes a compact file of them, in one read transaction.
Status copyInto(model::Connection &from, const QString &file)
{
    const auto copied = from.run("VACUUM INTO :file", {{":file", file}});
    return copied ? Status(Done{}) : copied.error();
}

/// Changing the journal's mode and back waits for the disk, which VACUUM INTO does not; and a file without a
/// log can be read where nothing may be written.
Status settleOnDisk(const QString &file)
{
    auto db = model::Connection::openSqlite(file);
    if (!db)
        return db.error();
    const auto check = db->one("SELECT quick_check AS result FROM pragma_quick_check(1)");
    if (!check)
        return check.error();
    if (check->text("result") != QLatin1String("ok"))
        return Error{Fault::Damaged, check->text("result")};
    return db->script(QStringLiteral("PRAGMA journal_mode = DELETE;"));
}

struct Table
{
    QString name = {};
    QStringList columns = {};
    QStringList key = {};

    QString page(bool isFirst) const
    {
        QStringList after;
        for (const QString &column : key)
            after.append(u':' + column);
        const QString where = QStringLiteral("WHERE (%1) > (%2)").arg(key.join(u','), after.join(u','));
        return QStringLiteral("SELECT %1 FROM %2 %3 ORDER BY %4 LIMIT %5")
            .arg(columns.join(u','), name, isFirst ? QString() : where, key.join(u','))
            .arg(rowsPerPage);
    }
};

/// Those that others refer to first.
Result<QVector<Table>> tablesOf(const model::Connection &sqlite)
{
    const auto columns = sqlite.all(R"(
        SELECT tables.name AS name, columns.name AS column_name, columns.pk AS pk
        FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' ORDER BY tables.rowid, columns.pk)");
    if (!columns)
        return columns.error();
    QVector<Table> tables;
    for (const model::Row &row : *columns) {
        if (tables.isEmpty() || tables.last().name != row.text("name"))
            tables.append({.name = row.text("name")});
        tables.last().columns.append(row.text("column_name"));
        if (row.number("pk") > 0)
            tables.last().key.append(row.text("column_name"));
    }
    return tables;
}

Status insertRow(const Table &table, const model::Row &row, model::Connection &to)
{
    QVector<QVariant> values;
    for (const QString &column : table.columns)
        values.append(row.value(column.toUtf8().constData()));
    const QString marks = QStringList(table.columns.size(), QStringLiteral("?")).join(u',');
    const auto inserted = to.runInOrder(
        QStringLiteral("INSERT INTO %1 (%2) VALUES (%3)").arg(table.name, table.columns.join(u','), marks),
        values);
    return inserted ? Status(Done{}) : inserted.error();
}

Status copyTable(const Table &table, const model::Connection &from, model::Connection &to)
{
    QVector<std::pair<QString, QVariant>> after;
    for (bool isDone = false; !isDone;) {
        const auto rows = from.all(table.page(after.isEmpty()), after);
        if (!rows)
            return rows.error();
        for (const model::Row &row : *rows)
            if (const Status inserted = insertRow(table, row, to); !inserted)
                return inserted;
        isDone = rows->size() < rowsPerPage;
        after.clear();
        for (const QString &column : isDone ? QStringList() : table.key)
            after.append({u':' + column, rows->last().value(column.toUtf8().constData())});
    }
    return Done{};
}

/// Between the engines, one of which is SQLite; `to` has the tables, and nothing in them but what is new
/// there.
Status copyRows(model::Connection &from, model::Connection &to)
{
    const auto tables = tablesOf(from.engine() == model::Engine::Sqlite ? from : to);
    if (!tables)
        return tables.error();
    return to.atomically([&]() -> Status {
        if (const Status emptied = to.script(QStringLiteral("DELETE FROM hub")); !emptied)
            return emptied;
        for (const Table &table : *tables)
            if (const Status copied = copyTable(table, from, to); !copied)
                return copied;
        return Done{};
    });
}

/// As of one moment, in which nobody waits for it.
Status copyOut(const Database &hub, const QString &file)
{
    auto from = hub.open();
    if (!from)
        return from.error();
    if (from->engine() == model::Engine::Sqlite)
        return copyInto(*from, file);
    const Database backup = Database::inFile(file);
    if (const Status prepared = backup.prepare(); !prepared)
        return prepared;
    auto to = backup.open();
    if (!to)
        return to.error();
    return from->atOneMoment([&] { return copyRows(*from, *to); });
}

Status copyIn(const QString &file, const Database &hub)
{
    if (const Status prepared = hub.prepare(); !prepared)
        return prepared;
    auto from = model::Connection::openSqlite(file);
    auto to = hub.open();
    if (!from || !to)
        return from ? to.error() : from.error();
    const auto books = Books(*to).all();
    if (!books)
        return books.error();
    if (!books->isEmpty())
        return Error{Fault::Conflict,
                     QStringLiteral("There are books in that database; restore into an empty one.")};
    return copyRows(*from, *to);
}

} // namespace

Status backUp(const Database &hub, const QString &file)
{
    if (QFileInfo(file).isDir())
        return Error{Fault::Conflict, QStringLiteral("“%1” is a folder; name a new file in it, such as %2.")
                                          .arg(file, QDir(file).filePath(QStringLiteral("monday.backup")))};
    if (QFile::exists(file))
        return Error{Fault::Conflict,
                     QStringLiteral("There is a file “%1” already, and a backup overwrites none; name a new "
                                    "one, with the date in it for example.")
                         .arg(file)};
    const QString unfinished = file + QStringLiteral(".new");
    QFile::remove(unfinished);
    Status done = copyOut(hub, unfinished);
    if (!done && done.error().fault == Fault::Failed)
        done = Error{Fault::Failed, QStringLiteral("“%1” cannot be written.").arg(file)};
    if (done)
        done = settleOnDisk(unfinished);
    if (done && !QFile::rename(unfinished, file))
        done = Error{Fault::Failed, QStringLiteral("“%1” cannot be written.").arg(file)};
    if (!done)
        QFile::remove(unfinished);
    return done;
}

Status beginAnotherLog(model::Connection &copy, TimeMs now)
{
    return copy.atomically([&]() -> Status {
        Books books(copy);
        const auto all = books.all();
        if (!all)
            return all.error();
        for (const BookHead &book : *all)
            if (const Status renewed = books.renewEpoch(book); !renewed)
                return renewed;
        const auto last = books.lastRecordToWrite();
        if (!last)
            return last.error();
        const qint64 byTime = now / secondMs % secondsUntilTheSame * skippedEachSecond;
        if (const Status skipped = books.setLastRecord(*last + skippedRecords + byTime); !skipped)
            return skipped;
        const auto skipped = copy.run("UPDATE hub SET last_device = last_device + :devices WHERE id = 1",
                                      {{":devices", skippedDevices}});
        if (!skipped)
            return skipped.error();
        // Desks were heard of since, nobody knows when: each may have a lease that begins now.
        return model::withoutCount(copy.run("UPDATE device SET lease_until = :now + (lease_until - seen_at) "
                                            "WHERE lease_until > 0",
                                            {{":now", now}}));
    });
}

Status restore(const QString &file, const Database &hub, const QVector<Erased> &erased, TimeMs now)
{
    if (hub.path().isEmpty()) {
        const QTemporaryDir folder;
        const Database fresh = Database::inFile(folder.filePath(QStringLiteral("hub.db")));
        const Status restored = restore(file, fresh, erased, now);
        return restored ? copyIn(fresh.path(), hub) : restored;
    }
    auto backup = model::Connection::openSqlite(file, {.readOnly = true});
    if (!backup)
        return backup.error().fault == Fault::Damaged ? notABackup(file) : backup.error();
    if (const Status holds = holdsAHub(*backup, file); !holds)
        return holds;
    if (const Status copied = copyInto(*backup, hub.path()); !copied)
        return copied.error().fault == Fault::Damaged ? notABackup(file) : copied;
    if (const Status settled = settleOnDisk(hub.path()); !settled)
        return settled.error().fault == Fault::Damaged ? notABackup(file) : settled;
    if (const Status prepared = hub.prepare(); !prepared)
        return prepared.error().fault == Fault::Damaged ? notABackup(file) : prepared;
    auto db = hub.open();
    if (!db)
        return db.error();
    if (const Status begun = beginAnotherLog(*db, now); !begun)
        return begun;
    if (const Status again = eraseAgain(*db, erased, now); !again)
        return again;
    if (const Status cleaned = cleanUp(*db, hub.erasedList()); !cleaned)
        return cleaned;
    const auto all = erasedIn(*db);
    if (!all || all->isEmpty())
        return all ? Status(Done{}) : all.error();
    return keepErasedList(*db, hub.erasedList()); // for an older backup that is restored here next
}

} // namespace ringbook::hub
