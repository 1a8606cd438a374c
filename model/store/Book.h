#pragma once

#include "model/db/Connection.h"
#include "model/domain/Digest.h"
#include "model/domain/Record.h"

#include <memory>
#include <optional>

namespace ringbook::model {

class Rebase;
class RecordTables;

/// What the outbox holds for a book, as of one moment: the ops the hub has not confirmed, in counter order,
/// and the newest counter given out by then. Ops made later are on top of a book as well, though not in this
/// list.
struct Unconfirmed
{
    QVector<Op> ops = {};
    qint64 newest = 0;
};

/// What a book's confirmed records sum up to, as far as they are counted.
struct SumsSoFar
{
    BucketSums sums = {};
    std::optional<qint64> kinds = {}; ///< this many kinds are in it, and the next up to `last`; nothing: all
    qint64 last = 0;

    bool cover(const RecordKey &key) const;
};

/// A book file: one book's records as plain tables, pending ops already applied; a cache that can be rebuilt
/// from the hub and the outbox. Belongs to the thread that opened it; several may be open on one file.
class Book
{
public:
    /// Opens or creates the file and brings its schema up to date. Fault::Damaged, TooNew, DiskFull, Failed.
    static Result<Book> open(const QString &path);

    /// Renames a damaged file (and what SQLite keeps beside it), so that the book can be rebuilt under its
    /// name; nothing may have it open. Returns the new name.
    static Result<QString> setAside(const QString &path);

    /// The number of the newest schema that open() brings a file to.
    static int latestSchema();

    Connection &db() const { return *m_db; }

    /// From here on this is the book in another file, for whoever holds db() too. On failure nothing changes.
    Status moveTo(const QString &path);

    /// Where in the hub's log this file is. Kept in this file, so that records and cursor are always of one
    /// commit.
    Result<Cursor> cursor() const;

    /// Where the feed goes on: at the cursor, or, while the book catches up by rows, further on. Until it is
    /// whole again who saves here has seen no more than the cursor says.
    Result<Cursor> place() const;

    /// Only some of the hub's records are here, until the whole book replaces this one, or it grows. A change
    /// to a record that is not here is passed over then.
    Result<bool> isPartial() const;
    Status setPartial();
    /// A partial book becomes whole by rows from the first on, and keeps what it has meanwhile.
    Status grow();

    /// The record's fields as they are shown, NULL fields left out; nothing if there is no such record.
    Result<std::optional<Fields>> record(const RecordKey &key) const;

    /// Whether the confirmed record is as the op wants it.
    Result<bool> holds(const Op &op) const;

    /// Applies one of this desk's own ops; the confirmed state is kept beside the record until the op comes
    /// back. Applying it twice changes nothing more. Inside db().atomically() it joins that transaction.
    Status applyOwn(const Op &op);

    /// Applies a page of the feed up to `upTo`, in one transaction, own ops that came back included. What is
    /// left in `own` stays on top: own ops among `changes` must have been taken out of it. Returns the
    /// records that may look different now.
    Result<QVector<RecordKey>> applyFeed(const QVector<Change> &changes, const Cursor &upTo,
                                         const Unconfirmed &own);

    /// The same for whole records, as a feed by rows has them. The cursor stays where it is until `upTo` is
    /// no place among rows any more.
    Result<QVector<RecordKey>> applyRows(const QVector<Change> &rows, const Cursor &upTo,
                                         const Unconfirmed &own);

    /// Whole records that the hub had at `at`, ahead of the feed, which brings them once more: the cursor
    /// stays. `own` stays on top; the book's sums are counted anew. Returns the records that were others.
    /// Fault::Busy: nothing was done, this file is of another log or further than `at`, so that changes of
    /// these may have been passed over.
    Result<QVector<RecordKey>> addFound(const QVector<Change> &records, const Cursor &at,
                                        const Unconfirmed &own);

    /// Shows what the outbox holds and no more: records of ops that have left it (come back, refused) go back
    /// to the confirmed state plus the ops still in it. Returns those records.
    Result<QVector<RecordKey>> followOutbox(const Unconfirmed &own);

    /// The hub has another log, which is the same as this file's up to a seq: who saves from here on has seen
    /// no more of it.
    Status limitCursor(qint64 sameUpTo);

    /// What the confirmed records sum up to. Nothing: a book from before there were sums is still being
    /// counted; each call counts some more.
    Result<std::optional<BucketSums>> sums();

    using Records = QVector<std::pair<RecordKey, Fields>>;
    /// Makes the confirmed records of one bucket these, which are all that the hub has of it at `at`; `own`
    /// stays on top. Returns the records that were others. Fault::Busy: this file is not at `at`.
    Result<QVector<RecordKey>> repair(const Cursor &at, int bucket, const Records &records,
                                      const Unconfirmed &own);

    Result<QVector<RecordKey>> erased() const; ///< all that ever was
    /// Something was erased, and its bytes may still be in this file.
    Result<bool> isUnclean() const;
    Status setUnclean();
    /// Writes the file anew, without them; whoever wants to write waits for that long. Fault::Busy: somebody
    /// reads, so its log could not be emptied.
    Status clean();
    /// Writes a second file without them, finished and on disk; works in any thread, and nobody waits for it.
    /// Fault::Busy: `mayGoOn` said no; an unfinished file may be left.
    static Status copyCleanly(const QString &path, const QString &copy, const Connection::MayGoOn &mayGoOn);
    static void removeFile(const QString &path); ///< a book file and what SQLite keeps beside it

    /// Empties everything, for a reset.
    Status clear();

private:
    enum class Extent { Whole, Part, Growing }; ///< as they are kept

    explicit Book(std::shared_ptr<Connection> db);
    Result<Extent> extent() const;
    Result<QVector<RecordKey>> apply(const QVector<Change> &changes, const Cursor &upTo,
                                     const Unconfirmed &own, Status (Rebase::*confirm)(const Change &));
    Status noteErasure(const Change &change);
    Result<SumsSoFar> keptSums() const;
    Status keepSums(const SumsSoFar &sums);
    Status countOn(SumsSoFar &sums) const;
    Status countOthers(SumsSoFar &sums) const;
    Status countShadows(const SumsSoFar &from, SumsSoFar &to) const;
    Result<QVector<RecordKey>> keysIn(int bucket) const;
    std::shared_ptr<Connection> m_db;
    std::shared_ptr<RecordTables> m_tables;
};

} // namespace ringbook::model
