#pragma once

#include "model/core/Clock.h"

#include <QMetaType>
#include <QString>

#include <optional>

namespace ringbook::sync {

/// What is true about sync right now, for the status line.
struct SyncState
{
    enum class Link {
        SignedOut, ///< no session; `problem` says why if one was tried
        Connecting,
        CatchingUp, ///< connected, the book is not at the head yet
        Live,
        Offline,
    };

    Link link = Link::SignedOut;
    std::optional<TimeMs> offlineSince = {};
    QString offlineReason = {};              ///< in one sentence; it mends itself when the hub is back
    std::optional<TimeMs> triedAt = {};      ///< when last by hand or for a network that came, in vain
    int waiting = 0;                         ///< saves the hub has not confirmed
    std::optional<TimeMs> waitingSince = {}; ///< the oldest of them
    int refused = 0;                         ///< ops in the tray
    qint64 behind = 0;                       ///< changes not yet here, while catching up
    qint64 fetched = 0;                      ///< bytes of a whole book that is on its way
    qint64 toFetch = 0;                      ///< all of its bytes; 0: none is on its way
    std::optional<TimeMs> lockedSince = {};  ///< the book may not be shown; the hub was last heard of then
    std::optional<TimeMs> locksAt = {};      ///< soon, unless the hub is heard of
    QString problem = {};                    ///< one sentence of what somebody has to mend; empty: nothing

    bool operator==(const SyncState &) const = default;
};

} // namespace ringbook::sync

Q_DECLARE_METATYPE(ringbook::sync::SyncState)
