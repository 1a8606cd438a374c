#include "sync/client/Engine.h"

#include "sync/protocol/Codec.h"
#include "sync/protocol/Problems.h"
#include "sync/protocol/Routes.h"

#include <algorithm>

namespace ringbook::sync {

namespace {

constexpr qint64 lateAnswerMs = 5'000; ///< the transport's own time-out comes first

} // namespace

Engine::Engine(std::function<double()> random, qint64 cheap) : m_random(std::move(random)), m_cheap(cheap) {}

Effects Engine::handle(const Input &input, Instant now)
{
    const bool slept = m_now.ms > 0 && (now.wall - m_now.wall) - (now.ms - m_now.ms) > clockJumpMs;
    passTime(now);
    m_now = now;
    if (slept && (m_phase == Phase::Up || m_phase == Phase::Waiting)) {
        dropConnection();
        connect();
    }
    std::visit([this](const auto &said) { take(said); }, input);
    advance();
    showLookUps();
    keepLease();
    return std::exchange(m_effects, {});
}

void Engine::take(const input::Start &start)
{
    m_book = start.book;
    m_token = start.token.toLatin1();
    m_deviceName = start.deviceName;
    m_user = start.user;
    m_pull.cursor = start.cursor;
    m_notice = start.notice;
    m_snapshot.isPartial = start.isPartial;
    m_snapshot.hasLeftovers = start.hasLeftovers;
    beginLease(start);
    if (!m_token.isEmpty())
        connect();
}

void Engine::take(const input::SignIn &signIn)
{
    if (!mayUnlock())
        return;
    dropConnection();
    m_phase = Phase::SigningIn;
    m_login = signIn.request.login;
    m_linkFailure = {};
    m_sessionId = send({.method = "POST", .path = pathOf(Operation::SignIn), .body = encode(signIn.request)});
}

void Engine::take(const input::Answered &answered)
{
    if (!m_deadlines.remove(answered.id))
        return; // cancelled before
    if (answered.id == m_sessionId) {
        m_sessionId = 0;
        sessionAnswered(answered.answer);
    } else if (answered.id == m_pull.id) {
        m_pull.id = 0;
        pullAnswered(answered);
    } else if (answered.id == m_push.id) {
        m_push.id = 0;
        pushAnswered(answered.answer);
    } else if (answered.id == m_sums.id) {
        m_sums.id = 0;
        sumsAnswered(answered.answer);
    } else if (answered.id == m_presence.id) {
        m_presence.id = 0;
        m_presence.isUnheard = answered.answer.status == 404;
    } else if (answered.id == m_cleaned.id) {
        m_cleaned.id = 0;
        acknowledgementAnswered(answered.answer);
    } else if (answered.id == m_lookUps.id) {
        m_lookUps.id = 0;
        lookUpAnswered(answered.answer);
    } else if (answered.id == m_former.id) {
        m_former.id = 0;
        formerAnswered(answered.answer);
    } else if (answered.id == m_move.id) {
        m_move.id = 0;
        moveAnswered(answered.answer);
    } else if (answered.id == m_snapshot.id) {
        m_snapshot.id = 0;
        manifestAnswered(answered.answer);
    } else if (m_snapshot.underWay.contains(answered.id)) {
        frameAnswered(m_snapshot.underWay.take(answered.id), answered.answer);
    }
}

void Engine::take(const input::Tick &)
{
    for (const int id : m_deadlines.keys()) {
        if (m_deadlines.value(id, m_now.ms + 1) > m_now.ms)
            continue;
        m_effects.append(effect::Cancel{id});
        take(input::Answered{id, {.failure = QStringLiteral("The hub did not answer in time.")}});
    }
    if (m_stream.phase == StreamPhase::Open && m_now.ms - m_stream.heardAt >= silenceSeconds * secondMs)
        failLink({QStringLiteral("Nothing was heard from the hub for %1 seconds.").arg(silenceSeconds)});
}

void Engine::take(const input::TryNow &)
{
    m_isAsked = m_phase == Phase::Waiting || m_offlineSince;
    if (m_phase == Phase::Waiting)
        m_retryAt = m_now.ms;
}

void Engine::take(const input::StorageFailed &failed)
{
    const bool isOutbox = failed.during == input::StorageFailed::During::Outbox;
    (isOutbox ? m_outbox.fileProblem : m_storageProblem) = failed.error.detail;
    if (m_phase == Phase::Moving)
        failLink({}); // and ask again for a number
    const qint64 notBefore = m_now.ms + std::max(backoffFirstMs, m_pull.backoff.next(m_random()));
    if (isOutbox) {
        m_outbox.loading = false;
        m_outbox.stale = true;
        m_outbox.loadNotBefore = notBefore;
        return;
    }
    m_pull.applying.reset();
    m_pull.clearing = false;
    m_pull.queue.clear();
    m_pull.must = true;
    m_pull.notBefore = notBefore;
    if (m_snapshot.step == SnapshotStep::Showing)
        m_snapshot.step = SnapshotStep::Following;
    m_sums.working = false;
    m_sums.differing.clear();
    m_sums.toCompare.reset();
}

void Engine::connect()
{
    m_phase = Phase::Up;
    m_reachedAt.reset();
    m_pull.must = true;
    m_pull.caughtUp = false;
    m_pull.notBefore = m_now.ms;
    m_stream.retryAt = m_now.ms;
    m_stream.fellBack = false;
    m_outbox.echoBy.reset();
    m_push.notBefore = m_now.ms;
    m_lookUps.notBefore = m_now.ms;
    m_lookUps.isUnheard = false;
    m_cleaned.isUnheard = false;
    m_former.isUnheard = false;
    m_cleaned.notBefore = m_now.ms;
    m_outbox.stale = true;
    m_sums.notBefore = m_now.ms + sumsAfterMs + qint64(m_random() * sumsAfterMs); // not all desks at once
}

void Engine::dropConnection()
{
    for (auto id = m_deadlines.keyBegin(); id != m_deadlines.keyEnd(); ++id)
        m_effects.append(effect::Cancel{*id});
    m_deadlines.clear();
    m_sessionId = m_pull.id = m_push.id = m_former.id = m_move.id = m_presence.id = m_sums.id = m_lookUps.id =
        m_cleaned.id = 0;
    m_sums.differing.clear();
    m_sums.toCompare.reset();
    m_push.batch.clear();
    m_pull.queue.clear();
    m_snapshot.wanted += m_snapshot.underWay.values();
    m_snapshot.underWay.clear();
    if (std::exchange(m_snapshot.id, 0))
        m_snapshot.step = SnapshotStep::None;
    if (m_stream.phase != StreamPhase::Closed)
        closeStream(0);
    forgetPresence();
}

void Engine::failLink(const LinkFailure &failure)
{
    if (m_reachedAt && m_now.ms - *m_reachedAt >= stableAfterMs)
        m_linkBackoff.reset();
    dropConnection();
    m_reachedAt.reset();
    m_phase = Phase::Waiting;
    const bool wasAsked = std::exchange(m_isAsked, false); // who is impatient does not lengthen the wait
    const qint64 jitter = wasAsked ? m_linkBackoff.again(m_random()) : m_linkBackoff.next(m_random());
    m_retryAt = m_now.ms + failure.delayMs.value_or(jitter);
    m_linkFailure = failure;
    if (wasAsked)
        m_triedAt = m_now.wall;
    if (!m_offlineSince)
        m_offlineSince = m_now.wall;
}

void Engine::signOut(const QString &problem)
{
    dropConnection();
    m_phase = Phase::SignedOut;
    m_token.clear();
    m_reachedAt.reset();
    m_offlineSince.reset();
    m_linkFailure = {.problem = problem, .isAnswer = true};
    m_effects.append(effect::DropToken{});
}

void Engine::reached()
{
    renewLease();
    if (!m_reachedAt)
        m_reachedAt = m_now.ms;
    m_offlineSince.reset();
    m_triedAt.reset();
    m_isAsked = false;
    m_linkFailure = {};
}

void Engine::advance()
{
    if (m_phase == Phase::Waiting && m_now.ms >= m_retryAt)
        connect();
    planOutbox();
    if (m_phase != Phase::Up)
        return;
    if (m_reachedAt && m_now.ms - *m_reachedAt >= stableAfterMs) {
        m_linkBackoff.reset();
        m_notice = m_pull.caughtUp ? QString() : m_notice;
    }
    planStream();
    planLookUps();
    planSnapshot();
    planPull();
    planPush();
    planPresence();
    planSums();
    planAcknowledgement();
}

int Engine::send(HttpRequest request, bool asksForPage)
{
    if (request.timeoutMs == 0)
        request.timeoutMs = requestTimeoutMs;
    m_deadlines.insert(++m_lastId, m_now.ms + request.timeoutMs + lateAnswerMs);
    m_effects.append(effect::Send{m_lastId, std::move(request), asksForPage});
    return m_lastId;
}

bool Engine::sessionEnded(const HttpAnswer &answer)
{
    if (answer.status != 401)
        return false;
    const auto problem = readProblem(answer.body);
    const QString why = problem ? errorFrom(*problem).detail : QString();
    signOut(why.isEmpty() ? QStringLiteral("The hub no longer accepts this sign-in.") : why);
    return true;
}

void Engine::sessionAnswered(const HttpAnswer &answer)
{
    const auto refuse = [&](const Error &error) {
        m_effects.append(effect::RefuseSignIn{error});
        m_phase = Phase::SignedOut;
        if (!m_token.isEmpty())
            connect();
        m_linkFailure = failureOf(answer);
        m_linkFailure.problem = error.detail;
    };
    if (answer.status == 0)
        return refuse({Fault::Unreachable, answer.failure});
    if (answer.status == 403)
        return refuse({Fault::Conflict, QStringLiteral("This profile is another desk's at this hub.")});
    if (answer.status != 200) {
        const auto problem = readProblem(answer.body);
        return refuse(
            problem ? errorFrom(*problem)
                    : Error{Fault::Protocol, QStringLiteral("What answers there is not a Ringbook hub.")});
    }
    const auto reply = readSessionReply(answer.body);
    if (!reply)
        return refuse({Fault::Protocol,
                       QStringLiteral("What answers there is not a Ringbook hub: ") + reply.error().detail});
    if (m_user && reply->user != m_user)
        return refuse({Fault::Conflict, QStringLiteral("This desk is another user's.")});
    if (reply->books.isEmpty())
        return refuse({Fault::Denied, QStringLiteral("This user has no book at the hub.")});

    m_token = reply->token.toLatin1();
    m_user = reply->user;
    const auto ours = [this](const BookGrant &grant) { return grant.book == m_book; };
    if (std::ranges::none_of(reply->books, ours))
        m_book = reply->books.first().book;
    m_effects.append(effect::KeepSession{*reply, m_login, m_book});
    m_effects.append(effect::OfferSimulator{reply->simulator});
    renewLease(reply->leaseMs);
    connect();
    reached();
}

SyncState Engine::state() const
{
    using Link = SyncState::Link;
    SyncState state;
    const bool streaming = m_stream.phase == StreamPhase::Open || isLongPolling();
    if (m_phase == Phase::SignedOut)
        state.link = Link::SignedOut;
    else if (m_offlineSince)
        state.link = Link::Offline;
    else if (!m_reachedAt)
        state.link = Link::Connecting;
    else if (!m_pull.caughtUp)
        state.link = Link::CatchingUp;
    else
        state.link = streaming ? Link::Live : Link::Connecting;
    state.offlineSince = m_offlineSince;
    state.triedAt = m_triedAt;
    state.waiting = m_outbox.saves;
    state.waitingSince = m_outbox.oldest;
    state.refused = m_outbox.refused;
    if (state.link == Link::CatchingUp)
        state.behind = std::max<qint64>(0, m_pull.wanted - m_pull.cursor.seq);
    if (m_snapshot.step >= SnapshotStep::Fetching && m_snapshot.step <= SnapshotStep::Making) {
        state.fetched = m_snapshot.fetched;
        state.toFetch = snapshotBytes();
    }
    showLease(state);
    showProblems(state);
    return state;
}

/// A hub that is away is no trouble of the agent's, and what it said last may be over.
void Engine::showProblems(SyncState &state) const
{
    const bool isAway = state.link == SyncState::Link::Offline;
    QStringList problems = {m_storageProblem, m_outbox.fileProblem};
    if (isAway && !m_linkFailure.isAnswer)
        state.offlineReason = m_linkFailure.problem;
    else
        problems.append(m_linkFailure.problem);
    if (!isAway)
        problems.append({m_outbox.problem, m_pull.problem, m_snapshot.problem});
    problems.append(m_notice);
    problems.removeAll(QString());
    state.problem = problems.value(0);
}

std::optional<qint64> Engine::nextTimer() const
{
    std::optional<qint64> next;
    const auto at = [&](qint64 moment) {
        if (moment > m_now.ms && (!next || moment < *next))
            next = moment;
    };
    for (const qint64 deadline : m_deadlines)
        at(deadline);
    if (const auto lease = leaseTimer())
        at(*lease);
    if (m_outbox.stale)
        at(m_outbox.loadNotBefore);
    if (m_phase == Phase::Waiting)
        at(m_retryAt);
    if (m_phase != Phase::Up)
        return next;
    if (m_outbox.waiting > 0)
        at(m_outbox.recheckAt);
    if (m_outbox.echoBy)
        at(*m_outbox.echoBy);
    if (m_reachedAt)
        at(*m_reachedAt + stableAfterMs);
    at(m_pull.notBefore);
    at(m_push.notBefore);
    if (wantsSnapshot())
        at(m_snapshot.notBefore);
    if (isQuiet() && !m_sums.id && !m_sums.working)
        at(m_sums.notBefore);
    if (m_cleaned.upTo)
        at(m_cleaned.notBefore);
    if (canLookUp() && !nextToLookUp().isEmpty())
        at(m_lookUps.notBefore);
    if (m_presence.told && m_presence.told->customer)
        at(m_presence.againAt);
    switch (m_stream.phase) {
    case StreamPhase::Closed: at(m_stream.retryAt); break;
    case StreamPhase::Opening: at(helloDeadline()); break;
    case StreamPhase::Open: at(m_stream.heardAt + silenceSeconds * secondMs); break;
    }
    return next;
}

} // namespace ringbook::sync
