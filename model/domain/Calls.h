#pragma once

#include "model/domain/CallStep.h"

#include <QHash>

#include <functional>

namespace ringbook::model {

/// One agent's view of one call.
struct ExtensionCall
{
    QString extension = {};
    AgentCall call = {};

    bool operator==(const ExtensionCall &) const = default;
};

/// Which calls are shown to agents at all.
struct PopRules
{
    bool internal = true;          ///< calls between colleagues; what came from outside is shown always
    QStringList answeredOnly = {}; ///< queues whose calls are shown to nobody before somebody has answered
    QHash<QString, QStringList> toAll =
        {}; ///< by queue: agents who see what nobody has answered, wherever it rings
};

/// What this agent may see of the call; nothing if there is nothing to show. The revision is left at 0.
std::optional<AgentCall> agentCallOf(const Call &call, const QString &agent,
                                     const QHash<QString, QString> &agentNames);

bool rings(const Call &call, const QString &agent); ///< their own phone, as they are shown

/// All calls of one source, advanced by steps at a time. Time comes in; it is never asked for. Views are
/// compared at changes(), so that steps taken together are told as one.
class Calls
{
public:
    explicit Calls(CallTiming timing = {}, QHash<QString, QString> agentNames = {}, PopRules rules = {});

    void take(const QString &id, const CallStep &step,
              TimeMs at); ///< an unknown call begins, marked inferred
    /// Told of every step before it is taken.
    using Listener = std::function<void(const QString &id, const CallStep &step, TimeMs at)>;
    void setListener(Listener listener) { m_listener = std::move(listener); }
    void passTime(TimeMs now);
    std::optional<TimeMs> nextDeadline() const;

    const Call *call(const QString &id) const; ///< null if not known (any more)
    QStringList ids() const;                   ///< of calls that are not over

    QVector<ExtensionCall> changes();          ///< since the last time, oldest call first
    QVector<ExtensionCall> agentCalls() const; ///< of calls that are not over, as told by changes()
    QVector<Call> takeEnded();                 ///< calls that ended since the last time

private:
    struct Entry
    {
        Call call = {};
        QHash<QString, AgentCall> told = {};
        qint64 revision = 0;
        bool touched = false;
        bool endTold = false;
    };

    bool mayPop(const Call &call, const AgentCall &view) const;
    std::optional<AgentCall> viewFor(const QString &agent, const Entry &entry) const;
    void tell(Entry &entry, QVector<ExtensionCall> &changes) const;
    void forgetOld(TimeMs now);

    CallTiming m_timing;
    Listener m_listener;
    QHash<QString, QString> m_names;
    PopRules m_rules;
    QHash<QString, Entry> m_entries;
    QStringList m_order;
    TimeMs m_lastAt = 0;
};

} // namespace ringbook::model
