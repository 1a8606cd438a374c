#pragma once

#include "model/domain/AgentCall.h"
#include "sync/hub/StreamQueue.h"
#include "sync/hub/WriteBatch.h"

#include <memory>

namespace ringbook::hub {

/// Of all that was said about who is at one customer only the last is of use.
QString keyOf(const sync::PresenceNews &news);

/// Tells everybody who listens what happened: the streams of desks, and those who wait for a book to move.
/// Any thread.
class Fanout
{
public:
    using Waiter = std::function<void()>;

    void setBook(const sync::BookGrant &book); ///< at start
    void publish(const BookChanges &changes);  ///< not told again if it was
    void publishCall(qint64 user, const model::AgentCall &call);
    void publishPhone(qint64 user, const model::AgentPhone &phone);
    void publishPresence(const sync::PresenceNews &news);

    /// Everything published from now on reaches the queue, until it is gone.
    std::shared_ptr<StreamQueue> subscribe(qint64 user, const QSet<QString> &books,
                                           std::function<void()> wake, qint64 device = 0);
    void endStreamsBut(const QSet<qint64> &devices); ///< of devices that are not signed in any more
    QVector<sync::BookGrant> heads(const QSet<QString> &books) const;
    QVector<sync::BookGrant> heads() const; ///< of all books
    qint64 streams() const;

    /// Calls back once: at once if the book is not at `after` any more, else when it moves or the time has
    /// come.
    void wait(const QString &book, qint64 after, qint64 untilNs, Waiter waiter);
    void tick(qint64 nowNs); ///< somebody must call it, about once a second, for wait() to end
    void releaseAll();       ///< calls back all who wait, and from now on nobody waits; for the end

private:
    void tell(qint64 user, const QString &key, const QByteArray &event);

    struct Stream
    {
        qint64 user = 0;
        qint64 device = 0;
        QSet<QString> books;
        std::weak_ptr<StreamQueue> queue;
    };
    struct Waiting
    {
        QString book;
        qint64 untilNs = 0;
        Waiter waiter;
    };

    QVector<Waiter> takeWaiters(const std::function<bool(const Waiting &)> &which);

    mutable std::mutex m_mutex;
    QMap<QString, sync::BookGrant> m_heads;
    std::vector<Stream> m_streams;
    std::vector<Waiting> m_waiting;
    bool m_released = false;
};

} // namespace ringbook::hub
