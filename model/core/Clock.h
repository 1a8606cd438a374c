#pragma once

#include <QtGlobal>

namespace ringbook {

/// A moment: milliseconds since 1970 in UTC.
using TimeMs = qint64;

constexpr TimeMs secondMs = 1000;
constexpr TimeMs minuteMs = 60 * secondMs;
constexpr TimeMs hourMs = 60 * minuteMs;
constexpr TimeMs dayMs = 24 * hourMs;

/// Where the time comes from, so that tests and the simulator can say what it is.
class Clock
{
public:
    virtual ~Clock() = default;

    virtual TimeMs now() const = 0;         ///< wall-clock; may jump
    virtual qint64 monotonicNs() const = 0; ///< for durations; never goes back
};

class SystemClock final : public Clock
{
public:
    TimeMs now() const override;
    qint64 monotonicNs() const override;
};

} // namespace ringbook
