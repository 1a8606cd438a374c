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
    const auto written =
        cursor.byRows
            ? db.run("INSERT INTO feed_cursor (one, epoch, seq, rows_seq) VALUES (1, :epoch, 0, :seq) "
                     "ON CONFLICT (one) DO UPDATE SET rows_seq = excluded.rows_seq",
                     {{":epoch", cursor.epoch}, {":seq", cursor.seq}})
            : db.run("INSERT INTO feed_cursor (one, epoch, seq) VALUES (1, :epoch, :seq) "
                     "ON CONFLICT (one) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, "
                     "partial = partial * (rows_seq IS NULL OR partial = 1), rows_seq = NULL",
                     {{":epoch", cursor.epoch}, {":seq", cursor.seq}});
    return written ? Status(Done{}) : written.error();
}

const Schema &bookSchema()
{
    static const Schema schema{":/sql/book", bookApplicationId};
    return schema;
}

Result<Connection> openFile(const QString &path)
{
    auto db = Connection::openSqlite(path, {.durability = Durability::Normal});
    if (!db)
        return db.error();
    if (const auto ready = migrate(*db, bookSchema()); !ready)
        return ready.error();
    return db;
}

} // namespace

Book::Book(std::shared_ptr<Connection> db)
    : m_db(std::move(db)),
      m_tables(std::make_shared<RecordTables>(*m_db))
{
}

Result<Book> Book::open(const QString &path)
{
    auto db = openFile(path);
    if (!db)
        return db.error();
    return Book(std::make_shared<Connection>(std::move(*db)));
}

int Book::latestSchema()
{
    return latestStep(bookSchema());
}

Status Book::moveTo(const QString &path)
{
    auto db = openFile(path);
    if (!db)
        return db.error();
    *m_db = std::move(*db);
    return Done{};
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

Result<bool> Book::isPartial() const
{
    const auto now = extent();
    return now ? Result<bool>(*now != Extent::Whole) : now.error();
}

Result<Book::Extent> Book::extent() const
{
    const auto row = m_db->one("SELECT partial FROM feed_cursor");
    if (!row && row.error().fault != Fault::NotFound)
        return row.error();
    return row ? Extent(row->number("partial")) : Extent::Whole;
}

Result<Cursor> Book::place() const
{
    const auto row = m_db->one("SELECT epoch, rows_seq FROM feed_cursor WHERE rows_seq IS NOT NULL");
    if (!row && row.error().fault == Fault::NotFound)
        return cursor();
    if (!row)
        return row.error();
    return Cursor{row->text("epoch"), row->number("rows_seq"), true};
}

Status Book::setPartial()
{
    const auto set =
        m_db->run("UPDATE feed_cursor SET partial = :partial", {{":partial", int(Extent::Part)}});
    return set ? Status(Done{}) : set.error();
}

Status Book::grow()
{
    const auto begun = m_db->run("UPDATE feed_cursor SET partial = :partial, rows_seq = 0",
                                 {{":partial", int(Extent::Growing)}});
    return begun ? Status(Done{}) : begun.error();
}

Status Book::limitCursor(qint64 sameUpTo)
{
    const auto limited = m_db->run("UPDATE feed_cursor SET seq = min(seq, :seq)", {{":seq", sameUpTo}});
    return limited ? Status(Done{}) : limited.error();
}

Result<std::optional<Fields>> Book::record(const RecordKey &key) const
{
    return m_tables->read(key);
}

Result<bool> Book::holds(const Op &op) const
{
    const auto record = Rebase(*m_db, *m_tables).confirmed(op.record);
    if (!record)
        return record.error();
    if (removes(op.action) || !*record)
        return !*record && removes(op.action);
    for (auto edit = op.edits.begin(); edit != op.edits.end(); ++edit)
        if ((*record)->value(edit.key()) != edit->value)
            return false;
    return true;
}

Status Book::applyOwn(const Op &op)
{
    return m_db->atomically([&] { return Rebase(*m_db, *m_tables).addOwn(op); });
}

Result<QVector<RecordKey>> Book::applyFeed(const QVector<Change> &changes, const Cursor &upTo,
                                           const Unconfirmed &own)
{
    return apply(changes, upTo, own, &Rebase::confirm);
}

Result<QVector<RecordKey>> Book::applyRows(const QVector<Change> &rows, const Cursor &upTo,
                                           const Unconfirmed &own)
{
    const auto now = extent();
    if (!now)
        return now.error();
    return apply(rows, upTo, own, *now == Extent::Growing ? &Rebase::confirmKnownRow : &Rebase::confirmRow);
}

Result<QVector<RecordKey>> Book::apply(const QVector<Change> &changes, const Cursor &upTo,
                                       const Unconfirmed &own, Status (Rebase::*confirm)(const Change &))
{
    QSet<RecordKey> different;
    const auto done = m_db->atomically([&]() -> Status {
        Rebase rebase(*m_db, *m_tables);
        if (const auto taken = rebase.takeOwn(own); !taken)
            return taken;
        const auto now = extent();
        if (!now)
            return now.error();
        const auto before = place();
        auto sums = keptSums();
        if (!before || !sums)
            return !before ? before.error() : sums.error();
        rebase.keepSums(*sums, before->epoch == upTo.epoch ? before->seq : 0);
        for (const Change &change : changes) {
            const bool mayBePassedOver = *now == Extent::Part && change.action == Action::Set;
            const auto here =
                mayBePassedOver ? m_tables->read(change.record) : Result(std::optional(Fields()));
            if (!here)
                return here.error();
            if (!*here)
                continue;
            if (const auto confirmed = (rebase.*confirm)(change); !confirmed)
                return confirmed;
            different.insert(change.record);
            if (const auto noted = noteErasure(change); !noted)
                return noted;
        }
        const auto settled = rebase.settle();
        if (!settled)
            return settled.error();
        different.unite(*settled);
        if (const auto kept = keepSums(*sums); !kept)
            return kept;
        return writeCursor(*m_db, upTo);
    });
    if (!done)
        return done.error();
    return QVector<RecordKey>(different.begin(), different.end());
}

/// A record that is here before the change that made it would be summed up twice.
Result<QVector<RecordKey>> Book::addFound(const QVector<Change> &records, const Cursor &at,
                                          const Unconfirmed &own)
{
    QSet<RecordKey> different;
    const auto done = m_db->atomically([&]() -> Status {
        const auto here = place();
        if (!here)
            return here.error();
        if (here->epoch != at.epoch || here->seq > at.seq)
            return Error{Fault::Busy, "the book is of another log, or is further"};
        Rebase rebase(*m_db, *m_tables);
        if (const auto taken = rebase.takeOwn(own); !taken)
            return taken;
        for (const Change &found : records) {
            const auto corrected = rebase.correct(
                found.record, removes(found.action) ? std::nullopt : std::optional(found.fields));
            if (!corrected)
                return corrected.error();
            if (*corrected)
                different.insert(found.record);
        }
        const auto settled = rebase.settle();
        if (!settled)
            return settled.error();
        different.unite(*settled);
        const auto uncounted = m_db->run("DELETE FROM bucket_sum");
        return uncounted ? Status(Done{}) : uncounted.error();
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
        return m_db->script("DELETE FROM own_op; DELETE FROM shadow; DELETE FROM feed_cursor; "
                            "DELETE FROM bucket_sum; DELETE FROM erasure;");
    });
}

} // namespace ringbook::model
