#pragma once

#include "model/domain/AgentCall.h"
#include "sync/calls/PbxSettings.h"

namespace ringbook::calls {

constexpr int maxQueueLength = 80; ///< of what the PBX calls a queue

/// An id of the PBX is any text; ours goes into records and addresses.
QString callIdOf(const QString &source, const QString &pbxId);

/// Who calls, by what the line sent: words for "no number" are withheld, names are made plain text.
model::Party callerParty(const QString &number, const QString &name, const NumberPlan &plan);

/// A number of ours, or one that an agent dials; `name` is what people call that line.
model::Party calledParty(const QString &number, const PbxSettings &settings);

/// What people call this queue, else its own name made plain text.
QString queueLabel(const QString &queue, const PbxSettings &settings);

} // namespace ringbook::calls
