#pragma once

#include "sync/protocol/JsonReader.h"
#include "sync/protocol/JsonWriter.h"

namespace ringbook::sync {

// Parts of larger messages; only for this folder.

void writeAgentCall(JsonWriter &writer, const model::AgentCall &call);
model::AgentCall readAgentCall(const JsonReader &reader);

} // namespace ringbook::sync
