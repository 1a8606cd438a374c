#include "model/domain/Erasure.h"
#include "sync/hub/store/Books.h"
#include "sync/hub/store/RecordText.h"
#include "sync/protocol/RecordJson.h"

#include <algorithm>

namespace ringbook::hub {

namespace {

constexpr qsizetype wordsPerRead = 50;
constexpr int entriesPerRead = 1000;

/// As a body refers to it, with or without quotes as in a kind that is not known here; there also the
/// beginning of longer ids. Only customers and cases are referred to by whatever belongs to them.
QStringList wordsOf(const model::RecordKey &key)
{
    const QString field = QStringLiteral("%\"") + key.kind + QStringLiteral("\":");
    const QString id = QString::number(key.id) + u'%';
    return {field + u'"' + id, field + id};
}

bool isReferredTo(const model::RecordKey &key)
{
    return key.kind == QLatin1String("customer") || key.kind == QLatin1String("case");
}

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

Result<model::Rows> mentioning(const model::Connection &db, qint64 book, const QStringList &words)
{
    QVector<QVariant> values{book};
    for (const QString &word : words)
        values.append(word);
    return db.allInOrder("SELECT * FROM record WHERE book = ? AND deleted <> 2 AND (body LIKE " +
                             QStringList(words.size(), QStringLiteral("?")).join(" OR body LIKE ") + ')',
                         values);
}

} // namespace

Result<Books::States> Books::about(qint64 book, const QVector<model::RecordKey> &keys) const
{
    Found found{.keys = {keys.begin(), keys.end()}};
    QVector<model::RecordKey> fresh = keys;
    while (!fresh.isEmpty()) {
        QStringList words;
        for (const model::RecordKey &key : std::as_const(fresh))
            if (isReferredTo(key))
                words += wordsOf(key);
        const qsizetype before = found.states.size();
        for (qsizetype at = 0; at < words.size(); at += wordsPerRead)
            if (const Status taken = found.take(mentioning(m_db, book, words.mid(at, wordsPerRead))); !taken)
                return taken.error();
        fresh.clear();
        for (const auto &[key, state] : found.states.mid(before))
            fresh.append(key);
    }
    const auto conflicts = m_db.all(
        "SELECT * FROM record WHERE book = :book AND kind = 'conflict' AND deleted <> 2", {{":book", book}});
    const Status taken = found.take(conflicts);
    return taken ? Result<States>(found.states) : taken.error();
}

Status Books::blankLog(qint64 book, const QSet<model::RecordKey> &keys)
{
    QSet<qint64> ids;
    for (const model::RecordKey &key : keys)
        ids.insert(key.id);
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
            if (!keys.contains(change->record))
                continue;
            const model::Change blank{
                .seq = entry.seq, .record = change->record, .action = model::Action::Erase};
            const auto blanked =
                m_db.run("UPDATE change_log SET wire = :wire WHERE book = :book AND seq = :seq",
                         {{":wire", sync::encode(blank)}, {":book", book}, {":seq", entry.seq}});
            if (!blanked)
                return blanked.error();
        }
    }
    return Done{};
}

Status Books::noteErasure(qint64 book, qint64 seq)
{
    const auto noted =
        m_db.run("UPDATE book SET erased = :seq WHERE id = :book", {{":seq", seq}, {":book", book}});
    if (!noted)
        return noted.error();
    const auto marked = m_db.run("UPDATE hub SET unclean = 1 WHERE id = 1");
    return marked ? Status(Done{}) : marked.error();
}

} // namespace ringbook::hub
