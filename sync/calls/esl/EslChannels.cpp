#include "sync/calls/esl/EslChannels.h"

#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"

#include <QLoggingCategory>
#include <QSet>

#include <algorithm>

namespace ringbook::calls {

namespace {

Q_LOGGING_CATEGORY(log, "ringbook.hub.pbx")

constexpr int maxUnassigned = 100;
constexpr int maxEndpointLength = 80;

const QString userPrefix = QStringLiteral("user/");
const QString gatewayPrefix = QStringLiteral("sofia/gateway/");

QString withDomain(const QString &user, const QString &domain)
{
    return user.isEmpty() || domain.isEmpty() || user.contains(u'@') ? user : user + u'@' + domain;
}

/// "sofia/external" of "sofia/external/+4930…@example.com": the rest may be a caller's number.
QString profileOf(const QString &channelName)
{
    return channelName.section(u'/', 0, 1);
}

/// Whoever calls in over SIP may write any user into From; only one who signed in is that user.
bool hasSignedIn(const EslEvent &event, const QString &channelName)
{
    return !channelName.startsWith(QLatin1String("sofia/")) || event.isTrue("variable_sip_authorized") ||
           !event.text("variable_user_name").isEmpty();
}

QStringList usersIn(const EslEvent &event, bool isInbound, const QString &channelName)
{
    const QString presence = event.text("Channel-Presence-ID");
    if (!isInbound)
        return {withDomain(event.text("variable_dialed_user"), event.text("variable_dialed_domain")),
                presence};
    if (!hasSignedIn(event, channelName))
        return {};
    const QString domain = event.text("variable_domain_name");
    return {withDomain(event.text("variable_user_name"), domain), presence,
            withDomain(event.text("Caller-Username"), domain)};
}

QString gatewayIn(const EslEvent &event)
{
    const QString inbound = event.text("variable_sip_gateway");
    return inbound.isEmpty() ? event.text("variable_sip_gateway_name") : inbound;
}

/// Who dialled this channel; empty if nobody or itself.
QString parentIn(const EslEvent &event, const QString &uuid)
{
    const bool isDialledForOther = event.text("Other-Type") != QLatin1String("originatee");
    const QString candidates[] = {
        event.text("variable_cc_member_session_uuid"), event.text("variable_originating_leg_uuid"),
        event.text("variable_originator"), isDialledForOther ? event.text("Other-Leg-Unique-ID") : QString(),
        event.text("Channel-Call-UUID")};
    const auto found = std::ranges::find_if(
        candidates, [&](const QString &candidate) { return !candidate.isEmpty() && candidate != uuid; });
    return found == std::end(candidates) ? QString() : *found;
}

} // namespace

EslChannels::EslChannels(const PbxSettings &settings) : m_settings(settings)
{
    for (const Agent &agent : settings.agents) {
        const QString user = agent.endpoint.toLower();
        m_users[user.startsWith(userPrefix) ? user.sliced(userPrefix.size()) : user] = agent.extension;
    }
    m_users.remove(QString());
}

EslChannel *EslChannels::find(const QString &uuid)
{
    const auto found = m_channels.find(uuid);
    return found == m_channels.end() ? nullptr : &found->second;
}

const EslChannel *EslChannels::find(const QString &uuid) const
{
    const auto found = m_channels.find(uuid);
    return found == m_channels.end() ? nullptr : &found->second;
}

EslChannel *EslChannels::add(const EslEvent &event)
{
    const QString uuid = event.text("Unique-ID");
    if (uuid.isEmpty() || m_channels.size() >= maxEslChannels)
        return nullptr;
    EslChannel &channel = m_channels[uuid];
    channel = EslChannel{.uuid = uuid, .name = event.text("Channel-Name")};
    channel.isInbound = event.text("Call-Direction") != QLatin1String("outbound");
    channel.dialled = model::plainText(event.text("Caller-Destination-Number"), model::maxPhoneTextLength);
    const QString state = event.text("Channel-Call-State");
    channel.isAnswered = event.text("Answer-State") == QLatin1String("answered");
    channel.rings = state == QLatin1String("RINGING") || state == QLatin1String("EARLY");
    channel.half = event.text("variable_other_loopback_leg_uuid");
    if (!channel.isInbound)
        channel.parent = parentIn(event, uuid);
    for (const auto &[id, other] : m_channels)
        if (other.other == uuid)
            channel.other = id;
    if (EslChannel *half = find(channel.half))
        half->half = uuid;
    classify(channel, event);
    return &channel;
}

void EslChannels::classify(EslChannel &channel, const EslEvent &event)
{
    const QString gateway = gatewayIn(event);
    const QString profile = profileOf(channel.name);
    QString endpoint = gateway.isEmpty() ? profile : gatewayPrefix + gateway;
    if (!gateway.isEmpty() && (isTrunk(endpoint) || isTrunk(gateway))) {
        channel.kind = EslChannel::Kind::Trunk;
        return;
    }
    if (profile.startsWith(QLatin1String("loopback/"))) {
        channel.kind = EslChannel::Kind::Loopback;
        return;
    }
    const auto users = usersIn(event, channel.isInbound, channel.name);
    for (const QString &user : users) {
        channel.agent = extensionOf(user);
        if (!channel.agent.isEmpty()) {
            channel.kind = EslChannel::Kind::Agent;
            return;
        }
        if (!user.isEmpty() && gateway.isEmpty())
            endpoint = user;
    }
    if (isTrunk(profile))
        channel.kind = EslChannel::Kind::Trunk;
    else
        noteUnassigned(endpoint);
}

bool EslChannels::isTrunk(const QString &endpoint) const
{
    return m_settings.trunks.contains(endpoint);
}

QString EslChannels::extensionOf(const QString &user) const
{
    const QString lower = user.toLower();
    const auto exact = m_users.constFind(lower);
    return exact != m_users.constEnd() ? *exact : m_users.value(lower.section(u'@', 0, 0));
}

/// Told once each: it may be a phone whose name is misspelt in the settings, whose agent sees no call.
void EslChannels::noteUnassigned(const QString &endpoint)
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

void EslChannels::rename(const QString &from, const QString &to)
{
    if (to.isEmpty() || to == from || m_channels.contains(to))
        return;
    auto node = m_channels.extract(from);
    if (node.empty())
        return;
    node.key() = to;
    node.mapped().uuid = to;
    m_channels.insert(std::move(node));
    for (auto &[uuid, channel] : m_channels) {
        for (QString *link : {&channel.parent, &channel.other, &channel.half})
            if (*link == from)
                *link = to;
    }
}

void EslChannels::remove(const QString &uuid)
{
    m_channels.erase(uuid);
    for (auto &[id, channel] : m_channels)
        if (channel.other == uuid)
            channel.other.clear();
}

QVector<EslChannel *> EslChannels::all()
{
    QVector<EslChannel *> channels;
    for (auto &[uuid, channel] : m_channels)
        channels += &channel;
    return channels;
}

QVector<EslChannel *> EslChannels::ofCall(const QString &call)
{
    auto channels = all();
    channels.removeIf([&](const EslChannel *channel) { return channel->call != call; });
    return channels;
}

QVector<EslChannel *> EslChannels::dialledFor(const QString &parent)
{
    auto channels = all();
    channels.removeIf([&](const EslChannel *channel) { return channel->parent != parent; });
    return channels;
}

void EslChannels::bridge(const QString &one, const QString &other)
{
    for (auto &[uuid, channel] : m_channels) {
        const bool isMember = uuid == one || uuid == other;
        if (isMember)
            channel.other = uuid == one ? other : one;
        else if (channel.other == one || channel.other == other)
            channel.other.clear();
    }
}

void EslChannels::unbridge(const QString &one, const QString &other)
{
    EslChannel *first = find(one);
    EslChannel *second = find(other);
    if (first && first->other == other)
        first->other.clear();
    if (second && second->other == one)
        second->other.clear();
}

QStringList EslChannels::agentsConnectedTo(const QString &uuid)
{
    QStringList agents;
    QStringList open{uuid};
    QSet<QString> seen;
    while (!open.isEmpty()) {
        const EslChannel *channel = find(open.takeLast());
        if (!channel || seen.contains(channel->uuid))
            continue;
        seen += channel->uuid;
        if (channel->kind == EslChannel::Kind::Agent && channel->uuid != uuid)
            agents += channel->agent;
        open += {channel->other, channel->half};
    }
    agents.removeDuplicates();
    agents.sort();
    return agents;
}

} // namespace ringbook::calls
