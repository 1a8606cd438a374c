#include "sync/calls/webhook/forms/HookReaders.h"

#include "model/domain/PhoneNumber.h"

#include <QDateTime>
#include <QHash>

#include <algorithm>

namespace ringbook::calls {

namespace {

using What = HookEvent::What;
using Cause = HookEvent::Cause;
using Direction = model::AgentCall::Direction;

const auto key = [](const char *name) { return QLatin1String(name); };

std::optional<qint64> count(const QString &text)
{
    bool isNumber = false;
    const qint64 value = text.toLongLong(&isNumber);
    return isNumber && value >= 0 ? std::optional(value) : std::nullopt;
}

std::optional<TimeMs> moment(const QString &text, Qt::DateFormat format)
{
    const QDateTime at = QDateTime::fromString(text, format);
    return at.isValid() ? std::optional<TimeMs>(at.toMSecsSinceEpoch()) : std::nullopt;
}

/// Zammad's words, which sipgate has as well.
Cause causeOf(const QString &word)
{
    static const QHash<QString, Cause> causes = {
        {"normalClearing", Cause::Normal}, {"busy", Cause::Busy},         {"cancel", Cause::Cancelled},
        {"noAnswer", Cause::NoAnswer},     {"congestion", Cause::Failed}, {"notFound", Cause::Failed},
        {"forwarded", Cause::Forwarded},   {"rejected", Cause::Rejected}, {"failed", Cause::Failed}};
    return causes.value(word, Cause::Unknown);
}

What zammadWhat(const QString &event)
{
    static const QHash<QString, What> known = {
        {"newCall", What::Ringing}, {"answer", What::Answered}, {"hangup", What::HungUp}};
    return known.value(event, What::Other);
}

/// Full numbers that come without their plus.
QString withPlus(const QString &number)
{
    const bool isFull = number.size() >= model::minPhoneDigits && !number.startsWith(u'0') &&
                        std::ranges::all_of(number, [](QChar c) { return c >= u'0' && c <= u'9'; });
    return isFull ? u'+' + number : number;
}

HookEvent begun(const HookFields &fields, const char *call)
{
    return {.event = fields.text(key("event")),
            .call = fields.text(key(call)),
            .from = fields.text(key("from")),
            .to = fields.text(key("to"))};
}

} // namespace

Result<HookEvent> readGenericHook(const HookFields &fields)
{
    static const QHash<QString, What> known = {{"ringing", What::Ringing},     {"answered", What::Answered},
                                               {"left", What::Left},           {"hangup", What::HungUp},
                                               {"hold", What::Held},           {"unhold", What::Resumed},
                                               {"transfer", What::Transferred}};
    static const QHash<QString, Direction> directions = {{"", Direction::Inbound},
                                                         {"inbound", Direction::Inbound},
                                                         {"outbound", Direction::Outbound},
                                                         {"internal", Direction::Internal}};
    HookEvent event = begun(fields, "call_id");
    const auto direction = directions.constFind(fields.text(key("direction")));
    if (!known.contains(event.event))
        return Error{Fault::Protocol, QStringLiteral("\"event\" must be ringing, answered, left, hangup, "
                                                     "hold, unhold or transfer")};
    if (direction == directions.constEnd())
        return Error{Fault::Protocol, QStringLiteral("\"direction\" must be inbound, outbound or internal")};
    event.what = known.value(event.event);
    event.direction = *direction;
    event.origin = fields.text(key("parent_id"));
    event.name = fields.text(key("name"));
    event.queue = fields.text(key("queue"));
    event.agents = fields.texts(key("agents"));
    event.withheld = fields.flag(key("withheld"));
    event.cause = causeOf(fields.text(key("cause")));
    event.at = moment(fields.text(key("at")), Qt::ISODateWithMs);
    event.seq = count(fields.text(key("seq")));
    return event;
}

Result<HookEvent> readZammadHook(const HookFields &fields)
{
    HookEvent event = begun(fields, "callId");
    event.what = zammadWhat(event.event);
    event.direction = fields.text(key("direction")) == u"out" ? Direction::Outbound : Direction::Inbound;
    event.queue = fields.text(key("queue"));
    const QStringList answering = fields.texts(key("answeringNumber"));
    event.agents = event.what == What::Answered ? answering : QStringList();
    event.agents += fields.texts(key("user"));
    event.cause = causeOf(fields.text(key("cause")));
    return event;
}

Result<HookEvent> readSipgateHook(const HookFields &fields)
{
    HookEvent event = begun(fields, "callId");
    event.what = zammadWhat(event.event);
    event.direction = fields.text(key("direction")) == u"out" ? Direction::Outbound : Direction::Inbound;
    event.from = withPlus(event.from);
    event.to = withPlus(event.to);
    event.origin = fields.text(key("origCallId"));
    event.diversion = withPlus(fields.text(key("diversion")));
    event.agents = fields.texts(key("fullUserId")) + fields.texts(key("userId")) + fields.texts(key("user"));
    if (event.what == What::Answered && event.direction == Direction::Inbound)
        event.agents += withPlus(fields.text(key("answeringNumber")));
    event.agents.removeAll(QString());
    event.cause = causeOf(fields.text(key("cause")));
    return event;
}

Result<HookEvent> readPlacetelHook(const HookFields &fields)
{
    static const QHash<QString, What> known = {{"IncomingCall", What::Ringing},
                                               {"OutgoingCall", What::Ringing},
                                               {"CallAccepted", What::Answered},
                                               {"HungUp", What::HungUp}};
    static const QHash<QString, Cause> types = {{"voicemail", Cause::Forwarded},
                                                {"missed", Cause::Cancelled},
                                                {"blocked", Cause::Rejected},
                                                {"accepted", Cause::Normal}};
    HookEvent event = begun(fields, "call_id");
    event.what = known.value(event.event, What::Other);
    const bool isOut = event.event == u"OutgoingCall" || fields.text(key("direction")) == u"out";
    event.direction = isOut ? Direction::Outbound : Direction::Inbound;
    event.agents = fields.texts(key("peer"));
    event.cause = types.value(fields.text(key("type")), Cause::Unknown);
    return event;
}

namespace {

/// 3CX's add-ons: which events they have, under each of their names.
What threeCxWhat(const HookFields &fields, const QString &event)
{
    if (event == u"ringing")
        return What::Ringing;
    if (event.startsWith(u"pickup") || event == u"incomingcall_started" || event == u"outgoingcall_started" ||
        event == u"hangupincoming" || event == u"hangupoutgoing")
        return What::Answered;
    if (event == u"incoming" || event == u"outgoing")
        return fields.flag(key("transfer")) ? What::Left : What::HungUp;
    return What::Other;
}

} // namespace

Result<HookEvent> readThreeCxHook(const HookFields &fields)
{
    HookEvent event{.event = fields.text(key("event")), .call = fields.text(key("chid"))};
    const QString word = event.event.toLower();
    event.what = threeCxWhat(fields, word);
    const QString id = fields.text(key("id")); // "230307114903_10-0": behind the dash it counts the agents
    if (event.call.isEmpty())
        event.call = id.contains(u'-') ? id.left(id.lastIndexOf(u'-')) : id;
    event.direction = word.contains(u"outgoing") ? Direction::Outbound : Direction::Inbound;
    const bool isOut = event.direction == Direction::Outbound;
    const QString line = fields.text(key("did")).remove(QStringLiteral("DID-"));
    (isOut ? event.to : event.from) = fields.text(key("callerid"));
    (isOut ? event.from : event.to) = line == u"empty" ? QString() : line;
    event.ringsOn = true;
    const QString user = fields.text(key("user"));
    const QString kind = fields.text(key("usertype")).toLower();
    if (kind == u"queue")
        event.queue = user;
    else if (!user.isEmpty())
        event.agents = {user};
    event.nobodyRings = kind == u"other";
    const QString transfer = fields.text(key("trtype")).toLower();
    if (transfer == u"blind" || transfer == u"accomp")
        event.transfer =
            transfer == u"blind" ? model::Transfer::Type::Blind : model::Transfer::Type::Attended;
    const bool isMissed = fields.text(key("finishtype")).toLower() == u"missed";
    event.cause = event.what == What::Left ? Cause::Forwarded : isMissed ? Cause::NoAnswer : Cause::Normal;
    return event;
}

namespace {

/// What Twilio sends for a caller without a number: the word on a telephone's keys.
bool isTwilioWithheld(const QString &from)
{
    static const QStringList words = {"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"};
    return words.contains(from);
}

What twilioWhat(const QString &status, bool isLeg)
{
    static const QStringList endings = {"completed", "busy", "no-answer", "canceled", "failed"};
    if (status == u"ringing" || status == u"initiated" || status == u"queued")
        return status == u"ringing" || !isLeg ? What::Ringing : What::Other;
    if (status == u"in-progress" || status == u"answered")
        return isLeg ? What::Answered
                     : What::Other; // of the caller's own part it only says that a machine took it
    if (endings.contains(status))
        return isLeg ? What::Left : What::HungUp;
    return What::Other;
}

Cause twilioCause(const QString &status)
{
    static const QHash<QString, Cause> causes = {{"completed", Cause::Normal},
                                                 {"busy", Cause::Busy},
                                                 {"no-answer", Cause::NoAnswer},
                                                 {"canceled", Cause::Cancelled},
                                                 {"failed", Cause::Failed}};
    return causes.value(status, Cause::Unknown);
}

} // namespace

Result<HookEvent> readTwilioHook(const HookFields &fields)
{
    HookEvent event = begun(fields, "ParentCallSid");
    const QString sid = fields.text(key("CallSid"));
    const bool isLeg = !event.call.isEmpty();
    event.event = fields.text(key("CallStatus"));
    event.what = twilioWhat(event.event, isLeg);
    if (isLeg) {
        event.leg = sid;
        event.agents = {event.to}; // who is dialled, not which of our numbers was
        event.to.clear();
    } else {
        event.call = sid;
        if (fields.text(key("Direction")).startsWith(u"outbound")) {
            event.direction = Direction::Outbound;
            event.agents = {event.from, event.to};
        }
    }
    event.name = fields.text(key("CallerName"));
    event.withheld = isTwilioWithheld(event.from);
    event.cause = twilioCause(event.event);
    event.seq = count(fields.text(key("SequenceNumber")));
    event.at = moment(fields.text(key("Timestamp")), Qt::RFC2822Date);
    return event;
}

Result<HookEvent> readHook(HookSettings::Form form, const QByteArray &body, const QByteArray &contentType)
{
    using Form = HookSettings::Form;
    const auto fields = readHookFields(body, contentType);
    if (!fields)
        return fields.error();
    auto event = [&]() -> Result<HookEvent> {
        switch (form) {
        case Form::Generic: return readGenericHook(*fields);
        case Form::Zammad: return readZammadHook(*fields);
        case Form::Sipgate: return readSipgateHook(*fields);
        case Form::Placetel: return readPlacetelHook(*fields);
        case Form::ThreeCx: return readThreeCxHook(*fields);
        case Form::Twilio: return readTwilioHook(*fields);
        }
        return Error{};
    }();
    if (event && (event->call.isEmpty() || event->call.size() > maxHookCallId))
        return Error{
            Fault::Protocol,
            QStringLiteral("the id of the call is missing, or longer than %1 characters").arg(maxHookCallId)};
    if (event && event->withheld)
        event->from.clear();
    return event;
}

} // namespace ringbook::calls
