#include "sync/calls/LineParty.h"
#include "sync/calls/esl/EslInterpreter.h"

#include <algorithm>

namespace ringbook::calls {

// What the interpreter makes of a list of everything that is up, after a connection was lost or long silent.

using namespace model;
using Kind = EslChannel::Kind;

namespace {

/// A row says less than an event, with names of its own.
EslEvent eventFromRow(const EslEvent &row)
{
    static const QHash<QString, QString> names{
        {"uuid", "Unique-ID"},
        {"direction", "Call-Direction"},
        {"name", "Channel-Name"},
        {"presence_id", "Channel-Presence-ID"},
        {"call_uuid", "Channel-Call-UUID"},
        {"callstate", "Channel-Call-State"},
        {"cid_num", "Caller-Caller-ID-Number"},
        {"cid_name", "Caller-Caller-ID-Name"},
        {"dest", "Caller-Destination-Number"},
    };
    EslEvent event;
    for (auto name = names.begin(); name != names.end(); ++name)
        event.fields[*name] = row.text(name.key());
    const bool isAnswered =
        row.text("callstate") == QLatin1String("ACTIVE") || row.text("callstate") == QLatin1String("HELD");
    event.fields[QStringLiteral("Answer-State")] = isAnswered ? "answered" : "ringing";
    return event;
}

} // namespace

QStringList EslInterpreter::unknownOf(const QVector<EslEvent> &channels) const
{
    QStringList unknown;
    for (const EslEvent &row : channels) {
        const QString uuid = row.text("uuid");
        if (!uuid.isEmpty() && !m_channels.find(uuid) && !m_gone.contains(uuid))
            unknown += uuid;
    }
    return unknown;
}

void EslInterpreter::takeListing(const EslListing &listing, TimeMs at)
{
    m_at = at;
    m_asked.clear();
    m_questions.clear();
    dropUnlisted(listing);
    auto rows = listing.channels;
    std::ranges::stable_sort(rows, {},
                             [](const EslEvent &row) { return row.text("created_epoch").toLongLong(); });
    for (const EslEvent &row : std::as_const(rows))
        addListed(row, listing);
    if (listing.isFirst)
        takeBridges(listing.bridges);
    const auto calls = m_infos.keys();
    for (const QString &call : calls)
        updateTalk(call);
}

/// FreeSWITCH writes its list a moment after the events: while a connection lives, what is new is not missed
/// in it.
void EslInterpreter::dropUnlisted(const EslListing &listing)
{
    QSet<QString> listed;
    for (const EslEvent &row : listing.channels)
        listed += row.text("uuid");
    listed -= listing.gone;
    QVector<EslChannel> gone;
    const auto channels = m_channels.all();
    for (const EslChannel *channel : channels) {
        const bool mayBeNew = !listing.isFirst && m_at - channel->since < listsLagBehind;
        if (!listed.contains(channel->uuid) && !mayBeNew)
            gone += *channel;
    }
    for (const EslChannel &channel : std::as_const(gone))
        forget(channel.uuid);
    for (const EslChannel &channel : std::as_const(gone)) {
        const Info info = m_infos.value(channel.call);
        if (!m_calls.call(channel.call))
            continue;
        if (channel.isOffered)
            say(channel.call, step::DeviceOver{channel.agent, channel.uuid, AgentCall::Result::None});
        agentLeft(channel);
        const bool rest = info.isHandedOver && !m_channels.ofCall(channel.call).isEmpty();
        if (channel.uuid == (info.outside.isEmpty() ? info.root : info.outside) && !rest)
            say(channel.call, step::Ended{.truthUnknown = true});
    }
}

void EslInterpreter::addListed(const EslEvent &row, const EslListing &listing)
{
    const QString uuid = row.text("uuid");
    if (listing.gone.contains(uuid))
        return;
    const auto details = listing.details.constFind(uuid);
    const bool hasDetails = details != listing.details.constEnd() && details->text("Unique-ID") == uuid;
    const bool isNew = !m_channels.find(uuid);
    const EslEvent event = hasDetails ? *details : eventFromRow(row);
    const EslChannel *channel = ensure(event);
    if (!channel || channel->call.isEmpty())
        return;
    if (isNew)
        queueListed(*channel, event);
    say(channel->call, step::StillThere{channel->agent});
}

void EslInterpreter::queueListed(const EslChannel &channel, const EslEvent &event)
{
    const QString queue = event.text("variable_cc_queue");
    if (queue.isEmpty() || event.text("variable_cc_side") != QLatin1String("member"))
        return;
    EslEvent joined;
    joined.fields = {
        {"CC-Action", "member-queue-start"}, {"CC-Queue", queue}, {"CC-Member-Session-UUID", channel.uuid}};
    onQueueStart(joined);
    if (event.isTrue("variable_cc_agent_bridged"))
        say(channel.call, step::LeftQueue{});
}

void EslInterpreter::takeBridges(const QVector<EslEvent> &bridges)
{
    const auto channels = m_channels.all();
    for (EslChannel *channel : channels)
        channel->other.clear();
    for (const EslEvent &row : bridges) {
        const QString one = row.text("uuid");
        const QString other = row.text("b_uuid");
        if (one.isEmpty() || other.isEmpty() || one == other)
            continue;
        m_channels.bridge(one, other);
        mergeBridged(one, other);
    }
}

} // namespace ringbook::calls
