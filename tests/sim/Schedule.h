#pragma once

#include <QtGlobal>

#include <functional>
#include <map>

namespace ringbook::sim {

/// The one thread of a simulation: what happens next, and when. Equal moments keep their order.
class Schedule
{
public:
    using Event = std::function<void()>;

    const qint64 &now() const { return m_now; } ///< a reference that follows
    void after(qint64 ms, Event event) { m_events.emplace(m_now + qMax<qint64>(0, ms), std::move(event)); }

    /// Runs the next event up to `end`; false: there is none, and it is `end` now.
    bool step(qint64 end)
    {
        if (m_events.empty() || m_events.begin()->first > end) {
            m_now = end;
            return false;
        }
        const auto event = m_events.extract(m_events.begin());
        m_now = event.key();
        event.mapped()();
        return true;
    }

private:
    qint64 m_now = 1000;
    std::multimap<qint64, Event> m_events;
};

} // namespace ringbook::sim
