#include "model/domain/Call.h"

#include "model/domain/CallStep.h"

#include <algorithm>

namespace ringbook::model {

namespace {

std::optional<TimeMs> earlier(std::optional<TimeMs> one, TimeMs other)
{
    return one ? std::min(*one, other) : other;
}

} // namespace

QString talkingAgent(const Call &call)
{
    for (auto segment = call.segments.crbegin(); segment != call.segments.crend(); ++segment) {
        if (!segment->to)
            return segment->agent;
    }
    return {};
}

QString answeredBy(const Call &call)
{
    return call.segments.isEmpty() ? QString() : call.segments.first().agent;
}

TimeMs talkMs(const Call &call)
{
    TimeMs sum = 0;
    for (const Segment &segment : call.segments)
        sum += segment.to.value_or(segment.from) - segment.from;
    return sum;
}

QStringList agentsOf(const Call &call)
{
    QStringList agents;
    for (const Leg &leg : call.legs)
        agents += leg.agent;
    for (const Segment &segment : call.segments)
        agents += segment.agent;
    agents.removeDuplicates();
    return agents;
}

Call::Outcome outcomeOf(const Call &call)
{
    if (!call.segments.isEmpty())
        return Call::Outcome::Answered;
    if (call.direction == AgentCall::Direction::Outbound)
        return call.dialledOut && call.endedBy == Call::EndedBy::Agent ? Call::Outcome::Missed
                                                                       : Call::Outcome::Failed;
    const bool callerGaveUp = call.endedBy == Call::EndedBy::Caller;
    if (call.abandoned || (call.waitsInQueue && callerGaveUp))
        return Call::Outcome::Abandoned;
    if (callerGaveUp)
        return Call::Outcome::Missed;
    if (call.legs.isEmpty())
        return Call::Outcome::Failed;
    const auto last = call.legs.last().result;
    return last == AgentCall::Result::Rejected || last == AgentCall::Result::Busy ? Call::Outcome::Rejected
                                                                                  : Call::Outcome::Missed;
}

std::optional<TimeMs> nextDeadline(const Call &call, const CallTiming &timing)
{
    if (call.isOver())
        return std::nullopt;
    std::optional<TimeMs> next = call.newsAt + timing.callLimit;
    if (call.askedAt != 0 && call.presentation == Call::Presentation::Unknown)
        next = earlier(next, call.askedAt + timing.presentationWait);
    for (const Leg &leg : call.legs) {
        if (leg.isUndecided())
            next = earlier(next, *leg.endedAt + timing.settleAfter);
        if (!leg.isOpen())
            continue;
        next = earlier(next, leg.newsAt + timing.legLimit);
        if (!leg.ringingAt)
            next = earlier(next, leg.offeredAt + timing.showAfter);
    }
    return next;
}

QString name(Call::Outcome outcome)
{
    switch (outcome) {
    case Call::Outcome::None: return {};
    case Call::Outcome::Answered: return QStringLiteral("answered");
    case Call::Outcome::Missed: return QStringLiteral("missed");
    case Call::Outcome::Abandoned: return QStringLiteral("abandoned");
    case Call::Outcome::Rejected: return QStringLiteral("rejected");
    case Call::Outcome::Failed: return QStringLiteral("failed");
    case Call::Outcome::Merged: return QStringLiteral("merged");
    case Call::Outcome::Unknown: return QStringLiteral("unknown");
    }
    return {};
}

QString name(Call::EndedBy side)
{
    switch (side) {
    case Call::EndedBy::Unknown: return {};
    case Call::EndedBy::Caller: return QStringLiteral("caller");
    case Call::EndedBy::Agent: return QStringLiteral("agent");
    case Call::EndedBy::Remote: return QStringLiteral("remote");
    case Call::EndedBy::Pbx: return QStringLiteral("pbx");
    }
    return {};
}

} // namespace ringbook::model
