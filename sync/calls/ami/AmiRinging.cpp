#include "sync/calls/LineParty.h"
#include "sync/calls/ami/AmiInterpreter.h"

#include <algorithm>

namespace ringbook::calls {

// Dialling, ringing, hanging up.

using namespace model;
using Direction = AgentCall::Direction;
using Result = AgentCall::Result;

namespace {

constexpr TimeMs hangupRequestCounts = secondMs;

// Causes of Q.850 as Asterisk gives them.
constexpr int causeBusy = 17;
constexpr int causeNoResponse = 18;
constexpr int causeNoAnswer = 19;
constexpr int causeAbsent = 20;
constexpr int causeRejected = 21;
constexpr int causeForwarded = 23;
constexpr int causeAnsweredElsewhere = 26;
constexpr int causeCallerGaveUp = 127;

Result resultOfCause(int cause)
{
    switch (cause) {
    case causeBusy:
    case causeRejected: return Result::Rejected;
    case causeNoResponse:
    case causeNoAnswer: return Result::NoAnswer;
    case causeAbsent: return Result::Unavailable;
    case causeForwarded: return Result::Forwarded;
    case causeAnsweredElsewhere: return Result::AnsweredElsewhere;
    default: return Result::None;
    }
}

Result resultOfDial(const QString &status)
{
    if (status == QLatin1String("NOANSWER"))
        return Result::NoAnswer;
    if (status == QLatin1String("BUSY"))
        return Result::Rejected;
    if (status == QLatin1String("CHANUNAVAIL") || status == QLatin1String("CONGESTION"))
        return Result::Unavailable;
    return Result::None;
}

} // namespace

void AmiInterpreter::onDialBegin(const AmiMessage &event)
{
    Channel *source = event.text(QLatin1String("Uniqueid")).isEmpty() ? nullptr : ensure(event);
    Channel *dialled = ensure(event, QLatin1String("Dest"));
    if (!dialled)
        return;
    QString call = dialled->call;
    if (call.isEmpty() && source)
        call = callWith(*source, event);
    if (dialled->call.isEmpty())
        dialled->call = call;
    dialled->dialledBy = source ? source->uniqueid : QString();
    askPresentation(call);
    learnPresentation(event);
    if (dialled->kind == Channel::Kind::Agent)
        dialsPhone(source, *dialled, call, event);
    else if (dialled->isOutside() && source)
        dialsOut(*dialled, call, event);
}

void AmiInterpreter::dialsPhone(const Channel *source, Channel &phone, const QString &call,
                                const AmiMessage &event)
{
    const bool lifted = !source || phone.isRoot(); // the agent's own phone, rung to dial out: no pop
    auto info = m_infos.find(call);
    if (lifted || info == m_infos.end())
        return;
    const Channel *root = m_channels.find(info->root);
    if (root && root->kind == Channel::Kind::Agent && info->outside.isEmpty()) {
        info->outside = root->uniqueid;
        const Call *known = m_calls.call(call);
        const bool untold = known && known->called.raw.isEmpty();
        say(call,
            step::Directed{Direction::Internal,
                           untold ? calledParty(event.text(QLatin1String("Exten")), m_settings) : Party{}});
    }
    say(call, step::Offered{phone.agent, phone.uniqueid});
    if (phone.rings)
        say(call, step::Rang{phone.agent, phone.uniqueid});
}

void AmiInterpreter::dialsOut(Channel &line, const QString &call, const AmiMessage &event)
{
    auto info = m_infos.find(call);
    const Call *known = m_calls.call(call);
    if (info == m_infos.end() || !known || known->callerAgent.isEmpty() || !info->outside.isEmpty())
        return;
    info->outside = line.uniqueid;
    const QString number = event.text(QLatin1String("Exten"));
    say(call, step::Directed{Direction::Outbound,
                             known->called.raw.isEmpty() ? calledParty(number, m_settings) : Party{}, true});
}

void AmiInterpreter::onNewstate(const AmiMessage &event)
{
    Channel *channel = ensure(event);
    if (!channel || event.text(QLatin1String("ChannelState")) != QLatin1String("5"))
        return;
    channel->rings = true;
    if (channel->kind == Channel::Kind::Agent)
        say(channel->call, step::Rang{channel->agent, channel->uniqueid});
}

void AmiInterpreter::onDialState(const AmiMessage &event)
{
    Channel *dialled = ensure(event, QLatin1String("Dest"));
    if (!dialled || event.text(QLatin1String("DialStatus")) != QLatin1String("RINGING"))
        return;
    dialled->rings = true;
    if (dialled->kind == Channel::Kind::Agent)
        say(dialled->call, step::Rang{dialled->agent, dialled->uniqueid});
}

void AmiInterpreter::onDialEnd(const AmiMessage &event)
{
    Channel *dialled = ensure(event, QLatin1String("Dest"));
    if (!dialled)
        return;
    const QString status = event.text(QLatin1String("DialStatus"));
    if (status == QLatin1String("ANSWER")) {
        if (dialled->kind == Channel::Kind::Agent)
            say(dialled->call, step::Answered{dialled->agent, dialled->uniqueid});
        return;
    }
    const bool forwarded = !event.text(QLatin1String("Forward")).isEmpty();
    const Result result = forwarded ? Result::Forwarded : resultOfDial(status);
    const auto phones = m_channels.phonesBehind(*dialled);
    for (const Channel *phone : phones)
        deviceOver(*phone, result);
}

void AmiInterpreter::onAgentRingNoAnswer(const AmiMessage &event)
{
    Channel *dialled = ensure(event, QLatin1String("Dest"));
    if (!dialled)
        return;
    const auto phones = m_channels.phonesBehind(*dialled);
    for (const Channel *phone : phones)
        deviceOver(*phone, Result::NoAnswer);
}

void AmiInterpreter::deviceOver(const Channel &phone, Result result)
{
    if (m_calls.call(phone.call))
        say(phone.call, step::DeviceOver{phone.agent, phone.uniqueid, result});
}

void AmiInterpreter::onHangupRequest(const AmiMessage &event)
{
    const Channel *channel = ensure(event);
    auto info = channel ? m_infos.find(channel->call) : m_infos.end();
    if (info == m_infos.end() || channel->kind == Channel::Kind::Local)
        return;
    const Call *call = m_calls.call(channel->call);
    const bool outbound = call && call->direction == Direction::Outbound;
    const bool isOther = channel->uniqueid == info->outside;
    info->hangupAt = m_at;
    info->hangupBy = !isOther   ? Call::EndedBy::Agent
                     : outbound ? Call::EndedBy::Remote
                                : Call::EndedBy::Caller;
}

void AmiInterpreter::onHangup(const AmiMessage &event)
{
    const Channel *channel = m_channels.find(event.text(QLatin1String("Uniqueid")));
    if (!channel)
        return;
    const Channel gone = *channel;
    const int cause = event.text(QLatin1String("Cause")).toInt();
    if (gone.kind == Channel::Kind::Agent)
        deviceOver(gone, resultOfCause(cause));
    m_channels.remove(gone.uniqueid);
    if (!m_calls.call(gone.call))
        return;
    updateTalk(gone.call);
    agentLeft(gone);
    endIfOver(gone, cause);
}

void AmiInterpreter::agentLeft(const Channel &gone)
{
    if (gone.kind != Channel::Kind::Agent)
        return;
    const auto rest = m_channels.ofCall(gone.call);
    const bool stillThere =
        std::ranges::any_of(rest, [&](const Channel *channel) { return channel->agent == gone.agent; });
    if (!stillThere)
        say(gone.call, step::AgentGone{gone.agent});
}

void AmiInterpreter::endIfOver(const Channel &gone, int cause)
{
    auto info = m_infos.find(gone.call);
    const Call *call = m_calls.call(gone.call);
    if (info == m_infos.end() || !call || call->isOver())
        return;
    const bool otherGone = gone.uniqueid == info->outside;
    const bool rootUp = m_channels.find(info->root);
    if (call->direction == Direction::Outbound) {
        const bool otherUp = info->outsideTalked && m_channels.find(info->outside);
        const bool over =
            otherGone ? info->outsideTalked || !rootUp : gone.uniqueid == info->root && !otherUp;
        if (otherGone)
            info->outside.clear();
        if (!over)
            return;
    } else if (!otherGone && !(info->outside.isEmpty() && gone.uniqueid == info->root)) {
        return;
    }
    say(gone.call, step::Ended{whoEnded(*info, *call, cause), cause});
}

Call::EndedBy AmiInterpreter::whoEnded(const Info &info, const Call &call, int cause) const
{
    if (info.hangupBy != Call::EndedBy::Unknown && m_at - info.hangupAt <= hangupRequestCounts)
        return info.hangupBy;
    if (call.direction == Direction::Inbound && (cause == causeCallerGaveUp || call.abandoned))
        return Call::EndedBy::Caller;
    return Call::EndedBy::Pbx;
}

} // namespace ringbook::calls
