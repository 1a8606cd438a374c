#include "model/core/Id.h"
#include "model/db/ReadMany.h"
#include "sync/hub/store/Books.h"
#include "sync/hub/store/RecordText.h"

#include <algorithm>
#include <array>

namespace ringbook::hub {

namespace {

constexpr int writerLock = 0x5242574C; // the group of locks, one a book: who holds it is its writer

/// Named, so that nobody has to wait for the number of the book first.
const QString ofThisBook = QStringLiteral("book = (SELECT id FROM book WHERE name = ?)");

/// Down to the op before those that come, each as the id of a record of the device: PostgreSQL would look at
/// all of an index's page for the last one of all.
model::Awaited askCounters(const model::Connection &db, const QString &book,
                           const QHash<qint64, qint64> &devices)
{
    QSet<qint64> firsts;
    for (auto device = devices.begin(); device != devices.end(); ++device)
        firsts.insert(makeId(device.key(), *device));
    const QVariant values[] = {book, model::numberList(db.engine(), firsts)};
    return db.askInOrder("SELECT value, (SELECT MAX(counter) FROM op_answer WHERE device = value >> 39 AND " +
                             ofThisBook + " AND counter >= (value & 549755813887) - 1) AS last FROM {{each}}",
                         values);
}

/// Where none follows what was sent before, something is missing, unless they are the first of all.
Result<QHash<qint64, qint64>> readCounters(const Result<model::Rows> &rows)
{
    if (!rows)
        return rows.error();
    QHash<qint64, qint64> counters;
    for (const model::Row &row : *rows)
        if (const qint64 first = row.number("value"); !row.isNull("last") || counterOf(first) == 1)
            counters.insert(deviceOf(first), row.number("last"));
    return counters;
}

using AskedRecords = std::vector<std::pair<QString, model::Awaited>>; // by kind

AskedRecords askRecords(const model::Connection &db, const QString &book, const QSet<model::RecordKey> &keys)
{
    QHash<QString, QSet<qint64>> ids;
    for (const model::RecordKey &key : keys)
        ids[key.kind].insert(key.id);
    AskedRecords asked;
    for (auto kind = ids.begin(); kind != ids.end(); ++kind)
        asked.emplace_back(kind.key(), model::askMany(db, "record", ofThisBook + " AND kind = ?",
                                                      {book, kind.key()}, "id", *kind));
    return asked;
}

Status readRecords(const AskedRecords &asked, QHash<model::RecordKey, RecordState> &records)
{
    for (const auto &[kind, awaited] : asked) {
        const auto rows = awaited();
        if (!rows)
            return rows.error();
        for (const model::Row &row : *rows) {
            const auto state = readState(kind, row);
            if (!state)
                return state.error();
            records.insert({kind, row.number("id")}, *state);
        }
    }
    return Done{};
}

} // namespace

Needs &Needs::operator+=(const Needs &more)
{
    for (auto device = more.devices.begin(); device != more.devices.end(); ++device) {
        const auto known = devices.find(device.key());
        if (known == devices.end())
            devices.insert(device.key(), *device);
        else
            *known = std::min(*known, *device);
    }
    records += more.records;
    owners += more.owners;
    return *this;
}

Result<BookToWrite> Books::bookToWrite(const QString &name, const Needs &needs)
{
    if (const Status alone = m_db.lockOut(writerLock, name); !alone)
        return alone.error();
    const auto asked = m_db.ask("SELECT * FROM book WHERE name = :name {{for_update}}", {{":name", name}});
    const auto askedSums =
        m_db.askInOrder("SELECT since, sums FROM bucket_sum WHERE " + ofThisBook, std::array{QVariant(name)});
    const auto askedCounters =
        needs.devices.isEmpty() ? model::Awaited() : askCounters(m_db, name, needs.devices);
    const AskedRecords askedRecords = askRecords(m_db, name, needs.records);

    const auto books = asked();
    if (!books)
        return books.error();
    if (books->isEmpty())
        return Error{Fault::NotFound, QStringLiteral("there is no book “%1”").arg(name)};
    BookToWrite read{.book = readBook(books->first())};
    const auto sums = askedSums();
    const auto counters = askedCounters ? readCounters(askedCounters()) : QHash<qint64, qint64>();
    if (!sums || !counters)
        return !sums ? sums.error() : counters.error();
    read.lastCounters = *counters;
    if (!sums->isEmpty())
        read.sums = readSums(sums->first(), read.book.head);
    Status recordsRead = readRecords(askedRecords, read.records);
    if (recordsRead && read.book.erased != 0)
        recordsRead = readRecords(askRecords(m_db, name, needs.owners - needs.records), read.records);
    return recordsRead ? Result<BookToWrite>(std::move(read)) : recordsRead.error();
}

} // namespace ringbook::hub
