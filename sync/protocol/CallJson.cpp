#include "sync/protocol/Codec.h"
#include "sync/protocol/MessageParts.h"

namespace ringbook::sync {

using model::AgentCall;

namespace {

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
            .endedAt = reader.maybeNumber("ended_at")};
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
