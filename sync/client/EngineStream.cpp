#include "sync/client/Engine.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Routes.h"

namespace ringbook::sync {

namespace {

constexpr qint64 streamRefusedMs = 5'000; ///< at least, after something else than a stream was answered

} // namespace

void Engine::planStream()
{
    if (m_stream.phase == StreamPhase::Opening && m_now.ms >= helloDeadline())
        closeStream(streamRetryMs);
    if (m_stream.phase != StreamPhase::Closed || m_now.ms < m_stream.retryAt)
        return;
    m_stream.phase = StreamPhase::Opening;
    m_stream.openedAt = m_now.ms;
    m_stream.heardAt = m_now.ms;
    m_stream.parser = {};
    m_effects.append(effect::OpenStream{{.path = pathOf(Operation::Stream), .token = m_token}});
}

/// The hub has to be reached at all before its silence on the stream means anything.
qint64 Engine::helloDeadline() const
{
    const qint64 since = std::max(m_stream.openedAt, m_reachedAt.value_or(m_now.ms));
    return since + helloSeconds * secondMs;
}

void Engine::closeStream(qint64 retryInMs)
{
    m_stream.phase = StreamPhase::Closed;
    m_stream.retryAt = m_now.ms + retryInMs;
    m_stream.fellBack = true;
    m_effects.append(effect::CloseStream{});
}

void Engine::take(const input::StreamOpened &opened)
{
    if (m_stream.phase != StreamPhase::Opening)
        return;
    if (opened.status == 401) {
        sessionEnded({.status = opened.status});
        return;
    }
    if (opened.status != 200 || !opened.contentType.startsWith("text/event-stream"))
        closeStream(std::max(streamRefusedMs, m_stream.backoff.next(m_random())));
}

void Engine::take(const input::StreamEnded &ended)
{
    if (m_stream.phase == StreamPhase::Open)
        return failLink({ended.failure.isEmpty() ? QStringLiteral("The connection to the hub was closed.")
                                                 : ended.failure});
    if (m_stream.phase == StreamPhase::Opening)
        closeStream(std::max(backoffFirstMs, m_stream.backoff.next(m_random())));
}

void Engine::take(const input::StreamBytes &bytes)
{
    if (m_stream.phase == StreamPhase::Closed)
        return;
    m_stream.heardAt = m_now.ms;
    const auto events = m_stream.parser.feed(bytes.bytes);
    if (!events)
        return failLink({.problem = nonsense(events.error()), .isAnswer = true});
    if (m_stream.phase == StreamPhase::Open)
        renewLease();
    for (const StreamEvent &event : *events) {
        readEvent(event);
        if (m_stream.phase == StreamPhase::Closed)
            return;
    }
}

void Engine::readEvent(const StreamEvent &event)
{
    if (event.name == helloEvent) {
        if (const auto hello = readHello(event.data))
            return helloCame(*hello);
        return closeStream(streamRetryMs);
    }
    if (m_stream.phase != StreamPhase::Open)
        return;
    if (event.name == changesEvent) {
        const auto page = readChangesPage(event.data);
        page ? pageEventCame(*page) : void(m_pull.must = true);
    } else if (event.name == pokeEvent) {
        const auto poke = readPoke(event.data);
        if (!poke || poke->book != m_book)
            return;
        m_pull.wanted = std::max(m_pull.wanted, poke->head);
        m_pull.must = true;
    } else if (event.name == callEvent) {
        if (const auto call = readAgentCall(event.data))
            m_effects.append(effect::ShowCall{*call});
    } else if (event.name == phoneEvent) {
        if (const auto phone = readPhone(event.data))
            m_effects.append(effect::ShowPhone{*phone});
    } else if (event.name == presenceEvent) {
        presenceCame(event.data);
    } else if (event.name == byeEvent) {
        const auto bye = readBye(event.data);
        failLink(
            {QStringLiteral("The hub is restarting."), bye ? std::optional(bye->afterMs) : std::nullopt});
    }
}

void Engine::helloCame(const Hello &hello)
{
    renewLease(hello.leaseMs);
    reached();
    m_stream.phase = StreamPhase::Open;
    m_stream.fellBack = false;
    m_stream.backoff.reset();
    m_effects.append(effect::ReplaceCalls{hello.calls});
    m_effects.append(effect::ShowPhone{hello.phone});
    m_effects.append(effect::OfferSimulator{hello.simulator});
    forgetPresence();
    m_presence.told.reset();
    m_presence.isUnheard = false;
    for (const BookGrant &grant : hello.books) {
        if (grant.book != m_book)
            continue;
        if (grant.epoch != m_pull.cursor.epoch || grant.head > tail())
            m_pull.must = true;
    }
}

void Engine::pageEventCame(const ChangesPage &page)
{
    if (page.book != m_book)
        return;
    if (page.epoch != m_pull.cursor.epoch) {
        m_pull.must = true;
        return;
    }
    m_pull.wanted = std::max(m_pull.wanted, page.head);
    if (!offerPage(page))
        m_pull.must = true; // something is missing before it
}

} // namespace ringbook::sync
