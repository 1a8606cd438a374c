#pragma once

#include "model/domain/Call.h"
#include "sync/calls/PbxSettings.h"
#include "sync/calls/esl/wire/EslEvent.h"

namespace ringbook::calls {

// Who a channel says that it is: "Caller-…" in its own events, "Other-Leg-…" in those of a leg that was
// dialled for it.

/// Nothing if the event does not say. The screening bit beside it says only whether the network vouches for
/// the number.
std::optional<model::Call::Presentation> eslPresentation(const EslEvent &event, const QString &profile);

/// Empty where it is hidden; FreeSWITCH repeats the number where there is none.
QString eslName(const EslEvent &event, const QString &profile);

/// Of a withheld number nothing but that.
model::Party eslCaller(const EslEvent &event, const QString &profile, const NumberPlan &plan);

} // namespace ringbook::calls
