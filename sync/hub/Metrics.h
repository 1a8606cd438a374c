#pragma once

#include <QtGlobal>

#include <atomic>

namespace ringbook::hub {

/// What this hub did since it started, for those who watch over it. Any thread.
struct Metrics
{
    std::atomic<qint64> commits = 0; ///< of a book: all that waited for it, together
    std::atomic<qint64> changes = 0;
    std::atomic<qint64> refusedOps = 0;
    std::atomic<qint64> repairs = 0;  ///< buckets that desks found to differ
    std::atomic<qint64> recounts = 0; ///< of a book whose own sums were wrong
};

} // namespace ringbook::hub
