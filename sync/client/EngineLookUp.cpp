#include "sync/client/Engine.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Routes.h"

#include <algorithm>

namespace ringbook::sync {

/// Callers may be known at the hub who are not known here.
bool Engine::isBookWhole() const
{
    const bool isFarBehind =
        m_reachedAt && !m_pull.caughtUp && m_pull.wanted - m_pull.cursor.seq > changesPerPage;
    return m_snapshot.meets || !(m_snapshot.isPartial || isFarBehind || m_pull.cursor.epoch.isEmpty());
}

bool Engine::canLookUp() const
{
    return m_phase == Phase::Up && m_reachedAt && !m_lookUps.isUnheard && !isBookWhole();
}

void Engine::take(const input::LookFor &wanted)
{
    m_lookUps.numbers = wanted.numbers.mid(0, maxLookUps);
    m_lookUps.told.removeIf([this](const auto &told) { return !m_lookUps.numbers.contains(told.key()); });
    if (!m_lookUps.id || m_lookUps.numbers.contains(m_lookUps.asked))
        return;
    m_deadlines.remove(m_lookUps.id);
    m_effects.append(effect::Cancel{std::exchange(m_lookUps.id, 0)});
}

/// The next number that was not asked for; empty if there is none.
QString Engine::nextToLookUp() const
{
    for (const QString &number : m_lookUps.numbers)
        if (!m_lookUps.told.contains(number))
            return number;
    return {};
}

/// What comes has to have a book to go into.
void Engine::planLookUps()
{
    const QString next = nextToLookUp();
    if (next.isEmpty() || !canLookUp() || m_lookUps.id || m_pull.clearing || m_pull.cursor.epoch.isEmpty() ||
        m_now.ms < m_lookUps.notBefore)
        return;
    m_lookUps.asked = next;
    m_lookUps.id = send({.path = pathOf(Operation::LookUp, {{QStringLiteral("book"), m_book}}) + '?' +
                                 encode(LookUpQuery{next}),
                         .token = m_token,
                         .timeoutMs = lookUpTimeoutMs});
}

void Engine::lookUpAnswered(const HttpAnswer &answer)
{
    if (sessionEnded(answer))
        return;
    m_lookUps.isUnheard = answer.status == 404;
    const auto page = answer.status == 200 ? readChangesPage(answer.body) : Error{};
    if (!page || !page->rows || page->book != m_book || page->epoch != m_pull.cursor.epoch) {
        m_lookUps.notBefore = m_now.ms + std::max(lookUpPauseMs, m_lookUps.backoff.next(m_random()));
        return;
    }
    reached();
    m_lookUps.backoff.reset();
    m_lookUps.told.insert(m_lookUps.asked, page->changes.isEmpty());
    if (page->changes.isEmpty())
        return;
    m_pull.wanted = std::max(m_pull.wanted, page->head);
    if (isFollowing()) // who saw this may not see less
        m_snapshot.showAt = std::max(m_snapshot.showAt, page->head);
    m_effects.append(effect::AddFound{m_lookUps.asked, *page});
}

/// It went on meanwhile: what is found now is newer.
void Engine::take(const input::FoundTooLate &late)
{
    m_lookUps.told.remove(late.number);
    m_lookUps.notBefore = m_now.ms + lookUpPauseMs;
}

void Engine::showLookUps()
{
    model::LookUps now{.isBookWhole = isBookWhole()};
    for (const QString &number : now.isBookWhole ? QStringList() : m_lookUps.numbers) {
        const auto told = m_lookUps.told.constFind(number);
        if (told == m_lookUps.told.constEnd() && canLookUp())
            now.told.insert(number, model::LookUp::Asking);
        else if (told != m_lookUps.told.constEnd() && *told)
            now.told.insert(number, model::LookUp::Nobody);
    }
    if (now == m_lookUps.shown)
        return;
    m_lookUps.shown = now;
    m_effects.append(effect::ShowLookUps{now});
}

} // namespace ringbook::sync
