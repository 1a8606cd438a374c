#pragma once

#include <QtGlobal>

namespace ringbook::sync {

constexpr qint64 cheapChanges = 20'000; ///< so many are read and applied in seconds, whatever the book holds
constexpr double dearShare = 0.4;       ///< of a log: reading so much costs more than a ready-made file

/// Whether a book that is at `here` gets to `there` sooner by a file than by the log.
constexpr bool isSnapshotCheaper(qint64 here, qint64 there, qint64 cheap = cheapChanges)
{
    const qint64 gap = there - here;
    return gap > cheap && double(gap) > dearShare * double(there);
}

} // namespace ringbook::sync
