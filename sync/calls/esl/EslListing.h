#pragma once

#include "model/core/Clock.h"
#include "sync/calls/esl/wire/EslEvent.h"

#include <QSet>

namespace ringbook::calls {

/// FreeSWITCH writes its lists so much later than it tells of events, at most.
constexpr TimeMs listsLagBehind = 10 * secondMs;

/// What FreeSWITCH answered when asked what is up; the whole of it.
struct EslListing
{
    QVector<EslEvent> channels = {};       ///< rows of "show channels"
    QVector<EslEvent> bridges = {};        ///< rows of "show calls"
    QHash<QString, EslEvent> details = {}; ///< "uuid_dump" of those that were not known
    QSet<QString> gone = {};               ///< listed, yet not there when asked about
    bool isFirst = true;                   ///< of a connection: what is bridged may have changed unseen
};

} // namespace ringbook::calls
