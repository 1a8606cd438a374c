#include "sync/hub/Fanout.h"

#include "sync/protocol/Codec.h"
#include "sync/protocol/EventStream.h"

#include <algorithm>

namespace ringbook::hub {

namespace {

QByteArray asPoke(const BookChanges &changes)
{
    return sync::encodeEvent(sync::pokeEvent,
                             sync::encode(sync::Poke{changes.book, changes.epoch, changes.to}));
}

/// The changes themselves while they are small, else that there are some.
QByteArray asEvent(const BookChanges &changes)
{
    qint64 bytes = 0;
    for (const QByteArray &wire : changes.wires)
        bytes += wire.size() + 1;
    if (bytes > sync::inlineEventBytes || changes.wires.isEmpty())
        return asPoke(changes);
    const sync::ChangesPage page{changes.book, changes.epoch, changes.from, changes.to, changes.to};
    return sync::encodeEvent(sync::changesEvent, sync::encodePage(page, changes.wires));
}

} // namespace

QString keyOf(const sync::PresenceNews &news)
{
    return QStringLiteral("presence %1 %2").arg(news.book).arg(news.customer.value);
}

void Fanout::setBook(const sync::BookGrant &book)
{
    const std::lock_guard lock(m_mutex);
    m_heads.insert(book.book, book);
}

void Fanout::publish(const BookChanges &changes)
{
    const QByteArray event = asEvent(changes);
    const QByteArray poke = asPoke(changes);
    QVector<Waiter> waiters;
    {
        const std::lock_guard lock(m_mutex);
        const sync::BookGrant known = m_heads.value(changes.book);
        if (!changes.wires.isEmpty() && known.epoch == changes.epoch && changes.to <= known.head)
            return;
        m_heads.insert(changes.book, {changes.book, changes.region, changes.epoch, changes.to});
        std::erase_if(m_streams, [](const Stream &stream) { return stream.queue.expired(); });
        for (const Stream &stream : m_streams)
            if (stream.books.contains(changes.book))
                if (const auto queue = stream.queue.lock())
                    queue->putChanges(changes.book, event, poke);
        waiters = takeWaiters([&](const Waiting &waiting) { return waiting.book == changes.book; });
    }
    for (const Waiter &waiter : waiters)
        waiter();
}

void Fanout::publishCall(qint64 user, const model::AgentCall &call)
{
    tell(user, QStringLiteral("call ") + call.callId, sync::encodeEvent(sync::callEvent, sync::encode(call)));
}

void Fanout::publishPhone(qint64 user, const model::AgentPhone &phone)
{
    tell(user, QStringLiteral("phone"), sync::encodeEvent(sync::phoneEvent, sync::encode(phone)));
}

/// Of what has the same key only the last is of use.
void Fanout::tell(qint64 user, const QString &key, const QByteArray &event)
{
    const std::lock_guard lock(m_mutex);
    for (const Stream &stream : m_streams)
        if (stream.user == user)
            if (const auto queue = stream.queue.lock())
                queue->putLatest(key, event);
}

void Fanout::publishPresence(const sync::PresenceNews &news)
{
    const QByteArray event = sync::encodeEvent(sync::presenceEvent, sync::encode(news));
    const std::lock_guard lock(m_mutex);
    for (const Stream &stream : m_streams)
        if (stream.books.contains(news.book))
            if (const auto queue = stream.queue.lock())
                queue->putLatest(keyOf(news), event);
}

std::shared_ptr<StreamQueue> Fanout::subscribe(qint64 user, const QSet<QString> &books,
                                               std::function<void()> wake, qint64 device)
{
    const auto queue = std::make_shared<StreamQueue>(std::move(wake));
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_streams, [](const Stream &stream) { return stream.queue.expired(); });
    m_streams.push_back(Stream{user, device, books, queue});
    return queue;
}

void Fanout::endStreamsBut(const QSet<qint64> &devices)
{
    const std::lock_guard lock(m_mutex);
    for (const Stream &stream : m_streams)
        if (!devices.contains(stream.device))
            if (const auto queue = stream.queue.lock())
                queue->end();
}

QVector<sync::BookGrant> Fanout::heads() const
{
    const std::lock_guard lock(m_mutex);
    return m_heads.values();
}

qint64 Fanout::streams() const
{
    const std::lock_guard lock(m_mutex);
    return std::ranges::count_if(m_streams, [](const Stream &stream) { return !stream.queue.expired(); });
}

QVector<sync::BookGrant> Fanout::heads(const QSet<QString> &books) const
{
    const std::lock_guard lock(m_mutex);
    QVector<sync::BookGrant> heads;
    for (const sync::BookGrant &head : m_heads)
        if (books.contains(head.book))
            heads.append(head);
    return heads;
}

void Fanout::wait(const QString &book, qint64 after, qint64 untilNs, Waiter waiter)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_released && m_heads.value(book).head <= after) {
            m_waiting.push_back(Waiting{book, untilNs, std::move(waiter)});
            return;
        }
    }
    waiter();
}

void Fanout::tick(qint64 nowNs)
{
    QVector<Waiter> due;
    {
        const std::lock_guard lock(m_mutex);
        due = takeWaiters([&](const Waiting &waiting) { return waiting.untilNs <= nowNs; });
    }
    for (const Waiter &waiter : due)
        waiter();
}

void Fanout::releaseAll()
{
    QVector<Waiter> all;
    {
        const std::lock_guard lock(m_mutex);
        m_released = true;
        all = takeWaiters([](const Waiting &) { return true; });
    }
    for (const Waiter &waiter : all)
        waiter();
}

QVector<Fanout::Waiter> Fanout::takeWaiters(const std::function<bool(const Waiting &)> &which)
{
    QVector<Waiter> taken;
    for (Waiting &waiting : m_waiting)
        if (which(waiting))
            taken.append(std::exchange(waiting.waiter, {}));
    std::erase_if(m_waiting, [](const Waiting &waiting) { return !waiting.waiter; });
    return taken;
}

} // namespace ringbook::hub
