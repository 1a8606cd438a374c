#include "tests/fuzz/TelephoneSystem.h"

#include "model/domain/Calls.h"
#include "model/domain/PlainText.h"
#include "sync/calls/ami/AmiInterpreter.h"
#include "sync/calls/esl/EslInterpreter.h"
#include "sync/calls/esl/EslOrders.h"
#include "sync/calls/webhook/HookCalls.h"
#include "sync/calls/webhook/forms/HookReaders.h"

#include <algorithm>

namespace ringbook::fuzz {

namespace {

using namespace ringbook::calls;

constexpr TimeMs begin = 1'795'000'000'000;
constexpr int longestText = 200; ///< of a name, a line, a queue
constexpr int longestId = 1000;

/// Those of the recordings, so that their events mean something.
PbxSettings settings()
{
    return {.plan = {.country = "DE", .countryCode = "49", .areaCode = "30", .nationalPrefix = "0"},
            .agents = {{"101", "Anna Albers", "PJSIP/101"},
                       {"102", "Ben Brandt", "PJSIP/102"},
                       {"103", "Cleo Chen", "PJSIP/103"}},
            .trunks = {"PJSIP/trunk"},
            .lines = {{"+493023125500", {"Support line"}}},
            .queues = {{"support", {.label = "Support"}}}};
}

bool isWithinLimits(const AmiMessage &message)
{
    qsizetype bytes = 0;
    for (const auto &[key, value] : message.fields)
        bytes += key.size() + value.size();
    return message.fields.size() <= maxAmiFields && bytes <= maxAmiMessageBytes;
}

bool isSame(const AmiMessage &one, const AmiMessage &other)
{
    return one.fields == other.fields && one.damaged == other.damaged;
}

bool isPlain(const model::AgentCall &call)
{
    const QString texts[] = {call.ownLine,   call.queue,      call.answeredBy,
                             call.party.raw, call.party.e164, call.party.name};
    return call.callId == model::plainText(call.callId, longestId) &&
           std::ranges::all_of(
               texts, [](const QString &text) { return text == model::plainText(text, longestText); });
}

bool mayBeShown(const model::ExtensionCall &told)
{
    const model::Party &party = told.call.party;
    const bool saysNothing = party.raw.isEmpty() && party.e164.isEmpty() && party.name.isEmpty();
    return isPlain(told.call) && (!party.withheld || saysNothing);
}

/// The phones and lines of the scripts.
PbxSettings freeSwitch()
{
    PbxSettings pbx = settings();
    pbx.kind = PbxSettings::Kind::FreeSwitch;
    for (Agent &agent : pbx.agents)
        agent.endpoint = QStringLiteral("user/") + agent.extension;
    pbx.trunks = {QStringLiteral("sofia/gateway/provider")};
    return pbx;
}

bool isWithin(const EslFrame &frame)
{
    return frame.headers.size() <= maxEslHeaders && frame.body.size() <= maxEslReplyBytes;
}

bool isSameFrame(const EslFrame &one, const EslFrame &other)
{
    return one.headers == other.headers && one.body == other.body && one.damaged == other.damaged;
}

/// Frames of the event socket, or the steps of a script, one JSON object a line.
QVector<EslEvent> eslEventsIn(const QByteArray &input)
{
    QVector<EslEvent> events;
    EslParser parser;
    for (const EslFrame &frame : parser.take(input))
        if (const auto event = eslEventOf(frame))
            events.append(*event);
    for (const QByteArray &line : input.split('\n')) {
        const qsizetype begin = line.indexOf("\"event\":");
        const auto event = begin < 0 ? std::nullopt : eslEventFromJson(line.sliced(begin + 8).chopped(1));
        if (event)
            events.append(*event);
    }
    return events;
}

bool isHarmless(const Result<QString> &order)
{
    static const QString ends = QStringLiteral("\n\r;&$'\"|`\\");
    return !order ||
           std::ranges::none_of(*order, [](QChar c) { return ends.contains(c) || c.unicode() > 127; });
}

bool ordersAreHarmless(EslInterpreter &interpreter, const model::Calls &calls, const QString &text)
{
    using What = model::CallCommand::What;
    for (const model::ExtensionCall &told : calls.agentCalls()) {
        const auto place = interpreter.placeOf(told.call.callId, told.extension);
        for (const What what : {What::Answer, What::HangUp, What::Hold, What::Resume, What::Transfer})
            if (place && !isHarmless(eslOrder({what, told.extension, told.call.callId, text}, *place, text)))
                return false;
    }
    return isHarmless(eslDialOrder({text, text, text}, text, {.context = text}, text));
}

AmiListing listingOf(const QVector<AmiMessage> &messages)
{
    AmiListing listing;
    for (const AmiMessage &message : messages) {
        const QString event = message.text(QLatin1String("Event"));
        if (event == QLatin1String("CoreShowChannel"))
            listing.channels.append(message);
        else if (event == QLatin1String("QueueEntry"))
            listing.queueEntries.append(message);
    }
    return listing;
}

} // namespace

bool amiMessages(const QByteArray &input)
{
    AmiParser whole;
    AmiParser pieces;
    const auto messages = whole.take(input);
    QVector<AmiMessage> collected;
    for (qsizetype at = 0, size = 1; at < input.size(); at += size, size = size % 7 + 1)
        collected += pieces.take(QByteArrayView(input).sliced(at, std::min(size, input.size() - at)));
    return std::ranges::equal(messages, collected, isSame) && std::ranges::all_of(messages, isWithinLimits) &&
           whole.greeting() == pieces.greeting();
}

bool amiCalls(const QByteArray &input)
{
    AmiParser parser;
    const auto messages = parser.take(input);
    const PbxSettings pbx = settings();
    model::Calls calls({}, pbx.agentNames());
    AmiInterpreter interpreter(pbx, calls);
    TimeMs at = begin;
    qsizetype taken = 0;
    for (const AmiMessage &message : messages) {
        interpreter.take(message, at += (taken++ % 5) * 400);
        for (const PresentationQuestion &question : interpreter.takeQuestions())
            interpreter.presentationTold(
                question, taken % 2 ? QStringLiteral("prohib") : QStringLiteral("allowed"), at);
        calls.passTime(at);
        if (!std::ranges::all_of(calls.changes(), mayBeShown))
            return false;
    }
    interpreter.takeListing(listingOf(messages), at);
    calls.passTime(at + dayMs);
    return std::ranges::all_of(calls.changes(), mayBeShown) && calls.ids().size() <= messages.size();
}

bool eslFrames(const QByteArray &input)
{
    EslParser whole;
    EslParser pieces;
    const auto frames = whole.take(input);
    QVector<EslFrame> collected;
    for (qsizetype at = 0, size = 1; at < input.size(); at += size, size = size % 7 + 1)
        collected += pieces.take(QByteArrayView(input).sliced(at, std::min(size, input.size() - at)));
    (void)eslRowsFromJson(input);
    return std::ranges::equal(frames, collected, isSameFrame) && std::ranges::all_of(frames, isWithin) &&
           whole.isLost() == pieces.isLost();
}

bool eslCalls(const QByteArray &input)
{
    const auto events = eslEventsIn(input);
    const PbxSettings pbx = freeSwitch();
    model::Calls calls({}, pbx.agentNames());
    EslInterpreter interpreter(pbx, calls);
    TimeMs at = begin;
    qsizetype taken = 0;
    for (const EslEvent &event : events) {
        interpreter.take(event, at += (taken++ % 5) * 400);
        for (const QString &uuid : interpreter.takeQuestions())
            interpreter.told(uuid, taken % 2 ? std::optional(event) : std::nullopt, at);
        calls.passTime(at);
        if (!std::ranges::all_of(calls.changes(), mayBeShown) ||
            !ordersAreHarmless(interpreter, calls, event.text("Caller-Destination-Number")))
            return false;
    }
    EslListing listing{.channels = events, .bridges = events};
    for (const EslEvent &event : events)
        listing.details[event.text("Unique-ID")] = event;
    interpreter.takeListing(listing, at);
    calls.passTime(at + dayMs);
    return std::ranges::all_of(calls.changes(), mayBeShown) && calls.ids().size() <= 2 * events.size();
}

bool hookRequests(const QByteArray &input)
{
    using Form = HookSettings::Form;
    const PbxSettings pbx = settings();
    for (const Form form :
         {Form::Generic, Form::Zammad, Form::Sipgate, Form::Placetel, Form::ThreeCx, Form::Twilio}) {
        model::Calls calls({.legLimit = hookOfferLimit, .callLimit = hookTalkLimit}, pbx.agentNames());
        HookCalls hooks(pbx, calls);
        TimeMs at = begin;
        for (const QByteArray &line : input.split('\n')) // each a request, so that calls go on
            for (const QByteArray &type : {QByteArray(), QByteArrayLiteral("application/json")}) {
                const auto event = readHook(form, line, type);
                if (event && (event->call.isEmpty() || event->call.size() > maxHookCallId))
                    return false;
                if (event)
                    hooks.take(*event, at += 400);
                calls.passTime(at);
                if (!std::ranges::all_of(calls.changes(), mayBeShown))
                    return false;
            }
    }
    return true;
}

} // namespace ringbook::fuzz
