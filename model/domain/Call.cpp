#include "model/domain/Call.h"

#include "model/domain/CallStep.h"
#include "model/domain/Names.h"

#include <algorithm>

namespace ringbook::model {

namespace {

constexpr std::array outcomes = {"",         "answered", "missed", "abandoned",
                                 "rejected", "failed",   "merged", "unknown"};
constexpr std::array sides = {"", "caller", "agent", "remote", "pbx"};

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
    return nameAmong(outcomes, outcome);
}

QString name(Call::EndedBy side)
{
    return nameAmong(sides, side);
}

} // namespace ringbook::model
