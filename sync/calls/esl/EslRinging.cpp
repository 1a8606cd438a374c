#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"
#include "sync/calls/LineParty.h"
#include "sync/calls/esl/EslInterpreter.h"

#include <algorithm>

namespace ringbook::calls {

// Dialling, ringing, answering, hanging up.

using namespace model;
using Direction = AgentCall::Direction;
using Result = AgentCall::Result;
using Kind = EslChannel::Kind;

namespace {

constexpr TimeMs hangupCounts = secondMs;

const QString blindTransfer = QStringLiteral("BLIND_TRANSFER");
const QString attendedTransfer = QStringLiteral("ATTENDED_TRANSFER");
const QString callerGaveUp = QStringLiteral("ORIGINATOR_CANCEL");

QString causeOf(const EslEvent &event)
{
    const QString cause = event.text("Hangup-Cause");
    return cause.isEmpty() ? event.text("variable_hangup_cause") : cause;
}

/// A leg that was cancelled (ORIGINATOR_CANCEL) waits for the reason.
Result resultOfCause(const QString &cause)
{
    static const QHash<QString, Result> results{
        {"LOSE_RACE", Result::AnsweredElsewhere},
        {"PICKED_OFF", Result::AnsweredElsewhere},
        {"NO_ANSWER", Result::NoAnswer},
        {"NO_USER_RESPONSE", Result::NoAnswer},
        {"PROGRESS_TIMEOUT", Result::NoAnswer},
        {"ALLOTTED_TIMEOUT", Result::NoAnswer},
        {"USER_BUSY", Result::Rejected},
        {"CALL_REJECTED", Result::Rejected},
        {"REDIRECTION_TO_NEW_DESTINATION", Result::Forwarded},
        {"USER_NOT_REGISTERED", Result::Unavailable},
        {"SUBSCRIBER_ABSENT", Result::Unavailable},
        {"UNALLOCATED_NUMBER", Result::Unavailable},
        {"DESTINATION_OUT_OF_ORDER", Result::Unavailable},
        {"NETWORK_OUT_OF_ORDER", Result::Unavailable},
        {"NORMAL_TEMPORARY_FAILURE", Result::Unavailable},
        {"RECOVERY_ON_TIMER_EXPIRE", Result::Unavailable},
    };
    return results.value(cause, Result::None);
}

/// "102" of "<sip:102@example.com>".
QString userOfAddress(const QString &address)
{
    const qsizetype begin = address.indexOf(QLatin1String("sip:"));
    const qsizetype end = address.indexOf(u'@');
    return begin < 0 || end < begin
               ? QString()
               : plainText(address.sliced(begin + 4, end - begin - 4), maxPhoneTextLength);
}

} // namespace

void EslInterpreter::dialsPhone(EslChannel &phone)
{
    auto info = m_infos.find(phone.call);
    if (info == m_infos.end())
        return;
    const EslChannel *root = m_channels.find(info->root);
    if (root && root->kind == Kind::Agent && info->outside.isEmpty()) {
        info->outside = root->uuid;
        const Call *known = m_calls.call(phone.call);
        const bool untold = known && known->called.raw.isEmpty();
        say(phone.call,
            step::Directed{Direction::Internal, untold ? calledParty(phone.dialled, m_settings) : Party{}});
    }
    phone.isOffered = true;
    say(phone.call, step::Offered{phone.agent, phone.uuid});
    if (phone.rings)
        say(phone.call, step::Rang{phone.agent, phone.uuid});
    if (phone.isAnswered)
        say(phone.call, step::Answered{phone.agent, phone.uuid});
}

void EslInterpreter::dialsOut(const EslChannel &line)
{
    auto info = m_infos.find(line.call);
    const Call *known = m_calls.call(line.call);
    if (info == m_infos.end() || !known || known->callerAgent.isEmpty() || !info->outside.isEmpty())
        return;
    info->outside = line.uuid;
    say(line.call,
        step::Directed{Direction::Outbound,
                       known->called.raw.isEmpty() ? calledParty(line.dialled, m_settings) : Party{}, true});
}

void EslInterpreter::onRinging(const EslEvent &event)
{
    EslChannel *channel = ensure(event);
    if (!channel)
        return;
    channel->rings = true;
    if (channel->isOffered)
        say(channel->call, step::Rang{channel->agent, channel->uuid});
}

/// Tells too little to introduce a channel.
void EslInterpreter::onCallState(const EslEvent &event)
{
    if (!m_channels.find(event.text("Unique-ID")))
        return;
    const QString state = event.text("Channel-Call-State");
    if (state == QLatin1String("RINGING") || state == QLatin1String("EARLY"))
        onRinging(event);
}

void EslInterpreter::onAnswer(const EslEvent &event)
{
    EslChannel *channel = ensure(event);
    if (!channel)
        return;
    channel->isAnswered = true;
    if (channel->isOffered)
        say(channel->call, step::Answered{channel->agent, channel->uuid});
}

void EslInterpreter::onHangup(const EslEvent &event)
{
    const QString uuid = event.text("Unique-ID");
    const EslChannel *channel = m_channels.find(uuid);
    if (!channel)
        return forget(uuid);
    noteWhoHungUp(*channel, event);
    leaveByTransfer(*channel, event);
    const EslChannel gone = *channel;
    if (gone.isOffered && m_calls.call(gone.call))
        say(gone.call, step::DeviceOver{gone.agent, gone.uuid, resultOfCause(causeOf(event))});
    forget(uuid);
    if (!m_calls.call(gone.call))
        return;
    updateTalk(gone.call);
    agentLeft(gone);
    endIfOver(gone, event);
}

void EslInterpreter::noteWhoHungUp(const EslChannel &channel, const EslEvent &event)
{
    auto info = m_infos.find(channel.call);
    const Call *call = m_calls.call(channel.call);
    const QString disposition = event.text("variable_sip_hangup_disposition");
    if (info == m_infos.end() || !call || !disposition.startsWith(QLatin1String("recv_")))
        return;
    const bool isOther = channel.uuid == info->outside;
    const bool endsTalk = disposition != QLatin1String("recv_refuse");
    if (!isOther && (channel.kind != Kind::Agent || !endsTalk))
        return;
    info->hangupAt = m_at;
    info->hangupBy = !isOther                                 ? Call::EndedBy::Agent
                     : call->direction == Direction::Outbound ? Call::EndedBy::Remote
                                                              : Call::EndedBy::Caller;
}

/// To whom is often known only when the other party is somewhere else.
void EslInterpreter::leaveByTransfer(const EslChannel &channel, const EslEvent &event)
{
    auto info = m_infos.find(channel.call);
    const Call *call = m_calls.call(channel.call);
    const QString cause = causeOf(event);
    const bool isBlind = cause == blindTransfer;
    if (info == m_infos.end() || !call || (!isBlind && cause != attendedTransfer) ||
        channel.kind != Kind::Agent || talkingAgent(*call) != channel.agent)
        return;
    if (!info->passingOn)
        info->passingOn = PassingOn{isBlind ? Transfer::Type::Blind : Transfer::Type::Attended, channel.agent,
                                    isBlind ? userOfAddress(event.text("variable_sip_refer_to")) : QString()};
    if (!info->passingOn->to.isEmpty())
        passOn(channel.call, PassingOn(*info->passingOn));
}

void EslInterpreter::agentLeft(const EslChannel &gone)
{
    if (gone.kind != Kind::Agent)
        return;
    const auto rest = m_channels.ofCall(gone.call);
    const bool stillThere =
        std::ranges::any_of(rest, [&](const EslChannel *channel) { return channel->agent == gone.agent; });
    if (!stillThere)
        say(gone.call, step::AgentGone{gone.agent});
}

void EslInterpreter::endIfOver(const EslChannel &gone, const EslEvent &event)
{
    auto info = m_infos.find(gone.call);
    const Call *call = m_calls.call(gone.call);
    if (info == m_infos.end() || !call || call->isOver())
        return;
    const QString cause = causeOf(event);
    const bool otherGone = gone.uuid == info->outside;
    const bool rootUp = m_channels.find(info->root);
    info->isHandedOver |= otherGone && cause == attendedTransfer;
    bool over = otherGone || (info->outside.isEmpty() && gone.uuid == info->root);
    if (call->direction == Direction::Outbound && !call->callerAgent.isEmpty()) {
        const bool otherUp = info->outsideTalked && m_channels.find(info->outside);
        over = otherGone ? info->outsideTalked || !rootUp : gone.uuid == info->root && !otherUp;
        if (otherGone)
            info->outside.clear();
    }
    if (info->isHandedOver)
        over = m_channels.ofCall(gone.call).isEmpty();
    if (!over)
        return;
    if (info->passingOn)
        passOn(gone.call, PassingOn(*info->passingOn));
    say(gone.call,
        step::Ended{whoEnded(*info, *call, cause), event.text("variable_hangup_cause_q850").toInt()});
}

Call::EndedBy EslInterpreter::whoEnded(const Info &info, const Call &call, const QString &cause) const
{
    if (info.hangupBy != Call::EndedBy::Unknown && m_at - info.hangupAt <= hangupCounts)
        return info.hangupBy;
    if (call.direction == Direction::Inbound && (cause == callerGaveUp || call.abandoned))
        return Call::EndedBy::Caller;
    return Call::EndedBy::Pbx;
}

} // namespace ringbook::calls
