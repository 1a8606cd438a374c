#include "sync/client/Engine.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Routes.h"

namespace ringbook::sync {

void Engine::take(const input::Share &share)
{
    m_presence.wanted = share.share;
}

/// Only on a stream: there is nobody to be told by a hub that is not heard. Lost answers do not matter; it is
/// said again before the hub forgets it.
void Engine::planPresence()
{
    if (m_stream.phase != StreamPhase::Open || m_presence.id || m_presence.isUnheard)
        return;
    const PresenceShare told = m_presence.told.value_or(PresenceShare{});
    const bool isNews = m_presence.wanted != told;
    const bool isDue = m_presence.wanted.customer && m_now.ms >= m_presence.againAt;
    if (!isNews && !isDue)
        return;
    m_presence.told = m_presence.wanted;
    m_presence.againAt = m_now.ms + presenceSeconds * secondMs;
    m_presence.id = send({.method = "POST",
                          .path = pathOf(Operation::SharePresence, {{QStringLiteral("book"), m_book}}),
                          .body = encode(m_presence.wanted),
                          .token = m_token});
}

void Engine::presenceCame(const QByteArray &data)
{
    const auto news = readPresenceNews(data);
    if (!news || news->book != m_book)
        return;
    m_presence.isShown = true;
    m_effects.append(effect::ShowPresence{*news});
}

void Engine::forgetPresence()
{
    if (std::exchange(m_presence.isShown, false))
        m_effects.append(effect::ForgetPresence{});
}

} // namespace ringbook::sync
