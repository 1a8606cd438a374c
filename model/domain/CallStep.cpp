#include "model/domain/CallStep.h"

#include <algorithm>

namespace ringbook::model {

namespace {

using Result = AgentCall::Result;

constexpr TimeMs parkingFollowsTransfer = 500;

Leg *lastLeg(Call &call, const QString &agent)
{
    const auto found = std::find_if(call.legs.rbegin(), call.legs.rend(),
                                    [&](const Leg &leg) { return leg.agent == agent; });
    return found == call.legs.rend() ? nullptr : &*found;
}

Leg *openLeg(Call &call, const QString &agent)
{
    Leg *leg = lastLeg(call, agent);
    return leg && leg->isOpen() ? leg : nullptr;
}

Segment *openSegment(Call &call, const QString &agent)
{
    const auto found = std::ranges::find_if(
        call.segments, [&](const Segment &segment) { return segment.agent == agent && !segment.to; });
    return found == call.segments.end() ? nullptr : &*found;
}

void show(Leg &leg, TimeMs at)
{
    if (leg.ringingAt)
        return;
    leg.ringingAt = at;
    if (leg.popSince == 0)
        leg.popSince = at;
}

/// Who else took the call since this leg was offered; empty if nobody.
QString takerOf(const Call &call, const Leg &loser)
{
    for (const Leg &leg : call.legs) {
        if (leg.agent != loser.agent && leg.result == Result::Answered && *leg.endedAt >= loser.offeredAt)
            return leg.agent;
    }
    for (const Segment &segment : call.segments) {
        if (segment.agent != loser.agent && segment.from >= loser.offeredAt)
            return segment.agent;
    }
    return {};
}

void endLeg(Leg &leg, Result result, TimeMs at)
{
    leg.silent += leg.devices;
    leg.devices.clear();
    if (!leg.endedAt)
        leg.endedAt = at;
    leg.result = result;
}

void endAsTaken(Leg &leg, const QString &by, TimeMs at)
{
    endLeg(leg, Result::AnsweredElsewhere, at);
    leg.takenBy = by;
}

/// The reason the losers waited for: `agent` has the call now.
void settleLosers(Call &call, const QString &agent, TimeMs at)
{
    for (Leg &leg : call.legs) {
        if (leg.agent == agent)
            continue;
        if (leg.isUndecided())
            endAsTaken(leg, agent, at);
        else if (leg.result == Result::AnsweredElsewhere && leg.takenBy.isEmpty())
            leg.takenBy = agent;
    }
}

void closeHold(Call &call, const QString &agent, TimeMs at)
{
    for (Hold &hold : call.holds) {
        if (hold.agent == agent && !hold.to)
            hold.to = at;
    }
}

void closeSegment(Call &call, const QString &agent, TimeMs at)
{
    if (Segment *segment = openSegment(call, agent)) {
        segment->to = segment->awaySince.value_or(at);
        closeHold(call, agent, *segment->to);
    }
}

void withhold(Party &party)
{
    party = {.withheld = true};
}

/// One operator() a step; what a step does to a call that is over is decided in advance().
struct Advance
{
    Call &call;
    TimeMs at;
    const CallTiming &timing;

    void operator()(const step::Began &step)
    {
        call.direction = step.direction;
        call.caller = step.caller;
        call.called = step.called;
        call.callerAgent = step.callerAgent;
        call.presentation = step.presentation;
        call.inferred = step.inferred;
        call.startedAt = step.startedAt.value_or(at);
        if (step.caller.withheld || step.presentation == Call::Presentation::Withheld)
            (*this)(step::PresentationTold{Call::Presentation::Withheld});
    }

    void operator()(const step::CallerNamed &step)
    {
        if (call.caller.name.isEmpty() && !call.caller.withheld)
            call.caller.name = step.name;
    }

    void operator()(const step::Directed &step)
    {
        call.direction = step.direction;
        call.dialledOut |= step.dialling;
        if (!step.called.raw.isEmpty())
            call.called = step.called;
    }

