#include "sync/client/Engine.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Routes.h"

namespace ringbook::sync {

/// Everything heard of is in the book: only then can its sums be those of the hub.
bool Engine::isQuiet() const
{
    return m_reachedAt && m_pull.caughtUp && !isBehind() && !m_pull.applying && !m_pull.clearing &&
           m_pull.queue.isEmpty() && m_snapshot.step == SnapshotStep::None && !m_snapshot.isPartial;
}

void Engine::planSums()
{
    if (!isQuiet() || m_sums.id || m_sums.working || m_now.ms < m_sums.notBefore)
        return;
    if (m_sums.toCompare)
        return compareSums();
    const PathParts book{{QStringLiteral("book"), m_book}};
    QByteArray path = pathOf(Operation::ReadSums, book);
    if (!m_sums.differing.isEmpty()) {
        const QString first = QString::number(m_sums.differing.first());
        path = pathOf(Operation::ReadBucket,
                      {{QStringLiteral("book"), m_book}, {QStringLiteral("bucket"), first}});
    } else {
        m_sums.isCheck = m_sums.repaired > 0;
        if (m_sums.isCheck)
            path += "?repaired=" + QByteArray::number(std::exchange(m_sums.repaired, 0));
    }
    m_sums.notBefore = m_now.ms + sumsEveryMs;
    m_sums.id = send({.method = "GET", .path = path, .token = m_token});
}

/// A hub that cannot say is asked again the next time.
void Engine::sumsAnswered(const HttpAnswer &answer)
{
    if (sessionEnded(answer) || answer.status != 200)
        return;
    if (!m_sums.differing.isEmpty())
        return bucketAnswered(answer);
    const auto reply = readSumsReply(answer.body);
    if (!reply)
        return;
    m_sums.toCompare = *reply;
    compareSums();
}

void Engine::compareSums()
{
    m_sums.working = true;
    m_sums.notBefore = m_now.ms + sumsEveryMs;
    m_effects.append(effect::CompareSums{*std::exchange(m_sums.toCompare, std::nullopt)});
}

void Engine::bucketAnswered(const HttpAnswer &answer)
{
    const auto reply = readBucketReply(answer.body);
    if (!reply || reply->bucket != m_sums.differing.first()) {
        m_sums.differing.clear();
        return;
    }
    m_sums.working = true;
    m_effects.append(effect::RepairBucket{*reply});
}

void Engine::take(const input::SumsCompared &compared)
{
    m_sums.working = false;
    if (compared.again) {
        m_sums.toCompare = compared.again;
        m_sums.notBefore = m_now.ms + countPauseMs;
        return;
    }
    if (!compared.sameSeq) {
        m_sums.notBefore = m_now.ms + sumsRetryMs;
        return;
    }
    if (m_sums.isCheck || compared.differing.isEmpty())
        return;
    m_sums.differing = compared.differing;
    m_sums.notBefore = m_now.ms;
}

void Engine::take(const input::BucketRepaired &repaired)
{
    m_sums.working = false;
    m_sums.notBefore = m_now.ms;
    if (m_sums.differing.isEmpty())
        return;
    if (!repaired.sameSeq) {
        m_sums.notBefore = m_now.ms + sumsRetryMs;
        return;
    }
    m_sums.differing.removeFirst();
    ++m_sums.repaired;
}

} // namespace ringbook::sync
