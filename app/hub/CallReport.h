#pragma once

#include "model/domain/Call.h"
#include "sync/protocol/JsonWriter.h"

namespace ringbook::app {

/// One JSON object: what happened in a call, times in milliseconds. `source` begins the ids of its telephone
/// system. A withheld number is not in it.
void writeCall(sync::JsonWriter &json, const model::Call &call, const QString &source);

/// The same as a sentence, and a line for each phone that rang and each agent who talked.
QString callText(const model::Call &call);

} // namespace ringbook::app
