#include "sync/hub/StreamQueue.h"

#include <algorithm>

namespace ringbook::hub {

void StreamQueue::putChanges(const QString &book, const QByteArray &event, const QByteArray &poke)
{
    bool wasEmpty = false;
    {
        const std::lock_guard lock(m_mutex);
        wasEmpty = m_changes.isEmpty() && m_latest.isEmpty();
        m_changes.append(event);
        m_changeBytes += event.size();
        m_pokes.insert(book, poke);
        if (m_changes.size() > maxQueuedEvents || m_changeBytes > maxQueuedBytes)
            collapse();
    }
    if (wasEmpty)
        m_wake();
}

void StreamQueue::end()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
    }
    m_wake();
}

bool StreamQueue::hasEnded() const
{
    const std::lock_guard lock(m_mutex);
    return m_ended;
}

void StreamQueue::collapse()
{
    m_changes = m_pokes.values();
    m_changeBytes = 0;
    for (const QByteArray &poke : std::as_const(m_changes))
        m_changeBytes += poke.size();
}

void StreamQueue::putLatest(const QString &about, const QByteArray &event)
{
    bool wasEmpty = false;
    {
        const std::lock_guard lock(m_mutex);
        wasEmpty = m_changes.isEmpty() && m_latest.isEmpty();
        const auto same = [&](const auto &queued) { return queued.first == about; };
        m_latest.erase(std::remove_if(m_latest.begin(), m_latest.end(), same), m_latest.end());
        m_latest.append({about, event});
    }
    if (wasEmpty)
        m_wake();
}

QVector<QByteArray> StreamQueue::take()
{
    const std::lock_guard lock(m_mutex);
    QVector<QByteArray> events;
    for (const auto &[about, event] : std::as_const(m_latest)) // a call is what somebody is waiting for
        events.append(event);
    events += m_changes;
    m_latest.clear();
    m_changes.clear();
    m_pokes.clear();
    m_changeBytes = 0;
    return events;
}

} // namespace ringbook::hub
