#include "sync/hub/store/Books.h"
#include "sync/hub/store/RecordText.h"

namespace ringbook::hub {

namespace {

constexpr int recordsPerRead = 1000;

} // namespace

BookSums Books::readSums(const model::Row &row, const model::Cursor &at)
{
    const auto sums = model::BucketSums::fromBytes(row.bytes("sums"));
    return {.at = at, .since = row.number("since"), .sums = sums.value_or(model::BucketSums())};
}

/// One statement: sums and head are of the same moment on both engines.
Result<BookSums> Books::sums(qint64 book) const
{
    const auto row = m_db.one(R"(
        SELECT epoch, head, since, sums FROM book LEFT JOIN bucket_sum ON bucket_sum.book = book.id
        WHERE book.id = :book)",
                              {{":book", book}});
    if (!row)
        return row.error();
    return readSums(*row, {row->text("epoch"), row->number("head")});
}

Status Books::setSums(qint64 book, const model::BucketSums &sums)
{
    return m_db.send("INSERT INTO bucket_sum (book, since, sums) VALUES (:book, 0, :sums) "
                     "ON CONFLICT (book) DO UPDATE SET sums = excluded.sums",
                     {{":book", book}, {":sums", sums.bytes()}});
}

Status Books::countAgain(const BookHead &book)
{
    const auto set = m_db.run("UPDATE bucket_sum SET since = :head, sums = '' WHERE book = :book",
                              {{":head", book.head.seq}, {":book", book.id}});
    return set ? Status(Done{}) : set.error();
}

Result<model::BucketSums> Books::countRecords(qint64 book, const std::atomic<bool> &stop) const
{
    model::BucketSums all;
    model::RecordKey last;
    for (bool more = true; more;) {
        const auto rows =
            m_db.all(R"(
            SELECT kind, id, body, deleted FROM record
            WHERE book = :book AND (kind, id) > (:kind, :id) ORDER BY kind, id LIMIT :limit)",
                     {{":book", book}, {":kind", last.kind}, {":id", last.id}, {":limit", recordsPerRead}});
        if (!rows)
            return rows.error();
        if (stop)
            return Error{Fault::Busy, QStringLiteral("the hub stops")};
        for (const model::Row &row : *rows) {
            last = {row.text("kind"), row.number("id")};
            const auto fields = readBody(last.kind, row.text("body"));
            if (!fields)
                return fields.error();
            if (!row.flag("deleted"))
                all.replace(last, std::nullopt, *fields);
        }
        more = rows->size() == recordsPerRead;
    }
    return all;
}

Status Books::addCounted(const QString &name, qint64 since, const model::BucketSums &rest)
{
    auto stored = bookToWrite(name);
    if (!stored || stored->sums.since != since)
        return stored ? Status(Done{}) : stored.error();
    const auto set = m_db.run("UPDATE bucket_sum SET since = 0, sums = :sums WHERE book = :book",
                              {{":sums", (stored->sums.sums += rest).bytes()}, {":book", stored->book.id}});
    return set ? Status(Done{}) : set.error();
}

Result<QVector<std::pair<model::RecordKey, model::Fields>>> Books::bucket(qint64 book, int number) const
{
    const auto rows = m_db.all(R"(
        SELECT kind, id, body FROM record
        WHERE book = :book AND deleted = 0 AND (id & :mask) = :bucket)",
                               {{":book", book}, {":mask", model::bucketCount - 1}, {":bucket", number}});
    if (!rows)
        return rows.error();
    QVector<std::pair<model::RecordKey, model::Fields>> records;
    for (const model::Row &row : *rows) {
        const model::RecordKey key{row.text("kind"), row.number("id")};
        const auto fields = readBody(key.kind, row.text("body"));
        if (!fields)
            return fields.error();
        records.append({key, *fields});
    }
    return records;
}

} // namespace ringbook::hub
