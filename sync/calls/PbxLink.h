#pragma once

#include "model/domain/Calls.h"
#include "sync/calls/PbxSettings.h"

namespace ringbook::calls {

/// How long to wait before try number `attempt` (from 0): twice as long each time, at most `longestMs`;
/// `random` in 0 … 1 keeps many hubs from coming at once.
int retryDelayMs(int firstMs, int longestMs, int attempt, double random);

bool isThisMachine(const QString &host);

model::PopRules popRulesOf(const PbxSettings &settings);

/// To this machine, or to another one where the settings say so in so many words.
bool maySpeakPlainText(const PbxSettings &settings);

} // namespace ringbook::calls
