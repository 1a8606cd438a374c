#include "sync/hub/store/Books.h"

#include "model/db/WithoutCount.h"
#include "sync/hub/store/RecordText.h"

#include <QUuid>

#include <array>

namespace ringbook::hub {

namespace {

QString newEpoch()
{
    return QUuid::createUuid().toString(QUuid::Id128);
}

template <typename... Value>
void addRow(QVector<QVariant> &rows, Value &&...values)
{
    (rows.emplace_back(std::forward<Value>(values)), ...);
}

/// What a field holds, for a column that has an index; nothing that is looked for is longer.
QVariant indexed(const model::Fields &fields, const QString &field)
{
    constexpr qsizetype longest = 20;
    const QVariant value = fields.value(field);
    return value.isValid() ? QVariant(value.toString().left(longest)) : QVariant();
}

} // namespace

BookHead Books::readBook(const model::Row &row)
{
    return BookHead{
        .id = row.number("id"),
        .name = row.text("name"),
        .region = row.text("region"),
        .head = {.epoch = row.text("epoch"), .seq = row.number("head")},
        .erased = row.number("erased"),
    };
}

Result<BookHead> Books::book(const QString &name) const
{
    const auto row = m_db.one("SELECT * FROM book WHERE name = :name", {{":name", name}});
    if (!row)
        return row.error();
    return readBook(*row);
}

Result<QVector<BookHead>> Books::all() const
{
    const auto rows = m_db.all("SELECT * FROM book ORDER BY id");
    if (!rows)
        return rows.error();
    QVector<BookHead> books;
    for (const model::Row &row : *rows)
        books.append(readBook(row));
    return books;
}

Result<BookHead> Books::add(const QString &name, const QString &region)
{
    const auto taken = book(name);
    if (taken)
        return Error{Fault::Conflict, QStringLiteral("There is a book “%1” already.").arg(name)};
    if (taken.error().fault != Fault::NotFound)
        return taken.error();
    if (const auto counted = m_db.run("UPDATE hub SET last_book = last_book + 1 WHERE id = 1"); !counted)
        return counted.error();
    const auto added = m_db.run(R"(
        INSERT INTO book (id, name, region, epoch, head)
        SELECT last_book, :name, :region, :epoch, 0 FROM hub)",
                                {{":name", name}, {":region", region}, {":epoch", newEpoch()}});
    if (!added)
        return added.error();
    return book(name);
}

/// A head that is NULL breaks a rule: no count of rows need be waited for.
Status Books::moveHead(const BookHead &from, qint64 to)
{
    return m_db.send("UPDATE book SET head = CASE WHEN epoch = :epoch AND head = :head THEN CAST(:to AS "
                     "{{id}}) END WHERE id = :id",
                     {{":to", to}, {":id", from.id}, {":epoch", from.head.epoch}, {":head", from.head.seq}});
}

Result<QVector<QString>> Books::renewBrokenEpochs()
{
    const auto broken = m_db.all(R"(
        SELECT * FROM (
            SELECT id, name, region, epoch, head, erased,
                   COALESCE((SELECT MAX(seq) FROM change_log WHERE change_log.book = book.id), 0) AS last
            FROM book) AS ends
        WHERE last <> head)");
    if (!broken)
        return broken.error();
    QVector<QString> renewed;
    for (const model::Row &row : *broken) {
        BookHead book = readBook(row);
        book.head.seq = row.number("last");
        if (const Status ran = renewEpoch(book); !ran)
            return ran.error();
        renewed.append(book.name);
    }
    return renewed;
}

Status Books::renewEpoch(const BookHead &book)
{
    const auto kept = m_db.run(R"(
        INSERT INTO past_epoch (book, epoch, same_up_to) VALUES (:book, :epoch, :head)
        ON CONFLICT (book, epoch) DO NOTHING)",
                               {{":book", book.id}, {":epoch", book.head.epoch}, {":head", book.head.seq}});
    if (!kept)
        return kept.error();
    const auto shortened =
        m_db.run("UPDATE past_epoch SET same_up_to = :head WHERE book = :book AND same_up_to > :head",
                 {{":head", book.head.seq}, {":book", book.id}});
    if (!shortened)
        return shortened.error();
    if (const Status counted = countAgain(book); !counted)
        return counted;
    return model::withoutCount(
        m_db.run("UPDATE book SET epoch = :epoch, head = :head WHERE id = :id",
                 {{":epoch", newEpoch()}, {":head", book.head.seq}, {":id", book.id}}));
}

Result<qint64> Books::sameUpTo(qint64 book, const QString &pastEpoch) const
{
    const auto row = m_db.one("SELECT same_up_to FROM past_epoch WHERE book = :book AND epoch = :epoch",
                              {{":book", book}, {":epoch", pastEpoch}});
    if (!row && row.error().fault == Fault::NotFound)
        return 0;
    if (!row)
        return row.error();
    return row->number("same_up_to");
}

Result<RecordState> Books::record(qint64 book, const model::RecordKey &key) const
{
    const auto row = m_db.one("SELECT * FROM record WHERE book = :book AND kind = :kind AND id = :id",
                              {{":book", book}, {":kind", key.kind}, {":id", key.id}});
    if (!row && row.error().fault == Fault::NotFound)
        return RecordState{};
    if (!row)
        return row.error();
    return readState(key.kind, *row);
}

