#pragma once

#include "model/core/Clock.h"

namespace ringbook::test {

/// The system's clock, for tests that do not want to wait for hours.
class MovedClock final : public Clock
{
public:
    TimeMs now() const override { return m_clock.now() + m_ahead; }
    qint64 monotonicNs() const override { return m_clock.monotonicNs() + m_ahead * 1'000'000; }

    void advance(TimeMs by) { m_ahead += by; }

private:
    SystemClock m_clock;
    TimeMs m_ahead = 0;
};

} // namespace ringbook::test
