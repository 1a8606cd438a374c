#include "model/domain/Calls.h"

#include <algorithm>

namespace ringbook::model {

namespace {

using State = AgentCall::State;
using Result = AgentCall::Result;

bool isShown(const Leg &leg)
{
    return leg.ringingAt.has_value();
}

const Leg *lastLegOf(const Call &call, const QString &agent)
{
    const auto found = std::find_if(call.legs.crbegin(), call.legs.crend(),
                                    [&](const Leg &leg) { return leg.agent == agent; });
    return found == call.legs.crend() ? nullptr : &*found;
}

const Segment *lastSegmentOf(const Call &call, const QString &agent)
{
    const auto found = std::find_if(call.segments.crbegin(), call.segments.crend(),
                                    [&](const Segment &segment) { return segment.agent == agent; });
    return found == call.segments.crend() ? nullptr : &*found;
}

bool isHeldBy(const Call &call, const QString &agent)
{
    return std::ranges::any_of(call.holds, [&](const Hold &hold) { return hold.agent == agent && !hold.to; });
}

bool wasPassedOnBy(const Call &call, const Segment &segment)
{
    return std::ranges::any_of(call.transfers, [&](const Transfer &transfer) {
        return transfer.by == segment.agent && transfer.at >= segment.from;
    });
}

AgentCall commonPart(const Call &call)
{
    AgentCall view{
        .callId = call.id, .direction = call.direction, .queue = call.queue, .startedAt = call.startedAt};
    if (call.direction == AgentCall::Direction::Outbound) {
        view.party = {.raw = call.called.raw, .e164 = call.called.e164};
        return view;
    }
    view.party = call.caller;
    view.ownLine = !call.called.name.isEmpty()   ? call.called.name
                   : !call.called.e164.isEmpty() ? call.called.e164
                                                 : call.called.raw;
    return view;
}

void showTalk(AgentCall &view, const Call &call, const Segment &segment)
{
    view.answeredAt = segment.from;
    if (!segment.to) {
        view.state = isHeldBy(call, segment.agent) ? State::OnHold : State::Connected;
        return;
    }
    view.state = State::Over;
    view.endedAt = segment.to;
    view.result = wasPassedOnBy(call, segment) ? Result::TransferredOut : Result::Answered;
}

void showLeg(AgentCall &view, const Call &call, const Leg &leg, const QHash<QString, QString> &names)
{
    if (!leg.isOver()) {
        view.state = State::Ringing;
        view.desksRinging = int(std::ranges::count_if(
            call.legs, [](const Leg &other) { return isShown(other) && !other.isOver(); }));
        return;
    }
    if (leg.result == Result::Answered && !call.isOver()) {
        view.state = State::Connected;
        view.answeredAt = leg.endedAt;
        return;
    }
    view.state = State::Over;
    view.result = leg.result;
    view.endedAt = leg.endedAt;
    if (leg.result == Result::AnsweredElsewhere)
        view.answeredBy = names.value(leg.takenBy, leg.takenBy);
}

/// The same but for the revision: nothing to tell.
bool saysTheSame(AgentCall one, const AgentCall &other)
{
    one.revision = other.revision;
    return one == other;
}

} // namespace

std::optional<AgentCall> agentCallOf(const Call &call, const QString &agent,
                                     const QHash<QString, QString> &agentNames)
{
    if (call.presentation == Call::Presentation::Unknown && call.direction == AgentCall::Direction::Inbound)
        return std::nullopt;
    const Leg *leg = lastLegOf(call, agent);
    const Segment *segment = lastSegmentOf(call, agent);
    AgentCall view = commonPart(call);
    if (leg)
        view.ringingSince = leg->popSince;

    const bool legIsNewer = leg && (!segment || leg->offeredAt > segment->from);
    const bool rungAgain = legIsNewer && (isShown(*leg) || leg->result == Result::Answered);
    if (segment && !rungAgain) {
        showTalk(view, call, *segment);
        return view;
    }
    if (!rungAgain)
        return std::nullopt;
    showLeg(view, call, *leg, agentNames);
    return view;
}

bool rings(const Call &call, const QString &agent)
{
    return std::ranges::any_of(
        call.legs, [&](const Leg &leg) { return leg.agent == agent && leg.isOpen() && isShown(leg); });
}

namespace {

/// As somebody sees it whose own phone does not ring, while it waits or rings at others.
AgentCall waitingCall(const Call &call, int desks)
{
    AgentCall view = commonPart(call);
    view.ringingSince = call.startedAt;
    view.desksRinging = desks;
    return view;
}

bool nobodyHas(const Call &call)
{
    return call.direction == AgentCall::Direction::Inbound && !call.isOver() && !call.answeredAt &&
           call.presentation != Call::Presentation::Unknown;
}

/// They have said no, or somebody has it.
bool isSettled(const AgentCall &view)
{
    return !view.passedBy() || view.result == Result::Rejected || view.result == Result::AnsweredElsewhere;
}

/// What they saw of it, once it is no longer to be had.
AgentCall closed(AgentCall view, const Call &call, const QHash<QString, QString> &names)
{
    const QString by = answeredBy(call);
    view.state = State::Over;
    view.endedAt = call.isOver() ? call.endedAt : call.answeredAt;
    view.result = by.isEmpty() ? Result::CallerHangup : Result::AnsweredElsewhere;
    view.answeredBy = names.value(by, by);
    return view;
}

} // namespace

Calls::Calls(CallTiming timing, QHash<QString, QString> agentNames, PopRules rules)
    : m_timing(timing),
      m_names(std::move(agentNames)),
      m_rules(std::move(rules))
{
}

void Calls::take(const QString &id, const CallStep &step, TimeMs at)
{
    m_lastAt = std::max(m_lastAt, at);
    if (m_listener)
        m_listener(id, step, at);
    if (!m_entries.contains(id)) {
        m_order += id;
        m_entries[id].call =
            Call{.id = id, .externalIds = {id}, .startedAt = at, .inferred = true, .newsAt = at};
    }
    const auto *merge = std::get_if<step::MergedInto>(&step);
    if (merge && m_entries.contains(merge->call)) {
        QVector<Leg> ringing;
        auto &legs = m_entries[id].call.legs;
        std::ranges::copy_if(legs, std::back_inserter(ringing), [](const Leg &leg) { return !leg.isOver(); });
        erase_if(legs, [](const Leg &leg) { return !leg.isOver(); });
        Entry &survivor = m_entries[merge->call];
        survivor.call.legs += ringing;
        survivor.call.externalIds += m_entries[id].call.externalIds;
        survivor.touched = true;
    }
    Entry &entry = m_entries[id];
    advance(entry.call, step, at, m_timing);
    entry.touched = true;
}

void Calls::passTime(TimeMs now)
{
    m_lastAt = std::max(m_lastAt, now);
    for (Entry &entry : m_entries) {
        if (entry.call.isOver())
            continue; // most are, in a busy minute
        const Call before = entry.call;
        model::passTime(entry.call, now, m_timing);
        entry.touched |= before != entry.call;
    }
    forgetOld(now);
}

void Calls::forgetOld(TimeMs now)
{
    for (const QString &id : QStringList(m_order)) {
        const Entry &entry = m_entries[id];
        if (entry.touched || !entry.endTold || now < *entry.call.endedAt + m_timing.keepEnded)
            continue;
        m_entries.remove(id);
        m_order.removeOne(id);
    }
}

std::optional<TimeMs> Calls::nextDeadline() const
{
    std::optional<TimeMs> next;
    for (const Entry &entry : m_entries) {
        const auto deadline = model::nextDeadline(entry.call, m_timing);
        if (deadline)
            next = next ? std::min(*next, *deadline) : *deadline;
    }
    return next;
}

const Call *Calls::call(const QString &id) const
{
    const auto found = m_entries.constFind(id);
    return found == m_entries.constEnd() ? nullptr : &found->call;
}

QStringList Calls::ids() const
{
    QStringList live;
    std::ranges::copy_if(m_order, std::back_inserter(live),
                         [this](const QString &id) { return !m_entries.constFind(id)->call.isOver(); });
    return live;
}

QVector<ExtensionCall> Calls::changes()
{
    QVector<ExtensionCall> changes;
    for (const QString &id : std::as_const(m_order)) {
        Entry &entry = m_entries[id];
        if (entry.touched)
            tell(entry, changes);
        entry.touched = false;
    }
    return changes;
}

/// Whether agents are told of this view of the call at all.
bool Calls::mayPop(const Call &call, const AgentCall &view) const
{
    if (call.direction == AgentCall::Direction::Internal && !m_rules.internal)
        return false;
    return !m_rules.answeredOnly.contains(call.queue) || view.answeredAt;
}

std::optional<AgentCall> Calls::viewFor(const QString &agent, const Entry &entry) const
{
    auto view = agentCallOf(entry.call, agent, m_names);
    if (view && !mayPop(entry.call, *view))
        view.reset();
    const QStringList all = m_rules.toAll.value(entry.call.queue);
    if (!all.contains(agent) || (view && isSettled(*view)))
        return view;
    if (nobodyHas(entry.call))
        return waitingCall(entry.call, int(all.size()));
    const auto told = entry.told.constFind(agent);
    if (told == entry.told.constEnd())
        return view;
    return told->state == State::Ringing ? closed(*told, entry.call, m_names) : *told;
}

void Calls::tell(Entry &entry, QVector<ExtensionCall> &changes) const
{
    QStringList agents = agentsOf(entry.call) + entry.told.keys() + m_rules.toAll.value(entry.call.queue);
    agents.removeDuplicates();
    const qint64 revision = std::max(entry.revision + 1, m_lastAt);
    for (const QString &agent : std::as_const(agents)) {
        auto view = viewFor(agent, entry);
        const auto told = entry.told.constFind(agent);
        const bool wasTold = told != entry.told.constEnd();
        if (!view && wasTold && told->state != State::Over) {
            view = *told;
            view->state = State::Over;
            view->endedAt = entry.call.endedAt;
        }
        if (!view || (wasTold && saysTheSame(*view, *told)))
            continue;
        view->revision = revision;
        entry.revision = revision;
        entry.told[agent] = *view;
        changes += {agent, *view};
    }
}

QVector<ExtensionCall> Calls::agentCalls() const
{
    QVector<ExtensionCall> calls;
    for (const QString &id : m_order) {
        const Entry &entry = *m_entries.constFind(id);
        for (auto told = entry.told.cbegin(); told != entry.told.cend(); ++told) {
            if (told->state != State::Over)
                calls += {told.key(), *told};
        }
    }
    return calls;
}

QVector<Call> Calls::takeEnded()
{
    QVector<Call> ended;
    for (const QString &id : std::as_const(m_order)) {
        Entry &entry = m_entries[id];
        if (!entry.call.isOver() || entry.endTold)
            continue;
        entry.endTold = true;
        const bool leftNothing = entry.call.outcome == Call::Outcome::Merged && entry.call.legs.isEmpty() &&
                                 entry.call.segments.isEmpty();
        if (!leftNothing)
            ended += entry.call;
    }
    return ended;
}

} // namespace ringbook::model
