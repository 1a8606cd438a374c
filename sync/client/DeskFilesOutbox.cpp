#include "sync/client/DeskFiles.h"

#include <algorithm>

namespace ringbook::sync {

using During = input::StorageFailed::During;

void DeskFiles::carryOut(const effect::LoadOutbox &load)
{
    if (const auto settled = m_isBehind ? settleBook() : Status(Done{}); !settled)
        return failed(During::Outbox, settled.error());
    const auto ops = m_desk->pending(m_identity.book, load.limit);
    const auto waiting = m_desk->waiting(m_identity.book);
    const auto former = m_desk->former(m_identity.book, load.limit);
    if (!ops || !waiting || !former)
        return failed(During::Outbox, !ops ? ops.error() : !waiting ? waiting.error() : former.error());
    m_listener.say(input::OutboxLoaded{.ops = *ops,
                                       .waiting = waiting->count,
                                       .saves = waiting->saves,
                                       .oldest = waiting->oldest,
                                       .refused = waiting->refused,
                                       .newest = waiting->newest,
                                       .former = *former});
}

/// From here on only the book shows them at this desk: it must have them on disk.
Status DeskFiles::confirm(const QVector<qint64> &counters)
{
    if (m_book)
        m_book->db().checkpoint();
    return m_desk->confirm(m_identity.book, counters, m_clock.now());
}

void DeskFiles::carryOut(const effect::ConfirmOps &confirm)
{
    if (const auto done = this->confirm(confirm.counters); !done)
        return failed(During::Outbox, done.error());
    if (const auto settled = settleBook(); !settled)
        failed(During::Feed, settled.error());
}

/// The hub has forgotten what became of it; the book says.
bool DeskFiles::isDone(qint64 counter) const
{
    const auto ops = m_desk->pending(m_identity.book);
    if (!ops || !m_book)
        return false;
    const auto op = std::ranges::find(*ops, counter, &model::Op::counter);
    if (op == ops->end())
        return false;
    const auto holds = m_book->holds(*op);
    return holds && *holds;
}

/// First into the tray, durably; a crash before the book follows is made good at the next start.
void DeskFiles::carryOut(const effect::RefuseOp &refuse)
{
    if (refuse.isPerhapsDone && isDone(refuse.counter))
        return carryOut(effect::ConfirmOps{{refuse.counter}});
    if (const auto refused = m_desk->refuse(m_identity.book, refuse.counter, refuse.reason); !refused)
        return failed(During::Outbox, refused.error());
    if (const auto settled = settleBook(); !settled)
        failed(During::Feed, settled.error());
}

/// What is in the outbox no more is in the book no more, but for what the hub made of it.
Status DeskFiles::settleBook()
{
    if (!m_book)
        return noBook();
    m_isBehind = true;
    const auto own = m_desk->unconfirmed(m_identity.book);
    if (!own)
        return own.error();
    const auto records = m_book->followOutbox(*own);
    if (!records)
        return records.error();
    m_isBehind = false;
    if (!records->isEmpty())
        m_listener.changed(*records);
    return Done{};
}

void DeskFiles::forgetOldOps()
{
    if (const auto forgotten = m_desk->forgetConfirmed(m_clock.now() - keepConfirmedMs); !forgotten)
        failed(During::Outbox, forgotten.error());
}

void DeskFiles::carryOut(const effect::OfferAgain &offer)
{
    if (const auto offered = m_desk->offerAgain(m_identity.book, offer.from); !offered)
        return failed(During::Outbox, offered.error());
    if (const auto shown = showOffered(); !shown)
        failed(During::Feed, shown.error());
}

void DeskFiles::carryOut(const effect::ConfirmFormer &confirm)
{
    const auto confirmed =
        m_desk->confirmFormer(m_identity.book, confirm.device, confirm.counters, m_clock.now());
    if (!confirmed)
        failed(During::Outbox, confirmed.error());
}

void DeskFiles::carryOut(const effect::BringAlong &bring)
{
    const auto brought =
        m_desk->bringAlong(m_identity.book, bring.device, bring.from, bring.to, m_clock.now());
    if (!brought)
        return failed(During::Outbox, brought.error());
    if (const auto settled = settleBook(); !settled)
        failed(During::Feed, settled.error());
}

/// A book that has read of a log has what is offered again; one that has read nothing yet shows what waits.
Status DeskFiles::showOffered()
{
    if (!m_book)
        return noBook();
    const auto at = m_book->place();
    if (!at || !at->epoch.isEmpty())
        return at ? Status(Done{}) : at.error();
    if (const auto restored = restoreOwn(); !restored)
        return restored;
    m_listener.cleared();
    return Done{};
}

Status DeskFiles::meetAnotherLog(const Reset &reset)
{
    return m_desk->db().atomically([&]() -> Status {
        if (reset.done) {
            if (const auto offered = m_desk->offerLost(m_identity.book, *reset.done); !offered)
                return offered;
            if (const auto offered = m_desk->offerFormer(m_identity.book, reset.sameUpTo); !offered)
                return offered;
        }
        return m_desk->limitBases(m_identity.book, reset.sameUpTo);
    });
}

} // namespace ringbook::sync
