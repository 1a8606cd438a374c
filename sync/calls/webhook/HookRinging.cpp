// Who is offered what: rings that are new, told before, overtaken.

#include "sync/calls/webhook/HookCalls.h"

#include <algorithm>

namespace ringbook::calls {

using namespace model;

namespace {

using Direction = AgentCall::Direction;
using Result = AgentCall::Result;

bool wasTaken(const Leg &leg)
{
    return leg.result == Result::Answered || leg.result == Result::AnsweredElsewhere;
}

} // namespace

QString HookCalls::ring(Known &known, const HookEvent &event)
{
    if (callOf(known)->direction == Direction::Outbound)
        return {};
    if (event.nobodyRings && m_agents.extensions(event.agents).isEmpty())
        return {};
    const QStringList agents = event.agents.isEmpty() ? m_agents.subscribers(event.queue, event.to)
                                                      : m_agents.extensions(event.agents);
    if (agents.isEmpty())
        return event.agents.isEmpty()
                   ? QStringLiteral("names no agent, and the settings name nobody for its queue or line")
                   : QStringLiteral("names nobody of the settings");
    bool isNews = false;
    for (const QString &agent : agents) {
        if (isOld(known, event, agent) || isOvertaken(known, event) || !mayRing(known, event, agent))
            continue;
        const QString device = event.leg.isEmpty() ? agent : event.leg;
        say(known, step::Offered{agent, device});
        say(known, step::Rang{agent, device});
        known.agents += agent;
        isNews = true;
    }
    return isNews ? QString() : QStringLiteral("was told before, or is overtaken by its answer");
}

/// Counts what was heard.
bool HookCalls::isOld(Known &known, const HookEvent &event, const QString &agent)
{
    if (!event.seq)
        return false;
    const QString &counter = event.leg.isEmpty() ? agent : event.leg;
    if (*event.seq <= known.counted.value(counter, -1))
        return true;
    known.counted.insert(counter, *event.seq);
    return false;
}

/// A ring that comes behind the answer to it: nobody rings any more.
bool HookCalls::isOvertaken(const Known &known, const HookEvent &event) const
{
    const Call *call = callOf(known);
    if (!known.answeredAt || !call || talkingAgent(*call).isEmpty())
        return false;
    if (event.leg.isEmpty() && event.seq && known.answeredSeq)
        return *event.seq < *known.answeredSeq;
    if (event.at && known.answeredThere)
        return *event.at < *known.answeredThere;
    return m_at - *known.answeredAt <= hookOutOfOrder || (!event.ringsOn && event.leg.isEmpty());
}

/// Whether this is a new ring at this agent, not one that was told before.
bool HookCalls::mayRing(const Known &known, const HookEvent &event, const QString &agent) const
{
    const Leg *leg = lastLegOf(known, agent);
    if (!leg)
        return talkingAgent(*callOf(known)) != agent;
    if (leg->isOpen())
        return !event.leg.isEmpty() && !leg->devices.contains(event.leg) && !leg->silent.contains(event.leg);
    if (!event.leg.isEmpty())
        return !leg->silent.contains(event.leg);
    const bool isNumbered = event.seq.has_value();
    const bool isLater = event.ringsOn && m_at - *leg->endedAt > hookOutOfOrder;
    return talkingAgent(*callOf(known)) != agent && (!wasTaken(*leg) || isNumbered || isLater);
}

} // namespace ringbook::calls
