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
    : CallSource(clock, {}, agentNames, parent),
      m_country(std::move(country)),
      m_agentNames(std::move(agentNames))
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
    const QString id = newId(at);
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
    for (const QString &extension : call.extensions)
        letRing(id, extension, at);
    QTimer::singleShot(int(call.ringFor), this, [this, id] { letRingOut(id); });
    publish();
    return id;
}

void Simulator::letRing(const QString &callId, const QString &extension, TimeMs at)
{
    liveCalls().take(callId, step::Offered{extension, extension}, at);
    liveCalls().take(callId, step::Rang{extension, extension}, at);
}

CallAbilities Simulator::abilities(const QString &extension) const
{
    if (extension.isEmpty())
        return {.whyNot = QStringLiteral("You have no extension.")};
    return {.dial = true, .answer = true, .hangUp = true, .hold = true, .transfer = true};
}

void Simulator::obey(const CallCommand &command, const Obeyed &obeyed)
{
    switch (command.what) {
    case CallCommand::What::Dial: return obeyed(dial(command.number, command.extension));
    case CallCommand::What::Answer: return obeyed(answer(command.callId, command.extension));
    case CallCommand::What::HangUp: return obeyed(hangUp(command.callId, command.extension));
    case CallCommand::What::Hold:
    case CallCommand::What::Resume: return obeyed(hold(command));
    case CallCommand::What::Transfer: return obeyed(transfer(command));
    }
}

Status Simulator::dial(const QString &number, const QString &extension)
{
    const Party called{.raw = plainText(number, maxPhoneTextLength), .e164 = toE164(number, m_country)};
    if (called.e164.isEmpty())
        return Error{Fault::Invalid, QStringLiteral("This is no telephone number; it cannot be dialled.")};
    const TimeMs at = now();
    const QString id = newId(at);
    liveCalls().take(id,
                     step::Began{.direction = AgentCall::Direction::Outbound,
                                 .caller = {.raw = extension, .name = m_agentNames.value(extension)},
                                 .called = called,
                                 .callerAgent = extension,
                                 .presentation = Call::Presentation::Allowed},
                     at);
    liveCalls().take(id, step::Directed{.called = called, .dialling = true}, at);
    QTimer::singleShot(int(simulatedPatience), this, [this, id, extension] {
        if (!liveCall(id))
            return;
        liveCalls().take(id, step::Talking{{extension}}, now());
        publish();
    });
    publish();
    return Done{};
}

Result<const Call *> Simulator::talkOf(const CallCommand &command) const
{
    const auto call = liveCall(command.callId);
    if (call && talkingAgent(**call) != command.extension)
        return Error{Fault::Invalid,
                     QStringLiteral("extension %1 does not talk in this call").arg(command.extension)};
    return call;
}

Status Simulator::hold(const CallCommand &command)
{
    const auto call = talkOf(command);
    if (!call)
        return call.error();
    liveCalls().take(command.callId, step::Held{command.extension, command.what == CallCommand::What::Hold},
                     now());
    publish();
    return Done{};
}

/// A colleague's telephone rings; whoever is outside is gone with the call.
Status Simulator::transfer(const CallCommand &command)
{
    const auto call = talkOf(command);
    if (!call)
        return call.error();
    const bool toColleague = m_agentNames.contains(command.number);
    if (!toColleague && toE164(command.number, m_country).isEmpty())
        return Error{Fault::Invalid, QStringLiteral("This is no telephone number; it cannot be dialled.")};
    const TimeMs at = now();
    liveCalls().take(command.callId,
                     step::Transferred{Transfer::Type::Blind, command.extension, command.number}, at);
    liveCalls().take(command.callId, step::AgentGone{command.extension}, at);
    if (toColleague)
        letRing(command.callId, command.number, at);
    else
        liveCalls().take(command.callId, step::Ended{.by = Call::EndedBy::Agent, .cause = normalClearing},
                         at);
    publish();
    return Done{};
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
