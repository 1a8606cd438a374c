#include "sync/client/SyncClient.h"

namespace ringbook::sync {

using During = input::StorageFailed::During;

namespace {

QString sentenceFor(const Error &error)
{
    switch (error.fault) {
    case Fault::DiskFull: return QStringLiteral("The disk of this computer is full.");
    case Fault::Damaged: return QStringLiteral("The book file of this desk is damaged.");
    default: return QStringLiteral("This desk's files cannot be written: ") + error.detail;
    }
}

/// After a damaged file could not be replaced.
Status noBook()
{
    return Error{Fault::Failed, QStringLiteral("the book file is not open")};
}

/// Takes out of `own` what came back, and says which counters that were. The record must be the same: a copy
/// of this profile on another machine uses the same device number and counters.
QVector<qint64> takeArrived(model::Unconfirmed &own, const QVector<model::Change> &changes, qint64 device)
{
    QHash<qint64, model::RecordKey> arrived;
    for (const model::Change &change : changes)
        if (change.device == device)
            arrived.insert(change.counter, change.record);
    QVector<qint64> counters;
    own.ops.removeIf([&](const model::Op &op) {
        const auto found = arrived.constFind(op.counter);
        if (found == arrived.constEnd() || *found != op.record)
            return false;
        counters.append(op.counter);
        return true;
    });
    return counters;
}

} // namespace

void SyncClient::storageFailed(During during, const Error &error)
{
    say(input::StorageFailed{.during = during, .error = {error.fault, sentenceFor(error)}});
    if (error.fault == Fault::Damaged && during == During::Feed)
        Q_EMIT bookDamaged();
}

void SyncClient::carryOut(const effect::LoadOutbox &load)
{
    const auto ops = m_desk->pending(m_identity.book, load.limit);
    const auto waiting = m_desk->waiting(m_identity.book);
    const auto refused = m_desk->refused(m_identity.book);
    if (!ops || !waiting || !refused)
        return storageFailed(During::Outbox, !ops       ? ops.error()
                                             : !waiting ? waiting.error()
                                                        : refused.error());
    say(input::OutboxLoaded{
        .ops = *ops, .waiting = waiting->count, .oldest = waiting->oldest, .refused = int(refused->size())});
}

/// The first piece at once, for the sake of live changes; the others when calls and saves have had their
/// turn.
void SyncClient::carryOut(const effect::ApplyPage &apply)
{
    m_page = apply.page;
    m_pageAt = 0;
    applyChunk();
}

void SyncClient::applyChunk()
{
    if (!m_page)
        return;
    const qint64 begun = instant().ms;
    const auto chunk = m_page->changes.mid(m_pageAt, m_chunk);
    m_pageAt += chunk.size();
    const bool last = m_pageAt == m_page->changes.size();
    const model::Cursor upTo{m_page->epoch, last ? m_page->to : chunk.last().seq};
    if (const auto applied = applyChanges(chunk, upTo); !applied) {
        m_page.reset();
        return storageFailed(During::Feed, applied.error());
    }
    const qint64 took = std::max<qint64>(1, instant().ms - begun);
    if (chunk.size() == m_chunk || took > chunkAimMs)
        m_chunk = int(std::clamp<qint64>(qint64(chunk.size()) * chunkAimMs / took, 10, maxChunk));
    if (!last) {
        QTimer::singleShot(0, this, &SyncClient::applyChunk);
        return;
    }
    m_page.reset();
    say(input::PageApplied{upTo});
}

Status SyncClient::applyChanges(const QVector<model::Change> &changes, const model::Cursor &upTo)
{
    if (!m_book)
        return noBook();
    m_tidy->start();
    auto own = m_desk->unconfirmed(m_identity.book);
    if (!own)
        return own.error();
    const auto arrived = takeArrived(*own, changes, m_identity.device);
    const auto records = m_book->applyFeed(changes, upTo, *own);
    if (!records)
        return records.error();
    if (!records->isEmpty())
        Q_EMIT recordsChanged(*records);
    return arrived.isEmpty() ? Status(Done{}) : m_desk->confirm(m_identity.book, arrived, m_clock.now());
}

void SyncClient::carryOut(const effect::ConfirmOps &confirm)
{
    if (const auto done = m_desk->confirm(m_identity.book, confirm.counters, m_clock.now()); !done)
        storageFailed(During::Outbox, done.error());
}

/// First into the tray, durably; a crash before the withdrawal is made good at the next start.
void SyncClient::carryOut(const effect::RefuseOp &refuse)
{
    if (const auto refused = m_desk->refuse(m_identity.book, refuse.counter, refuse.reason); !refused)
        return storageFailed(During::Outbox, refused.error());
    if (const auto withdrawn = withdrawRefused(); !withdrawn)
        storageFailed(During::Feed, withdrawn.error());
}

Status SyncClient::withdrawRefused()
{
    const auto refused = m_desk->refused(m_identity.book);
    if (!refused)
        return refused.error();
    if (refused->isEmpty())
        return Done{};
    if (!m_book)
        return noBook();
    const auto own = m_desk->unconfirmed(m_identity.book);
    if (!own)
        return own.error();
    const auto records = m_book->withdraw(*own);
    if (!records)
        return records.error();
    if (!records->isEmpty())
        Q_EMIT recordsChanged(*records);
    return Done{};
}

void SyncClient::carryOut(const effect::OfferAgain &offer)
{
    if (const auto offered = m_desk->offerAgain(m_identity.book, offer.from); !offered)
        storageFailed(During::Outbox, offered.error());
}

void SyncClient::carryOut(const effect::ClearBook &clear)
{
    m_page.reset();
    auto cleared = m_book ? m_book->clear() : noBook();
    if (cleared)
        cleared = restoreOwn();
    if (!cleared)
        return storageFailed(During::Feed, cleared.error());
    Q_EMIT bookCleared();
    say(input::BookCleared{.cursor = {clear.epoch, 0}});
}

Status SyncClient::restoreOwn()
{
    const auto ops = m_desk->pending(m_identity.book);
    if (!ops)
        return ops.error();
    return m_book->db().atomically([&]() -> Status {
        for (const model::Op &op : *ops)
            if (const auto applied = m_book->applyOwn(op); !applied)
                return applied;
        return Done{};
    });
}

/// What to tell the agent, if the book had to be made anew.
Result<QString> SyncClient::openBook()
{
    auto book = model::Book::open(m_options.bookPath);
    if (!book && book.error().fault == Fault::Damaged)
        return replaceBook();
    if (!book)
        return book.error();
    m_book = std::move(*book);
    return QString();
}

Result<QString> SyncClient::replaceBook()
{
    m_book.reset();
    const auto aside = model::Book::setAside(m_options.bookPath);
    if (!aside)
        return aside.error();
    auto fresh = model::Book::open(m_options.bookPath);
    if (!fresh)
        return fresh.error();
    m_book = std::move(*fresh);
    if (const auto restored = restoreOwn(); !restored)
        return restored.error();
    Q_EMIT bookReplaced();
    return QStringLiteral("The book file was damaged. It was set aside as %1 and is fetched again.")
        .arg(*aside);
}

void SyncClient::rebuildBook()
{
    m_page.reset();
    const auto notice = replaceBook();
    if (!notice)
        return say(input::StorageFailed{.error = {notice.error().fault, sentenceFor(notice.error())}});
    say(input::BookCleared{.notice = *notice});
}

} // namespace ringbook::sync
