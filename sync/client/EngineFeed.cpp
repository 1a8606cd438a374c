#include "sync/client/Engine.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Problems.h"
#include "sync/protocol/Routes.h"

namespace ringbook::sync {

QString Engine::sentenceOf(const HttpAnswer &answer)
{
    if (answer.status == 0)
        return answer.failure;
    const auto problem = readProblem(answer.body);
    if (problem && !errorFrom(*problem).detail.isEmpty())
        return errorFrom(*problem).detail;
    return QStringLiteral("What answers instead of the hub says %1.").arg(answer.status);
}

/// A proxy whose hub is away says so with one of three numbers.
Engine::LinkFailure Engine::failureOf(const HttpAnswer &answer)
{
    const bool isAway = answer.status == 0 || (answer.status >= 502 && answer.status <= 504);
    return {sentenceOf(answer), answer.retryAfterMs, !isAway || answer.isUntrusted};
}

/// For the agent first, then for whoever is asked.
QString Engine::nonsense(const Error &error)
{
    return QStringLiteral("What answers instead of the hub makes no sense; ask your administrator (%1).")
        .arg(error.detail);
}

bool Engine::isBehind() const
{
    return m_pull.must || m_pull.wanted > m_pull.cursor.seq;
}

bool Engine::isLongPolling() const
{
    const bool noStream = m_stream.phase == StreamPhase::Closed;
    return m_phase == Phase::Up &&
           (noStream || (m_stream.fellBack && m_stream.phase == StreamPhase::Opening));
}

/// Up to where the book will be once all that is here is applied.
qint64 Engine::tail() const
{
    if (!m_pull.queue.isEmpty())
        return m_pull.queue.last().to;
    return m_pull.applying ? m_pull.applying->to : m_pull.cursor.seq;
}

/// Else a page of the log can follow what is here.
bool Engine::isTailByRows() const
{
    const ChangesPage *last = !m_pull.queue.isEmpty() ? &m_pull.queue.last()
                              : m_pull.applying       ? &*m_pull.applying
                                                      : nullptr;
    return last ? last->rows && !last->isLastOfRows() : m_pull.cursor.byRows;
}

void Engine::planPull()
{
    if (m_outbox.echoBy && m_now.ms >= *m_outbox.echoBy) {
        m_outbox.echoBy.reset();
        m_pull.must = m_pull.must || m_pull.cursor.seq < m_pull.wanted;
    }
    if (m_pull.clearing || feedWaits())
        return;
    const bool begins = takeNext();
    askForChanges(); // first: the next page is on its way while this one is applied
    if (!begins)
        return;
    m_effects.append(effect::ApplyPage{*m_pull.applying});
    m_pull.applying->changes.clear();
}

/// While a page is applied only one more is fetched ahead, and only if it is known to be there.
bool Engine::mayAsk(bool behind) const
{
    if (m_pull.id != 0 || m_now.ms < m_pull.notBefore)
        return false;
    if (m_pull.applying)
        return m_pull.queue.isEmpty() && !m_outbox.echoBy && m_pull.wanted > tail();
    return behind || (isLongPolling() && m_reachedAt);
}

void Engine::askForChanges()
{
    const bool behind = m_pull.must || (!m_outbox.echoBy && isBehind());
    if (!mayAsk(behind))
        return;
    const ChangesQuery query{.after = tail(),
                             .epoch = m_pull.cursor.epoch,
                             .limit = m_pull.limit,
                             .wait = behind ? 0 : maxWaitSeconds};
    m_pull.must = false;
    m_pull.after = query.after;
    m_pull.askedAt = m_now.ms;
    m_pull.wantedWhenAsked = m_pull.wanted;
    m_pull.id = send({.path = pathOf(isTailByRows() ? Operation::ReadRows : Operation::ReadChanges,
                                     {{QStringLiteral("book"), m_book}}) +
                              '?' + encode(query),
                      .token = m_token,
                      .timeoutMs = requestTimeoutMs + query.wait * secondMs},
                     true);
}

void Engine::pullAnswered(const input::Answered &answered)
{
    const HttpAnswer &answer = answered.answer;
    if (sessionEnded(answer))
        return;
    if (answer.status == 200) {
        const auto page = answered.page ? *answered.page : readChangesPage(answer.body);
        if (!page)
            return pullFailed({.problem = nonsense(page.error()), .isAnswer = true});
        return pageCame(*page);
    }
    const auto problem = readProblem(answer.body);
    if (answer.status == 409 && problem && problem->reset)
        return reset(*problem->reset);
    pullFailed(failureOf(answer));
}

void Engine::pageCame(const ChangesPage &page)
{
    const bool otherLog = !m_pull.cursor.epoch.isEmpty() && page.epoch != m_pull.cursor.epoch;
    const bool stuck = page.to == page.from && page.head > page.to;
    if (page.book != m_book || otherLog || page.from != m_pull.after || stuck)
        return pullFailed(
            {.problem = QStringLiteral("The hub answered with changes that do not fit the question."),
             .isAnswer = true});
    renewLease(page.leaseMs);
    reached();
    if (page.changes.size() == m_pull.limit && m_now.ms - m_pull.askedAt <= quickPageMs)
        m_pull.limit = std::min(2 * m_pull.limit, maxChangesPerPage);
    m_pull.problem.clear();
    m_pull.backoff.reset();
    if (m_pull.wanted == m_pull.wantedWhenAsked)
        m_pull.wanted =
            std::max(page.head, tail()); // what was heard of before and is not there is not coming
    m_pull.wanted = std::max(m_pull.wanted, page.head);
    if (m_pull.cursor.epoch.isEmpty())
        m_pull.cursor.epoch = page.epoch;
    if (m_pull.cursor.seq > 0 || !mayAskForSnapshot())
        offerPage(page);
    confirmArrived();
    if (m_pull.cursor.seq >= m_pull.wanted && !m_pull.cursor.byRows)
        m_pull.caughtUp = true;
}

/// While the stream is open only the feed waits; otherwise the hub is out of reach. On a slow line a long
/// page may never come whole.
void Engine::pullFailed(const LinkFailure &failure)
{
    m_pull.limit = changesPerPage;
    if (m_stream.phase != StreamPhase::Open)
        return failLink(failure);
    m_pull.must = true;
    m_pull.problem = troubleOf(failure);
    const qint64 jitter = m_pull.backoff.next(m_random());
    m_pull.notBefore = m_now.ms + std::max(backoffFirstMs, failure.delayMs.value_or(jitter));
}

/// The log does not reach back to this book any more, but the hub still knows what changed since.
void Engine::goOnByRows(const Reset &reset)
{
    reached();
    m_pull.cursor.epoch = reset.epoch;
    m_pull.cursor.byRows = true;
    m_pull.wanted = std::max(m_pull.wanted, reset.head);
    m_pull.caughtUp = false;
    m_pull.must = true;
    m_pull.queue.clear();
}

void Engine::reset(const Reset &reset)
{
    if (reset.reason == QLatin1String("too_old"))
        return goOnByRows(reset);
    if (m_now.ms < m_pull.resetNotBefore)
        return pullFailed({.problem = QStringLiteral("The hub asks to start again and again."),
                           .delayMs = m_pull.resetNotBefore - m_now.ms,
                           .isAnswer = true});
    reached();
    const bool hasOne = m_pull.cursor.seq > 0 || m_snapshot.isPartial || m_snapshot.meets;
    endSnapshot();
    m_pull.resetNotBefore = m_now.ms + resetPauseMs;
    m_pull.clearing = true;
    m_pull.caughtUp = false;
    m_pull.queue.clear();
    m_outbox.answered.clear();
    m_move.from.reset();
    m_move.isAllOffered = false;
    m_snapshot.notBefore = m_now.ms; // another log may have what the one before had not
    if (hasOne && isSnapshotCheaper(0, reset.head))
        m_effects.append(effect::MeetLog{reset});
    else
        m_effects.append(effect::ClearBook{reset});
}

void Engine::take(const input::BookCleared &cleared)
{
    endSnapshot();
    m_snapshot.isPartial = false;
    m_snapshot.meets.reset();
    m_pull.wanted = cleared.cursor.seq;
    m_pull.caughtUp = false;
    m_lookUps.told.clear();
    m_outbox.answered.clear();
    beginAgain(cleared.cursor);
    if (!cleared.notice.isEmpty())
        m_notice = cleared.notice;
}

void Engine::beginAgain(const model::Cursor &cursor)
{
    m_pull.cursor = cursor;
    m_pull.clearing = false;
    m_pull.applying.reset();
    m_pull.queue.clear();
    m_pull.must = true;
    m_pull.notBefore = m_now.ms;
    m_outbox.stale = true;
    m_sums.working = false;
    m_sums.differing.clear();
    m_sums.toCompare.reset();
    m_storageProblem.clear();
    if (m_pull.id != 0) {
        m_deadlines.remove(m_pull.id);
        m_effects.append(effect::Cancel{std::exchange(m_pull.id, 0)});
    }
}

/// Takes the part of a page that continues what is here; false if something is missing before it. From an
/// empty log the book learns at least which log it is.
bool Engine::offerPage(ChangesPage page)
{
    const qint64 here = tail();
    if (page.from > here || (!page.rows && isTailByRows()))
        return false;
    if (page.to <= here && here > 0)
        return true;
    if (m_pull.queue.size() >= maxQueuedPages)
        return false;
    if (page.from < here)
        page.changes.removeIf([here](const model::Change &change) { return change.seq <= here; });
    page.from = here;
    m_pull.queue.append(std::move(page));
    return true;
}

bool Engine::takeNext()
{
    if (m_pull.applying || m_pull.queue.isEmpty() || m_now.ms < m_pull.notBefore)
        return false;
    m_pull.applying = m_pull.queue.takeFirst();
    return true;
}

void Engine::take(const input::PageApplied &applied)
{
    if (m_pull.cursor.byRows && !applied.cursor.byRows)
        m_snapshot.isPartial = applied.isPartial; // it may have grown until here
    m_pull.cursor = applied.cursor;
    m_pull.applying.reset();
    m_pull.backoff.reset();
    m_storageProblem.clear();
    m_outbox.stale = m_outbox.stale || m_outbox.waiting > 0;
    confirmArrived();
    if (m_pull.cursor.seq >= m_pull.wanted && !m_pull.cursor.byRows) {
        m_pull.caughtUp = true;
        m_outbox.echoBy.reset();
    }
}

} // namespace ringbook::sync
