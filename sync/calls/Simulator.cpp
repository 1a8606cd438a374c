#include "sync/calls/Simulator.h"

#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"

#include <algorithm>

namespace ringbook::calls {

using namespace model;

namespace {

constexpr int maxNameLength = 80;
constexpr int normalClearing = 16;

Party callerOf(const SimulatedCall &call, const QString &country)
{
    if (meansWithheld(call.number))
        return {.withheld = true};
    return {.raw = plainText(call.number, maxPhoneTextLength),
            .e164 = toE164(call.number, country),
            .name = plainText(call.name, maxNameLength)};
}

bool isRinging(const Call &call, const QString &extension)
{
    return std::ranges::any_of(call.legs,
                               [&](const Leg &leg) { return leg.agent == extension && leg.isOpen(); });
}

} // namespace

Simulator::Simulator(const Clock &clock, QString country, QHash<QString, QString> agentNames, QObject *parent)
    : CallSource(clock, {}, std::move(agentNames), parent),
      m_country(std::move(country))
{
    setLink({.state = Link::State::Live});
}

Result<QString> Simulator::ring(const SimulatedCall &call)
{
    if (call.extensions.isEmpty() || call.extensions.size() > maxSimulatedExtensions)
        return Error{Fault::Invalid,
                     QStringLiteral("a simulated call rings 1 to %1 extensions").arg(maxSimulatedExtensions)};
    if (call.ringFor < 1 || call.ringFor > longestSimulatedRing)
        return Error{Fault::Invalid,
                     QStringLiteral("a simulated call rings for 1 to %1 ms").arg(longestSimulatedRing)};
    const TimeMs at = now();
    const QString id = QStringLiteral("sim-%1-%2").arg(at).arg(++m_count);
    const Party called{.raw = call.called,
                       .e164 = toE164(call.called, m_country),
                       .name = plainText(call.called, maxNameLength)};
    liveCalls().take(id,
                     step::Began{.caller = callerOf(call, m_country),
                                 .called = called,
                                 .presentation = Call::Presentation::Allowed},
                     at);
    if (!call.queue.isEmpty())
        liveCalls().take(id, step::Queued{plainText(call.queue, maxNameLength)}, at);
    for (const QString &extension : call.extensions) {
        liveCalls().take(id, step::Offered{extension, extension}, at);
        liveCalls().take(id, step::Rang{extension, extension}, at);
    }
    QTimer::singleShot(int(call.ringFor), this, [this, id] { letRingOut(id); });
    publish();
    return id;
}

Result<const Call *> Simulator::liveCall(const QString &callId) const
{
    const Call *call = calls().call(callId);
    if (!call || call->isOver())
        return Error{Fault::NotFound, QStringLiteral("there is no such simulated call (any more)")};
    return call;
}

Status Simulator::answer(const QString &callId, const QString &extension)
{
    const auto call = liveCall(callId);
    if (!call)
        return call.error();
    if (!isRinging(**call, extension))
        return Error{Fault::Invalid,
                     QStringLiteral("this call does not ring at extension %1").arg(extension)};
    const TimeMs at = now();
    const auto legs = (*call)->legs;
    liveCalls().take(callId, step::Answered{extension, extension}, at);
    for (const Leg &leg : legs) {
        if (leg.agent != extension)
            liveCalls().take(callId, step::DeviceOver{leg.agent, leg.agent}, at);
    }
    liveCalls().take(callId, step::LeftQueue{}, at);
    liveCalls().take(callId, step::Talking{{extension}}, at);
    publish();
    return Done{};
}

Status Simulator::hangUp(const QString &callId, const QString &extension)
{
    const auto call = liveCall(callId);
    if (!call)
        return call.error();
    const TimeMs at = now();
    if (extension.isEmpty() || talkingAgent(**call) == extension) {
        const auto by = extension.isEmpty() ? Call::EndedBy::Caller : Call::EndedBy::Agent;
        liveCalls().take(callId, step::Ended{.by = by, .cause = normalClearing}, at);
    } else if (isRinging(**call, extension)) {
        liveCalls().take(callId, step::DeviceOver{extension, extension, AgentCall::Result::Rejected}, at);
        const bool nobodyLeft =
            std::ranges::none_of((*call)->legs, [](const Leg &leg) { return leg.isOpen(); });
        if (nobodyLeft && talkingAgent(**call).isEmpty())
            liveCalls().take(callId, step::Ended{.by = Call::EndedBy::Agent, .cause = normalClearing}, at);
    } else {
        return Error{Fault::Invalid, QStringLiteral("extension %1 is not in this call").arg(extension)};
    }
    publish();
    return Done{};
}

void Simulator::letRingOut(const QString &callId)
{
    const auto call = liveCall(callId);
    if (!call || (*call)->answeredAt)
        return;
    const TimeMs at = now();
    const auto legs = (*call)->legs;
    for (const Leg &leg : legs)
        liveCalls().take(callId, step::DeviceOver{leg.agent, leg.agent, AgentCall::Result::NoAnswer}, at);
    liveCalls().take(callId, step::Ended{.by = Call::EndedBy::Pbx}, at);
    publish();
}

} // namespace ringbook::calls
