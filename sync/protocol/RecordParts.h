#pragma once

#include "sync/protocol/JsonReader.h"
#include "sync/protocol/JsonWriter.h"

namespace ringbook::sync {

// Parts of records inside larger messages; only for this folder.

void writeFields(JsonWriter &writer, const QString &kind, const model::Fields &fields);
void writeOp(JsonWriter &writer, const model::Op &op);
void writeChange(JsonWriter &writer, const model::Change &change);

model::RecordKey readRecordKey(const JsonReader &reader);
model::Fields readFields(const JsonReader &reader, const QString &kind, qint64 maxTextBytes);
model::Op readOp(const JsonReader &reader);
model::Change readChange(const JsonReader &reader);

} // namespace ringbook::sync
