#include "sync/calls/esl/EslInterpreter.h"

#include "model/domain/PlainText.h"
#include "sync/calls/LineParty.h"
#include "sync/calls/esl/wire/EslProfile.h"

#include <algorithm>

namespace ringbook::calls {

// Channels, and which call each belongs to.

using namespace model;
using Direction = AgentCall::Direction;
using Presentation = Call::Presentation;
using Kind = EslChannel::Kind;

namespace {

constexpr TimeMs longestAge = 24 * hourMs;
constexpr qint64 usPerMs = 1'000;

const QString callerProfile = QStringLiteral("Caller");

/// By its own clock.
TimeMs ageOf(const EslEvent &event)
{
    const qint64 now = event.text("Event-Date-Timestamp").toLongLong();
    const qint64 created = event.text("Caller-Channel-Created-Time").toLongLong();
    return created > 0 && now > created ? std::min<TimeMs>((now - created) / usPerMs, longestAge) : 0;
}

} // namespace

EslInterpreter::EslInterpreter(const PbxSettings &settings, Calls &calls)
    : m_settings(settings),
      m_calls(calls),
      m_channels(settings)
{
}

void EslInterpreter::take(const EslEvent &event, TimeMs at)
{
    static const QHash<QString, Handler> handlers{
        {"CHANNEL_CREATE", &EslInterpreter::onCreate},
        {"CHANNEL_PROGRESS", &EslInterpreter::onRinging},
        {"CHANNEL_PROGRESS_MEDIA", &EslInterpreter::onRinging},
        {"CHANNEL_CALLSTATE", &EslInterpreter::onCallState},
        {"CHANNEL_ANSWER", &EslInterpreter::onAnswer},
        {"CHANNEL_BRIDGE", &EslInterpreter::onBridge},
        {"CHANNEL_UNBRIDGE", &EslInterpreter::onUnbridge},
        {"CHANNEL_HOLD", &EslInterpreter::onHold},
        {"CHANNEL_UNHOLD", &EslInterpreter::onHold},
        {"CHANNEL_HANGUP", &EslInterpreter::onHangup},
        {"CHANNEL_HANGUP_COMPLETE", &EslInterpreter::onHangup},
        {"CHANNEL_UUID", &EslInterpreter::onRename},
        {"CUSTOM", &EslInterpreter::onCustom},
    };
    const auto handler = handlers.constFind(event.text("Event-Name"));
    if (handler == handlers.constEnd())
        return;
    m_at = at;
    learn(event, callerProfile, event.text("Unique-ID"));
    learn(event, QStringLiteral("Other-Leg"), event.text("Other-Leg-Unique-ID"));
    (this->**handler)(event);
}

void EslInterpreter::onCreate(const EslEvent &event)
{
    ensure(event, false);
}

EslChannel *EslInterpreter::ensure(const EslEvent &event, bool inferred)
{
    const QString uuid = event.text("Unique-ID");
    if (m_gone.contains(uuid))
        return nullptr;
    if (EslChannel *known = m_channels.find(uuid))
        return known;
    EslChannel *channel = m_channels.add(event);
    if (channel) {
        channel->since = m_at;
        enter(*channel, event, inferred);
    }
    return channel;
}

void EslInterpreter::enter(EslChannel &channel, const EslEvent &event, bool inferred)
{
    if (channel.kind == Kind::Loopback) {
        const EslChannel *half = m_channels.find(channel.half);
        channel.call = half ? half->call : QString();
    }
    if (!channel.parent.isEmpty())
        join(channel);
    else if (channel.kind != Kind::Loopback)
        begin(channel, event, inferred || channel.kind == Kind::Other);
    joinChildren(channel.uuid);
}

void EslInterpreter::begin(EslChannel &channel, const EslEvent &event, bool inferred)
{
    const bool ownPhone = channel.kind == Kind::Agent;
    const QString number = ownPhone && !channel.isInbound ? m_dialled.take(channel.uuid) : channel.dialled;
    step::Began began{.called = calledParty(number, m_settings), .inferred = inferred};
    if (inferred)
        began.startedAt = m_at - ageOf(event);
    if (ownPhone) {
        const bool toColleague = m_settings.agentNames().contains(number);
        began.direction = toColleague ? Direction::Internal : Direction::Outbound;
        began.callerAgent = channel.agent;
        began.caller = {.raw = channel.agent, .name = m_settings.agentNames().value(channel.agent)};
        began.presentation = Presentation::Allowed;
    } else if (channel.isInbound) {
        began.caller = eslCaller(event, callerProfile, m_settings.plan);
        began.presentation = eslPresentation(event, callerProfile).value_or(Presentation::Unknown);
    } else {
        began.direction = Direction::Outbound;
        began.presentation = Presentation::Allowed;
    }
    forgetOld();
    channel.call = callIdOf(m_settings.source, channel.uuid);
    m_infos[channel.call] = Info{.root = channel.uuid,
                                 .outside = ownPhone ? QString() : channel.uuid,
                                 .transferSource = event.text("Caller-Transfer-Source")};
    say(channel.call, began);
    if (began.presentation != Presentation::Unknown)
        return;
    say(channel.call, step::PresentationAsked{});
    ask(channel.uuid);
}

/// A leg that was dialled for a channel belongs to that one's call.
void EslInterpreter::join(EslChannel &channel)
{
    const EslChannel *parent = m_channels.find(channel.parent);
    if (!parent)
        return ask(channel.parent);
    if (parent->call.isEmpty())
        return;
    channel.call = parent->call;
    if (channel.kind == Kind::Loopback) {
        if (EslChannel *half = m_channels.find(channel.half)) {
            half->call = channel.call;
            joinChildren(half->uuid);
        }
        joinChildren(channel.uuid);
    } else if (channel.kind == Kind::Agent) {
        dialsPhone(channel);
    } else {
        dialsOut(channel);
    }
}

void EslInterpreter::joinChildren(const QString &parent)
{
    const auto children = m_channels.dialledFor(parent);
    for (EslChannel *child : children)
        if (child->call.isEmpty())
            join(*child);
}

/// The two calls turned out to be one: the older survives.
void EslInterpreter::merge(QString younger, QString older)
{
    const auto channels = m_channels.ofCall(younger);
    for (EslChannel *channel : channels)
        channel->call = older;
    m_infos.remove(younger);
    say(younger, step::MergedInto{older});
}

void EslInterpreter::onRename(const EslEvent &event)
{
    const QString from = event.text("Old-Unique-ID");
    const QString to = event.text("Unique-ID");
    m_channels.rename(from, to);
    for (Info &info : m_infos)
        for (QString *uuid : {&info.root, &info.outside})
            if (*uuid == from && !to.isEmpty())
                *uuid = to;
}

void EslInterpreter::say(const QString &call, const CallStep &step)
{
    if (!call.isEmpty())
        m_calls.take(call, step, m_at);
}

/// Its id never comes back; news of it may, late.
void EslInterpreter::forget(const QString &uuid)
{
    m_channels.remove(uuid);
    if (uuid.isEmpty() || m_gone.contains(uuid))
        return;
    m_gone += uuid;
    m_goneOrder.enqueue(uuid);
    if (m_goneOrder.size() > maxGoneChannels)
        m_gone.remove(m_goneOrder.dequeue());
}

void EslInterpreter::forgetOld()
{
    m_infos.removeIf([this](const auto &entry) { return !m_calls.call(entry.key()); });
}

} // namespace ringbook::calls
