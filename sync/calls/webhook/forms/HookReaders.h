#pragma once

#include "model/core/Result.h"
#include "sync/calls/webhook/HookSettings.h"
#include "sync/calls/webhook/forms/HookEvent.h"
#include "sync/calls/webhook/forms/HookFields.h"

namespace ringbook::calls {

constexpr qsizetype maxHookCallId = 250; ///< UTF-16 units

/// What a request says, in the form of its sender. An event that is none of ours is What::Other; without the
/// id of a call, or not to be understood: Fault::Protocol with a sentence that quotes nothing of it.
Result<HookEvent> readHook(HookSettings::Form form, const QByteArray &body, const QByteArray &contentType);

// One for each form.
Result<HookEvent> readGenericHook(const HookFields &fields);  ///< our own; README.md of this folder
Result<HookEvent> readZammadHook(const HookFields &fields);   ///< docs.zammad.org, "Generic CTI"
Result<HookEvent> readSipgateHook(const HookFields &fields);  ///< sipgate.io push API
Result<HookEvent> readPlacetelHook(const HookFields &fields); ///< Placetel call-control-notify-api
Result<HookEvent> readThreeCxHook(const HookFields &fields);  ///< the add-on modules that post 3CX's events
Result<HookEvent> readTwilioHook(const HookFields &fields);   ///< Twilio voice status callbacks

} // namespace ringbook::calls
