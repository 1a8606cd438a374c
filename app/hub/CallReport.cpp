#include "app/hub/CallReport.h"

namespace ringbook::app {

namespace {

using model::Call;

void textOrNull(sync::JsonWriter &json, QByteArrayView name, const QString &text)
{
    json.key(name);
    text.isEmpty() ? json.null() : json.text(text);
}

void timeOrNull(sync::JsonWriter &json, QByteArrayView name, const std::optional<TimeMs> &time)
{
    json.key(name);
    time ? json.number(*time) : json.null();
}

void writeParties(sync::JsonWriter &json, const Call &call)
{
    json.key("caller").beginObject();
    textOrNull(json, "number", call.caller.raw);
    textOrNull(json, "name", call.caller.name);
    textOrNull(json, "e164", call.caller.e164);
    json.key("withheld").boolean(call.caller.withheld).endObject();
    textOrNull(json, "called", call.called.raw);
    textOrNull(json, "called_e164", call.called.e164);
    textOrNull(json, "queue", call.queue);
}

void writeLegs(sync::JsonWriter &json, const Call &call)
{
    json.key("legs").beginArray();
    for (const model::Leg &leg : call.legs) {
        if (!leg.ringingAt)
            continue;
        json.beginObject().member("agent", leg.agent);
        timeOrNull(json, "ring_ms", leg.ringingAt);
        timeOrNull(json, "end_ms", leg.endedAt);
        json.member("result", name(leg.result)).endObject();
    }
    json.endArray();
}

template <typename T>
void writeSpans(sync::JsonWriter &json, QByteArrayView name, const QVector<T> &spans)
{
    json.key(name).beginArray();
    for (const T &span : spans) {
        json.beginObject().member("agent", span.agent).member("from_ms", span.from);
        timeOrNull(json, "to_ms", span.to);
        json.endObject();
    }
    json.endArray();
}

void writePassingOn(sync::JsonWriter &json, const Call &call)
{
    json.key("transfers").beginArray();
    for (const model::Transfer &transfer : call.transfers) {
        json.beginObject().member("type",
                                  transfer.type == model::Transfer::Type::Blind ? "blind" : "attended");
        json.member("by", transfer.by).member("to", transfer.to).member("at_ms", transfer.at);
        json.key("completed").boolean(transfer.completed).endObject();
    }
    json.endArray();
    if (!call.parked)
        return;
    json.key("parked").beginObject().member("by", call.parked->by).member("at_ms", call.parked->at);
    textOrNull(json, "taken_by", call.parked->takenBy);
    timeOrNull(json, "taken_ms", call.parked->takenAt);
    json.endObject();
}

QString seconds(TimeMs ms)
{
    return QStringLiteral("%1 s").arg(double(ms) / double(secondMs), 0, 'f', 1);
}

QString partyText(const model::Party &party)
{
    if (party.withheld)
        return QStringLiteral("a withheld number");
    const QString number = party.e164.isEmpty() ? party.raw : party.e164;
    return party.name.isEmpty() ? number : QStringLiteral("%1 (%2)").arg(party.name, number);
}

} // namespace

void writeCall(sync::JsonWriter &json, const Call &call, const QString &source)
{
    json.beginObject().member("id", call.id).member("linkedid", call.id.mid(source.size() + 1));
    json.member("direction", name(call.direction));
    writeParties(json, call);
    json.member("start_ms", call.startedAt);
    writeLegs(json, call);
    textOrNull(json, "answered_by", answeredBy(call));
    timeOrNull(json, "answer_ms", call.answeredAt);
    writeSpans(json, "talk", call.segments);
    writeSpans(json, "holds", call.holds);
    writePassingOn(json, call);
    timeOrNull(json, "end_ms", call.endedAt);
    json.member("outcome", name(call.outcome));
    textOrNull(json, "ended_by", name(call.endedBy));
    json.member("hangup_cause", qint64(call.causeRaw)).member("talk_ms", talkMs(call)).endObject();
}

QString callText(const Call &call)
{
    QString text = QStringLiteral("at %1, %2: %3 called %4%5; %6")
                       .arg(seconds(call.startedAt), name(call.direction), partyText(call.caller),
                            partyText(call.called),
                            call.queue.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(call.queue),
                            name(call.outcome));
    if (call.endedBy != Call::EndedBy::Unknown)
        text += QStringLiteral(", ended by the ") + name(call.endedBy);
    for (const model::Leg &leg : call.legs)
        if (leg.ringingAt)
            text += QStringLiteral("\n    %1 rang at %2: %3")
                        .arg(leg.agent, seconds(*leg.ringingAt), name(leg.result));
    for (const model::Segment &talk : call.segments)
        text +=
            QStringLiteral("\n    %1 talked from %2 to %3")
                .arg(talk.agent, seconds(talk.from), talk.to ? seconds(*talk.to) : QStringLiteral("the end"));
    return text;
}

} // namespace ringbook::app
