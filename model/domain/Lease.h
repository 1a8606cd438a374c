#pragma once

#include "model/core/Clock.h"

#include <algorithm>

namespace ringbook::model {

/// How long what a desk has may be shown without hearing of its hub. Moments are by the desk's own clock.
struct Lease
{
    TimeMs heardAt = 0;  ///< when the hub was last heard of
    qint64 lengthMs = 0; ///< 0: there is none, and nothing is locked
    TimeMs latest = 0;   ///< the latest time seen since: a clock that is set back gains nothing

    TimeMs until() const { return heardAt + lengthMs; }
    bool isOver(TimeMs now) const { return lengthMs > 0 && std::max(now, latest) >= until(); }

    bool operator==(const Lease &) const = default;
};

} // namespace ringbook::model
