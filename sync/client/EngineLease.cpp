#include "model/domain/Kinds.h"
#include "sync/client/Engine.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Routes.h"

#include <algorithm>

namespace ringbook::sync {

/// A clock that stands where it stood at the last start was perhaps put back: that start is not for nothing.
void Engine::beginLease(const input::Start &start)
{
    m_lease = {.now = start.lease, .kept = start.lease, .ownHub = start.ownHub};
    const bool hasMoved = m_now.wall > start.lease.latest;
    m_lease.now.latest = hasMoved ? m_now.wall : start.lease.latest + keepLeaseOfflineMs;
}

/// A locked book is opened by its own hub's word, not by what any other says.
bool Engine::mayUnlock()
{
    if (m_lease.ownHub.isEmpty() || !m_lease.now.isOver(m_lease.now.latest))
        return true;
    m_effects.append(effect::RefuseSignIn{
        {Fault::Denied, QStringLiteral("The book of this computer is locked until its own hub is reached; "
                                       "sign in at %1.")
                            .arg(m_lease.ownHub)}});
    return false;
}

/// Also while the clock stands or goes back: what passes by the monotonic one has passed.
void Engine::passTime(Instant now)
{
    const qint64 passed = m_now.ms > 0 ? std::max<qint64>(0, now.ms - m_now.ms) : 0;
    m_lease.now.latest = std::max(now.wall, m_lease.now.latest + passed);
}

void Engine::renewLease(qint64 toldMs)
{
    if (toldMs > 0)
        m_lease.now.lengthMs = toldMs;
    m_lease.now.heardAt = m_now.wall;
    m_lease.now.latest = m_now.wall;
}

qint64 Engine::keepLeaseEvery() const
{
    return m_reachedAt ? keepLeaseEveryMs : keepLeaseOfflineMs;
}

/// Now and then, and whenever the book is locked or unlocked.
void Engine::keepLease()
{
    const model::Lease &now = m_lease.now;
    const model::Lease &kept = m_lease.kept;
    const auto isFar = [this](TimeMs a, TimeMs b) { return std::abs(a - b) >= keepLeaseEvery(); };
    const bool isOther = now.lengthMs != kept.lengthMs || now.isOver(now.latest) != kept.isOver(kept.latest);
    if (now.lengthMs == 0 ||
        (!isOther && !isFar(now.heardAt, kept.heardAt) && !isFar(now.latest, kept.latest)))
        return;
    m_lease.kept = now;
    m_effects.append(effect::KeepLease{now});
}

std::optional<qint64> Engine::leaseTimer() const
{
    const model::Lease &lease = m_lease.now;
    if (lease.lengthMs == 0)
        return std::nullopt;
    const qint64 left = lease.until() - lease.latest;
    return m_now.ms + (left > 0 ? std::min(left, lookAtLeaseMs) : keepLeaseEvery());
}

void Engine::showLease(SyncState &state) const
{
    const model::Lease &lease = m_lease.now;
    if (lease.isOver(lease.latest))
        state.lockedSince = lease.heardAt;
    else if (lease.lengthMs > 0 && !m_reachedAt && lease.latest >= lease.until() - leaseWarningMs)
        state.locksAt = lease.until();
}

void Engine::take(const input::Cleaned &cleaned)
{
    m_cleaned.upTo = cleaned.upTo;
}

void Engine::planAcknowledgement()
{
    if (!m_cleaned.upTo || m_cleaned.id || m_cleaned.isUnheard || !m_reachedAt ||
        m_now.ms < m_cleaned.notBefore)
        return;
    m_cleaned.told = *m_cleaned.upTo;
    const ErasureAck ack{model::schemaNumber, m_cleaned.told.epoch, m_cleaned.told.seq};
    m_cleaned.id = send({.method = "POST",
                         .path = pathOf(Operation::AcknowledgeErasures, {{QStringLiteral("book"), m_book}}),
                         .body = encode(ack),
                         .token = m_token});
}

void Engine::acknowledgementAnswered(const HttpAnswer &answer)
{
    if (sessionEnded(answer))
        return;
    m_cleaned.isUnheard = answer.status == 404;
    const auto kept = readErasureAck(answer.body);
    const bool isKept =
        answer.status == 200 && kept && model::Cursor{kept->epoch, kept->seq} == m_cleaned.told;
    if (!isKept)
        m_cleaned.notBefore = m_now.ms + blockedMs;
    else if (m_cleaned.upTo == m_cleaned.told)
        m_cleaned.upTo.reset();
}

} // namespace ringbook::sync
