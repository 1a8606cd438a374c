#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"
#include "sync/calls/LineParty.h"
#include "sync/calls/esl/EslInterpreter.h"

#include <algorithm>

namespace ringbook::calls {

// Who talks with whom: bridges, hold, queues, transfers, pickup.

using namespace model;
using Kind = EslChannel::Kind;

namespace {

constexpr TimeMs sameTransfer = 2 * secondMs; ///< told of in several ways

/// "102" of "1795302448:0a1b…:bl_xfer:102/default/XML"; empty if it was no blind transfer.
QString blindTargetOf(const QString &source)
{
    if (source.section(u':', 2, 2) != QLatin1String("bl_xfer"))
        return {};
    return plainText(source.section(u':', 3).section(u'/', 0, 0), maxPhoneTextLength);
}

} // namespace

void EslInterpreter::onBridge(const EslEvent &event)
{
    ensure(event);
    const QString one = event.text("Bridge-A-Unique-ID");
    const QString other = event.text("Bridge-B-Unique-ID");
    if (one == other)
        return;
    m_channels.bridge(one, other);
    for (const QString &uuid : {one, other})
        if (!m_channels.find(uuid))
            ask(uuid);
    mergeBridged(one, other);
    if (const EslChannel *channel = m_channels.find(one))
        updateTalk(channel->call);
}

void EslInterpreter::mergeBridged(const QString &one, const QString &other)
{
    EslChannel *first = m_channels.find(one);
    EslChannel *second = m_channels.find(other);
    if (!first || !second)
        return;
    if (first->call.isEmpty())
        first->call = second->call;
    if (second->call.isEmpty())
        second->call = first->call;
    if (first->call == second->call || !m_calls.call(first->call) || !m_calls.call(second->call))
        return;
    const EslChannel &stays = isOlder(first->call, second->call) ? *first : *second;
    const EslChannel &comes = &stays == first ? *second : *first;
    const Call consultation = *m_calls.call(comes.call);
    const QString by = talkingAgent(*m_calls.call(stays.call));
    const bool isHandOver = !by.isEmpty() && consultation.callerAgent == by && comes.agent != by;
    if (isHandOver)
        passOn(stays.call, PassingOn{Transfer::Type::Attended, by,
                                     comes.agent.isEmpty() ? consultation.called.raw : comes.agent});
    merge(comes.call, stays.call);
}

/// An agent's own call is the younger one where both began at once: it was made for the other.
bool EslInterpreter::isOlder(const QString &call, const QString &than) const
{
    const Call &one = *m_calls.call(call);
    const Call &other = *m_calls.call(than);
    return one.startedAt == other.startedAt ? one.callerAgent.isEmpty() : one.startedAt < other.startedAt;
}

void EslInterpreter::onUnbridge(const EslEvent &event)
{
    const EslChannel *channel = ensure(event);
    m_channels.unbridge(event.text("Bridge-A-Unique-ID"), event.text("Bridge-B-Unique-ID"));
    if (channel)
        updateTalk(channel->call);
}

void EslInterpreter::updateTalk(const QString &call)
{
    auto info = m_infos.find(call);
    if (info == m_infos.end() || info->outside.isEmpty())
        return;
    const QStringList agents = m_channels.agentsConnectedTo(info->outside);
    info->outsideTalked |= !agents.isEmpty();
    settlePassingOn(call, agents);
    const Call *known = m_calls.call(call);
    if (known && (!agents.isEmpty() || !known->segments.isEmpty()))
        say(call, step::Talking{agents});
}

void EslInterpreter::onHold(const EslEvent &event)
{
    const EslChannel *channel = ensure(event);
    if (channel && channel->kind == Kind::Agent)
        say(channel->call,
            step::Held{channel->agent, event.text("Event-Name") == QLatin1String("CHANNEL_HOLD")});
}

// Transfers

void EslInterpreter::learnTransfer(const QString &call, const QString &source)
{
    auto info = m_infos.find(call);
    if (info == m_infos.end() || source.isEmpty() || source == info->transferSource)
        return;
    info->transferSource = source;
    const QString to = blindTargetOf(source);
    const QString talks = talkingAgent(*m_calls.call(call));
    const QString by = info->passingOn ? info->passingOn->by : talks;
    if (!to.isEmpty() && !by.isEmpty())
        passOn(call, PassingOn{Transfer::Type::Blind, by, to});
}

void EslInterpreter::settlePassingOn(const QString &call, const QStringList &talking)
{
    const auto info = m_infos.constFind(call);
    if (info == m_infos.constEnd() || !info->passingOn)
        return;
    PassingOn passing = *info->passingOn;
    const auto taker =
        std::ranges::find_if(talking, [&](const QString &agent) { return agent != passing.by; });
    if (taker == talking.end())
        return;
    if (passing.to.isEmpty())
        passing.to = *taker;
    passOn(call, passing);
}

void EslInterpreter::passOn(const QString &call, const PassingOn &passing)
{
    wontTransfer(call);
    const Call *known = m_calls.call(call);
    const bool isTold = known && !known->transfers.isEmpty() && known->transfers.last().by == passing.by &&
                        m_at - known->transfers.last().at <= sameTransfer;
    if (!isTold)
        say(call, step::Transferred{passing.type, passing.by, passing.to});
}

// Queues of mod_callcenter

void EslInterpreter::onCustom(const EslEvent &event)
{
    static const QHash<QString, Handler> handlers{
        {"member-queue-start", &EslInterpreter::onQueueStart},
        {"agent-offering", &EslInterpreter::onQueueStart},
        {"member-queue-end", &EslInterpreter::onQueueEnd},
        {"bridge-agent-start", &EslInterpreter::onAgentBridged},
    };
    const auto handler = handlers.constFind(event.text("CC-Action"));
    if (event.text("Event-Subclass") == QLatin1String("callcenter::info") && handler != handlers.constEnd())
        (this->**handler)(event);
}

/// "support@default" may stand in the settings as it is or as "support".
void EslInterpreter::onQueueStart(const EslEvent &event)
{
    const QString member = event.text("CC-Member-Session-UUID");
    if (event.text("Unique-ID") == member)
        ensure(event);
    const EslChannel *channel = m_channels.find(member);
    if (!channel)
        return ask(member);
    const Call *call = m_calls.call(channel->call);
    const bool isNews =
        call && (event.text("CC-Action") == QLatin1String("member-queue-start") || call->queue.isEmpty());
    const QString queue = event.text("CC-Queue");
    if (isNews)
        say(channel->call,
            step::Queued{queueLabel(m_settings.queues.contains(queue) ? queue : queue.section(u'@', 0, 0),
                                    m_settings)});
}

/// Cancelled without a time-out: the caller hung up, or pressed a key to get out.
void EslInterpreter::onQueueEnd(const EslEvent &event)
{
    const EslChannel *channel = m_channels.find(event.text("CC-Member-Session-UUID"));
    const bool isCancelled = event.text("CC-Cause") == QLatin1String("Cancel");
    const QString reason = event.text("CC-Cancel-Reason");
    const bool isTimeOut = reason == QLatin1String("TIMEOUT") || reason == QLatin1String("NO_AGENT_TIMEOUT");
    if (channel && m_calls.call(channel->call))
        say(channel->call, step::LeftQueue{isCancelled && !isTimeOut});
}

void EslInterpreter::onAgentBridged(const EslEvent &event)
{
    const QString uuid = event.text("CC-Agent-UUID");
    if (event.text("Unique-ID") == uuid)
        ensure(event);
    EslChannel *channel = m_channels.find(uuid);
    if (!channel)
        return ask(uuid);
    if (channel->call.isEmpty()) {
        channel->parent = event.text("CC-Member-Session-UUID");
        join(*channel);
    }
    channel->isAnswered = true;
    if (channel->isOffered)
        say(channel->call, step::Answered{channel->agent, channel->uuid});
}

} // namespace ringbook::calls
