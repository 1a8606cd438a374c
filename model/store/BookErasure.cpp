#include "model/store/Book.h"
#include "model/store/BookFiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace ringbook::model {

namespace {

Status indexAnew(Connection &db)
{
    const auto indexed = db.run("INSERT INTO customer_name (customer_name) VALUES ('rebuild')");
    return indexed ? Status(Done{}) : indexed.error();
}

Status setClean(Connection &db)
{
    const auto cleaned = db.run("DELETE FROM unclean");
    return cleaned ? Status(Done{}) : cleaned.error();
}

} // namespace

/// An entry that stands where something erased was says neither by whom nor when; the erasure follows it.
Status Book::noteErasure(const Change &change)
{
    if (change.action != Action::Erase)
        return Done{};
    const auto noted = m_db->run("INSERT OR REPLACE INTO erasure VALUES (:kind, :id, :author, :at)",
                                 {{":kind", change.record.kind},
                                  {":id", change.record.id},
                                  {":author", change.author},
                                  {":at", change.madeAt}});
    return noted ? setUnclean() : noted.error();
}

Result<QVector<RecordKey>> Book::erased() const
{
    const auto rows = m_db->all("SELECT kind, id FROM erasure");
    if (!rows)
        return rows.error();
    QVector<RecordKey> keys;
    for (const Row &row : *rows)
        keys.append({row.text("kind"), row.number("id")});
    return keys;
}

Result<bool> Book::isUnclean() const
{
    const auto row = m_db->one("SELECT count(*) AS count FROM unclean");
    return row ? Result<bool>(row->number("count") > 0) : row.error();
}

Status Book::setUnclean()
{
    const auto marked = m_db->run("INSERT INTO unclean VALUES (1) ON CONFLICT DO NOTHING");
    return marked ? Status(Done{}) : marked.error();
}

/// Searched words stay in the index until it is made anew, and in pages that were split; so all pages go.
Status Book::clean()
{
    if (const Status indexed = indexAnew(*m_db); !indexed)
        return indexed;
    if (const Status rewritten = m_db->rewrite(); !rewritten)
        return rewritten;
    if (const Status emptied = m_db->emptyLog(); !emptied)
        return emptied;
    return setClean(*m_db);
}

/// The old index is gone from the copy as well: SQLite blanks the pages it was on.
Status Book::copyCleanly(const QString &path, const QString &copy, const Connection::MayGoOn &mayGoOn)
{
    removeFile(copy);
    auto from = Connection::openSqlite(path, {.readOnly = true});
    if (!from)
        return from.error();
    const Status copied = from->interruptibly(mayGoOn, [&]() -> Status {
        const auto done = from->run("VACUUM INTO :copy", {{":copy", copy}});
        return done ? Status(Done{}) : done.error();
    });
    if (!copied)
        return copied;
    {
        auto to = Connection::openSqlite(copy);
        const Status cleaned = to ? to->interruptibly(mayGoOn,
                                                      [&] {
                                                          const Status indexed = indexAnew(*to);
                                                          return indexed ? setClean(*to) : indexed;
                                                      })
                                  : to.error();
        if (!cleaned)
            return cleaned;
    }
    return syncToDisk(copy);
}

void Book::removeFile(const QString &path)
{
    for (const QString end : {"", "-wal", "-shm"})
        QFile::remove(path + end);
}

} // namespace ringbook::model
