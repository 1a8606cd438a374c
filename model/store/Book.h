#pragma once

#include "model/db/Connection.h"
#include "model/domain/Record.h"

#include <QSet>

namespace ringbook::model {

/// A book file: one book's records as plain tables, pending ops already applied; a cache that can be rebuilt from the
/// hub and the outbox. Belongs to the thread that opened it; several may be open on one file.
class Book
{
public:
    /// Opens or creates the file and brings its schema up to date. Fault::Damaged, TooNew, DiskFull, Failed.
    static Result<Book> open(const QString &path);

    Connection &db() const { return *m_db; }

    /// Where in the hub's log this file is. Kept in this file, so that records and cursor are always of one commit.
    Result<Cursor> cursor() const;

    /// The record's fields as they are shown, NULL fields left out; nothing if there is no such record.
    Result<std::optional<Fields>> record(const RecordKey &key) const;

    /// Applies one of this desk's own ops; the confirmed state is kept beside the record until the op comes back.
    /// Applying it twice changes nothing more.
    Status applyOwn(const Op &op);

    /// Applies a page of the feed up to `upTo`, in one transaction. `pending` are this device's ops that the hub has not
    /// confirmed, in counter order, confirmed ones among `changes` already left out; they stay on top.
    /// Returns the records that may look different now.
    Result<QVector<RecordKey>> applyFeed(const QVector<Change> &changes, const Cursor &upTo, const QVector<Op> &pending);

    /// A refused op: the record goes back to the confirmed state plus the ops still pending.
    Status withdraw(const RecordKey &key, const QVector<Op> &pending);

    /// Empties everything, for a reset.
    Status clear();

private:
    explicit Book(std::shared_ptr<Connection> db) : m_db(std::move(db)) {}
    std::shared_ptr<Connection> m_db;
};

} // namespace ringbook::model