    void operator()(const step::PresentationAsked &)
    {
        if (call.presentation == Call::Presentation::Unknown && call.askedAt == 0)
            call.askedAt = at;
    }

    void operator()(const step::PresentationTold &step)
    {
        if (call.presentation == Call::Presentation::Withheld)
            return;
        call.presentation = step.presentation;
        if (step.presentation == Call::Presentation::Withheld)
            withhold(call.caller);
    }

    void operator()(const step::Queued &step)
    {
        call.queue = step.queue;
        call.waitsInQueue = true;
    }

    void operator()(const step::LeftQueue &step)
    {
        call.waitsInQueue = false;
        call.abandoned |= step.abandoned;
    }

    void operator()(const step::Offered &step)
    {
        if (Leg *open = openLeg(call, step.agent)) {
            if (!open->devices.contains(step.device))
                open->devices += step.device;
            open->newsAt = at;
            return;
        }
        Leg leg{.agent = step.agent, .devices = {step.device}, .offeredAt = at, .newsAt = at};
        if (Leg *before = lastLeg(call, step.agent)) {
            if (before->isUndecided())
                endLeg(*before, Result::NoAnswer, at);
            if (before->result == Result::NoAnswer && at - *before->endedAt <= timing.samePop) {
                leg.round = before->round + 1;
                leg.popSince = before->popSince;
            }
        }
        call.abandoned = false;
        call.legs += leg;
    }

    void operator()(const step::Rang &step)
    {
        Leg *leg = openLeg(call, step.agent);
        if (!leg || !leg->devices.contains(step.device))
            return;
        show(*leg, at);
        leg->newsAt = at;
    }

    void operator()(const step::Answered &step)
    {
        Leg *leg = lastLeg(call, step.agent);
        if (!leg || leg->isOver())
            return;
        endLeg(*leg, Result::Answered, at);
        settleLosers(call, step.agent, at);
    }

    void operator()(const step::DeviceOver &step)
    {
        Leg *leg = lastLeg(call, step.agent);
        if (!leg || leg->isOver())
            return;
        if (leg->isOpen() && leg->devices.removeOne(step.device))
            leg->silent += step.device;
        else if (!leg->silent.contains(step.device))
            return;
        if (leg->devices.isEmpty())
            giveUp(*leg, step.result);
    }

    void giveUp(Leg &leg, Result result)
    {
        if (!leg.endedAt)
            leg.endedAt = at;
        const QString taker = takerOf(call, leg);
        if (result == Result::AnsweredElsewhere || (result == Result::None && !taker.isEmpty()))
            endAsTaken(leg, taker, at);
        else if (result == Result::Rejected && !leg.ringingAt)
            endLeg(leg, Result::Busy, at);
        else if (result != Result::None)
            endLeg(leg, result, at);
    }

    void operator()(const step::TakenFrom &step)
    {
        Leg *leg = lastLeg(call, step.agent);
        if (leg && !leg->isOver())
            endAsTaken(*leg, step.by, at);
    }

    void operator()(const step::Talking &step)
    {
        for (const QString &agent : step.agents) {
            if (Segment *segment = openSegment(call, agent))
                segment->awaySince.reset();
            else
                beginTalk(agent, step.agents);
        }
        for (Segment &segment : call.segments) {
            if (!segment.to && !segment.awaySince && !step.agents.contains(segment.agent))
                segment.awaySince = at;
        }
    }

    void beginTalk(const QString &agent, const QStringList &present)
    {
        for (const Segment &segment : QVector<Segment>(call.segments)) {
            if (!segment.to && !present.contains(segment.agent))
                closeSegment(call, segment.agent, at);
        }
        if (!call.answeredAt)
            call.answeredAt = at;
        (*this)(step::Answered{agent, {}});
        call.segments += Segment{.agent = agent, .from = at};
        settleLosers(call, agent, at);
    }

