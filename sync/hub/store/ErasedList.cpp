#include "sync/hub/store/ErasedList.h"

#include "model/core/OwnFiles.h"
#include "sync/hub/WriteBatch.h"

#include <QFile>
#include <QSaveFile>

#include <algorithm>

namespace ringbook::hub {

namespace {

constexpr qsizetype wordsInLine = 5;

Error unreadable(const QString &file)
{
    return {Fault::Invalid, QStringLiteral("“%1” is no list of who was erased.").arg(file)};
}

std::optional<Erased> readLine(const QString &line)
{
    const QStringList words = line.split(u' ');
    if (words.size() != wordsInLine)
        return std::nullopt;
    bool hasId = false;
    bool hasBy = false;
    bool hasAt = false;
    const Erased erased{.book = words[0],
                        .record = {words[1], words[2].toLongLong(&hasId)},
                        .by = words[3].toLongLong(&hasBy),
                        .at = words[4].toLongLong(&hasAt)};
    return hasId && hasBy && hasAt ? std::optional(erased) : std::nullopt;
}

/// What the list has of other books than those here stays: a later backup may have them.
Result<QVector<Erased>> ofOtherBooks(model::Connection &db, const QString &path)
{
    auto listed = readErasedList(path);
    const auto books = Books(db).all();
    if (!listed || !books)
        return !listed ? listed.error() : books.error();
    listed->removeIf([&](const Erased &one) {
        return std::ranges::find(*books, one.book, &BookHead::name) != books->end();
    });
    return listed;
}

} // namespace

Result<QVector<Erased>> erasedIn(const model::Connection &db)
{
    const auto rows = db.all("SELECT book.name AS book, kind, record.id AS id, made_by, made_at "
                             "FROM record JOIN book ON book.id = record.book "
                             "WHERE deleted = 2 ORDER BY record.book, record.seq");
    if (!rows)
        return rows.error();
    QVector<Erased> erased;
    for (const model::Row &row : *rows)
        erased.append({row.text("book"),
                       {row.text("kind"), row.number("id")},
                       row.number("made_by"),
                       row.number("made_at")});
    return erased;
}

QByteArray listOf(const QVector<Erased> &erased)
{
    QString text;
    for (const Erased &one : erased)
        text += QStringLiteral("%1 %2 %3 %4 %5\n")
                    .arg(one.book, one.record.kind)
                    .arg(one.record.id)
                    .arg(one.by)
                    .arg(one.at);
    return text.toUtf8();
}

Result<QVector<Erased>> readErasedList(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return QVector<Erased>();
    if (!file.open(QIODevice::ReadOnly))
        return Error{Fault::Failed, QStringLiteral("“%1” cannot be read.").arg(path)};
    QVector<Erased> erased;
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)) {
        const auto one = readLine(line);
        if (!one)
            return unreadable(path);
        erased.append(*one);
    }
    return erased;
}

/// What was erased at one moment by one person was one erasure.
Status eraseAgain(model::Connection &db, const QVector<Erased> &erased, TimeMs now)
{
    return db.atomically([&]() -> Status {
        WriteBatch batch(db, now);
        for (qsizetype from = 0, to = 0; from < erased.size(); from = to) {
            QVector<model::RecordKey> records;
            const Erased &first = erased[from];
            const auto isSame = [&](const Erased &one) {
                return one.book == first.book && one.by == first.by && one.at == first.at;
            };
            for (to = from; to < erased.size() && isSame(erased[to]); ++to)
                records.append(erased[to].record);
            const auto book = batch.book(first.book);
            if (!book && book.error().fault == Fault::NotFound)
                continue; // begun after the backup
            if (!book)
                return book.error();
            if (const auto done = batch.erase(*book, records, {.user = first.by}, first.at); !done)
                return done.error();
        }
        return batch.keep();
    });
}

Status keepErasedList(model::Connection &db, const QString &path)
{
    const auto erased = erasedIn(db);
    const auto others = ofOtherBooks(db, path);
    if (!erased || !others)
        return !erased ? erased.error() : others.error();
    QSaveFile file(path);
    const QByteArray list = listOf(*erased + *others);
    if (!file.open(QIODevice::WriteOnly) || file.write(list) != list.size() || !commitWhole(file))
        return Error{Fault::Failed, QStringLiteral("“%1” cannot be written.").arg(path)};
    return Done{};
}

Result<qint64> uncleanedErasures(const model::Connection &db)
{
    const auto hub = db.one("SELECT erasures, cleaned FROM hub WHERE id = 1");
    if (!hub)
        return hub.error();
    return hub->number("erasures") == hub->number("cleaned") ? 0 : hub->number("erasures");
}

Status setCleaned(model::Connection &db, qint64 erasures)
{
    const auto cleaned = db.run("UPDATE hub SET cleaned = :erasures WHERE id = 1 AND cleaned < :erasures",
                                {{":erasures", erasures}});
    return cleaned ? Status(Done{}) : cleaned.error();
}

/// Of what was erased meanwhile it knows nothing, and leaves that to the next time.
Status cleanUp(model::Connection &db, const QString &listFile)
{
    const auto erasures = uncleanedErasures(db);
    if (!erasures || *erasures == 0)
        return erasures ? Status(Done{}) : erasures.error();
    if (!listFile.isEmpty())
        if (const Status kept = keepErasedList(db, listFile); !kept)
            return kept;
    if (const Status rewritten = db.rewrite(); !rewritten)
        return rewritten;
    if (const Status emptied = db.emptyLog(); !emptied)
        return emptied;
    return setCleaned(db, *erasures);
}

} // namespace ringbook::hub
