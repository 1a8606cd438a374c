#pragma once

#include <QByteArray>
#include <QHash>
#include <QMap>
#include <QVector>

#include <functional>
#include <mutex>

namespace ringbook::hub {

constexpr int maxQueuedEvents = 256;
constexpr qint64 maxQueuedBytes = 1 << 20;

/// What one stream has still to be sent. Any thread. Bounded: when it is full, the changes in it collapse to
/// one "there is more" for each book. Of each call, and of who is at a customer, only the last state is kept,
/// so these are never lost.
class StreamQueue
{
public:
    /// `wake` is called, by the thread that puts, when the queue was empty before.
    explicit StreamQueue(std::function<void()> wake) : m_wake(std::move(wake)) {}

    /// `poke` stands for the event should it have to collapse; both are whole events.
    void putChanges(const QString &book, const QByteArray &event, const QByteArray &poke);
    void putLatest(const QString &about, const QByteArray &event); ///< instead of one about the same

    QVector<QByteArray> take();

    void end(); ///< there will be nothing more: whoever sends says goodbye
    bool hasEnded() const;

private:
    void collapse();

    mutable std::mutex m_mutex;
    bool m_ended = false;
    std::function<void()> m_wake;
    QVector<QByteArray> m_changes;
    QMap<QString, QByteArray> m_pokes; ///< the newest of each book that has something in m_changes
    qint64 m_changeBytes = 0;
    QVector<std::pair<QString, QByteArray>> m_latest;
};

} // namespace ringbook::hub
