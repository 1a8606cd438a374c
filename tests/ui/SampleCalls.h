#pragma once

#include "model/desk/Card.h"
#include "model/domain/AgentCall.h"

namespace ringbook::ui {

/// Callers as they come, for tests and for looking. All times hang on `now`.
struct Sample
{
    QString name = {}; ///< for file names
    model::AgentCall call = {};
    model::Card card = {};
};

Sample knownCaller(TimeMs now);
Sample sharedNumber(TimeMs now);
Sample unknownCaller(TimeMs now);
Sample withheldCaller(TimeMs now);
Sample unreadableCaller(TimeMs now);
Sample longNamedCaller(TimeMs now);
Sample arabicCaller(TimeMs now);
QVector<Sample> allSamples(TimeMs now);

} // namespace ringbook::ui
