#include "sync/client/DeskFiles.h"

namespace ringbook::sync {

using During = input::StorageFailed::During;

/// First here, where it would be saved from; a crash before the book follows brings the page again.
Status DeskFiles::eraseOwn(const QVector<model::Change> &changes)
{
    QVector<model::RecordKey> erased;
    for (const model::Change &change : changes)
        if (change.action == model::Action::Erase)
            erased.append(change.record);
    return erased.isEmpty() ? Status(Done{}) : m_desk->erase(m_identity.book, erased);
}

/// What was erased while this desk was away: a ready-made book says it without the changes.
Status DeskFiles::eraseWhatNextKnows()
{
    auto erased = m_next.book->erased();
    const auto known = m_book ? m_book->erased() : Result(QVector<model::RecordKey>());
    if (!erased || !known)
        return !erased ? erased.error() : known.error();
    const QSet<model::RecordKey> before(known->begin(), known->end());
    erased->removeIf([&](const model::RecordKey &key) { return before.contains(key); });
    if (erased->isEmpty())
        return Done{};
    const Status marked = m_next.book->setUnclean();
    return marked ? m_desk->erase(m_identity.book, *erased) : marked;
}

bool DeskFiles::isUnclean() const
{
    const auto unclean = m_book ? m_book->isUnclean() : Result<bool>(false);
    return unclean && *unclean;
}

Status DeskFiles::clean()
{
    model::Book::removeSetAside(m_bookFiles.current());
    if (const auto rewritten = m_desk->db().rewrite(); !rewritten)
        return rewritten;
    if (const auto emptied = m_desk->db().emptyLog(); !emptied)
        return emptied;
    return m_book->clean();
}

void DeskFiles::carryOut(const effect::ForgetOp &forget)
{
    if (const auto forgotten = m_desk->forget(m_identity.book, forget.counter); !forgotten)
        return failed(During::Outbox, forgotten.error());
    m_listener.wrote();
    const auto settled = settleBook();
    const auto marked = settled ? m_book->setUnclean() : settled;
    if (!marked)
        failed(During::Feed, marked.error());
}

} // namespace ringbook::sync
