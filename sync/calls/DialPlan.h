#pragma once

#include "sync/calls/PbxSettings.h"

namespace ringbook::calls {

constexpr qsizetype mostDialledDigits = 20; ///< 15 of E.164, and what leads outside

/// What this telephone system has to dial for the number an agent wants, which may be written in any way:
/// digits, +, * and # alone. Fault::Invalid: it is none; Fault::Denied: the rules do not let it be dialled.
/// The detail is a sentence for the agent.
Result<QString> numberToDial(const QString &wanted, const PbxSettings &settings);

} // namespace ringbook::calls
