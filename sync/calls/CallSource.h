#pragma once

#include "model/core/Clock.h"
#include "model/domain/Calls.h"

#include <QObject>
#include <QTimer>

namespace ringbook::calls {

/// How a source of calls stands with its telephone system.
struct Link
{
    enum class State { Off, Connecting, LoggingIn, Listing, Live, Waiting };

    State state = State::Off;
    QString problem =
        {}; ///< one sentence for the administrator, while there is one; never a secret, never a number

    bool operator==(const Link &) const = default;
};

/// Whatever tells of calls: a telephone system, or the simulator. Lives on one thread with an event loop.
class CallSource : public QObject
{
    Q_OBJECT

public:
    /// Of every agent's calls that are not over, as last signalled.
    QVector<model::ExtensionCall> agentCalls() const { return m_calls.agentCalls(); }
    const model::Calls &calls() const { return m_calls; }
    const Link &link() const { return m_link; }

Q_SIGNALS:
    void agentCallChanged(const QString &extension, const ringbook::model::AgentCall &call);
    void callEnded(const ringbook::model::Call &call);
    void linkChanged(const ringbook::calls::Link &link);

protected:
    CallSource(const Clock &clock, model::CallTiming timing, QHash<QString, QString> agentNames,
               QObject *parent);

    /// Wall-clock of reception that never steps while a call is up.
    TimeMs now();
    model::Calls &liveCalls() { return m_calls; }
    void publish(); ///< signals what changed and plans the next look
    void setLink(const Link &link);

private:
    const Clock &m_clock;
    model::Calls m_calls;
    QTimer m_deadline;
    Link m_link;
    TimeMs m_wall = 0;
    qint64 m_monotonicNs = 0;
};

} // namespace ringbook::calls

Q_DECLARE_METATYPE(ringbook::calls::Link)
