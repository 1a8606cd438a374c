#pragma once

#include <QtGlobal>

#include <algorithm>

namespace ringbook::sync {

constexpr qint64 backoffFirstMs = 500;
constexpr qint64 backoffMostMs = 20'000; ///< of an outage an agent waits half of it for, on average
constexpr qint64 stableAfterMs = 30'000; ///< a connection that held so long begins anew after a failure

/// Full jitter: a random moment in [0, min(20 s, 0.5 s * 2^n)), so that desks that lost the hub together do
/// not all come back together. `random` is in [0, 1).
class Backoff
{
public:
    qint64 bound() const { return std::min(backoffMostMs, backoffFirstMs << std::min(m_failures, 20)); }
    qint64 again(double random) const { return qint64(random * double(bound())); } ///< it does not count
    qint64 next(double random)
    {
        const qint64 delay = again(random);
        ++m_failures;
        return delay;
    }
    void reset() { m_failures = 0; }

private:
    int m_failures = 0;
};

} // namespace ringbook::sync
