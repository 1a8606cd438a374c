#pragma once

#include "sync/hub/BookWriter.h"

#include <QHash>

#include <mutex>

namespace ringbook::hub {

// How long a desk may show its book without hearing of a hub.
constexpr int defaultLeaseDays = 30; ///< who works in the field comes back after three weeks
constexpr int leastLeaseDays = 1;
constexpr int mostLeaseDays = 365;

/// Notes which devices were heard of, for the database to know when their leases end: at most one write a
/// device in renewLeaseEveryMs. Any thread.
class Leases
{
public:
    Leases(BookWriter &writer, const Clock &clock, qint64 lengthMs)
        : m_writer(writer),
          m_clock(clock),
          m_lengthMs(lengthMs)
    {
    }

    void heard(qint64 device);

private:
    void forget(qint64 device);

    BookWriter &m_writer;
    const Clock &m_clock;
    const qint64 m_lengthMs;
    std::mutex m_mutex;
    QHash<qint64, TimeMs> m_noted;
};

} // namespace ringbook::hub
