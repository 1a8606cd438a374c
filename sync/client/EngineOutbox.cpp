#include "model/domain/Kinds.h"
#include "sync/client/Engine.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Problems.h"
#include "sync/protocol/RecordJson.h"
#include "sync/protocol/Routes.h"

namespace ringbook::sync {

namespace {

/// Uses up a counter and changes nothing.
model::Op emptied(model::Op op)
{
    op.action = model::Action::Set;
    op.edits.clear();
    return op;
}

bool answers(const PushReply &reply, const QVector<model::Op> &batch)
{
    return std::ranges::equal(reply.answers, batch, {}, &OpAnswer::counter, &model::Op::counter);
}

} // namespace

void Engine::take(const input::Kept &)
{
    m_outbox.stale = true;
}

void Engine::take(const input::OutboxLoaded &loaded)
{
    m_outbox.loading = false;
    m_outbox.fileProblem.clear();
    m_outbox.waiting = loaded.waiting;
    m_outbox.saves = loaded.saves;
    m_outbox.oldest = loaded.oldest;
    m_outbox.refused = loaded.refused;
    m_outbox.newest = loaded.newest;
    m_outbox.recheckAt = m_now.ms + recheckMs;
    m_outbox.ops = loaded.ops;
    m_outbox.former = loaded.former;
    m_outbox.ops.removeIf([this](const model::Op &op) { return m_outbox.answered.contains(op.counter); });
    if (m_outbox.waiting == 0)
        m_outbox.problem.clear();
}

void Engine::planOutbox()
{
    if (m_outbox.waiting > 0 && m_now.ms >= m_outbox.recheckAt) {
        m_outbox.stale = true;
        m_pull.must = m_pull.must || !m_outbox.answered.isEmpty();
        m_outbox.recheckAt = m_now.ms + recheckMs;
    }
    if (!m_outbox.stale || m_outbox.loading || m_now.ms < m_outbox.loadNotBefore)
        return;
    m_outbox.stale = false;
    m_outbox.loading = true;
    m_effects.append(effect::LoadOutbox{maxOpsPerPush + int(m_outbox.answered.size())});
}

void Engine::planPush()
{
    const bool mayPush = m_reachedAt && !m_pull.cursor.epoch.isEmpty() && !m_pull.clearing;
    const bool isBusy = m_push.id != 0 || m_former.id != 0 || m_outbox.loading || m_outbox.stale;
    if (!mayPush || isBusy || m_now.ms < m_push.notBefore || planFormer())
        return;
    m_push.batch = nextBatch();
    if (m_push.batch.isEmpty())
        return m_move.from ? planMove() : void();
    const PushRequest request{.schema = model::schemaNumber,
                              .epoch = m_pull.cursor.epoch,
                              .sentAt = m_now.wall,
                              .ops = m_push.batch};
    m_push.id = send({.method = "POST",
                      .path = pathOf(Operation::PushOps, {{QStringLiteral("book"), m_book}}),
                      .body = encode(request),
                      .token = m_token});
}

/// Ops in counter order without a gap, as many as fit one request.
QVector<model::Op> Engine::nextBatch()
{
    QVector<model::Op> batch;
    if (m_push.fillFrom) {
        const qint64 first = m_outbox.ops.isEmpty() ? 0 : m_outbox.ops.first().counter;
        for (qint64 n = *m_push.fillFrom; n < first && batch.size() < m_push.batchLimit; ++n)
            batch.append(model::blankOp(n));
        if (!batch.isEmpty())
            return batch;
        m_push.fillFrom.reset();
    }
    qint64 room = maxBodyBytes - pushHeadBytes;
    for (const model::Op &op : m_outbox.ops) {
        const bool isNext = batch.isEmpty() || op.counter == batch.last().counter + 1;
        const bool isToMove = m_move.from && op.counter >= *m_move.from;
        if (batch.size() == m_push.batchLimit || !isNext || isToMove)
            break;
        const model::Op sent = m_outbox.passedOver.contains(op.counter) ? emptied(op) : op;
        const qint64 size = encode(sent).size() + 1;
        if (size > room && batch.isEmpty()) {
            m_outbox.passedOver.insert(op.counter, QStringLiteral("It is larger than the hub takes."));
            batch.append(emptied(op));
            break;
        }
        room -= size;
        if (room < 0)
            break;
        batch.append(sent);
    }
    return batch;
}

void Engine::pushAnswered(const HttpAnswer &answer)
{
    if (sessionEnded(answer))
        return;
    if (answer.status == 0)
        return failLink(failureOf(answer));
    if (answer.status == 200) {
        const auto reply = replyTo(m_push.batch, answer.body);
        return reply ? answersCame(*reply) : void();
    }
    const auto problem = readProblem(answer.body);
    const QString detail = problem ? errorFrom(*problem).detail : QString();
    if (answer.status == 409)
        return orderRefused(answer);
    const bool about = problem && problem->type == QLatin1String(problem::schemaTooNew);
    if (problem && !about && (answer.status == 400 || answer.status == 413))
        return batchRefused(detail);
    pushFailed(troubleOf(failureOf(answer)), answer.retryAfterMs);
}

/// Nothing if it is about something else: then that is told.
std::optional<PushReply> Engine::replyTo(const QVector<model::Op> &batch, const QByteArray &body)
{
    const auto reply = readPushReply(body);
    if (!reply) {
        pushFailed(nonsense(reply.error()));
    } else if (!answers(*reply, batch)) {
        pushFailed(QStringLiteral("The hub answered other changes than those it was sent."));
    } else if (reply->epoch != m_pull.cursor.epoch) { // it was on its way while this desk came to another log
        m_pull.must = true;
        pushFailed({});
    } else {
        return *reply;
    }
    return std::nullopt;
}

void Engine::answersCame(const PushReply &reply)
{
    m_push.backoff.reset();
    m_push.offeredFrom = 0;
    m_push.batchLimit = std::min(m_push.batchLimit * 2, maxOpsPerPush);
    m_outbox.problem.clear();
    m_outbox.stale = true;
    if (m_push.fillFrom)
        m_push.fillFrom = m_push.batch.last().counter + 1;
    QVector<qint64> confirmed;
    for (const OpAnswer &answer : reply.answers)
        opAnswered(answer, confirmed);
    if (!confirmed.isEmpty())
        m_effects.append(effect::ConfirmOps{confirmed});
    if (reply.head > m_pull.wanted) {
        m_pull.wanted = reply.head;
        if (m_stream.phase == StreamPhase::Open && m_pull.caughtUp)
            m_outbox.echoBy = m_now.ms + echoPatienceMs;
    }
}

void Engine::opAnswered(const OpAnswer &answer, QVector<qint64> &confirmed)
{
    const auto op = std::ranges::find(m_outbox.ops, answer.counter, &model::Op::counter);
    const QString passedOver = m_outbox.passedOver.take(answer.counter);
    if (op == m_outbox.ops.end())
        return; // a filler
    if (!passedOver.isEmpty())
        m_effects.append(effect::RefuseOp{answer.counter, passedOver});
    else if (answer.verdict == Verdict::Gone || (answer.seq == 0 && isBlank(*op)))
        m_effects.append(effect::ForgetOp{answer.counter});
    else if (answer.verdict == Verdict::Refused || answer.seq == 0)
        m_effects.append(effect::RefuseOp{answer.counter, answer.reason, answer.verdict == Verdict::Expired});
    else if (answer.seq <= m_pull.cursor.seq && !isFollowing() && !m_pull.cursor.byRows)
        confirmed.append(answer.counter);
    else
        m_outbox.answered.insert(answer.counter, answer.seq);
}

/// The request as a whole is not valid: find the op that is to blame by halves, and pass over it.
void Engine::batchRefused(const QString &reason)
{
    if (m_push.batch.size() > 1) {
        m_push.batchLimit = int(m_push.batch.size()) / 2;
        return;
    }
    const qint64 counter = m_push.batch.first().counter;
    if (m_push.fillFrom || m_outbox.passedOver.remove(counter))
        return pushFailed(reason, blockedMs); // not even empty: it is not the op
    m_outbox.passedOver.insert(counter,
                               reason.isEmpty() ? QStringLiteral("The hub does not take it.") : reason);
}

void Engine::orderRefused(const HttpAnswer &answer)
{
    const auto problem = readProblem(answer.body);
    if (problem && problem->reset) {
        m_pull.must = true; // the feed says the same, and is where a reset is done
        return pushFailed(QString());
    }
    if (problem && problem->expected)
        return gapFound(*problem->expected);
    if (problem && problem->type == QLatin1String(problem::clonedProfile))
        return copyFound(problem->differs.value_or(m_push.batch.first().counter));
    pushFailed(problem ? errorFrom(*problem).detail
                       : QStringLiteral("The hub refused the order of the changes."),
               blockedMs);
}

/// The hub has lost ops of ours: offer again what we still have, and fill the counters of what we no longer
/// have.
void Engine::gapFound(qint64 expected)
{
    const bool ahead = expected >= m_push.batch.first().counter;
    if (ahead || expected < 1)
        return pushFailed(QStringLiteral("The hub and this desk do not agree on what was sent."), blockedMs);
    if (m_push.offeredFrom != expected) {
        m_push.offeredFrom = expected;
        m_effects.append(effect::OfferAgain{expected});
    } else {
        m_push.fillFrom = expected;
    }
    m_outbox.answered.clear();
    pushFailed(QStringLiteral("The hub lost changes of this desk; they are sent again."));
}

void Engine::pushFailed(const QString &problem, std::optional<qint64> atLeastMs)
{
    m_outbox.problem = problem;
    m_outbox.stale = true;
    const qint64 jitter = m_push.backoff.next(m_random());
    m_push.notBefore = m_now.ms + std::max({backoffFirstMs, jitter, atLeastMs.value_or(0)});
}

/// Answered ops whose changes the book has by now: the one that people see.
void Engine::confirmArrived()
{
    if (isFollowing() || m_pull.cursor.byRows) // by rows what changed again since is not here yet
        return;
    QVector<qint64> arrived;
    for (auto answer = m_outbox.answered.begin(); answer != m_outbox.answered.end();) {
        const bool here = *answer <= m_pull.cursor.seq;
        if (here)
            arrived.append(answer.key());
        answer = here ? m_outbox.answered.erase(answer) : std::next(answer);
    }
    if (!arrived.isEmpty())
        m_effects.append(effect::ConfirmOps{arrived});
}

} // namespace ringbook::sync
