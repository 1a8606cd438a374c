#include "sync/protocol/Codec.h"
#include "sync/protocol/MessageParts.h"

namespace ringbook::sync {

namespace {

void writeMaybe(JsonWriter &writer, QByteArrayView name, const std::optional<TimeMs> &value)
{
    writer.key(name);
    value ? writer.number(*value) : writer.null();
}

void writeSource(JsonWriter &writer, const model::TelephonySource &source)
{
    writer.beginObject().member("source", source.source).member("kind", source.kind);
    writer.member("state", source.state).member("problem", source.problem);
    writer.member("protection", source.protection);
    writeMaybe(writer, "clock_ahead_ms", source.clockAhead);
    writer.key("phones").beginArray();
    for (const model::TelephoneAt &phone : source.phones) {
        writer.beginObject().member("extension", phone.extension).member("name", phone.name);
        writer.member("endpoint", phone.endpoint).member("user", phone.user).member("rings", phone.rings);
        writeMaybe(writer, "rang_at", phone.rangAt);
        writer.endObject();
    }
    writer.endArray().key("unassigned").beginArray();
    for (const model::Unassigned &unassigned : source.unassigned)
        writer.beginObject()
            .member("endpoint", unassigned.endpoint)
            .member("count", unassigned.count)
            .endObject();
    writer.endArray().key("steps").beginArray();
    for (const model::TelephonyStep &step : source.steps)
        writer.beginObject()
            .member("at", step.at)
            .member("call", step.call)
            .member("text", step.text)
            .endObject();
    writer.endArray().key("requests").beginArray();
    for (const model::TelephonyRequest &request : source.requests)
        writer.beginObject()
            .member("at", request.at)
            .member("event", request.event)
            .member("call", request.call)
            .member("outcome", request.outcome)
            .endObject();
    writer.endArray().endObject();
}

model::TelephonySource readSource(const JsonReader &reader)
{
    model::TelephonySource source{.source = reader.text("source"),
                                  .kind = reader.textOr("kind", {}),
                                  .state = reader.textOr("state", {}),
                                  .problem = reader.textOr("problem", {}),
                                  .protection = reader.textOr("protection", {}),
                                  .clockAhead = reader.maybeNumber("clock_ahead_ms")};
    reader.each("phones", model::mostTelephones, [&](const JsonReader &phone) {
        source.phones.append({.extension = phone.textOr("extension", {}),
                              .name = phone.textOr("name", {}),
                              .endpoint = phone.textOr("endpoint", {}),
                              .user = phone.textOr("user", {}),
                              .rings = int(phone.numberOr("rings", 0)),
                              .rangAt = phone.maybeNumber("rang_at")});
    });
    reader.each("unassigned", model::mostUnassigned, [&](const JsonReader &unassigned) {
        source.unassigned.append({unassigned.text("endpoint"), int(unassigned.numberOr("count", 0))});
    });
    reader.each("steps", model::mostTelephonySteps, [&](const JsonReader &step) {
        source.steps.append({step.number("at"), step.textOr("call", {}), step.textOr("text", {})});
    });
    if (reader.has("requests")) // an older hub kept them to itself
        reader.each("requests", model::mostTelephonyRequests, [&](const JsonReader &request) {
            source.requests.append({.at = request.number("at"),
                                    .event = request.textOr("event", {}),
                                    .call = request.textOr("call", {}),
                                    .outcome = request.textOr("outcome", {})});
        });
    return source;
}

} // namespace

QByteArray encode(const Telephony &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("hub_time", message.hubTime).key("sources").beginArray();
        for (const model::TelephonySource &source : message.sources)
            writeSource(writer, source);
        writer.endArray();
    });
}

Result<Telephony> readTelephony(QByteArrayView json)
{
    return readJson(json, maxPageBytes, [](const JsonReader &reader) {
        Telephony message{.hubTime = reader.number("hub_time")};
        reader.each("sources", model::mostTelephonySources,
                    [&](const JsonReader &source) { message.sources.append(readSource(source)); });
        return message;
    });
}

QByteArray encode(const TelephonyFindings &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.key("findings").beginArray();
        for (const model::TelephonyFinding &finding : message.findings)
            writer.beginObject()
                .member("grade", name(finding.grade))
                .member("what", finding.what)
                .member("do", finding.todo)
                .endObject();
        writer.endArray();
    });
}

Result<TelephonyFindings> readTelephonyFindings(QByteArrayView json)
{
    return readJson(json, maxPageBytes, [](const JsonReader &reader) {
        TelephonyFindings message;
        reader.each("findings", model::mostFindings, [&](const JsonReader &finding) {
            const auto grade = model::findingGradeFromName(finding.text("grade", maxNameBytes));
            message.findings.append({.grade = grade.value_or(model::TelephonyFinding::Grade::Note),
                                     .what = finding.text("what"),
                                     .todo = finding.textOr("do", {})});
        });
        return message;
    });
}

} // namespace ringbook::sync
