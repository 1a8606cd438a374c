#include "sync/client/DeskFiles.h"

#include <QFileInfo>

namespace ringbook::sync {

using During = input::StorageFailed::During;

namespace {

/// The small file first, in place: should somebody read its log just now, the large one need not be copied.
Status cleanFiles(const QString &deskPath, const QString &bookPath, const QString &copy,
                  const model::Connection::MayGoOn &mayGoOn)
{
    const auto desk = model::DeskFile::open(deskPath);
    if (!desk)
        return desk.error();
    model::Connection &db = desk->db();
    if (const Status rewritten = db.interruptibly(mayGoOn, [&] { return db.rewrite(); }); !rewritten)
        return rewritten;
    const Status emptied = db.emptyLog();
    return emptied ? model::Book::copyCleanly(bookPath, copy, mayGoOn) : emptied;
}

} // namespace

/// First here, where it would be saved from; a crash before the book follows brings the page again.
Status DeskFiles::eraseOwn(const QVector<model::Change> &changes)
{
    QVector<model::RecordKey> erased;
    for (const model::Change &change : changes)
        if (change.action == model::Action::Erase)
            erased.append(change.record);
    return erased.isEmpty() ? Status(Done{}) : m_desk->erase(m_identity.book, erased);
}

/// What was erased while this desk was away: a ready-made book says it without the changes. What this book
/// knows already may be in the outbox's gaps yet, and that must not be forgotten with it.
Status DeskFiles::eraseWhatNextKnows()
{
    auto erased = m_next.book->erased();
    const auto known = m_book ? m_book->erased() : Result(QVector<model::RecordKey>());
    if (!erased || !known)
        return !erased ? erased.error() : known.error();
    const QSet<model::RecordKey> before(known->begin(), known->end());
    erased->removeIf([&](const model::RecordKey &key) { return before.contains(key); });
    if (erased->isEmpty() && !isUnclean())
        return Done{};
    const Status marked = m_next.book->setUnclean();
    return marked ? m_desk->erase(m_identity.book, *erased) : marked;
}

bool DeskFiles::isUnclean() const
{
    const auto unclean = m_book ? m_book->isUnclean() : Result<bool>(false);
    return !unclean || *unclean;
}

bool DeskFiles::clean()
{
    if (!m_book || m_page || m_next.folder || m_cleaning)
        return false;
    m_bookFiles.removeSetAside();
    m_cleaned.wasUnclean = true;
    m_cleaning = std::make_shared<std::atomic_bool>(true);
    const auto cleaned = std::make_shared<Status>(Done{});
    m_listener.aside(
        [desk = m_places.desk, book = m_bookFiles.current(), copy = cleanCopy(), mayGoOn = m_cleaning,
         cleaned] { *cleaned = cleanFiles(desk, book, copy, [mayGoOn] { return mayGoOn->load(); }); },
        [this, cleaned] {
            const auto mayGoOn = std::exchange(m_cleaning, {});
            if (!*cleaned || !*mayGoOn || !showClean(cleanCopy()))
                model::Book::removeFile(cleanCopy());
        });
    return true;
}

std::optional<model::Cursor> DeskFiles::takeCleaned()
{
    m_cleaned.wasUnclean = m_cleaned.wasUnclean || isUnclean();
    const auto at = m_book ? m_book->place() : Result(model::Cursor());
    const auto teller = std::pair(at ? at->epoch : QString(), m_identity.device);
    if (!m_cleaned.wasUnclean && teller == m_cleaned.told)
        return std::nullopt;
    const auto upTo = cleanUpTo();
    if (upTo)
        m_cleaned = {.wasUnclean = false, .told = teller};
    return upTo;
}

/// Also a book that was replaced and a ready-made one on its way may have them yet.
std::optional<model::Cursor> DeskFiles::cleanUpTo() const
{
    const auto erased = m_book ? m_book->erased() : Result(QVector<model::RecordKey>());
    const auto cursor = m_book ? m_book->place() : Result(model::Cursor());
    if (!erased || erased->isEmpty() || !cursor || cursor->byRows || m_page || isUnclean() ||
        m_bookFiles.hasOlder() || !m_bookFiles.setAside().isEmpty() ||
        QFileInfo::exists(snapshotFolder(m_places.book)))
        return std::nullopt;
    return *cursor;
}

void DeskFiles::stopCleaning()
{
    if (m_cleaning)
        *m_cleaning = false;
}

/// What was saved or refused since the copy was begun, the outbox says; of anything else it was stopped.
Status DeskFiles::showClean(const QString &copy)
{
    if (const Status replaced = replaceBookBy(copy); !replaced)
        return replaced;
    if (const Status settled = settleBook(); !settled)
        failed(During::Feed, settled.error());
    m_listener.moved(m_bookFiles.current());
    return Done{};
}

void DeskFiles::wrote()
{
    stopCleaning();
    m_listener.wrote();
}

void DeskFiles::carryOut(const effect::ForgetOp &forget)
{
    if (const auto forgotten = m_desk->forget(m_identity.book, forget.counter); !forgotten)
        return failed(During::Outbox, forgotten.error());
    wrote();
    const auto settled = settleBook();
    const auto marked = settled ? m_book->setUnclean() : settled;
    if (!marked)
        failed(During::Feed, marked.error());
}

} // namespace ringbook::sync