    void operator()(const step::AgentGone &step) { closeSegment(call, step.agent, at); }

    void operator()(const step::Held &step)
    {
        closeHold(call, step.agent, at);
        if (step.on && openSegment(call, step.agent))
            call.holds += Hold{.agent = step.agent, .from = at};
    }

    void operator()(const step::Transferred &step)
    {
        if (call.parked && call.parked->by == step.by && at - call.parked->at <= parkingFollowsTransfer)
            return;
        call.transfers += Transfer{step.type, step.by, step.to, at, true};
        call.inferred |= step.inferred;
        closeSegment(call, step.by, at);
    }

    void operator()(const step::Parked &)
    {
        Parking parking{.by = talkingAgent(call), .at = at};
        if (!call.transfers.isEmpty() && at - call.transfers.last().at <= parkingFollowsTransfer)
            parking.by = call.transfers.takeLast().by;
        closeSegment(call, parking.by, at);
        call.parked = parking;
    }

    void operator()(const step::TakenFromPark &step)
    {
        if (!call.parked)
            call.parked = Parking{.at = at};
        call.parked->takenBy = step.by;
        call.parked->takenAt = at;
    }

    void operator()(const step::StillThere &step)
    {
        if (Leg *leg = openLeg(call, step.agent))
            leg->newsAt = at;
    }

    void operator()(const step::MergedInto &step)
    {
        close();
        call.mergedInto = step.call;
        call.outcome = Call::Outcome::Merged;
    }

    void operator()(const step::Ended &step)
    {
        call.endedBy = step.by;
        call.causeRaw = step.cause;
        if (call.direction == AgentCall::Direction::Inbound &&
            call.presentation == Call::Presentation::Unknown)
            decidePresentation(timing.showUntold);
        for (Leg &leg : call.legs) {
            if (leg.isOver())
                continue;
            const QString taker = takerOf(call, leg);
            if (leg.isUndecided() && !taker.isEmpty())
                endAsTaken(leg, taker, at);
            else
                endLeg(leg, step.truthUnknown ? Result::Lost : Result::CallerHangup, at);
        }
        close();
        call.outcome = step.truthUnknown ? Call::Outcome::Unknown : outcomeOf(call);
    }

    void decidePresentation(bool allowed)
    {
        (*this)(step::PresentationTold{allowed ? Call::Presentation::Allowed : Call::Presentation::Withheld});
    }

    void close()
    {
        for (const Segment &segment : QVector<Segment>(call.segments))
            closeSegment(call, segment.agent, at);
        call.endedAt = at;
        call.waitsInQueue = false;
    }
};

} // namespace

void advance(Call &call, const CallStep &step, TimeMs at, const CallTiming &timing)
{
    const bool mayStillHide = std::holds_alternative<step::PresentationTold>(step);
    if (call.isOver() && !mayStillHide)
        return;
    call.newsAt = std::max(call.newsAt, at);
    passTime(call, at, timing);
    std::visit(Advance{call, at, timing}, step);
}

void passTime(Call &call, TimeMs now, const CallTiming &timing)
{
    if (call.isOver())
        return;
    Advance advance{call, now, timing};
    if (call.askedAt != 0 && call.presentation == Call::Presentation::Unknown &&
        now >= call.askedAt + timing.presentationWait)
        advance.decidePresentation(timing.showUntold);
    for (Leg &leg : call.legs) {
        if (leg.isOpen() && now >= leg.offeredAt + timing.showAfter)
            show(leg, leg.offeredAt + timing.showAfter);
        if (leg.isUndecided() && now >= *leg.endedAt + timing.settleAfter)
            endLeg(leg, Result::NoAnswer, now);
        if (leg.isOpen() && now >= leg.newsAt + timing.legLimit)
            endLeg(leg, Result::Lost, now);
    }
    if (now >= call.newsAt + timing.callLimit)
        advance(step::Ended{.truthUnknown = true});
}

} // namespace ringbook::model
