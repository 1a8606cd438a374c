#pragma once

#include "sync/protocol/JsonReader.h"
#include "sync/protocol/JsonWriter.h"

namespace ringbook::sync {

// Parts of larger messages; only for this folder.

void writeAgentCall(JsonWriter &writer, const model::AgentCall &call);
model::AgentCall readAgentCall(const JsonReader &reader);

/// The text of an object whose members `write` writes.
template <typename Write>
QByteArray jsonObject(Write write)
{
    JsonWriter writer;
    writer.beginObject();
    write(writer);
    writer.endObject();
    return writer.take();
}

} // namespace ringbook::sync
