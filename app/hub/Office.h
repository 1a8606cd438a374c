#pragma once

#include "app/hub/DataFolder.h"
#include "sync/hub/Administration.h"

#include <QDateTime>

namespace ringbook::app {

/// Where the administrator's commands do their work.
inline Result<hub::Administration> administration(const Result<Place> &place)
{
    static const SystemClock clock;
    if (!place)
        return place.error();
    return hub::Administration::open(place->database, clock);
}

/// A moment for people, in this machine's time and with its distance from UTC: 2026-03-09T12:00:00+01:00.
inline QString momentText(TimeMs at)
{
    const QDateTime here = QDateTime::fromMSecsSinceEpoch(at);
    return here.toOffsetFromUtc(here.offsetFromUtc()).toString(Qt::ISODate);
}

} // namespace ringbook::app
