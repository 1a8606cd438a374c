#include "model/core/Id.h"
#include "model/domain/Kinds.h"
#include "sync/client/Engine.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Problems.h"
#include "sync/protocol/RecordJson.h"
#include "sync/protocol/Routes.h"

namespace ringbook::sync {

/// A restored hub may have lost what this desk had confirmed under a number it has no more, and nobody else
/// may have it. It goes before what waits under the number of today, which may be about the same records.
bool Engine::planFormer()
{
    const model::FormerOps &former = m_outbox.former;
    if (former.ops.isEmpty() || m_former.isUnheard)
        return false;
    m_former.batch = nextOfFormer();
    const PushRequest request{.schema = model::schemaNumber,
                              .epoch = m_pull.cursor.epoch,
                              .sentAt = m_now.wall,
                              .ops = m_former.batch,
                              .deviceSecret = former.secret};
    const PathParts place{{QStringLiteral("book"), m_book},
                          {QStringLiteral("device"), QString::number(former.device)}};
    m_former.id = send({.method = "POST",
                        .path = pathOf(Operation::PushFormerOps, place),
                        .body = encode(request),
                        .token = m_token});
    return true;
}

/// Never empty; the hub took each of them once.
QVector<model::Op> Engine::nextOfFormer() const
{
    const QVector<model::Op> &ops = m_outbox.former.ops;
    QVector<model::Op> batch;
    for (qint64 n = m_former.fillFrom; n > 0 && n < ops.first().counter; ++n) {
        batch.append(model::blankOp(n));
        if (batch.size() == m_push.batchLimit)
            return batch;
    }
    if (!batch.isEmpty())
        return batch;
    qint64 room = maxBodyBytes - pushHeadBytes;
    for (const model::Op &op : ops) {
        room -= encode(op).size() + 1;
        const bool isNext = batch.isEmpty() || (op.counter == batch.last().counter + 1 && room >= 0);
        if (!isNext || batch.size() == m_push.batchLimit)
            break;
        batch.append(op);
    }
    return batch;
}

void Engine::formerAnswered(const HttpAnswer &answer)
{
    if (sessionEnded(answer))
        return;
    if (answer.status == 0)
        return failLink(failureOf(answer));
    if (answer.status == 200) {
        const auto reply = replyTo(m_former.batch, answer.body);
        return reply ? formerCame(*reply) : void();
    }
    m_former.isUnheard = answer.status == 404;
    const auto problem = readProblem(answer.body);
    const auto is = [&](const char *type) { return problem && problem->type == QLatin1String(type); };
    const qint64 first = m_former.batch.first().counter;
    const bool isFiller = first < m_outbox.former.ops.first().counter;
    if (is(problem::reset)) {
        m_pull.must = true;
        return pushFailed({});
    }
    if (problem && problem->expected > 0 && problem->expected < first) {
        m_former.fillFrom = *problem->expected;
        return;
    }
    if (is(problem::clonedProfile))
        return bringAlong(problem->differs.value_or(first), maxCounter);
    if (is(problem::strangeDevice))
        return bringAlong(first, maxCounter);
    if (is(problem::invalid) || is(problem::tooLarge)) {
        if (m_former.batch.size() > 1)
            m_push.batchLimit = int(m_former.batch.size()) / 2;
        else if (!isFiller)
            return bringAlong(first, first);
    }
    pushFailed(troubleOf(failureOf(answer)), answer.retryAfterMs);
}

void Engine::formerCame(const PushReply &reply)
{
    m_push.backoff.reset();
    m_outbox.problem.clear();
    m_outbox.stale = true;
    m_pull.wanted = std::max(m_pull.wanted, reply.head);
    const qint64 next = m_former.batch.last().counter + 1;
    m_former.fillFrom = next <= m_outbox.former.ops.first().counter ? next : 0;
    if (m_former.fillFrom > 0)
        return;
    QVector<qint64> done;
    for (const OpAnswer &answer : reply.answers) {
        if (answer.verdict == Verdict::Refused)
            bringAlong(answer.counter, answer.counter); // under a number of today it is told why
        else
            done.append(answer.counter);
    }
    if (!done.isEmpty())
        m_effects.append(effect::ConfirmFormer{m_outbox.former.device, done});
}

void Engine::bringAlong(qint64 from, qint64 to)
{
    m_effects.append(effect::BringAlong{m_outbox.former.device, from, to});
    m_former.fillFrom = 0;
    m_outbox.stale = true;
}

} // namespace ringbook::sync
