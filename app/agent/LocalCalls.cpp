#include "app/agent/LocalCalls.h"

#include <algorithm>
#include <cstdlib>

namespace ringbook::app {

using model::AgentCall;
using model::Party;

namespace {

QString digitsOf(const Party &party)
{
    QString digits;
    if (!party.withheld)
        std::ranges::copy_if(party.e164.isEmpty() ? party.raw : party.e164, std::back_inserter(digits),
                             [](QChar c) { return c.isDigit(); });
    return digits;
}

/// Softphones have several hooks for one ring.
bool isToldAgain(const AgentCall &call, const QString &name, const AgentCall &known, const QString &knownName)
{
    if (!name.isEmpty() && !knownName.isEmpty())
        return name == knownName;
    return known.state == AgentCall::State::Ringing && isSameCaller(call.party, known.party) &&
           call.ringingSince - known.ringingSince <= sameCallMs;
}

AgentCall over(AgentCall call, TimeMs now)
{
    ++call.revision;
    call.state = AgentCall::State::Over;
    call.result = call.answeredAt ? AgentCall::Result::Answered : AgentCall::Result::NoAnswer;
    call.endedAt = now;
    return call;
}

} // namespace

bool isSameCaller(const Party &a, const Party &b)
{
    const QString left = digitsOf(a);
    const QString right = digitsOf(b);
    if (left.size() < comparedDigits || right.size() < comparedDigits)
        return left == right;
    return left.right(comparedDigits) == right.right(comparedDigits);
}

template <typename Fits>
int LocalCalls::newest(const Which &which, Fits fits) const
{
    const auto last = [this, fits](auto isMeant) {
        for (int i = int(m_entries.size()) - 1; i >= 0; --i)
            if (fits(m_entries[i]) && isMeant(m_entries[i]))
                return i;
        return -1;
    };
    const int named =
        last([&](const Entry &entry) { return !which.name.isEmpty() && entry.name == which.name; });
    if (named >= 0)
        return named;
    const int alike = last([&](const Entry &entry) { return isSameCaller(entry.call.party, which.party); });
    if (alike >= 0 || !which.name.isEmpty() || !digitsOf(which.party).isEmpty())
        return alike;
    return last([](const Entry &) { return true; });
}

LocalCalls::Told LocalCalls::ring(const AgentCall &call, const QString &name, TimeMs now)
{
    const bool isTold = std::ranges::any_of(
        m_entries, [&](const Entry &entry) { return isToldAgain(call, name, entry.call, entry.name); });
    if (isTold || m_entries.size() >= maxLocalCalls)
        return {.isKnown = isTold};
    const Heard *hubs = hubCallLike(call.party, now);
    m_entries.append({.call = call,
                      .name = name,
                      .heardAt = now,
                      .dueAt = now + localRingMs,
                      .hubCall = hubs ? hubs->callId : QString()});
    return {.isKnown = true, .step = hubs ? Step() : call};
}

LocalCalls::Told LocalCalls::answered(const Which &which, TimeMs now)
{
    const int index =
        newest(which, [](const Entry &entry) { return entry.call.state == AgentCall::State::Ringing; });
    if (index < 0)
        return {.isKnown = newest(which, [](const Entry &) { return true; }) >= 0};
    Entry &entry = m_entries[index];
    ++entry.call.revision;
    entry.call.state = AgentCall::State::Connected;
    entry.call.answeredAt = now;
    entry.dueAt = now + localTalkMs;
    return {.isKnown = true, .step = entry.hubCall.isEmpty() ? Step(entry.call) : Step()};
}

LocalCalls::Told LocalCalls::ended(const Which &which, TimeMs now)
{
    return end(newest(which, [](const Entry &) { return true; }), now);
}

LocalCalls::Told LocalCalls::hungUp(const QString &callId, TimeMs now)
{
    const auto found =
        std::ranges::find_if(m_entries, [&](const Entry &entry) { return entry.call.callId == callId; });
    return end(found == m_entries.end() ? -1 : int(found - m_entries.begin()), now);
}

LocalCalls::Told LocalCalls::end(int index, TimeMs now)
{
    if (index < 0)
        return {};
    const Entry entry = m_entries.takeAt(index);
    return {.isKnown = true, .step = entry.hubCall.isEmpty() ? Step(over(entry.call, now)) : Step()};
}

/// That no local call is yet.
const LocalCalls::Heard *LocalCalls::hubCallLike(const Party &party, TimeMs now) const
{
    const auto found = std::ranges::find_if(m_heard, [&](const Heard &heard) {
        return std::abs(now - heard.at) <= sameCallMs && isSameCaller(heard.party, party) &&
               std::ranges::find(m_entries, heard.callId, &Entry::hubCall) == m_entries.end();
    });
    return found == m_heard.end() ? nullptr : &*found;
}

std::optional<QString> LocalCalls::heardFromHub(const AgentCall &call, TimeMs at)
{
    const bool isNews = std::ranges::find(m_heard, call.callId, &Heard::callId) == m_heard.end();
    if (!isNews || call.isOver())
        return std::nullopt;
    m_heard.append({call.callId, call.party, at});
    if (m_heard.size() > maxHubCallsHeard)
        m_heard.removeFirst();
    const auto found = std::ranges::find_if(m_entries, [&](const Entry &entry) {
        return entry.hubCall.isEmpty() && std::abs(entry.heardAt - at) <= sameCallMs &&
               isSameCaller(entry.call.party, call.party);
    });
    if (found == m_entries.end())
        return std::nullopt;
    found->hubCall = call.callId;
    return found->call.callId;
}

QVector<AgentCall> LocalCalls::expire(TimeMs now)
{
    QVector<AgentCall> steps;
    for (int i = int(m_entries.size()) - 1; i >= 0; --i)
        if (m_entries[i].dueAt <= now)
            if (const Told told = end(i, now); told.step)
                steps.prepend(*told.step);
    return steps;
}

std::optional<TimeMs> LocalCalls::nextExpiry() const
{
    const auto next = std::ranges::min_element(m_entries, {}, &Entry::dueAt);
    return next == m_entries.end() ? std::nullopt : std::optional(next->dueAt);
}

QVector<AgentCall> LocalCalls::shown() const
{
    QVector<AgentCall> calls;
    for (const Entry &entry : m_entries)
        if (entry.hubCall.isEmpty())
            calls.append(entry.call);
    return calls;
}

} // namespace ringbook::app
