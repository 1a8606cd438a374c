#include "sync/protocol/Codec.h"
#include "sync/protocol/MessageParts.h"
#include "sync/protocol/Problems.h"
#include "sync/protocol/RecordParts.h"

namespace ringbook::sync {

namespace {

constexpr int maxExtensions = 100;

} // namespace

QByteArray encode(const RecordReply &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("kind", message.record.kind).id("id", message.record.id).member("seq", message.seq);
        writer.key("fields");
        writeFields(writer, message.record.kind, message.fields);
    });
}

Result<RecordReply> readRecordReply(QByteArrayView json)
{
    return readJson(json, maxPageBytes, [](const JsonReader &reader) {
        RecordReply message{.record = readRecordKey(reader), .seq = reader.count("seq")};
        reader.object("fields", [&](const JsonReader &fields) {
            message.fields = readFields(fields, message.record.kind, maxChangeTextBytes);
        });
        return message;
    });
}

QByteArray encode(const SimulatedCall &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("number", message.number).member("name", message.name).key("to").beginArray();
        for (const QString &extension : message.to)
            writer.text(extension);
        writer.endArray().member("queue", message.queue);
    });
}

Result<SimulatedCall> readSimulatedCall(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) {
        return SimulatedCall{.number = reader.textOr("number", {}),
                             .name = reader.textOr("name", {}),
                             .to = reader.texts("to", maxExtensions),
                             .queue = reader.textOr("queue", {})};
    });
}

QByteArray encode(const SimulatedCallReply &message)
{
    return jsonObject([&](JsonWriter &writer) { writer.member("call", message.call); });
}

Result<SimulatedCallReply> readSimulatedCallReply(QByteArrayView json)
{
    return readJson(json, maxBodyBytes,
                    [](const JsonReader &reader) { return SimulatedCallReply{reader.text("call")}; });
}

QByteArray encode(const SimulatedStep &message)
{
    return jsonObject([&](JsonWriter &writer) { writer.member("extension", message.extension); });
}

Result<SimulatedStep> readSimulatedStep(QByteArrayView json)
{
    return readJson(json, maxBodyBytes,
                    [](const JsonReader &reader) { return SimulatedStep{reader.text("extension")}; });
}

QByteArray encode(const Health &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("status", QStringLiteral("ok")).member("version", message.version);
        writer.member("schema", message.schema).member("hub_time", message.hubTime);
    });
}

Result<Health> readHealth(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) {
        return Health{.version = reader.text("version"),
                      .schema = int(reader.count("schema")),
                      .hubTime = reader.number("hub_time")};
    });
}

QByteArray encode(const Problem &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("type", message.type).member("title", message.title).member("status", message.status);
        if (!message.detail.isEmpty())
            writer.member("detail", message.detail);
        if (message.reset) {
            writer.member("reason", message.reset->reason).member("epoch", message.reset->epoch);
            writer.member("head", message.reset->head).member("same_up_to", message.reset->sameUpTo);
            if (message.reset->done)
                writer.member("done", *message.reset->done);
        }
        if (message.expected)
            writer.member("expected", *message.expected);
        if (message.differs)
            writer.member("differs", *message.differs);
    });
}

Result<Problem> readProblem(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) {
        Problem message{.status = int(reader.numberOr("status", 500)),
                        .type = reader.textOr("type", QStringLiteral("about:blank")),
                        .title = reader.textOr("title", {}),
                        .detail = reader.textOr("detail", {}),
                        .expected = reader.maybeNumber("expected"),
                        .differs = reader.maybeNumber("differs")};
        if (message.type == QLatin1String(problem::reset))
            message.reset = Reset{.reason = reader.textOr("reason", {}),
                                  .epoch = reader.text("epoch", maxNameBytes),
                                  .head = reader.count("head"),
                                  .done = reader.maybeNumber("done"),
                                  .sameUpTo = reader.numberOr("same_up_to", 0)};
        return message;
    });
}

} // namespace ringbook::sync
