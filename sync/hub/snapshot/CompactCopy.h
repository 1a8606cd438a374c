#pragma once

#include "model/db/Connection.h"

#include <atomic>

namespace ringbook::hub {

/// What this connection is at ends early when the hub stops, as an error.
void heed(const model::Connection &db, const std::atomic<bool> &isStopped);

Error hubStops();

/// Only what is in the database now, in as few pages as it needs, without a log. It is not made to reach the
/// disk: commits would wait for all of it to be written, and who reads it throws it away. Fault::Busy:
/// stopped in between.
Status copyCompact(model::Connection &db, const QString &path, const std::atomic<bool> &isStopped);

} // namespace ringbook::hub
