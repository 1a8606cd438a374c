#pragma once

#include <QtGlobal>

namespace ringbook::bench {

// What another process uses; 0 where nobody counts.

qint64 residentBytes(qint64 process);
double cpuSeconds(qint64 process); ///< so far

} // namespace ringbook::bench
