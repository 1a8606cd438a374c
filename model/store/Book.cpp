#include "model/store/Book.h"

#include "model/db/Migrator.h"
#include "model/store/Rebase.h"
#include "model/store/RecordTables.h"

#include <QFile>
#include <QSet>

namespace ringbook::model {

namespace {

constexpr qint32 bookApplicationId = 0x5242424B; ///< "RBBK"

Status writeCursor(Connection &db, const Cursor &cursor)
{
    const auto written = db.run("INSERT INTO feed_cursor VALUES (1, :epoch, :seq) "
                                "ON CONFLICT (one) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq",
                                {{":epoch", cursor.epoch}, {":seq", cursor.seq}});
    return written ? Status(Done{}) : written.error();
}

} // namespace

Book::Book(std::shared_ptr<Connection> db)
    : m_db(std::move(db)),
      m_tables(std::make_shared<RecordTables>(*m_db))
{
}

Result<Book> Book::open(const QString &path)
{
    auto db = Connection::openSqlite(path, {.durability = Durability::Normal});
    if (!db)
        return db.error();
    if (const auto ready = migrate(*db, {":/sql/book", bookApplicationId}); !ready)
        return ready.error();
    return Book(std::make_shared<Connection>(std::move(*db)));
}

Result<QString> Book::setAside(const QString &path)
{
    QString aside;
    for (int number = 1; aside.isEmpty() || QFile::exists(aside); ++number)
        aside = QStringLiteral("%1.damaged-%2").arg(path).arg(number);
    if (!QFile::rename(path, aside))
        return Error{Fault::Failed, "the file cannot be renamed: " + path};
    for (const QString suffix : {"-wal", "-shm"})
        if (QFile::exists(path + suffix) && !QFile::rename(path + suffix, aside + suffix))
            return Error{Fault::Failed, "the file cannot be renamed: " + path + suffix};
    return aside;
}

Result<Cursor> Book::cursor() const
{
    const auto row = m_db->one("SELECT epoch, seq FROM feed_cursor");
    if (!row && row.error().fault == Fault::NotFound)
        return Cursor{};
    if (!row)
        return row.error();
    return Cursor{row->text("epoch"), row->number("seq")};
}

Result<std::optional<Fields>> Book::record(const RecordKey &key) const
{
    return m_tables->read(key);
}

Status Book::applyOwn(const Op &op)
{
    return m_db->atomically([&] { return Rebase(*m_db, *m_tables).addOwn(op); });
}

Result<QVector<RecordKey>> Book::applyFeed(const QVector<Change> &changes, const Cursor &upTo,
                                           const Unconfirmed &own)
{
    QSet<RecordKey> different;
    const auto done = m_db->atomically([&]() -> Status {
        Rebase rebase(*m_db, *m_tables);
        if (const auto taken = rebase.takeOwn(own); !taken)
            return taken;
        for (const Change &change : changes) {
            if (const auto confirmed = rebase.confirm(change); !confirmed)
                return confirmed;
            different.insert(change.record);
        }
        const auto settled = rebase.settle();
        if (!settled)
            return settled.error();
        different.unite(*settled);
        return writeCursor(*m_db, upTo);
    });
    if (!done)
        return done.error();
    return QVector<RecordKey>(different.begin(), different.end());
}

Result<QVector<RecordKey>> Book::followOutbox(const Unconfirmed &own)
{
    QSet<RecordKey> different;
    const auto done = m_db->atomically([&]() -> Status {
        Rebase rebase(*m_db, *m_tables);
        if (const auto taken = rebase.takeOwn(own); !taken)
            return taken;
        const auto settled = rebase.settle();
        if (!settled)
            return settled.error();
        different = *settled;
        return Done{};
    });
    if (!done)
        return done.error();
    return QVector<RecordKey>(different.begin(), different.end());
}

Status Book::clear()
{
    return m_db->atomically([&]() -> Status {
        if (const auto cleared = m_tables->clear(); !cleared)
            return cleared;
        return m_db->script("DELETE FROM own_op; DELETE FROM shadow; DELETE FROM feed_cursor;");
    });
}

} // namespace ringbook::model
