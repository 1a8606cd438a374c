#include "sync/hub/store/Books.h"
#include "sync/hub/store/RecordText.h"
#include "sync/protocol/RecordJson.h"

#include <algorithm>

namespace ringbook::hub {

Result<qint64> Books::logFloor(const BookHead &book) const
{
    const auto row =
        m_db.one("SELECT MIN(seq) AS first FROM change_log WHERE book = :book", {{":book", book.id}});
    if (!row)
        return row.error();
    return row->isNull("first") ? book.head.seq : row->number("first") - 1;
}

/// By the index record_by_seq, which is only for who says that seq > 0.
Result<QVector<LogEntry>> Books::rows(qint64 book, qint64 after, int limit) const
{
    const auto rows = m_db.all(R"(
        SELECT kind, id, seq, deleted, body, made_seq, made_by, made_at FROM record
        WHERE book = :book AND seq > :after AND seq > 0 ORDER BY seq LIMIT :limit)",
                               {{":book", book}, {":after", after}, {":limit", limit}});
    if (!rows)
        return rows.error();
    QVector<LogEntry> entries;
    entries.reserve(rows->size());
    for (const model::Row &row : *rows) {
        const auto change = readWhole(row);
        if (!change)
            return change.error();
        entries.append({change->seq, sync::encode(*change)});
    }
    return entries;
}

Status Books::markLog(const BookHead &book, TimeMs now, TimeMs every)
{
    const auto last = m_db.one("SELECT MAX(at) AS at, MAX(seq) AS seq FROM log_mark WHERE book = :book",
                               {{":book", book.id}});
    if (!last)
        return last.error();
    if (last->number("seq") == book.head.seq || (!last->isNull("at") && now - last->number("at") < every))
        return Done{};
    const auto marked = m_db.run("INSERT INTO log_mark (book, at, seq) VALUES (:book, :at, :seq)",
                                 {{":book", book.id}, {":at", now}, {":seq", book.head.seq}});
    return marked ? Status(Done{}) : marked.error();
}

Result<qint64> Books::loggedBy(qint64 book, TimeMs moment) const
{
    const auto row = m_db.one("SELECT MAX(seq) AS seq FROM log_mark WHERE book = :book AND at <= :moment",
                              {{":book", book}, {":moment", moment}});
    return row ? Result<qint64>(row->number("seq")) : row.error();
}

/// The last change stays: it says where the log ends.
Result<int> Books::cutLog(const BookHead &book, qint64 upTo, int limit)
{
    const auto last =
        m_db.one(R"(
        SELECT MAX(seq) AS seq FROM (
            SELECT seq FROM change_log WHERE book = :book AND seq <= :up_to ORDER BY seq LIMIT :limit
        ) AS oldest)",
                 {{":book", book.id}, {":up_to", std::min(upTo, book.head.seq - 1)}, {":limit", limit}});
    if (!last)
        return last.error();
    const auto unmarked = m_db.run("DELETE FROM log_mark WHERE book = :book AND seq < :up_to",
                                   {{":book", book.id}, {":up_to", upTo}});
    if (!unmarked)
        return unmarked.error();
    return m_db.run("DELETE FROM change_log WHERE book = :book AND seq <= :seq",
                    {{":book", book.id}, {":seq", last->number("seq")}});
}

Result<qint64> Books::deviceAfter(qint64 device) const
{
    const auto row =
        m_db.one("SELECT MIN(device) AS device FROM op_answer WHERE device > :device", {{":device", device}});
    return row ? Result<qint64>(row->number("device")) : row.error();
}

/// The last answer of a device stays: it says which op comes next. So do refusals, which say more than that
/// something was done.
Result<int> Books::forgetAnswers(qint64 book, qint64 device, qint64 upTo, int limit)
{
    const auto ends = m_db.one(R"(
        SELECT MIN(counter) AS first, MAX(counter) AS last FROM op_answer
        WHERE device = :device AND book = :book AND seq > 0)",
                               {{":device", device}, {":book", book}});
    if (!ends)
        return ends.error();
    return m_db.run(R"(
        DELETE FROM op_answer WHERE device = :device AND book = :book AND counter < :end AND seq BETWEEN 1 AND :up_to)",
                    {{":device", device},
                     {":book", book},
                     {":end", std::min(ends->number("last"), ends->number("first") + limit)},
                     {":up_to", upTo}});
}

} // namespace ringbook::hub
