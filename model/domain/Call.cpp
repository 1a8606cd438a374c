#include "model/domain/Call.h"

namespace ringbook::model {

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
