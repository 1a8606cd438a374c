#pragma once

#include "model/core/Result.h"

#include <QLockFile>

namespace ringbook {

/// Takes the lock at once or not at all, however old. A lock file whose process is gone is no lock, also if
/// it names another machine or a process number that somebody else has now, as in a container that starts
/// again: what counts is whether the system still holds it for somebody.
bool takeNow(QLockFile &lock);

/// Why nothing can be written into a folder: DiskFull, or Failed for whatever else.
Fault whyUnwritable(const QString &folder);

} // namespace ringbook
