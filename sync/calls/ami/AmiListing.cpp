#include "sync/calls/LineParty.h"
#include "sync/calls/ami/AmiInterpreter.h"

#include <algorithm>

namespace ringbook::calls {

// What the interpreter makes of a list of everything that is up, after a connection was lost or long silent.

using namespace model;

namespace {

/// "00:01:05" -> 65 000.
TimeMs durationMs(const QString &text)
{
    TimeMs seconds = 0;
    const auto parts = text.split(u':');
    for (const QString &part : parts)
        seconds = seconds * 60 + std::clamp(part.toInt(), 0, 1'000'000);
    return seconds * secondMs;
}

bool isRootEntry(const AmiMessage &entry)
{
    return entry.text(QLatin1String("Uniqueid")) == entry.text(QLatin1String("Linkedid"));
}

} // namespace

void AmiInterpreter::takeListing(const AmiListing &listing, TimeMs at)
{
    m_at = at;
    QSet<QString> listed;
    for (const AmiMessage &entry : listing.channels)
        listed += entry.text(QLatin1String("Uniqueid"));
    dropUnlisted(listed);

    auto entries = listing.channels;
    std::ranges::stable_partition(entries, isRootEntry);
    for (const AmiMessage &entry : std::as_const(entries))
        addListed(entry);
    m_channels.pairLocalsByName();
    for (const AmiMessage &entry : listing.queueEntries) {
        if (m_channels.find(entry.text(QLatin1String("Uniqueid"))))
            onAgentCalled(entry);
    }
    const auto calls = m_infos.keys();
    for (const QString &call : calls)
        updateTalk(call);
}

void AmiInterpreter::dropUnlisted(const QSet<QString> &listed)
{
    auto gone = m_channels.all();
    gone.removeIf([&](const Channel *channel) { return listed.contains(channel->uniqueid); });
    QVector<Channel> copies;
    for (const Channel *channel : std::as_const(gone))
        copies += *channel;
    for (const Channel &channel : std::as_const(copies))
        m_channels.remove(channel.uniqueid);
    for (const Channel &channel : std::as_const(copies)) {
        const Info info = m_infos.value(channel.call);
        const bool wasOther = channel.uniqueid == (info.outside.isEmpty() ? info.root : info.outside);
        const Call *call = m_calls.call(channel.call);
        if (!call)
            continue;
        if (channel.kind == Channel::Kind::Agent)
            deviceOver(channel, AgentCall::Result::None);
        agentLeft(channel);
        if (wasOther)
            say(channel.call, step::Ended{.truthUnknown = true});
    }
}

void AmiInterpreter::addListed(const AmiMessage &entry)
{
    Channel *channel = ensure(entry);
    if (!channel)
        return;
    const bool mayBegin =
        channel->isOutside() || (channel->kind == Channel::Kind::Agent && channel->isRoot());
    if (channel->call.isEmpty() && mayBegin) {
        begin(*channel, entry, true, m_at - durationMs(entry.text(QLatin1String("Duration"))));
        if (entry.text(QLatin1String("Application")) == QLatin1String("Queue")) {
            const QString queue = entry.text(QLatin1String("ApplicationData")).section(u',', 0, 0);
            say(channel->call, step::Queued{queueLabel(queue, m_settings)});
            say(channel->call, step::LeftQueue{});
        }
        askPresentation(channel->call);
    }
    channel->bridge = entry.text(QLatin1String("BridgeId"));
    if (!channel->isRoot())
        joinListed(*channel, entry);
    say(channel->call, step::StillThere{channel->agent});
}

/// The far end of a call whose beginning was listed before.
void AmiInterpreter::joinListed(Channel &channel, const AmiMessage &entry)
{
    const Channel *root = m_channels.find(channel.linkedid);
    const bool begunByAgent = root && root->kind == Channel::Kind::Agent;
    if (channel.isOutside())
        dialsOut(channel, channel.call, entry);
    if (channel.kind != Channel::Kind::Agent)
        return;
    channel.rings = entry.text(QLatin1String("ChannelState")) == QLatin1String("5");
    if (channel.rings)
        dialsPhone(root, channel, channel.call, entry);
    else if (begunByAgent && m_infos.contains(channel.call) && m_infos[channel.call].outside.isEmpty())
        m_infos[channel.call].outside = root->uniqueid;
}

} // namespace ringbook::calls
