#include "model/core/Clock.h"

#include <QDateTime>

#include <chrono>

namespace ringbook {

TimeMs SystemClock::now() const
{
    return QDateTime::currentMSecsSinceEpoch();
}

qint64 SystemClock::monotonicNs() const
{
    return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

} // namespace ringbook
