#pragma once

#include <QEventLoop>
#include <QJsonObject>
#include <QTimer>
#include <QVector>

#include <algorithm>
#include <cmath>
#include <functional>

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

/// Turns the event loop until `isDone`, asked after every signal that calls the returned loop's quit(); false
/// when it takes too long. Unlike QTest::qWaitFor it never sleeps, so it adds nothing to what is measured.
class Turning
{
public:
    bool until(const std::function<bool()> &isDone, int timeoutMs)
    {
        bool isLate = false;
        QTimer late;
        late.setSingleShot(true);
        QObject::connect(&late, &QTimer::timeout, &m_loop, [&] {
            isLate = true;
            m_loop.quit();
        });
        late.start(timeoutMs);
        while (!isDone() && !isLate)
            m_loop.exec();
        return !isLate;
    }

    void again() { m_loop.quit(); }

private:
    QEventLoop m_loop;
};

} // namespace ringbook::bench
