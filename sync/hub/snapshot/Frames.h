#pragma once

#include "model/core/Result.h"
#include "sync/protocol/Messages.h"

#include <QIODevice>

#include <atomic>

namespace ringbook::hub {

/// Packs a file frame by frame and writes them one after the other. Fault::Busy: stopped in between.
Result<sync::SnapshotFile> packFrames(const QString &file, QIODevice &pack,
                                      const std::atomic<bool> &isStopped);

} // namespace ringbook::hub