Status Books::putRecords(qint64 book, const QVector<std::pair<model::RecordKey, RecordState>> &records,
                         bool areNew)
{
    using Type = model::Connection::Column::Type;
    static constexpr model::Connection::Column columns[] = {{"book"},
                                                            {"kind", Type::Text},
                                                            {"id"},
                                                            {"seq"},
                                                            {"deleted"},
                                                            {"body", Type::Text},
                                                            {"edited", Type::Text},
                                                            {"made_seq"},
                                                            {"made_device"},
                                                            {"made_by"},
                                                            {"made_at"},
                                                            {"about_customer", Type::Text},
                                                            {"about_case", Type::Text},
                                                            {"about_record", Type::Text},
                                                            {"e164", Type::Text}};
    QVector<QVariant> rows;
    rows.reserve(records.size() * qsizetype(std::size(columns)));
    for (const auto &[key, state] : records)
        addRow(rows, book, key.kind, key.id, state.seq, state.erased ? erasedMark : qint64(state.deleted),
               bodyText(key.kind, state.fields), stampsText(state.edited), state.made.seq, state.made.device,
               state.made.author, state.made.at, indexed(state.fields, QStringLiteral("customer")),
               indexed(state.fields, QStringLiteral("case")), indexed(state.fields, QStringLiteral("record")),
               indexed(state.fields, QStringLiteral("e164")));
    return m_db.insertMany("record", columns, rows,
                           areNew ? QString() : R"(ON CONFLICT (book, kind, id) DO UPDATE
        SET seq = excluded.seq, deleted = excluded.deleted, body = excluded.body, edited = excluded.edited,
            made_seq = excluded.made_seq, made_device = excluded.made_device, made_by = excluded.made_by,
            made_at = excluded.made_at, about_customer = excluded.about_customer,
            about_case = excluded.about_case, about_record = excluded.about_record, e164 = excluded.e164)");
}

Status Books::append(qint64 book, const QVector<LogEntry> &entries)
{
    using Type = model::Connection::Column::Type;
    static constexpr model::Connection::Column columns[] = {{"book"}, {"seq"}, {"wire", Type::Bytes}};
    QVector<QVariant> rows;
    rows.reserve(entries.size() * qsizetype(std::size(columns)));
    for (const LogEntry &entry : entries)
        addRow(rows, book, entry.seq, entry.wire);
    return m_db.insertMany("change_log", columns, rows);
}

Result<QVector<LogEntry>> Books::log(qint64 book, qint64 after, int limit) const
{
    const auto rows = m_db.all(
        "SELECT seq, wire FROM change_log WHERE book = :book AND seq > :after ORDER BY seq LIMIT :limit",
        {{":book", book}, {":after", after}, {":limit", limit}});
    if (!rows)
        return rows.error();
    QVector<LogEntry> entries;
    entries.reserve(rows->size());
    for (const model::Row &row : *rows)
        entries.append(LogEntry{row.number("seq"), row.value("wire").toByteArray()});
    return entries;
}

Result<qint64> Books::lastCounter(qint64 device, qint64 book) const
{
    const auto row =
        m_db.one("SELECT MAX(counter) AS last FROM op_answer WHERE device = :device AND book = :book",
                 {{":device", device}, {":book", book}});
    if (!row)
        return row.error();
    return row->number("last");
}

Result<KnownOp> Books::known(qint64 device, qint64 book, qint64 counter) const
{
    const auto row = m_db.one(R"(
        SELECT content_hash, seq, reason FROM op_answer
        WHERE device = :device AND book = :book AND counter = :counter)",
                              {{":device", device}, {":book", book}, {":counter", counter}});
    if (!row)
        return row.error();
    return KnownOp{row->number("content_hash"), row->number("seq"), row->text("reason")};
}

Status Books::keepAnswers(qint64 book, const Answers &answers)
{
    using Type = model::Connection::Column::Type;
    static constexpr model::Connection::Column columns[] = {
        {"device"}, {"book"}, {"counter"}, {"content_hash"}, {"seq"}, {"reason", Type::Text}};
    QVector<QVariant> rows;
    rows.reserve(qsizetype(answers.size() * std::size(columns)));
    for (const auto &[op, answer] : answers)
        addRow(rows, op.first, book, op.second, answer.contentHash, answer.seq,
               answer.reason.isEmpty() ? QVariant() : QVariant(answer.reason));
    return m_db.insertMany("op_answer", columns, rows);
}

Result<qint64> Books::lastRecord() const
{
    const auto row = m_db.one("SELECT last_record FROM hub WHERE id = 1");
    if (!row)
        return row.error();
    return row->number("last_record");
}

Result<qint64> Books::lastRecordToWrite()
{
    const auto row = m_db.one("SELECT last_record FROM hub WHERE id = 1 {{for_update}}");
    if (!row)
        return row.error();
    return row->number("last_record");
}

Status Books::setLastRecord(qint64 counter)
{
    return model::withoutCount(
        m_db.run("UPDATE hub SET last_record = :counter WHERE id = 1", {{":counter", counter}}));
}

} // namespace ringbook::hub
