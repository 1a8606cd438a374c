#pragma once

#include "sync/hub/Fanout.h"

namespace ringbook::hub {

/// Which calls each agent has right now; tells that agent's desks. Any thread.
class CallBoard
{
public:
    explicit CallBoard(Fanout &fanout) : m_fanout(fanout) {}

    void setUsers(const QHash<QString, qint64> &userByExtension);
    void apply(const QString &extension, const model::AgentCall &call);
    QVector<model::AgentCall> callsOf(qint64 user) const; ///< the newest, as many as a hello may carry

private:
    Fanout &m_fanout;
    mutable std::mutex m_mutex;
    QHash<QString, qint64> m_users;
    QHash<QString, QMap<QString, model::AgentCall>> m_calls; ///< by extension and call; none that is over
};

} // namespace ringbook::hub
