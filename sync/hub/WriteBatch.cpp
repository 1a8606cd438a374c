#include "sync/hub/WriteBatch.h"

#include "model/core/Id.h"
#include "sync/hub/Announcement.h"
#include "sync/hub/store/RecordText.h"
#include "sync/protocol/RecordJson.h"

#include <algorithm>

namespace ringbook::hub {

namespace {

constexpr qint64 numbersPerBatch = qint64(1)
                                   << 17; // each op of a group of 2 000 may lose some fields to others
constexpr qint64 numbersTaken = 4 * numbersPerBatch;

std::optional<model::Fields> held(const RecordState &state)
{
    return state.exists && !state.deleted ? std::optional(state.fields) : std::nullopt;
}

} // namespace

Status RecordNumbers::refill(model::Connection &db)
{
    if (end - last >= numbersPerBatch)
        return Done{};
    qint64 stored = 0;
    const auto taken = db.atomically([&]() -> Status {
        Books books(db);
        const auto counter = books.lastRecordToWrite();
        if (!counter)
            return counter.error();
        stored = *counter;
        return books.setLastRecord(stored + numbersTaken);
    });
    if (!taken)
        return taken;
    last = stored;
    end = stored + numbersTaken;
    return Done{};
}

WriteBatch::WriteBatch(model::Connection &db, TimeMs now, QString self, RecordNumbers *numbers)
    : m_db(db),
      m_now(now),
      m_self(std::move(self)),
      m_numbers(numbers),
      m_accounts(db),
      m_books(db)
{
}

Status WriteBatch::loadLastRecord()
{
    if (m_lastRecord)
        return Done{};
    if (m_numbers) {
        m_lastRecord = m_numbers->last;
        return Done{};
    }
    const auto last = m_books.lastRecordToWrite();
    if (!last)
        return last.error();
    m_storedLastRecord = *last;
    m_lastRecord = *last;
    return Done{};
}

Result<WriteBatch::OpenBook *> WriteBatch::open(const QString &name, const Needs &needs)
{
    if (const auto found = m_open.find(name); found != m_open.end())
        return &found->second;
    const auto stored = m_books.bookToWrite(name, needs);
    if (!stored)
        return stored.error();
    if (const Status loaded = loadLastRecord(); !loaded)
        return loaded.error();
    OpenBook &book = m_open[name];
    book.stored = stored->book;
    book.sums = stored->sums;
    book.sequencer = std::make_unique<Sequencer>(stored->book.head.seq, valueText);
    book.lastCounters = stored->lastCounters;
    for (const model::RecordKey &key : book.stored.erased ? needs.records + needs.owners : needs.records)
        book.records.insert(key, stored->records.value(key));
    return &book;
}

Result<BookHead> WriteBatch::book(const QString &name)
{
    const auto book = open(name);
    if (!book)
        return book.error();
    BookHead head = (*book)->stored;
    head.head.seq = (*book)->sequencer->head();
    return head;
}

Status WriteBatch::prepare(const QString &name, const Needs &needs)
{
    const auto book = open(name, needs);
    return book ? Status(Done{}) : book.error();
}

Result<RecordState> WriteBatch::record(const BookHead &head, const model::RecordKey &key)
{
    const auto book = open(head.name);
    if (!book)
        return book.error();
    auto &records = (*book)->records;
    if (const auto found = records.constFind(key); found != records.constEnd())
        return *found;
    const auto stored = m_books.record(head.id, key);
    if (stored)
        records.insert(key, *stored);
    return stored;
}

Result<sync::OpAnswer> WriteBatch::order(const BookHead &head, const model::Op &op, const Author &author,
                                         TimeMs at, qint64 contentHash)
{
    const auto book = open(head.name);
    if (!book)
        return book.error();
    const auto state = record(head, op.record);
    if (!state)
        return state.error();
    const auto gone = isGone(**book, op, *state);
    if (!gone)
        return gone.error();
    Sequencer &sequencer = *(*book)->sequencer;
    const auto ordered = *gone ? orderGone(**book, op, author, at)
                         : op.action == model::Action::Erase
                             ? orderErasure(**book, op, author, at)
                             : sequencer.order(op, author, at, *state, *m_lastRecord);
    if (!ordered)
        return ordered.error();
    take(**book, *ordered);
    if (author.device != 0)
        (*book)->answers[{author.device, op.counter}] =
            KnownOp{contentHash, ordered->answer.seq, ordered->answer.reason};
    return ordered->answer;
}

void WriteBatch::take(OpenBook &book, const Ordered &ordered)
{
    for (const auto &[key, changed] : ordered.records) {
        const auto before = book.records.constFind(key);
        const bool isKnown = before != book.records.constEnd();
        book.moved.replace(key, isKnown ? held(*before) : std::nullopt, held(changed));
        if (!book.dirty.contains(key))
            book.dirty.insert(key, isKnown && !before->exists);
        book.records.insert(key, changed);
    }
    for (const model::Change &change : ordered.changes)
        book.entries.append(LogEntry{change.seq, sync::encode(change)});
}

Result<qint64> WriteBatch::lastCounter(qint64 device, const BookHead &head)
{
    const auto book = open(head.name);
    if (!book)
        return book.error();
    const auto &answers = (*book)->answers;
    const auto after = answers.upper_bound({device, maxCounter});
    if (after != answers.begin() && std::prev(after)->first.first == device)
        return std::prev(after)->first.second;
    if (const auto known = (*book)->lastCounters.constFind(device); known != (*book)->lastCounters.constEnd())
        return *known;
    return m_books.lastCounter(device, head.id);
}

Result<KnownOp> WriteBatch::known(qint64 device, const BookHead &head, qint64 counter)
{
    const auto book = open(head.name);
    if (!book)
        return book.error();
    const auto found = (*book)->answers.find({device, counter});
    if (found != (*book)->answers.end())
        return found->second;
    return m_books.known(device, head.id, counter);
}

Result<qint64> WriteBatch::newRecordId()
{
    if (const Status loaded = loadLastRecord(); !loaded)
        return loaded.error();
    return makeId(hubDevice, ++*m_lastRecord);
}

Status WriteBatch::usedRecordId(qint64 id)
{
    if (deviceOf(id) != hubDevice)
        return Done{};
    if (const Status loaded = loadLastRecord(); !loaded)
        return loaded;
    m_lastRecord = std::max(*m_lastRecord, counterOf(id));
    return Done{};
}

Status WriteBatch::keepSums(const OpenBook &book)
{
    model::BucketSums sums = book.sums.sums;
    return m_books.setSums(book.stored.id, sums += book.moved);
}

Status WriteBatch::putRecords(OpenBook &book)
{
    Books::States fresh, changed;
    const auto dirty = std::exchange(book.dirty, {});
    for (auto one = dirty.begin(); one != dirty.end(); ++one)
        (*one ? fresh : changed).append({one.key(), book.records.value(one.key())});
    if (const Status put = m_books.putRecords(book.stored.id, fresh, true); !put)
        return put;
    return m_books.putRecords(book.stored.id, changed, false);
}

Status WriteBatch::keepBook(OpenBook &book)
{
    if (const Status put = putRecords(book); !put)
        return put;
    if (const Status appended = m_books.append(book.stored.id, book.entries); !appended)
        return appended;
    if (const Status blanked = blankErased(book); !blanked)
        return blanked;
    if (const Status kept = m_books.keepAnswers(book.stored.id, book.answers); !kept)
        return kept;
    if (book.entries.isEmpty())
        return Done{};
    if (const Status summed = keepSums(book); !summed)
        return summed;
    return m_books.moveHead(book.stored, book.sequencer->head());
}

Status WriteBatch::keep()
{
    for (auto &[name, book] : m_open)
        if (const Status kept = keepBook(book); !kept)
            return kept;
    if (const Status kept = keepLastRecord(); !kept)
        return kept;
    return announce();
}

/// What was taken ahead is used up even if this batch is undone: perhaps it was not.
Status WriteBatch::keepLastRecord()
{
    if (m_numbers) {
        m_numbers->last = m_lastRecord.value_or(m_numbers->last);
        if (m_numbers->last > m_numbers->end)
            return Error{Fault::Busy,
                         QStringLiteral("There are not enough numbers for so many conflicts at once.")};
        return Done{};
    }
    if (m_lastRecord && *m_lastRecord != m_storedLastRecord)
        return m_books.setLastRecord(*m_lastRecord);
    return Done{};
}

Status WriteBatch::announce()
{
    for (const auto &[name, book] : m_open)
        if (!book.entries.isEmpty())
            return m_db.notify(QLatin1String(Announcement::channel), textOf(Announcement{.by = m_self}));
    return Done{};
}

Result<Books::States> WriteBatch::openCallBacks(const BookHead &head, const QString &e164)
{
    const auto book = open(head.name);
    if (!book)
        return book.error();
    if (const Status put = putRecords(**book); !put)
        return put.error();
    const auto found = m_books.openCallBacks(head.id, e164);
    if (found)
        for (const auto &[key, state] : *found)
            (*book)->records.insert(key, state);
    return found;
}

Result<bool> WriteBatch::claimCall(const QString &call)
{
    const auto forgotten =
        m_db.run("DELETE FROM filed_call WHERE at < :before", {{":before", m_now - keepFiledCallsMs}});
    if (!forgotten)
        return forgotten.error();
    const auto claimed =
        m_db.run("INSERT INTO filed_call (call, at) VALUES (:call, :at) ON CONFLICT DO NOTHING",
                 {{":call", call}, {":at", m_now}});
    return claimed ? Result<bool>(*claimed > 0) : claimed.error();
}

Status WriteBatch::announceSession(qint64 device)
{
    return m_db.notify(QLatin1String(Announcement::channel), textOf(Announcement{m_self, device}));
}

Status WriteBatch::announceSeats()
{
    return m_db.notify(QLatin1String(Announcement::channel), textOf(Announcement{.by = m_self}));
}

QVector<BookChanges> WriteBatch::changes() const
{
    QVector<BookChanges> all;
    for (const auto &[name, book] : m_open) {
        if (book.entries.isEmpty())
            continue;
        const BookHead &before = book.stored;
        BookChanges changes{.book = name,
                            .region = before.region,
                            .epoch = before.head.epoch,
                            .from = before.head.seq,
                            .to = book.sequencer->head(),
                            .erases = !book.erased.isEmpty()};
        for (const LogEntry &entry : book.entries)
            changes.wires.append(entry.wire);
        all.append(changes);
    }
    return all;
}

} // namespace ringbook::hub
