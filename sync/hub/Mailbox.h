#pragma once

#include <QtGlobal>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace ringbook::hub {

/// Work on its way to one thread, bounded. Each item has a weight; an item that would exceed the bound is not
/// taken.
template <typename T>
class Mailbox
{
public:
    explicit Mailbox(qint64 maxWeight) : m_maxWeight(maxWeight) {}

    /// False: full or closed.
    bool put(T item, qint64 weight = 1)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_closed || (m_weight > 0 && m_weight + weight > m_maxWeight))
                return false;
            m_items.push_back({std::move(item), weight});
            m_weight += weight;
        }
        m_arrived.notify_one();
        return true;
    }

    /// Waits for work, then takes what is there, in order, up to about `weight`. Empty: closed, and nothing
    /// is left.
    std::vector<T> take(qint64 weight)
    {
        std::unique_lock lock(m_mutex);
        m_arrived.wait(lock, [&] { return m_closed || !m_items.empty(); });
        std::vector<T> taken;
        qint64 sum = 0;
        while (!m_items.empty() && (taken.empty() || sum + m_items.front().second <= weight)) {
            sum += m_items.front().second;
            taken.push_back(std::move(m_items.front().first));
            m_items.pop_front();
        }
        m_weight -= sum;
        return taken;
    }

    /// False: nothing came within this time.
    bool waitFor(std::chrono::milliseconds time)
    {
        std::unique_lock lock(m_mutex);
        return m_arrived.wait_for(lock, time, [&] { return m_closed || !m_items.empty(); });
    }

    /// Takes nothing more; what is there can still be taken.
    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
        }
        m_arrived.notify_all();
    }

    /// Takes nothing more and forgets what is there.
    void drop()
    {
        std::deque<std::pair<T, qint64>> dropped; // destroyed without the lock
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
            m_weight = 0;
            dropped.swap(m_items);
        }
        m_arrived.notify_all();
    }

private:
    const qint64 m_maxWeight;
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::deque<std::pair<T, qint64>> m_items;
    qint64 m_weight = 0;
    bool m_closed = false;
};

} // namespace ringbook::hub
