#include "sync/calls/ami/AmiChannels.h"

#include "model/domain/PlainText.h"

#include <QLoggingCategory>

#include <algorithm>

namespace ringbook::calls {

namespace {

Q_LOGGING_CATEGORY(log, "ringbook.hub.pbx")

constexpr int maxUnassigned = 100;
constexpr int maxEndpointLength = 80;

/// Technologies of channels that are the PBX's own inner works, no party of a call.
constexpr QLatin1String innerTechnologies[] = {
    QLatin1String("Announcer"),  QLatin1String("AsyncGoto"),    QLatin1String("Bridge"),
    QLatin1String("CBAnn"),      QLatin1String("CBRec"),        QLatin1String("Message"),
    QLatin1String("Recorder"),   QLatin1String("Snoop"),        QLatin1String("Surrogate"),
    QLatin1String("UnicastRTP"), QLatin1String("MulticastRTP"),
};

QString endpointOf(const QString &channelName)
{
    return channelName.left(channelName.lastIndexOf(u'-'));
}

} // namespace

Channel *AmiChannels::find(const QString &uniqueid)
{
    const auto found = m_channels.find(uniqueid);
    return found == m_channels.end() ? nullptr : &found->second;
}

Channel *AmiChannels::add(const QString &uniqueid, const QString &name, const QString &linkedid)
{
    if (uniqueid.isEmpty() || m_channels.size() >= maxChannels)
        return nullptr;
    Channel &channel = m_channels[uniqueid];
    channel =
        Channel{.uniqueid = uniqueid, .name = name, .linkedid = linkedid.isEmpty() ? uniqueid : linkedid};
    classify(channel);
    return &channel;
}

void AmiChannels::classify(Channel &channel)
{
    const QString technology = channel.name.section(u'/', 0, 0);
    const QString endpoint = endpointOf(channel.name);
    if (technology == QLatin1String("Local")) {
        channel.kind = Channel::Kind::Local;
    } else if (const Agent *agent = m_settings.agentAt(endpoint)) {
        channel.kind = Channel::Kind::Agent;
        channel.agent = agent->extension;
    } else if (m_settings.trunks.contains(endpoint)) {
        channel.kind = Channel::Kind::Trunk;
    } else if (std::ranges::find(innerTechnologies, technology) != std::end(innerTechnologies)) {
        channel.kind = Channel::Kind::Internal;
    } else {
        noteUnassigned(endpoint);
    }
}

/// Told once each: it may be a phone whose name is misspelt in the settings, whose agent sees no call.
void AmiChannels::noteUnassigned(const QString &endpoint)
{
    const bool isNew = !m_unassigned.contains(endpoint);
    if (endpoint.isEmpty() || (isNew && m_unassigned.size() >= maxUnassigned))
        return;
    ++m_unassigned[endpoint];
    if (!isNew)
        return;
    qCWarning(log, "“%s” of the telephone system is neither an agent's phone nor a trunk in the settings",
              qPrintable(model::plainText(endpoint, maxEndpointLength)));
}

void AmiChannels::remove(const QString &uniqueid)
{
    m_channels.erase(uniqueid);
}

QVector<Channel *> AmiChannels::all()
{
    QVector<Channel *> channels;
    for (auto &[uniqueid, channel] : m_channels)
        channels += &channel;
    return channels;
}

QVector<Channel *> AmiChannels::ofCall(const QString &call)
{
    QVector<Channel *> channels = all();
    channels.removeIf([&](const Channel *channel) { return channel->call != call; });
    return channels;
}

QVector<Channel *> AmiChannels::inBridge(const QString &bridge)
{
    QVector<Channel *> channels = all();
    channels.removeIf([&](const Channel *channel) { return bridge.isEmpty() || channel->bridge != bridge; });
    return channels;
}

void AmiChannels::pair(const QString &one, const QString &other)
{
    Channel *first = find(one);
    Channel *second = find(other);
    if (!first || !second)
        return;
    first->partner = other;
    second->partner = one;
}

void AmiChannels::pairLocalsByName()
{
    QHash<QString, QString> firstHalves;
    for (const auto &[uniqueid, channel] : m_channels) {
        if (channel.kind == Channel::Kind::Local && channel.name.endsWith(QLatin1String(";1")))
            firstHalves[channel.name.chopped(1)] = uniqueid;
    }
    const auto channels = all();
    for (const Channel *channel : channels) {
        if (channel->kind == Channel::Kind::Local && channel->name.endsWith(QLatin1String(";2")))
            pair(firstHalves.value(channel->name.chopped(1)), channel->uniqueid);
    }
}

QVector<Channel *> AmiChannels::phonesBehind(Channel &dialled)
{
    QVector<Channel *> phones;
    QStringList open{dialled.uniqueid};
    QSet<QString> seen;
    while (!open.isEmpty()) {
        Channel *channel = find(open.takeLast());
        if (!channel || seen.contains(channel->uniqueid))
            continue;
        seen += channel->uniqueid;
        if (channel->kind == Channel::Kind::Agent)
            phones += channel;
        if (channel->kind != Channel::Kind::Local || channel->partner.isEmpty())
            continue;
        for (auto &[uniqueid, other] : m_channels) {
            if (other.dialledBy == channel->partner)
                open += uniqueid;
        }
    }
    return phones;
}

QStringList AmiChannels::neighbours(const Channel &channel)
{
    QStringList near;
    if (!channel.partner.isEmpty())
        near += channel.partner;
    const auto others = inBridge(channel.bridge);
    for (const Channel *other : others)
        near += other->uniqueid;
    return near;
}

QStringList AmiChannels::agentsConnectedTo(const QString &uniqueid)
{
    QStringList agents;
    QStringList open{uniqueid};
    QSet<QString> seen;
    while (!open.isEmpty()) {
        const Channel *channel = find(open.takeLast());
        if (!channel || seen.contains(channel->uniqueid))
            continue;
        seen += channel->uniqueid;
        if (channel->kind == Channel::Kind::Agent && channel->uniqueid != uniqueid)
            agents += channel->agent;
        open += neighbours(*channel);
    }
    agents.removeDuplicates();
    agents.sort();
    return agents;
}

} // namespace ringbook::calls
