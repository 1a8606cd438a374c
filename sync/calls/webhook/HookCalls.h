#pragma once

#include "model/domain/Calls.h"
#include "sync/calls/PbxSettings.h"
#include "sync/calls/webhook/HookAgents.h"
#include "sync/calls/webhook/forms/HookEvent.h"

#include <QHash>

namespace ringbook::calls {

constexpr qsizetype maxHookCalls = 5000;         ///< that one source has under way or just had
constexpr TimeMs keepHookCall = hourMs;          ///< how long late news of an ended call is known as such
constexpr TimeMs hookOfferLimit = 75 * secondMs; ///< without news of a phone that rings: it does not
constexpr TimeMs hookTalkLimit = 4 * hourMs;     ///< without news of a call: over
constexpr TimeMs hookOutOfOrder = 3 * secondMs;  ///< how much later than its answer a ring may come

/// What hosted telephone systems say into steps of the call model. They say each thing once or several times,
/// in any order, or not at all. No I/O, no clock.
class HookCalls
{
public:
    HookCalls(const PbxSettings &settings, model::Calls &calls);

    /// Why it was passed over; empty if it was not. Quotes nothing of the event.
    QString take(const HookEvent &event, TimeMs at);

private:
    /// A call as the sender counts them: of a call that was transferred there are two.
    struct Known
    {
        QString call = {}; ///< ours
        bool hasBegun = false;
        bool isOver = false;
        bool isHeardItself = false;          ///< not only of its legs
        QStringList agents = {};             ///< extensions it rang at or that talked in it
        QHash<QString, qint64> counted = {}; ///< by leg, or extension: the last number heard
        std::optional<qint64> answeredSeq = {};
        std::optional<TimeMs> answeredThere = {}; ///< by the sender's clock
        std::optional<TimeMs> answeredAt = {};
        QString caller = {}; ///< full number, while it may be known; else as it came
        TimeMs newsAt = 0;
    };

    Known *known(const HookEvent &event);
    void begin(Known &known, const HookEvent &event);
    void learn(Known &known, const HookEvent &event);
    bool joinTransfer(Known &known, const HookEvent &event);
    const model::Call *callOf(const Known &known) const { return m_calls.call(known.call); }

    QString follow(Known &known, const HookEvent &event);
    QString ring(Known &known, const HookEvent &event);
    QString answer(Known &known, const HookEvent &event);
    QString leave(Known &known, const HookEvent &event);
    QString hangUp(Known &known, const HookEvent &event);
    QString hold(Known &known, const HookEvent &event);
    QString transfer(Known &known, const HookEvent &event);

    bool isOld(Known &known, const HookEvent &event, const QString &agent);
    bool isOvertaken(const Known &known, const HookEvent &event) const;
    bool mayRing(const Known &known, const HookEvent &event, const QString &agent) const;
    QString answeringAgent(const Known &known, const HookEvent &event) const;
    void talk(Known &known, const HookEvent &event, const QString &agent);
    void silenceOthers(const Known &known, const QString &agent, model::AgentCall::Result result);
    void part(const Known &known, const HookEvent &event, const QString &agent);
    void endFormerTalk(const Known &known, const QString &agent);
    void say(const Known &known, const model::CallStep &step) { m_calls.take(known.call, step, m_at); }

    const model::Leg *lastLegOf(const Known &known, const QString &agent) const; ///< null: none
    bool isOwnPhone(const QString &address) const;
    QString callerOf(const HookEvent &event) const;
    void forgetOld();

    const PbxSettings &m_settings;
    const HookAgents m_agents;
    model::Calls &m_calls;
    QHash<QString, Known> m_known; ///< by the sender's id
    TimeMs m_at = 0;
    TimeMs m_sweptAt = 0;
};

} // namespace ringbook::calls
