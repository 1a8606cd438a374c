#pragma once

#include "model/core/Clock.h"
#include "sync/hub/store/Database.h"
#include "sync/hub/store/ErasedList.h"

namespace ringbook::hub {

// What a restored hub passes over: numbers that may have been given out after the backup.
constexpr qint64 skippedDevices = 1000;
constexpr qint64 skippedRecords = 1 << 24;
constexpr qint64 skippedEachSecond =
    1 << 8; ///< and so many more a second later: one backup may be restored twice

/// Copies all that a hub has, as of one moment, into a new file while it serves; no commit waits for it. The
/// file is a hub's database like any other. Errors are sentences, and leave no file.
Status backUp(const Database &hub, const QString &file);

/// Makes a hub's database of a backup, of whichever engine that was: at a path where there is nothing yet, or
/// in a PostgreSQL database without books. Its logs have new epochs, so that every desk comes and brings what
/// was lost. What is named in `erased`, of after the backup, is erased again.
Status restore(const QString &file, const Database &hub, const QVector<Erased> &erased, TimeMs now);

/// The part of it that comes after the copying, on the copy: new epochs, and numbers that are passed over.
Status beginAnotherLog(model::Connection &copy, TimeMs now);

} // namespace ringbook::hub
