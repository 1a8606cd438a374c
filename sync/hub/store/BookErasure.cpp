#include "model/domain/Erasure.h"
#include "sync/hub/store/Books.h"
#include "sync/hub/store/RecordText.h"
#include "sync/protocol/RecordJson.h"

#include <algorithm>

namespace ringbook::hub {

namespace {

constexpr qsizetype idsPerRead = 50;
constexpr int entriesPerRead = 1000;

/// The id of the record that an entry of the log is about; the first in it.
qint64 recordIdOf(const QByteArray &wire)
{
    constexpr QByteArrayView before("\"id\":\"");
    const qsizetype at = wire.indexOf(before);
    const qsizetype begin = at + before.size();
    return at < 0 ? 0 : wire.mid(begin, wire.indexOf('"', begin) - begin).toLongLong();
}

struct Found
{
    QSet<model::RecordKey> keys = {};
    Books::States states = {};

    /// What is about something found, and is new; its key is found then as well.
    Status take(const Result<model::Rows> &rows)
    {
        if (!rows)
            return rows.error();
        for (const model::Row &row : *rows) {
            const model::RecordKey key{row.text("kind"), row.number("id")};
            const auto state = readState(key.kind, row);
            if (!state)
                return state.error();
            const auto isFound = [this](const model::RecordKey &owner) { return keys.contains(owner); };
            if (keys.contains(key) || std::ranges::none_of(model::ownersOf(key, state->fields), isFound))
                continue;
            keys.insert(key);
            states.append({key, *state});
        }
        return Done{};
    }
};

/// The ids by which this field could name some of these. A customer and a case are named by the field of
/// their kind, and all are by the `record` of a conflict.
QVector<QVariant> idsNamedBy(const QString &field, const QVector<model::RecordKey> &keys)
{
    QVector<QVariant> ids;
    for (const model::RecordKey &key : keys)
        if (field == key.kind || field == QLatin1String("record"))
            ids.append(QString::number(key.id));
    return ids;
}

/// By the indexes record_about_…. SQLite would rather read the whole book where
/// many are asked for: the plus keeps it from that.
Result<model::Rows> naming(const model::Connection &db, qint64 book, const QString &field,
                           const QVector<QVariant> &ids)
{
    const QString marks = QStringList(ids.size(), QStringLiteral("?")).join(u',');
    return db.allInOrder(QStringLiteral("SELECT * FROM record WHERE +book = ? AND deleted <> 2 AND "
                                        "about_%1 IN (%2)")
                             .arg(field, marks),
                         QVector<QVariant>{book} + ids);
}

} // namespace

Result<Books::States> Books::about(qint64 book, const QVector<model::RecordKey> &keys) const
{
    Found found{.keys = {keys.begin(), keys.end()}};
    QVector<model::RecordKey> fresh = keys;
    while (!fresh.isEmpty()) {
        const qsizetype before = found.states.size();
        for (const char *field : {"customer", "case", "record"}) {
            const auto ids = idsNamedBy(QLatin1String(field), fresh);
            for (qsizetype at = 0; at < ids.size(); at += idsPerRead) {
                const auto rows = naming(m_db, book, QLatin1String(field), ids.mid(at, idsPerRead));
                if (const Status taken = found.take(rows); !taken)
                    return taken.error();
            }
        }
        fresh.clear();
        for (const auto &[key, state] : found.states.mid(before))
            fresh.append(key);
    }
    return found.states;
}

Status Books::blankLog(qint64 book, const QHash<model::RecordKey, qint64> &erased)
{
    QSet<qint64> ids;
    for (auto one = erased.begin(); one != erased.end(); ++one)
        ids.insert(one.key().id);
    QVector<LogEntry> entries(1);
    while (!entries.isEmpty()) {
        const auto next = log(book, entries.last().seq, entriesPerRead);
        if (!next)
            return next.error();
        entries = *next;
        for (const LogEntry &entry : std::as_const(entries)) {
            if (!ids.contains(recordIdOf(entry.wire)))
                continue;
            const auto change = sync::readChange(entry.wire);
            if (!change)
                return change.error();
            if (entry.seq >= erased.value(change->record))
                continue;
            const Status blanked = blank(book, {.seq = entry.seq, .record = change->record});
            if (!blanked)
                return blanked;
        }
    }
    return Done{};
}

Status Books::blank(qint64 book, model::Change entry)
{
    entry.action = model::Action::Erase;
    const auto blanked = m_db.run("UPDATE change_log SET wire = :wire WHERE book = :book AND seq = :seq",
                                  {{":wire", sync::encode(entry)}, {":book", book}, {":seq", entry.seq}});
    return blanked ? Status(Done{}) : blanked.error();
}

Status Books::noteErasure(qint64 book, qint64 seq)
{
    const auto noted =
        m_db.run("UPDATE book SET erased = :seq WHERE id = :book", {{":seq", seq}, {":book", book}});
    if (!noted)
        return noted.error();
    const auto marked = m_db.run("UPDATE hub SET erasures = erasures + 1 WHERE id = 1");
    return marked ? Status(Done{}) : marked.error();
}

Status Books::keepErasureAck(const BookHead &book, qint64 device, const model::Cursor &upTo, TimeMs now)
{
    const qint64 seq = std::min(upTo.seq, book.erased);
    if (upTo.epoch != book.head.epoch || seq == 0)
        return Done{};
    const auto kept = m_db.run(
        R"(
        INSERT INTO erasure_ack (book, device, seq, epoch, at) VALUES (:book, :device, :seq, :epoch, :now)
        ON CONFLICT (book, device, seq) DO UPDATE SET epoch = excluded.epoch, at = excluded.at
        WHERE erasure_ack.epoch <> excluded.epoch)",
        {{":book", book.id}, {":device", device}, {":seq", seq}, {":epoch", upTo.epoch}, {":now", now}});
    return kept ? Status(Done{}) : kept.error();
}

} // namespace ringbook::hub
