#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"
#include "sync/calls/LineParty.h"
#include "sync/calls/ami/AmiInterpreter.h"

#include <algorithm>

namespace ringbook::calls {

// Who talks with whom: bridges, hold, queues, transfers, pickup, parking.

using namespace model;

namespace {

bool isQuietBridge(const QString &type)
{
    return type == QLatin1String("parking") || type == QLatin1String("holding");
}

} // namespace

void AmiInterpreter::onBridgeEnter(const AmiMessage &event)
{
    if (Channel *swapped = m_channels.find(event.text(QLatin1String("SwapUniqueid"))))
        swapped->bridge.clear();
    Channel *channel = ensure(event);
    if (!channel)
        return;
    const bool quiet = isQuietBridge(event.text(QLatin1String("BridgeType")));
    channel->bridge = quiet ? QString() : event.text(QLatin1String("BridgeUniqueid"));
    const auto others = m_channels.inBridge(channel->bridge);
    for (const Channel *other : others) {
        const Call *mine = m_calls.call(channel->call);
        const Call *theirs = m_calls.call(other->call);
        if (!mine || !theirs || mine == theirs)
            continue;
        const bool mineIsOlder = mine->startedAt <= theirs->startedAt;
        merge(mineIsOlder ? theirs->id : mine->id, mineIsOlder ? mine->id : theirs->id);
    }
    updateTalk(channel->call);
}

void AmiInterpreter::onBridgeLeave(const AmiMessage &event)
{
    Channel *channel = ensure(event);
    if (!channel || channel->bridge != event.text(QLatin1String("BridgeUniqueid")))
        return;
    channel->bridge.clear();
    updateTalk(channel->call);
}

void AmiInterpreter::onLocalBridge(const AmiMessage &event)
{
    const Channel *one = ensure(event, QLatin1String("LocalOne"));
    const Channel *two = ensure(event, QLatin1String("LocalTwo"));
    if (!one || !two)
        return;
    m_channels.pair(one->uniqueid, two->uniqueid);
    updateTalk(one->call);
}

void AmiInterpreter::updateTalk(const QString &call)
{
    auto info = m_infos.find(call);
    if (info == m_infos.end() || info->outside.isEmpty())
        return;
    const QStringList agents = m_channels.agentsConnectedTo(info->outside);
    info->outsideTalked |= !agents.isEmpty();
    const Call *known = m_calls.call(call);
    if (known && (!agents.isEmpty() || !known->segments.isEmpty()))
        say(call, step::Talking{agents});
}

void AmiInterpreter::onHold(const AmiMessage &event)
{
    const Channel *channel = ensure(event);
    if (channel && channel->kind == Channel::Kind::Agent)
        say(channel->call,
            step::Held{channel->agent, event.text(QLatin1String("Event")) == QLatin1String("Hold")});
}

void AmiInterpreter::onQueueJoin(const AmiMessage &event)
{
    Channel *channel = ensure(event);
    if (!channel)
        return;
    const QString queue = event.text(QLatin1String("Queue"));
    const QString call = callWith(*channel, event);
    say(call, step::Queued{queueLabel(queue, m_settings)});
    askPresentation(call);
}

void AmiInterpreter::onQueueLeave(const AmiMessage &event)
{
    const Channel *channel = ensure(event);
    const bool abandoned = event.text(QLatin1String("Event")) == QLatin1String("QueueCallerAbandon");
    if (channel)
        say(channel->call, step::LeftQueue{abandoned});
}

void AmiInterpreter::onAgentCalled(const AmiMessage &event)
{
    const Channel *channel = ensure(event);
    const Call *call = channel ? m_calls.call(channel->call) : nullptr;
    if (call && call->queue.isEmpty())
        onQueueJoin(event);
}

void AmiInterpreter::onBlindTransfer(const AmiMessage &event)
{
    const Channel *by = ensure(event, QLatin1String("Transferer"));
    if (!by || event.text(QLatin1String("Result")) != QLatin1String("Success"))
        return;
    say(by->call, step::Transferred{Transfer::Type::Blind, by->agent,
                                    plainText(event.text(QLatin1String("Extension")), maxPhoneTextLength)});
}

void AmiInterpreter::onAttendedTransfer(const AmiMessage &event)
{
    if (event.text(QLatin1String("Result")) != QLatin1String("Success"))
        return;
    const Channel *by = ensure(event, QLatin1String("OrigTransferer"));
    const Channel *consulting = ensure(event, QLatin1String("SecondTransferer"));
    const Channel *transferee = ensure(event, QLatin1String("Transferee"));
    const QString call = transferee && !transferee->call.isEmpty() ? transferee->call
                         : by                                      ? by->call
                                                                   : QString();
    if (!by || call.isEmpty())
        return;
    const QString consultation =
        consulting ? consulting->call : callOfLinkedid(event.text(QLatin1String("SecondTransfererLinkedid")));
    merge(consultation, call);
    const Call *known = m_calls.call(call);
    const QString talks = known ? talkingAgent(*known) : QString();
    say(call, step::Transferred{Transfer::Type::Attended, by->agent, talks == by->agent ? QString() : talks});
}

void AmiInterpreter::onPickup(const AmiMessage &event)
{
    const Channel *taker = ensure(event);
    const Channel *target = ensure(event, QLatin1String("Target"));
    if (!taker || !target)
        return;
    say(target->call, step::TakenFrom{target->agent, taker->agent});
    merge(taker->call, target->call);
}

void AmiInterpreter::onParked(const AmiMessage &event)
{
    if (const Channel *parkee = ensure(event, QLatin1String("Parkee")))
        say(parkee->call, step::Parked{});
}

void AmiInterpreter::onTakenFromPark(const AmiMessage &event)
{
    const Channel *parkee = ensure(event, QLatin1String("Parkee"));
    const Channel *taker = ensure(event, QLatin1String("Retriever"));
    if (!parkee || !taker)
        return;
    say(parkee->call, step::TakenFromPark{taker->agent});
    merge(taker->call, parkee->call);
}

} // namespace ringbook::calls
