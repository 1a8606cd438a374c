#include "sync/protocol/Codec.h"
#include "sync/protocol/MessageParts.h"

namespace ringbook::sync {

using model::AgentCall;
using model::CallCommand;

namespace {

constexpr int maxAbilities = 100;
constexpr std::array told = {CallCommand::What::Dial, CallCommand::What::Answer, CallCommand::What::HangUp,
                             CallCommand::What::Hold, CallCommand::What::Transfer};

void writeMaybe(JsonWriter &writer, QByteArrayView name, const std::optional<TimeMs> &moment)
{
    writer.key(name);
    moment ? writer.number(*moment) : writer.null();
}

AgentCall::Direction readDirection(const JsonReader &reader)
{
    const auto direction = model::directionFromName(reader.text("direction", maxNameBytes));
    if (!direction)
        reader.refuse(QStringLiteral("has a direction nobody here knows"));
    return direction.value_or(AgentCall::Direction::Inbound);
}

AgentCall::State readState(const JsonReader &reader)
{
    const auto state = model::stateFromName(reader.text("state", maxNameBytes));
    if (!state)
        reader.refuse(QStringLiteral("has a state nobody here knows"));
    return state.value_or(AgentCall::State::Over);
}

void writeAbilities(JsonWriter &writer, const model::CallAbilities &can)
{
    writer.key("can").beginArray();
    for (const CallCommand::What what : told)
        if (isAble(can, what))
            writer.text(name(what));
    writer.endArray();
}

model::CallAbilities readAbilities(const JsonReader &reader)
{
    const QVector<QString> can = reader.has("can") ? reader.texts("can", maxAbilities) : QVector<QString>();
    const auto has = [&](CallCommand::What what) { return can.contains(name(what)); };
    return {.dial = has(CallCommand::What::Dial),
            .answer = has(CallCommand::What::Answer),
            .hangUp = has(CallCommand::What::HangUp),
            .hold = has(CallCommand::What::Hold),
            .transfer = has(CallCommand::What::Transfer)};
}

model::Party readParty(const JsonReader &reader)
{
    model::Party party;
    reader.object("party", [&](const JsonReader &object) {
        party = {.raw = object.textOr("raw", {}),
                 .e164 = object.textOr("e164", {}),
                 .name = object.textOr("name", {}),
                 .withheld = object.flagOr("withheld", false)};
    });
    return party;
}

} // namespace

void writeAgentCall(JsonWriter &writer, const AgentCall &call)
{
    writer.beginObject().member("call", call.callId).member("revision", call.revision);
    writer.member("direction", name(call.direction)).member("state", name(call.state));
    writer.member("result", name(call.result));
    writer.key("party").beginObject().member("raw", call.party.raw).member("e164", call.party.e164);
    writer.member("name", call.party.name).key("withheld").boolean(call.party.withheld).endObject();
    writer.member("own_line", call.ownLine)
        .member("queue", call.queue)
        .member("answered_by", call.answeredBy);
    writer.member("desks_ringing", call.desksRinging).member("started_at", call.startedAt);
    writer.member("ringing_since", call.ringingSince);
    writeMaybe(writer, "answered_at", call.answeredAt);
    writeMaybe(writer, "ended_at", call.endedAt);
    writeAbilities(writer, call.can);
    writer.endObject();
}

AgentCall readAgentCall(const JsonReader &reader)
{
    return {.callId = reader.text("call"),
            .revision = reader.count("revision"),
            .direction = readDirection(reader),
            .state = readState(reader),
            // a result that only a newer hub knows is no reason to keep a pop open
            .result = model::resultFromName(reader.textOr("result", {})).value_or(AgentCall::Result::None),
            .party = readParty(reader),
            .ownLine = reader.textOr("own_line", {}),
            .queue = reader.textOr("queue", {}),
            .answeredBy = reader.textOr("answered_by", {}),
            .desksRinging = int(reader.numberOr("desks_ringing", 1)),
            .startedAt = reader.numberOr("started_at", 0),
            .ringingSince = reader.numberOr("ringing_since", 0),
            .answeredAt = reader.maybeNumber("answered_at"),
            .endedAt = reader.maybeNumber("ended_at"),
            .can = readAbilities(reader)};
}

void writePhone(JsonWriter &writer, const model::AgentPhone &phone)
{
    writer.beginObject().member("extension", phone.extension);
    writeAbilities(writer, phone.can);
    writer.member("why_not", phone.can.whyNot).endObject();
}

model::AgentPhone readPhone(const JsonReader &reader)
{
    model::AgentPhone phone{.extension = reader.textOr("extension", {}), .can = readAbilities(reader)};
    phone.can.whyNot = reader.textOr("why_not", {});
    return phone;
}

QByteArray encode(const model::AgentPhone &phone)
{
    JsonWriter writer;
    writePhone(writer, phone);
    return writer.take();
}

Result<model::AgentPhone> readPhone(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) { return readPhone(reader); });
}

QByteArray encode(const CallCommand &order)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("command", name(order.what))
            .member("call", order.callId)
            .member("number", order.number);
    });
}

Result<CallCommand> readPhoneOrder(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) {
        const auto what = model::callCommandFromName(reader.text("command", maxNameBytes));
        if (!what)
            reader.refuse(QStringLiteral("has a command nobody here knows"));
        return CallCommand{.what = what.value_or(CallCommand::What::HangUp),
                           .callId = reader.textOr("call", {}),
                           .number = reader.textOr("number", {})};
    });
}

QByteArray encode(const AgentCall &message)
{
    JsonWriter writer;
    writeAgentCall(writer, message);
    return writer.take();
}

Result<AgentCall> readAgentCall(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) { return readAgentCall(reader); });
}

} // namespace ringbook::sync
