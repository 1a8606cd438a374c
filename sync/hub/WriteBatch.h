#pragma once

#include "sync/hub/order/Sequencer.h"
#include "sync/hub/store/Accounts.h"
#include "sync/hub/store/Books.h"
#include "sync/hub/store/PhoneOrders.h"
#include "sync/hub/store/Seats.h"

#include <map>
#include <memory>

namespace ringbook::hub {

constexpr TimeMs keepFiledCallsMs = 30 * dayMs; ///< no telephone system tells of a call so late

/// What one commit added to one book: entries (from, to], without gaps. No entries: the book is there.
struct BookChanges
{
    QString book = {};
    QString region = {};
    QString epoch = {};
    qint64 from = 0;
    qint64 to = 0;
    QVector<QByteArray> wires = {};
    bool erases = false; ///< somebody, as far as the entries are known
};

/// Numbers for the records a hub makes itself, taken from the database ahead, so that hubs which write
/// different books at the same time neither wait for each other nor give the same number twice. Those left at
/// the end are never used.
struct RecordNumbers
{
    qint64 last = 0; ///< given out
    qint64 end = 0;

    /// Takes more, in a transaction of its own, if one batch could need more than are left.
    Status refill(model::Connection &db);
};

/// One transaction of the writer, being filled. Ops are ordered in memory; keep() writes what came of them.
class WriteBatch
{
public:
    /// `self` is who tells others that books have moved. Without `numbers` nobody else can take one before
    /// this transaction ends.
    WriteBatch(model::Connection &db, TimeMs now, QString self = {}, RecordNumbers *numbers = nullptr);

    TimeMs now() const { return m_now; }
    Accounts &accounts() { return m_accounts; }
    Books &books() { return m_books; }
    PhoneOrders phoneOrders() { return PhoneOrders(m_db); }
    Seats seats() { return Seats(m_db); }

    Result<BookHead>
    book(const QString &name); ///< with the head as of the ops ordered so far; Fault::NotFound
    Result<RecordState> record(const BookHead &book, const model::RecordKey &key);

    /// What is open with this number, in E.164, with what this batch ordered before.
    Result<Books::States> openCallBacks(const BookHead &book, const QString &e164);
    /// True once for each call, whichever hub asks: it is this one that files it.
    Result<bool> claimCall(const QString &call);

    /// Makes this batch the book's writer and reads what its ops will ask for. Fault::NotFound.
    Status prepare(const QString &book, const Needs &needs);

    /// Orders one op. The answer of a device's op is kept, with the hash of its content, for when it is
    /// repeated; the hub's own (device 0) are not.
    Result<sync::OpAnswer> order(const BookHead &book, const model::Op &op, const Author &author, TimeMs at,
                                 qint64 contentHash = 0);

    /// Erases these, and all that is about them, without an op. Returns how many records were not before.
    Result<qsizetype> erase(const BookHead &book, const QVector<model::RecordKey> &records,
                            const Author &author, TimeMs at);

    Result<qint64> lastCounter(qint64 device, const BookHead &book); ///< with those of this batch
    Result<KnownOp> known(qint64 device, const BookHead &book, qint64 counter);
    Result<qint64> newRecordId();
    Status
    usedRecordId(qint64 id); ///< one of the hub's own that somebody chose: newRecordId() goes on behind it

    /// The device's session is another now: other hubs forget the one they know.
    Status announceSession(qint64 device);
    /// Other hubs look whose telephone is whose.
    Status announceSeats();

    Status keep();
    QVector<BookChanges> changes() const; ///< after keep()

private:
    struct OpenBook
    {
        BookHead stored;
        BookSums sums; ///< before this batch
        std::unique_ptr<Sequencer> sequencer;
        QHash<model::RecordKey, RecordState> records;
        QHash<model::RecordKey, bool> dirty; ///< whether it is known that the database has none
        QVector<LogEntry> entries;
        QHash<model::RecordKey, qint64> erased; ///< in this batch, and at which seq
        Books::Answers answers;
        QHash<qint64, qint64> lastCounters; ///< before this batch, as far as somebody asked
        model::BucketSums moved;            ///< what these ops added to the book's sums
    };

    Result<OpenBook *> open(const QString &name, const Needs &needs = {});
    Status loadLastRecord();
    void take(OpenBook &book, const Ordered &ordered);
    Result<bool> isGone(OpenBook &book, const model::Op &op, const RecordState &state);
    Result<Ordered> orderErasure(OpenBook &book, const model::Op &op, const Author &author, TimeMs at);
    Result<Ordered> eraseIn(OpenBook &book, const QVector<model::RecordKey> &records, const model::Op &op,
                            const Author &author, TimeMs at);
    Result<Ordered> orderGone(OpenBook &book, const model::Op &op, const Author &author, TimeMs at);
    Result<QVector<model::RecordKey>> withWhatIsAbout(OpenBook &book,
                                                      const QVector<model::RecordKey> &records);
    Status forgetPhoneOrders(OpenBook &book, const QVector<model::RecordKey> &erased);
    Status noteErased(OpenBook &book, const Ordered &ordered);
    Status putRecords(OpenBook &book);
    Status blankErased(OpenBook &book);
    Status keepBook(OpenBook &book);
    Status keepSums(const OpenBook &book);
    Status keepLastRecord();
    Status announce();

    model::Connection &m_db;
    TimeMs m_now;
    QString m_self;
    RecordNumbers *m_numbers;
    Accounts m_accounts;
    Books m_books;
    std::map<QString, OpenBook> m_open;
    std::optional<qint64> m_lastRecord;
    qint64 m_storedLastRecord = 0; ///< without m_numbers
};

} // namespace ringbook::hub
