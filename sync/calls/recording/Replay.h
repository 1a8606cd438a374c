#pragma once

#include "model/domain/Call.h"
#include "sync/calls/PbxSettings.h"
#include "sync/calls/recording/Recording.h"

namespace ringbook::calls {

struct Replayed
{
    QVector<model::Call> calls = {}; ///< in the order they began; times count from the recording's beginning
    int unfinished = 0;              ///< calls that still went on at its end
};

/// What a recording means, by the connector that a hub has: the recording is played to it over a socket of
/// this machine, as fast as it is taken. `settings` name phones, trunks and queues; their address and login
/// are not used. Runs an event loop until everything is played. A sentence if it cannot be.
Result<Replayed> replay(const Recording &recording, PbxSettings settings);

} // namespace ringbook::calls
