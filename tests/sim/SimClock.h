#pragma once

#include "model/core/Clock.h"

namespace ringbook::sim {

/// The clocks of one machine, made of the simulation's time: they may go fast, and the wall's may jump.
class SimClock final : public Clock
{
public:
    SimClock(const qint64 &worldMs, double rate) : m_world(worldMs), m_rate(rate) {}

    TimeMs now() const override { return epoch + ms() + m_jumped; }
    qint64 monotonicNs() const override { return ms() * 1'000'000; }

    qint64 ms() const { return qint64(double(m_world) * m_rate); }
    /// The first moment of the world at which these clocks show this.
    qint64 worldAt(qint64 ms) const
    {
        auto at = qint64(double(ms) / m_rate);
        while (qint64(double(at) * m_rate) < ms)
            ++at;
        return at;
    }
    void jump(TimeMs by) { m_jumped += by; }

    static constexpr TimeMs epoch = 1'795'000'000'000;

private:
    const qint64 &m_world;
    double m_rate;
    TimeMs m_jumped = 0;
};

} // namespace ringbook::sim
