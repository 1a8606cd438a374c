#pragma once

#include "model/core/Clock.h"

#include <QDateTime>
#include <QTimeZone>

namespace ringbook::tests {

/// A clock that stands until it is moved. It begins on a Tuesday at 14:07 in Berlin.
class FakeClock final : public Clock
{
public:
    TimeMs now() const override { return m_now; }
    qint64 monotonicNs() const override { return (m_now - start) * 1'000'000; }

    void advance(TimeMs by) { m_now += by; }
    void set(TimeMs now) { m_now = now; }

    static constexpr TimeMs start = 1'795'525'620'000; // 2026-11-24T13:07:00Z

private:
    TimeMs m_now = start;
};

inline const QTimeZone berlin("Europe/Berlin");

/// A wall-clock time in Berlin, days from the clock's day.
inline TimeMs berlinAt(int days, int hour, int minute = 0)
{
    const QDate day = QDateTime::fromMSecsSinceEpoch(FakeClock::start, berlin).date().addDays(days);
    return QDateTime(day, QTime(hour, minute), berlin).toMSecsSinceEpoch();
}

} // namespace ringbook::tests
