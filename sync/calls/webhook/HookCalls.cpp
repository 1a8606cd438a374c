#include "sync/calls/webhook/HookCalls.h"

#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"
#include "sync/calls/LineParty.h"

#include <QCryptographicHash>

#include <algorithm>

namespace ringbook::calls {

using namespace model;

namespace {

using What = HookEvent::What;
using Direction = AgentCall::Direction;

constexpr int longestPlainId = 40;
constexpr int maxNameLength = 80;

/// A sender's id can be any text of any length.
QString plainId(const QString &id)
{
    if (id.size() <= longestPlainId && isPlainInAddress(id))
        return id;
    const QByteArray digest = QCryptographicHash::hash(id.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.toHex().left(longestPlainId));
}

} // namespace

HookCalls::HookCalls(const PbxSettings &settings, Calls &calls)
    : m_settings(settings),
      m_agents(settings),
      m_calls(calls)
{
}

QString HookCalls::take(const HookEvent &event, TimeMs at)
{
    m_at = at;
    if (event.what == What::Other)
        return QStringLiteral("says nothing of who talks to whom");
    Known *call = known(event);
    if (!call)
        return QStringLiteral("more calls at once than a hub follows");
    if (call->isOver)
        return QStringLiteral("the call is over");
    call->newsAt = at;
    call->isHeardItself |= event.leg.isEmpty();
    learn(*call, event);
    call->isOver = event.what == What::HungUp;
    const Call *ours = callOf(*call);
    if (!ours || ours->isOver())
        return call->hasBegun ? QStringLiteral("the call is over")
                              : QStringLiteral("of a call that is not known");
    return follow(*call, event);
}

QString HookCalls::follow(Known &known, const HookEvent &event)
{
    switch (event.what) {
    case What::Ringing: return ring(known, event);
    case What::Answered: return answer(known, event);
    case What::Left: return leave(known, event);
    case What::HungUp: return hangUp(known, event);
    case What::Held:
    case What::Resumed: return hold(known, event);
    case What::Transferred: return transfer(known, event);
    case What::Other: break;
    }
    return {};
}

/// Null if there is no room for another.
HookCalls::Known *HookCalls::known(const HookEvent &event)
{
    const auto found = m_known.find(event.call);
    if (found != m_known.end())
        return &*found;
    if (m_at - m_sweptAt >= minuteMs || m_known.size() >= maxHookCalls)
        forgetOld();
    if (m_known.size() >= maxHookCalls)
        return nullptr;
    return &*m_known.insert(event.call, {.call = callIdOf(m_settings.source, plainId(event.call))});
}

void HookCalls::forgetOld()
{
    m_sweptAt = m_at;
    m_known.removeIf([this](const auto &entry) {
        const Known &known = entry.value();
        const Call *call = callOf(known);
        const bool isOver = known.isOver || !call || call->isOver();
        return isOver && m_at - known.newsAt >= keepHookCall;
    });
}

const Leg *HookCalls::lastLegOf(const Known &known, const QString &agent) const
{
    const auto &legs = callOf(known)->legs;
    const auto found =
        std::find_if(legs.rbegin(), legs.rend(), [&](const Leg &leg) { return leg.agent == agent; });
    return found == legs.rend() ? nullptr : &*found;
}

QString HookCalls::callerOf(const HookEvent &event) const
{
    if (event.withheld || meansWithheld(event.from))
        return {};
    const QString full = lineNumberToE164(event.from, m_settings.plan);
    return full.isEmpty() ? event.from : full;
}

/// What it says of the call besides what happened.
void HookCalls::learn(Known &known, const HookEvent &event)
{
    const bool isBeginning = event.what == What::Ringing || event.what == What::Answered;
    if (!known.hasBegun && isBeginning) {
        known.hasBegun = true;
        if (!joinTransfer(known, event))
            begin(known, event);
        return;
    }
    const Call *call = callOf(known);
    if (!call || call->isOver())
        return;
    if (event.withheld)
        say(known, step::PresentationTold{Call::Presentation::Withheld});
    if (!event.name.isEmpty())
        say(known, step::CallerNamed{plainText(event.name, maxNameLength)});
    if (call->called.raw.isEmpty() && !event.to.isEmpty())
        say(known, step::Directed{.direction = call->direction, .called = calledParty(event.to, m_settings)});
    if (call->queue.isEmpty() && !event.queue.isEmpty())
        say(known, step::Queued{queueLabel(event.queue, m_settings)});
}

/// An agent's own phone at a sender who takes it for any caller's. Callers from outside choose what stands
/// before the @ of theirs: an address has to be written in the settings as it is.
bool HookCalls::isOwnPhone(const QString &address) const
{
    if (address.startsWith(u"client:"))
        return !m_agents.extension(address).isEmpty();
    return address.startsWith(u"sip:") && std::ranges::any_of(m_settings.agents, [&](const Agent &agent) {
               return agent.endpoint.compare(address, Qt::CaseInsensitive) == 0;
           });
}

void HookCalls::begin(Known &known, const HookEvent &event)
{
    const bool isOut = event.direction == Direction::Outbound || isOwnPhone(event.from);
    step::Began began{.direction = isOut ? Direction::Outbound : event.direction,
                      .called = calledParty(event.to, m_settings),
                      .presentation = Call::Presentation::Allowed,
                      .inferred = event.what != What::Ringing};
    if (isOut)
        began.callerAgent = m_agents.extensions(QStringList{event.from} + event.agents).value(0);
    else if (event.withheld)
        began.caller.withheld = true;
    else
        began.caller = callerParty(event.from, event.name, m_settings.plan);
    if (began.direction == Direction::Internal)
        began.callerAgent = m_agents.extension(event.from);
    say(known, began);
    if (isOut)
        say(known, step::Directed{.direction = Direction::Outbound, .dialling = true});
    if (!event.queue.isEmpty())
        say(known, step::Queued{queueLabel(event.queue, m_settings)});
    known.caller = callerOf(event);
}

/// Somebody is passed on: the sender gives the call a new id, and names the former one, or only who was
/// called before.
bool HookCalls::joinTransfer(Known &known, const HookEvent &event)
{
    if (event.what != What::Ringing || event.direction == Direction::Outbound)
        return false;
    const QString caller = callerOf(event);
    const auto isFormer = [&](const Known &other) {
        const Call *call = callOf(other);
        if (!call || call->isOver() || talkingAgent(*call).isEmpty() || &other == &known)
            return false;
        const QString diverted = lineNumberToE164(event.diversion, m_settings.plan);
        const bool isDiverted = m_agents.extension(event.diversion) == talkingAgent(*call) ||
                                (!diverted.isEmpty() && diverted == call->called.e164);
        return !caller.isEmpty() && caller == other.caller && isDiverted;
    };
    const auto named = m_known.constFind(event.origin);
    const bool isNamed = event.origin != event.call && named != m_known.constEnd() && callOf(*named) &&
                         !callOf(*named)->isOver();
    const auto former = isNamed ? named : std::find_if(m_known.constBegin(), m_known.constEnd(), isFormer);
    if (former == m_known.constEnd())
        return false;
    known.call = former->call;
    known.caller = former->caller;
    const QString by = talkingAgent(*callOf(known));
    if (!by.isEmpty())
        say(known, step::Transferred{
                       .by = by, .to = m_agents.extensions(event.agents).value(0), .inferred = !isNamed});
    return true;
}

} // namespace ringbook::calls
