#include "sync/calls/AmiInterpreter.h"

#include "model/domain/PhoneNumber.h"

#include <algorithm>

namespace ringbook::calls {

using namespace model;
using Direction = AgentCall::Direction;
using Result = AgentCall::Result;
using Presentation = Call::Presentation;

namespace {

constexpr int maxNameLength = 80;
constexpr int maxCallIdLength = 64;
constexpr TimeMs hangupRequestCounts = secondMs;
constexpr QLatin1String presentationVariable("CALLERID(pres)");

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

std::optional<Presentation> presentationOf(const QString &value)
{
    if (value.startsWith(QLatin1String("prohib")) || value == QLatin1String("unavailable"))
        return Presentation::Withheld;
    if (value.startsWith(QLatin1String("allowed")))
        return Presentation::Allowed;
    return std::nullopt;
}

/// An id of the PBX is any text; ours goes into records and addresses.
QString callIdOf(const QString &source, const QString &linkedid)
{
    QString id = source + u'-' + linkedid;
    for (QChar &c : id) {
        const bool plain = c.unicode() < 128 && (c.isLetterOrNumber() || c == u'.' || c == u'-' || c == u'_');
        if (!plain)
            c = u'_';
    }
    return id.left(maxCallIdLength);
}

bool isQuietBridge(const QString &type)
{
    return type == QLatin1String("parking") || type == QLatin1String("holding");
}

} // namespace

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
    step::Began began{.called = calledParty(number), .inferred = inferred, .startedAt = startedAt};
    Info info{.root = channel.uniqueid};
    if (channel.kind == Channel::Kind::Agent) {
        const bool toColleague = m_settings.agentNames().contains(number);
        began.direction = toColleague ? Direction::Internal : Direction::Outbound;
        began.callerAgent = channel.agent;
        began.caller = {.raw = channel.agent, .name = m_settings.agentNames().value(channel.agent)};
        began.presentation = Presentation::Allowed;
    } else {
        began.caller =
            party(event.text(QLatin1String("CallerIDNum")), event.text(QLatin1String("CallerIDName")));
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

Party AmiInterpreter::party(const QString &number, const QString &name) const
{
    if (meansWithheld(number))
        return {.withheld = true};
    const QString clean = plainText(name, maxNameLength);
    return {.raw = plainText(number, maxPhoneTextLength),
            .e164 = lineNumberToE164(number, m_settings.plan),
            .name = meansWithheld(clean) ? QString() : clean};
}

Party AmiInterpreter::calledParty(const QString &number) const
{
    const QString e164 = lineNumberToE164(number, m_settings.plan);
    const QString label = m_settings.lines.value(number, m_settings.lines.value(e164));
    return {.raw = plainText(number, maxPhoneTextLength), .e164 = e164, .name = label};
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
    const Party now =
        party(event.text(QLatin1String("CallerIDNum")), event.text(QLatin1String("CallerIDName")));
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
    say(call->id,
        step::Directed{toColleague ? Direction::Internal : Direction::Outbound, calledParty(number)});
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

// Dialling and ringing

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
        say(call, step::Directed{Direction::Internal,
                                 untold ? calledParty(event.text(QLatin1String("Exten"))) : Party{}});
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
    say(call, step::Directed{Direction::Outbound, known->called.raw.isEmpty() ? calledParty(number) : Party{},
                             true});
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

// Hanging up

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

// Who talks with whom

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

// Queues

void AmiInterpreter::onQueueJoin(const AmiMessage &event)
{
    Channel *channel = ensure(event);
    if (!channel)
        return;
    const QString queue = event.text(QLatin1String("Queue"));
    const QString call = callWith(*channel, event);
    say(call, step::Queued{m_settings.queues.value(queue, plainText(queue, maxNameLength))});
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

// Transfers, pickup, parking

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
