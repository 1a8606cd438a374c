#pragma once

#include "model/core/Clock.h"
#include "model/core/Result.h"
#include "model/domain/CallCommand.h"
#include "model/domain/Calls.h"
#include "sync/calls/CallDiary.h"

#include <QObject>
#include <QTimer>

#include <functional>

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

/// Called exactly once, on the source's thread; the error's detail is a sentence for whoever asked.
using Obeyed = std::function<void(const Status &done)>;

/// Whatever tells of calls: a telephone system, or the simulator. Lives on one thread with an event loop.
class CallSource : public QObject
{
    Q_OBJECT

public:
    /// Once. Refuses settings that would give a secret away.
    virtual Status start() { return Done{}; }

    /// What can be asked of it now, at this extension.
    virtual model::CallAbilities abilities(const QString &extension) const;

    /// Does what an agent wants at their own phone; who may want it has been looked at by others.
    virtual void obey(const model::CallCommand &command, const Obeyed &obeyed);

    // For diagnosis.

    const CallDiary &diary() const { return m_diary; }
    /// Endpoints that no setting names, and how often they were seen.
    virtual QMap<QString, int> unassigned() const { return {}; }
    virtual std::optional<TimeMs> clockAhead() const
    {
        return std::nullopt;
    } ///< of its clock; none: not known
    virtual QVector<model::TelephonyRequest> requests() const { return {}; } ///< the last ones, if it posts

    /// Of every agent's calls that are not over, as last signalled.
    QVector<model::ExtensionCall> agentCalls() const { return m_calls.agentCalls(); }
    const model::Calls &calls() const { return m_calls; }
    const Link &link() const { return m_link; }

Q_SIGNALS:
    void agentCallChanged(const QString &extension, const ringbook::model::AgentCall &call);
    void callEnded(const ringbook::model::Call &call);
    void linkChanged(const ringbook::calls::Link &link);
    void abilitiesChanged(); ///< also after linkChanged()

protected:
    CallSource(const Clock &clock, model::CallTiming timing, QHash<QString, QString> agentNames,
               QObject *parent, model::PopRules rules = {});

    /// Wall-clock of reception that never steps while a call is up.
    TimeMs now();
    model::Calls &liveCalls() { return m_calls; }
    void publish(); ///< signals what changed and plans the next look
    void setLink(const Link &link);

private:
    const Clock &m_clock;
    CallDiary m_diary;
    model::Calls m_calls;
    QTimer m_deadline;
    Link m_link;
    TimeMs m_wall = 0;
    qint64 m_monotonicNs = 0;
};

} // namespace ringbook::calls

Q_DECLARE_METATYPE(ringbook::calls::Link)
