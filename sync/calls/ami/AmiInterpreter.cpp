#include "sync/calls/ami/AmiInterpreter.h"

#include "sync/calls/LineParty.h"

#include <algorithm>

namespace ringbook::calls {

using namespace model;
using Direction = AgentCall::Direction;
using Result = AgentCall::Result;
using Presentation = Call::Presentation;

namespace {

std::optional<Presentation> presentationOf(const QString &value)
{
    if (isWithheld(value))
        return Presentation::Withheld;
    if (value.startsWith(QLatin1String("allowed")))
        return Presentation::Allowed;
    return std::nullopt;
}

} // namespace

bool isWithheld(const QString &presentation)
{
    return presentation.startsWith(QLatin1String("prohib")) || presentation == QLatin1String("unavailable");
}

AmiInterpreter::AmiInterpreter(const PbxSettings &settings, Calls &calls)
    : m_settings(settings),
      m_calls(calls),
      m_channels(settings)
{
}

void AmiInterpreter::take(const AmiMessage &event, TimeMs at)
{
    static const QHash<QString, Handler> handlers{
        {"Newchannel", &AmiInterpreter::onNewchannel},
        {"Newstate", &AmiInterpreter::onNewstate},
        {"NewCallerid", &AmiInterpreter::onNewCallerid},
        {"DialBegin", &AmiInterpreter::onDialBegin},
        {"DialState", &AmiInterpreter::onDialState},
        {"DialEnd", &AmiInterpreter::onDialEnd},
        {"HangupRequest", &AmiInterpreter::onHangupRequest},
        {"Hangup", &AmiInterpreter::onHangup},
        {"BridgeEnter", &AmiInterpreter::onBridgeEnter},
        {"BridgeLeave", &AmiInterpreter::onBridgeLeave},
        {"LocalBridge", &AmiInterpreter::onLocalBridge},
        {"Hold", &AmiInterpreter::onHold},
        {"Unhold", &AmiInterpreter::onHold},
        {"QueueCallerJoin", &AmiInterpreter::onQueueJoin},
        {"QueueCallerLeave", &AmiInterpreter::onQueueLeave},
        {"QueueCallerAbandon", &AmiInterpreter::onQueueLeave},
        {"AgentCalled", &AmiInterpreter::onAgentCalled},
        {"AgentRingNoAnswer", &AmiInterpreter::onAgentRingNoAnswer},
        {"BlindTransfer", &AmiInterpreter::onBlindTransfer},
        {"AttendedTransfer", &AmiInterpreter::onAttendedTransfer},
        {"Pickup", &AmiInterpreter::onPickup},
        {"ParkedCall", &AmiInterpreter::onParked},
        {"UnParkedCall", &AmiInterpreter::onTakenFromPark},
        {"OriginateResponse", &AmiInterpreter::onOriginateResponse},
    };
    const auto handler = handlers.constFind(event.text(QLatin1String("Event")));
    if (handler == handlers.constEnd())
        return;
    m_at = at;
    learnPresentation(event);
    (this->**handler)(event);
}

// Channels and calls

Channel *AmiInterpreter::ensure(const AmiMessage &event, QLatin1String prefix)
{
    const auto text = [&](const char *key) {
        return event.text(QLatin1String(QByteArray(prefix.data(), prefix.size()) + key));
    };
    const QString uniqueid = text("Uniqueid");
    const QString linkedid = text("Linkedid");
    Channel *channel = m_channels.find(uniqueid);
    if (!channel)
        channel = m_channels.add(uniqueid, text("Channel"), linkedid);
    else if (!linkedid.isEmpty() && linkedid != channel->linkedid)
        follow(*channel, linkedid);
    if (channel && channel->call.isEmpty())
        channel->call = callOfLinkedid(channel->linkedid);
    return channel;
}

/// A channel that got another call's Linkedid has become part of that call.
void AmiInterpreter::follow(Channel &channel, const QString &linkedid)
{
    channel.linkedid = linkedid;
    const QString older = callOfLinkedid(linkedid);
    if (older.isEmpty() || older == channel.call)
        return;
    if (channel.call.isEmpty())
        channel.call = older;
    else
        merge(channel.call, older);
}

QString AmiInterpreter::callOfLinkedid(const QString &linkedid) const
{
    return m_aliases.value(linkedid);
}

void AmiInterpreter::begin(Channel &channel, const AmiMessage &event, bool inferred, TimeMs startedAt)
{
    const QString id = callIdOf(m_settings.source, channel.linkedid);
    const QString dialled = event.text(QLatin1String("Exten"));
    const QString number = dialled == QLatin1String("s") ? QString() : dialled;
    step::Began began{
        .called = calledParty(number, m_settings), .inferred = inferred, .startedAt = startedAt};
    Info info{.root = channel.uniqueid};
    if (channel.kind == Channel::Kind::Agent) {
        const bool toColleague = m_settings.agentNames().contains(number);
        began.direction = toColleague ? Direction::Internal : Direction::Outbound;
        began.callerAgent = channel.agent;
        began.caller = {.raw = channel.agent, .name = m_settings.agentNames().value(channel.agent)};
        began.presentation = Presentation::Allowed;
    } else {
        began.caller = callerParty(event.text(QLatin1String("CallerIDNum")),
                                   event.text(QLatin1String("CallerIDName")), m_settings.plan);
        info.outside = channel.uniqueid;
        m_questions += PresentationQuestion{channel.uniqueid, channel.name, true};
    }
    forgetOld();
    channel.call = id;
    m_aliases[channel.linkedid] = id;
    m_infos[id] = info;
    say(id, began);
}

/// The call this channel belongs to; one that began unseen begins now.
QString AmiInterpreter::callWith(Channel &channel, const AmiMessage &event)
{
    const bool mayBegin = channel.kind == Channel::Kind::Agent || channel.isOutside();
    if (channel.call.isEmpty() && mayBegin)
        begin(channel, event, true, m_at);
    return channel.call;
}

void AmiInterpreter::say(const QString &call, const CallStep &step)
{
    if (!call.isEmpty())
        m_calls.take(call, step, m_at);
}

/// The two calls turned out to be one: the older survives.
void AmiInterpreter::merge(QString younger, QString older)
{
    if (younger.isEmpty() || older.isEmpty() || younger == older)
        return;
    const auto channels = m_channels.ofCall(younger);
    for (Channel *channel : channels)
        channel->call = older;
    for (QString &call : m_aliases) {
        if (call == younger)
            call = older;
    }
    m_infos.remove(younger);
    say(younger, step::MergedInto{older});
    updateTalk(older);
}

void AmiInterpreter::forgetOld()
{
    m_infos.removeIf([this](const auto &entry) { return !m_calls.call(entry.key()); });
    m_aliases.removeIf([this](const auto &entry) { return !m_calls.call(entry.value()); });
}

void AmiInterpreter::onNewchannel(const AmiMessage &event)
{
    Channel *channel = ensure(event);
    const bool begins = channel && channel->isRoot() && channel->call.isEmpty();
    if (begins && (channel->kind == Channel::Kind::Agent || channel->isOutside()))
        begin(*channel, event, channel->kind == Channel::Kind::Other, m_at);
}

void AmiInterpreter::onNewCallerid(const AmiMessage &event)
{
    const Channel *channel = ensure(event);
    if (!channel || m_infos.value(channel->call).outside != channel->uniqueid)
        return;
    const Call *call = m_calls.call(channel->call);
    const Party now = callerParty(event.text(QLatin1String("CallerIDNum")),
                                  event.text(QLatin1String("CallerIDName")), m_settings.plan);
    if (call && call->direction == Direction::Inbound && !call->answeredAt)
        say(channel->call, step::CallerNamed{now.name});
}

void AmiInterpreter::onOriginateResponse(const AmiMessage &event)
{
    const Channel *channel = m_channels.find(event.text(QLatin1String("Uniqueid")));
    const Call *call = channel ? m_calls.call(channel->call) : nullptr;
    if (!call || !call->called.raw.isEmpty())
        return;
    const QString number = event.text(QLatin1String("Exten"));
    const bool toColleague = m_settings.agentNames().contains(number);
    say(call->id, step::Directed{toColleague ? Direction::Internal : Direction::Outbound,
                                 calledParty(number, m_settings)});
}

// Whether the number may be shown

void AmiInterpreter::learnPresentation(const AmiMessage &event)
{
    const auto variables = event.texts(QLatin1String("ChanVariable"));
    if (variables.isEmpty())
        return;
    const Channel *channel = m_channels.find(event.text(QLatin1String("Uniqueid")));
    if (!channel || m_infos.value(channel->call).outside != channel->uniqueid)
        return;
    for (const QString &variable : variables) {
        const qsizetype equals = variable.indexOf(u'=');
        if (equals < 0 || variable.left(equals) != presentationVariable)
            continue;
        // Before the dialplan has run, "allowed" says nothing: privacy is often set by it.
        const auto told = presentationOf(variable.mid(equals + 1));
        if (told && (*told == Presentation::Withheld || m_infos[channel->call].asked))
            say(channel->call, step::PresentationTold{*told});
    }
}

void AmiInterpreter::askPresentation(const QString &call)
{
    auto info = m_infos.find(call);
    const Call *known = m_calls.call(call);
    if (info == m_infos.end() || info->asked || !known || known->presentation != Presentation::Unknown)
        return;
    const Channel *outside = m_channels.find(info->outside);
    if (!outside || known->direction != Direction::Inbound)
        return;
    info->asked = true;
    say(call, step::PresentationAsked{});
    m_questions += PresentationQuestion{outside->uniqueid, outside->name};
}

QStringList AmiInterpreter::channelsOf(const QString &call, const QString &agent)
{
    QStringList names;
    const auto channels = m_channels.ofCall(call);
    for (const Channel *channel : channels)
        if (channel->kind == Channel::Kind::Agent && channel->agent == agent)
            names += channel->name;
    return names;
}

QVector<PresentationQuestion> AmiInterpreter::takeQuestions()
{
    return std::exchange(m_questions, {});
}

void AmiInterpreter::presentationTold(const PresentationQuestion &question, const QString &value, TimeMs at)
{
    const Channel *channel = m_channels.find(question.uniqueid);
    const auto told = presentationOf(value);
    m_at = at;
    if (channel && told && (*told == Presentation::Withheld || !question.early))
        say(channel->call, step::PresentationTold{*told});
}

} // namespace ringbook::calls
