#pragma once

#include "sync/protocol/JsonReader.h"
#include "sync/protocol/JsonWriter.h"

#include <algorithm>
#include <limits>

namespace ringbook::sync {

// Parts of larger messages; only for this folder.

void writeAgentCall(JsonWriter &writer, const model::AgentCall &call);
model::AgentCall readAgentCall(const JsonReader &reader);

void writePhone(JsonWriter &writer, const model::AgentPhone &phone);
model::AgentPhone readPhone(const JsonReader &reader);

/// Of the sender; one that no int holds is too new all the same.
inline int readSchema(const JsonReader &reader)
{
    return int(std::min<qint64>(reader.count("schema"), std::numeric_limits<int>::max()));
}

/// Where none is named there is none, as at older hubs.
inline void writeLease(JsonWriter &writer, qint64 leaseMs)
{
    if (leaseMs > 0)
        writer.member("lease_ms", leaseMs);
}

inline qint64 readLease(const JsonReader &reader)
{
    return std::clamp<qint64>(reader.numberOr("lease_ms", 0), 0, maxLeaseMs);
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
