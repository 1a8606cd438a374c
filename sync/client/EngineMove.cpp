#include "model/domain/Kinds.h"
#include "sync/client/Engine.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Problems.h"
#include "sync/protocol/Routes.h"

namespace ringbook::sync {

/// Two machines have this profile, and the other one was quicker. What was sent before it was copied is the
/// hub's already; what comes from this op on is this desk's own, and moves with it to a number of its own.
/// Where a hub was restored meanwhile, that may begin earlier, with what had been confirmed: so all is
/// offered once.
void Engine::copyFound(qint64 differs)
{
    if (std::exchange(m_move.isAllOffered, true)) {
        m_move.from = differs;
    } else {
        m_effects.append(effect::OfferAgain{1});
        m_outbox.answered.clear();
    }
    pushFailed(
        QStringLiteral("Another machine uses a copy of this profile; this desk gets a number of its own."));
}

/// Once all that the hub has of us came back.
void Engine::planMove()
{
    if (m_move.id != 0 || isFollowing() || !m_pull.caughtUp || isBehind() || !m_outbox.answered.isEmpty())
        return;
    const DeviceRequest request{
        .schema = model::schemaNumber, .book = m_book, .last = m_outbox.newest, .deviceName = m_deviceName};
    m_move.id = send({.method = "POST",
                      .path = pathOf(Operation::RegisterDevice),
                      .body = encode(request),
                      .token = m_token});
}

void Engine::moveAnswered(const HttpAnswer &answer)
{
    if (sessionEnded(answer))
        return;
    if (answer.status == 0)
        return failLink(failureOf(answer));
    const auto reply = readSessionReply(answer.body);
    if (answer.status != 200 || !reply)
        return pushFailed(
            QStringLiteral("Another machine uses a copy of this profile; what is saved here stays "
                           "here until this one is registered anew."),
            std::max(blockedMs, answer.retryAfterMs.value_or(0)));
    dropConnection();
    m_reachedAt.reset();
    m_phase = Phase::Moving;
    m_effects.append(effect::MoveDesk{*reply});
}

void Engine::take(const input::Moved &moved)
{
    m_token = moved.token.toLatin1();
    m_notice = moved.notice;
    m_move.from.reset();
    m_move.isAllOffered = false;
    m_push.fillFrom.reset();
    m_push.offeredFrom = 0;
    m_push.backoff.reset();
    m_outbox.answered.clear();
    m_outbox.passedOver.clear();
    m_outbox.problem.clear();
    connect();
}

} // namespace ringbook::sync
