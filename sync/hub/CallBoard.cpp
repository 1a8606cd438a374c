#include "sync/hub/CallBoard.h"

#include "sync/protocol/Messages.h"

#include <algorithm>
#include <functional>

namespace ringbook::hub {

void CallBoard::setUsers(const QHash<QString, qint64> &userByExtension)
{
    const std::lock_guard lock(m_mutex);
    m_users = userByExtension;
}

void CallBoard::apply(const QString &extension, const model::AgentCall &call)
{
    qint64 user = 0;
    {
        const std::lock_guard lock(m_mutex);
        auto &calls = m_calls[extension];
        if (call.state == model::AgentCall::State::Over)
            calls.remove(call.callId);
        else
            calls.insert(call.callId, call);
        if (calls.isEmpty())
            m_calls.remove(extension);
        user = m_users.value(extension);
    }
    if (user)
        m_fanout.publishCall(user, call);
}

QVector<model::AgentCall> CallBoard::callsOf(qint64 user) const
{
    const std::lock_guard lock(m_mutex);
    QVector<model::AgentCall> calls;
    for (auto extension = m_calls.begin(); extension != m_calls.end(); ++extension)
        if (m_users.value(extension.key()) == user)
            calls += extension->values();
    std::ranges::sort(calls, std::greater(), &model::AgentCall::startedAt);
    return calls.first(std::min<qsizetype>(calls.size(), sync::maxCallsPerAgent));
}

} // namespace ringbook::hub
