// Who talks and who is gone: answers, hold, transfers, ends.

#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"
#include "sync/calls/LineParty.h"
#include "sync/calls/webhook/HookCalls.h"

#include <algorithm>

namespace ringbook::calls {

using namespace model;

namespace {

using What = HookEvent::What;
using Cause = HookEvent::Cause;
using Direction = AgentCall::Direction;
using Result = AgentCall::Result;

bool isRinging(const Call &call)
{
    return std::ranges::any_of(call.legs, [](const Leg &leg) { return leg.isOpen(); });
}

bool isHeld(const Call &call, const QString &agent)
{
    return std::ranges::any_of(call.holds, [&](const Hold &hold) { return hold.agent == agent && !hold.to; });
}

Result resultOf(Cause cause)
{
    switch (cause) {
    case Cause::NoAnswer: return Result::NoAnswer;
    case Cause::Busy: return Result::Busy;
    case Cause::Rejected: return Result::Rejected;
    case Cause::Failed: return Result::Unavailable;
    case Cause::Forwarded: return Result::Forwarded;
    case Cause::Unknown:
    case Cause::Normal:
    case Cause::Cancelled: break;
    }
    return Result::None; // whoever took it, or the caller's end, says why
}

Call::EndedBy whoEnded(Cause cause, const Call &call)
{
    const bool wasAnswered = !call.segments.isEmpty();
    const bool isOut = call.direction == Direction::Outbound;
    switch (cause) {
    case Cause::Cancelled: return isOut ? Call::EndedBy::Agent : Call::EndedBy::Caller;
    case Cause::NoAnswer:
    case Cause::Failed:
    case Cause::Forwarded: return Call::EndedBy::Pbx;
    case Cause::Busy:
    case Cause::Rejected: return isOut ? Call::EndedBy::Remote : Call::EndedBy::Agent;
    case Cause::Unknown:
    case Cause::Normal: break;
    }
    if (wasAnswered)
        return Call::EndedBy::Unknown;
    return isOut ? Call::EndedBy::Agent : Call::EndedBy::Caller;
}

/// Q.850, as the other telephone systems say it.
int q850(Cause cause)
{
    switch (cause) {
    case Cause::Normal:
    case Cause::Cancelled:
    case Cause::Forwarded: return 16;
    case Cause::Busy: return 17;
    case Cause::NoAnswer: return 19;
    case Cause::Rejected: return 21;
    case Cause::Failed: return 34;
    case Cause::Unknown: break;
    }
    return 0;
}

} // namespace

QString HookCalls::answer(Known &known, const HookEvent &event)
{
    const Call *call = callOf(known);
    const QString agent = answeringAgent(known, event);
    if (agent.isEmpty()) {
        if (event.agents.isEmpty())
            return QStringLiteral("does not name who answered");
        silenceOthers(known, {}, Result::AnsweredElsewhere);
        return QStringLiteral("was answered by nobody of the settings");
    }
    if (isOld(known, event, agent) || talkingAgent(*call) == agent)
        return QStringLiteral("was told before");
    talk(known, event, agent);
    return {};
}

/// Empty if it was none of ours.
QString HookCalls::answeringAgent(const Known &known, const HookEvent &event) const
{
    const Call &call = *callOf(known);
    const QStringList named = m_agents.extensions(event.agents);
    const auto rings = [&](const QString &agent) {
        const Leg *leg = lastLegOf(known, agent);
        return leg && leg->isOpen();
    };
    if (const auto ringing = std::ranges::find_if(named, rings); ringing != named.end())
        return *ringing;
    if (!named.isEmpty())
        return named.first();
    if (call.direction == Direction::Outbound)
        return call.callerAgent;
    QStringList ringing;
    for (const Leg &leg : call.legs)
        if (leg.isOpen())
            ringing += leg.agent;
    return event.agents.isEmpty() && ringing.size() == 1 ? ringing.first() : QString();
}

void HookCalls::talk(Known &known, const HookEvent &event, const QString &agent)
{
    const Call *call = callOf(known);
    const QString before = talkingAgent(*call);
    if (!before.isEmpty())
        say(known, step::Transferred{.type = event.transfer.value_or(Transfer::Type::Blind),
                                     .by = before,
                                     .to = agent,
                                     .inferred = !event.transfer});
    if (call->direction == Direction::Outbound && !event.leg.isEmpty() && call->called.raw.isEmpty())
        say(known, step::Directed{.called = calledParty(event.agents.value(0), m_settings)});
    say(known, step::Answered{agent, event.leg.isEmpty() ? agent : event.leg});
    silenceOthers(known, agent, Result::None);
    say(known, step::LeftQueue{});
    say(known, step::Talking{{agent}});
    known.agents += agent;
    known.answeredAt = m_at;
    known.answeredThere = event.at;
    known.answeredSeq = event.seq;
    endFormerTalk(known, agent);
}

void HookCalls::silenceOthers(const Known &known, const QString &agent, Result result)
{
    const auto legs = callOf(known)->legs;
    for (const Leg &leg : legs)
        if (leg.agent != agent && leg.isOpen())
            for (const QString &device : leg.devices)
                say(known, step::DeviceOver{leg.agent, device, result});
}

/// Nobody talks in two calls: the end of the one before was not told. What is on hold waits.
void HookCalls::endFormerTalk(const Known &known, const QString &agent)
{
    const QStringList ids = m_calls.ids();
    for (const QString &id : ids) {
        const Call *call = m_calls.call(id);
        if (id == known.call || talkingAgent(*call) != agent || isHeld(*call, agent))
            continue;
        m_calls.take(id, step::AgentGone{agent}, m_at);
        if (!isRinging(*call))
            m_calls.take(id, step::Ended{}, m_at);
    }
}

/// This agent has no part in the call any more.
void HookCalls::part(const Known &known, const HookEvent &event, const QString &agent)
{
    const Leg *leg = lastLegOf(known, agent);
    if (leg && leg->isOpen()) {
        const QStringList devices = event.leg.isEmpty() ? leg->devices : QStringList{event.leg};
        for (const QString &device : devices)
            say(known, step::DeviceOver{agent, device, resultOf(event.cause)});
        return;
    }
    if (event.cause == Cause::Forwarded && talkingAgent(*callOf(known)) == agent)
        say(known, step::Transferred{.by = agent});
    say(known, step::AgentGone{agent});
}

QString HookCalls::leave(Known &known, const HookEvent &event)
{
    const Call *call = callOf(known);
    QStringList agents = m_agents.extensions(event.agents);
    if (agents.isEmpty() && call->direction == Direction::Outbound)
        agents = QStringList{call->callerAgent};
    if (agents.isEmpty())
        return QStringLiteral("names nobody of the settings");
    for (const QString &agent : std::as_const(agents))
        if (!isOld(known, event, agent))
            part(known, event, agent);
    const bool isAlone = !isRinging(*call) && talkingAgent(*call).isEmpty();
    if (!event.leg.isEmpty() && !known.isHeardItself && isAlone && !call->segments.isEmpty())
        say(known, step::Ended{.cause = q850(event.cause)});
    return {};
}

QString HookCalls::hangUp(Known &known, const HookEvent &event)
{
    const Call *call = callOf(known);
    const auto goesOn = std::ranges::find_if(
        m_known, [&](const Known &other) { return other.call == known.call && !other.isOver; });
    if (goesOn != m_known.end()) {
        for (const QString &agent : std::as_const(known.agents))
            if (!goesOn->agents.contains(agent))
                part(known, event, agent);
        return {};
    }
    if (resultOf(event.cause) != Result::None)
        silenceOthers(known, {}, resultOf(event.cause));
    say(known, step::Ended{.by = whoEnded(event.cause, *call), .cause = q850(event.cause)});
    return {};
}

QString HookCalls::hold(Known &known, const HookEvent &event)
{
    const QString talks = talkingAgent(*callOf(known));
    const QString agent = event.agents.isEmpty() ? talks : m_agents.extensions(event.agents).value(0);
    if (agent.isEmpty() || agent != talks)
        return QStringLiteral("names nobody who talks in this call");
    if (isOld(known, event, agent))
        return QStringLiteral("was told before");
    say(known, step::Held{agent, event.what == What::Held});
    return {};
}

QString HookCalls::transfer(Known &known, const HookEvent &event)
{
    const QString talks = talkingAgent(*callOf(known));
    const QString by = event.agents.isEmpty() ? talks : m_agents.extensions(event.agents).value(0);
    if (by.isEmpty() || by != talks)
        return QStringLiteral("names nobody who talks in this call");
    if (isOld(known, event, by))
        return QStringLiteral("was told before");
    say(known, step::Transferred{.by = by, .to = plainText(event.to, maxPhoneTextLength)});
    return {};
}

} // namespace ringbook::calls
