#pragma once

#include "model/db/Connection.h"

#include <atomic>

namespace ringbook::hub {

/// What this connection is at ends early when the hub stops, as an error.
void heed(const model::Connection &db, const std::atomic<bool> &isStopped);

Error hubStops();

/// Only what is in the database now, in as few pages as it needs, without a log. Fault::Busy:
/// stopped in between.
Status copyCompact(const model::Connection &db, const QString &path, const std::atomic<bool> &isStopped);

} // namespace ringbook::hub
