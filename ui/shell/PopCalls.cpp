#include "ui/shell/PopCalls.h"

#include <algorithm>

namespace ringbook::ui {

using model::AgentCall;

namespace {

constexpr qsizetype mostMissed = 99;

template <typename Entries>
auto entryOf(Entries &entries, const QString &callId)
{
    return std::find_if(entries.begin(), entries.end(),
                        [&](const auto &entry) { return entry.call.callId == callId; });
}

} // namespace

bool wasMissed(const AgentCall &call)
{
    const bool nobodyTookIt =
        call.result == AgentCall::Result::NoAnswer || call.result == AgentCall::Result::CallerHangup;
    return call.direction == AgentCall::Direction::Inbound && call.state == AgentCall::State::Over &&
           !call.answeredAt && nobodyTookIt;
}

bool PopCalls::take(const AgentCall &call, const PopWords &words, TimeMs now)
{
    const auto missed = entryOf(m_missed, call.callId);
    const bool isReached = missed != m_missed.end() && !wasMissed(call); // somebody did after all
    if (isReached)
        m_missed.erase(missed);
    auto entry = entryOf(m_live, call.callId);
    if (entry == m_live.end()) {
        if (call.state == AgentCall::State::Over)
            return isReached;
        m_live += Entry{.call = call, .words = words};
        return true;
    }
    if (call.revision < entry->call.revision)
        return false;
    entry->call = call;
    entry->words = words;
    if (call.state == AgentCall::State::Over)
        end(entry - m_live.begin(), now);
    return true;
}

bool PopCalls::become(const QString &callId, const AgentCall &call, const PopWords &words)
{
    const auto entry = entryOf(m_live, callId);
    if (entry == m_live.end())
        return false;
    *entry = {.call = call, .words = words};
    return true;
}

bool PopCalls::reword(Id<model::Customer> customer, const Word &word)
{
    bool isNamed = false;
    for (auto *entries : {&m_live, &m_missed})
        for (Entry &entry : *entries) {
            if (!entry.words.people.contains(customer))
                continue;
            entry.words = word(entry.call);
            isNamed = true;
        }
    return isNamed;
}

bool PopCalls::follow(const AgentCall &call, TimeMs now)
{
    const auto missed = entryOf(m_missed, call.callId);
    const auto entry = entryOf(m_live, call.callId);
    if (entry == m_live.end() && missed == m_missed.end())
        return false;
    return take(call, entry == m_live.end() ? missed->words : PopWords(entry->words), now);
}

void PopCalls::end(qsizetype index, TimeMs now)
{
    Entry &entry = m_live[index];
    if (entry.overSince == 0)
        entry.overSince = now;
    if (!wasMissed(entry.call))
        return;
    m_missed += entry;
    m_live.removeAt(index);
    if (m_missed.size() > mostMissed)
        m_missed.removeFirst();
}

void PopCalls::keepOnly(const QStringList &callIds)
{
    m_live.removeIf([&](const Entry &entry) { return !callIds.contains(entry.call.callId); });
}

bool PopCalls::forgetEnded(TimeMs now)
{
    return m_live.removeIf([&](const Entry &entry) {
        return entry.call.state == AgentCall::State::Over && now - entry.overSince >= popFarewellMs;
    }) > 0;
}

const PopCalls::Entry *PopCalls::newest(AgentCall::State state) const
{
    const auto found = std::find_if(m_live.rbegin(), m_live.rend(),
                                    [&](const Entry &entry) { return entry.call.state == state; });
    return found == m_live.rend() ? nullptr : &*found;
}

bool PopCalls::has(const QString &callId) const
{
    return entryOf(m_live, callId) != m_live.end();
}

bool PopCalls::missedWasSeen(const QString &callId)
{
    return m_missed.removeIf([&](const Entry &entry) { return entry.call.callId == callId; }) > 0;
}

std::optional<AgentCall> PopCalls::takeMissed()
{
    return m_missed.isEmpty() ? std::nullopt : std::optional(m_missed.takeLast().call);
}

PopCalls::View PopCalls::view() const
{
    if (newest(AgentCall::State::Ringing))
        return View::Ringing;
    if (newest(AgentCall::State::Connected) || newest(AgentCall::State::OnHold))
        return View::Talking;
    if (newest(AgentCall::State::Over))
        return View::Ended;
    return m_missed.isEmpty() ? View::Nothing : View::Missed;
}

const PopCalls::Entry *PopCalls::current() const
{
    for (const auto state : {AgentCall::State::Ringing, AgentCall::State::Connected, AgentCall::State::OnHold,
                             AgentCall::State::Over}) {
        if (const Entry *entry = newest(state))
            return entry;
    }
    return m_missed.isEmpty() ? nullptr : &m_missed.last();
}

int PopCalls::alsoRinging() const
{
    const auto ringing = std::count_if(m_live.begin(), m_live.end(), [](const Entry &entry) {
        return entry.call.state == AgentCall::State::Ringing;
    });
    return std::max(static_cast<int>(ringing) - (view() == View::Ringing ? 1 : 0), 0);
}

} // namespace ringbook::ui
