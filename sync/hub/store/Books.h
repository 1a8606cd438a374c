#pragma once

#include "model/db/Connection.h"
#include "model/domain/Digest.h"
#include "sync/hub/order/Merge.h"

#include <QSet>

#include <atomic>
#include <map>

namespace ringbook::hub {

/// A book at the hub: what it is called and how far its log reaches.
struct BookHead
{
    qint64 id = 0;
    QString name = {};
    QString region = {};
    model::Cursor head = {};
    qint64 erased = 0; ///< the seq of the last erasure; 0: nobody was erased
};

/// A change as it is kept and sent.
struct LogEntry
{
    qint64 seq = 0;
    QByteArray wire = {};
};

/// What an op was answered when it first came.
struct KnownOp
{
    qint64 contentHash = 0;
    qint64 seq = 0; ///< 0: refused
    QString reason = {};
};

/// What a book sums up to at one seq.
struct BookSums
{
    model::Cursor at = {};
    qint64 since = 0; ///< 0: all records; else only what changed behind this seq, the rest is being counted
    model::BucketSums sums = {};
};

/// What ops will ask for of a book.
struct Needs
{
    QHash<qint64, qint64> devices = {}; ///< and the first counter of the ops of each
    QSet<model::RecordKey> records = {};
    QSet<model::RecordKey> owners = {}; ///< of these; looked for only where somebody was erased

    Needs &operator+=(const Needs &more);
};

/// What was found of it.
struct BookToWrite
{
    BookHead book = {};
    BookSums sums = {};
    QHash<qint64, qint64> lastCounters = {};           ///< of devices without a gap before those ops
    QHash<model::RecordKey, RecordState> records = {}; ///< those that there are
};

/// Books, their records and their logs in the hub's database.
class Books
{
public:
    explicit Books(model::Connection &db) : m_db(db) {}

    Result<BookHead> book(const QString &name) const; ///< Fault::NotFound

    /// The book, and whoever asks is its only writer until this transaction ends; all of it in one round
    /// trip: each counts when the database is another machine. Fault::NotFound.
    Result<BookToWrite> bookToWrite(const QString &name, const Needs &needs = {});
    Result<QVector<BookHead>> all() const;
    Result<BookHead> add(const QString &name,
                         const QString &region); ///< Fault::Conflict if there is one already

    /// Moves the head in the epoch it was read in. Fault::Invalid, which COMMIT says at the latest: somebody
    /// else moved it, and nothing of this transaction is kept.
    Status moveHead(const BookHead &from, qint64 to);

    /// Gives a new epoch to each book whose log does not end where its head is: a tail was lost.
    Result<QVector<QString>> renewBrokenEpochs();
    /// A new name for a log that goes on from here, and need not go on as it did before.
    Status renewEpoch(const BookHead &book);
    /// Up to where a log that was once this book's, or was said to be, is the one it has now; 0: nobody
    /// knows.
    Result<qint64> sameUpTo(qint64 book, const QString &pastEpoch) const;

    Result<RecordState> record(qint64 book,
                               const model::RecordKey &key) const; ///< exists == false if there is none
    /// Fault::Invalid if one of those that `areNew` is there already.
    Status putRecords(qint64 book, const QVector<std::pair<model::RecordKey, RecordState>> &records,
                      bool areNew);

    Result<BookSums> sums(qint64 book) const;
    Status setSums(qint64 book, const model::BucketSums &sums);
    Status countAgain(const BookHead &book); ///< who counts it: BookCount.h
    Result<model::BucketSums> countRecords(qint64 book, const std::atomic<bool> &stop) const;
    Status addCounted(const QString &book, qint64 since, const model::BucketSums &rest);
    /// What is not deleted, in one bucket.
    Result<QVector<std::pair<model::RecordKey, model::Fields>>> bucket(qint64 book, int number) const;

    using States = QVector<std::pair<model::RecordKey, RecordState>>;
    /// All that is about these and is not erased itself, and what is about that; also what is deleted.
    Result<States> about(qint64 book, const QVector<model::RecordKey> &keys) const;
    /// In the log each of these was never anything but erased before the seq of its erasure. Reads the whole
    /// log.
    Status blankLog(qint64 book, const QHash<model::RecordKey, qint64> &erased);
    Status noteErasure(qint64 book, qint64 seq);
    /// Up to there nothing erased is in the files of this device any more. No further than the last erasure;
    /// of another log it is passed over.
    Status keepErasureAck(const BookHead &book, qint64 device, const model::Cursor &upTo, TimeMs now);

    Status append(qint64 book, const QVector<LogEntry> &entries);
    Result<QVector<LogEntry>> log(qint64 book, qint64 after, int limit) const;
    /// Behind this seq the log goes on without a gap; before it is nothing.
    Result<qint64> logFloor(const BookHead &book) const;
    /// Remembers how far the log reaches by now.
    Status markLog(const BookHead &book, TimeMs now, TimeMs every);
    Result<qint64> loggedBy(qint64 book, TimeMs moment) const; ///< as far as that was remembered; else 0
    Result<int> cutLog(const BookHead &book, qint64 upTo, int limit);
    Result<qint64> deviceAfter(qint64 device) const; ///< of those whose answers are kept; 0: none
    Result<int> forgetAnswers(qint64 book, qint64 device, qint64 upTo, int limit);
    /// What changed last behind a seq, in that order; what is deleted is there as a deletion.
    Result<QVector<LogEntry>> rows(qint64 book, qint64 after, int limit) const;
    Result<QVector<qint64>> customersWith(qint64 book,
                                          const QString &e164) const; ///< theirs today; at most two
    Result<States> openCallBacks(qint64 book, const QString &e164) const;
    /// The same of those who have this number, former owners last, and what an agent wants to know of them
    /// first; as many as Messages.h says, ordered by importance.
    Result<QVector<LogEntry>> found(qint64 book, const QString &e164) const;

    Result<qint64> lastCounter(qint64 device, qint64 book) const; ///< 0: never pushed
    Result<KnownOp> known(qint64 device, qint64 book, qint64 counter) const;

    /// By device and counter.
    using Answers = std::map<std::pair<qint64, qint64>, KnownOp>;
    Status keepAnswers(qint64 book, const Answers &answers);

    Result<qint64> lastRecord() const; ///< of the records the hub makes itself
    Result<qint64> lastRecordToWrite();
    Status setLastRecord(qint64 counter);

private:
    static BookHead readBook(const model::Row &row);
    static BookSums readSums(const model::Row &row, const model::Cursor &at);
    Status blank(qint64 book, model::Change entry);
    model::Connection &m_db;
};

} // namespace ringbook::hub
