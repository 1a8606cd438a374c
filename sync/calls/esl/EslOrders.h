#pragma once

#include "model/core/Result.h"
#include "model/domain/CallCommand.h"
#include "sync/calls/PbxSettings.h"
#include "sync/calls/esl/EslInterpreter.h"

namespace ringbook::calls {

// Whoever may write into the event socket may run programs on its machine: nothing goes into a command that
// could end it or mean more than it says. The error's detail is a sentence for the agent.

/// Digits, + * and #, at most model::maxPhoneTextLength.
bool isDialable(const QString &number);

/// "originate …": rings the agent's own phone, and dials the number when it is lifted. The new channel's id
/// is `uuid`.
Result<QString> eslDialOrder(const Agent &agent, const QString &number, const DialRules &rules,
                             const QString &uuid);

/// Every other order to somebody in a call, as a command of mod_commands; `context` is of the dial plan.
Result<QString> eslOrder(const model::CallCommand &command, const EslPlace &place, const QString &context);

/// "uuid_dump …", or nothing for what is no id.
std::optional<QString> eslQuestion(const QString &uuid);

} // namespace ringbook::calls
