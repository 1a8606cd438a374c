#pragma once

#include <QJsonObject>
#include <QVector>

#include <algorithm>

namespace ringbook::bench {

/// Durations in microseconds and what to say of them.
class Measured
{
public:
    void add(double microseconds) { m_us.append(microseconds); }
    qsizetype count() const { return m_us.size(); }

    /// Nearest-rank percentile, 0 < p <= 100; 0 if nothing was measured.
    double percentile(double p) const
    {
        if (m_us.isEmpty())
            return 0;
        auto sorted = m_us;
        std::sort(sorted.begin(), sorted.end());
        const auto rank = qsizetype(std::max(1.0, std::ceil(p / 100 * double(sorted.size()))));
        return sorted[rank - 1];
    }

    /// {"p50_ms", "p99_ms", "max_ms"}, each name after `prefix`.
    QJsonObject json(const QString &prefix = {}) const
    {
        const auto ms = [](double us) { return std::round(us) / 1000; };
        return {{prefix + "p50_ms", ms(percentile(50))},
                {prefix + "p99_ms", ms(percentile(99))},
                {prefix + "max_ms", ms(percentile(100))},
                {prefix + "n", count()}};
    }

private:
    QVector<double> m_us;
};

} // namespace ringbook::bench
