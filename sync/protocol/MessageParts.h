#pragma once

#include "sync/protocol/JsonReader.h"
#include "sync/protocol/JsonWriter.h"

#include <algorithm>
#include <limits>

namespace ringbook::sync {

// Parts of larger messages; only for this folder.

void writeAgentCall(JsonWriter &writer, const model::AgentCall &call);
model::AgentCall readAgentCall(const JsonReader &reader);

/// Of the sender; one that no int holds is too new all the same.
inline int readSchema(const JsonReader &reader)
{
    return int(std::min<qint64>(reader.count("schema"), std::numeric_limits<int>::max()));
}

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
