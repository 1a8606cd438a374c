#include "sync/hub/Follower.h"

#include "sync/hub/Announcement.h"

#include <QTimer>

namespace ringbook::hub {

namespace {

constexpr std::chrono::seconds betweenLooks{1};
constexpr TimeMs seatsHoldMs = minuteMs;
constexpr qint64 mostEntriesRead = 500; // beyond, desks are told that there is more

} // namespace

Follower::Follower(Database database, QString self, Told told)
    : m_database(std::move(database)),
      m_self(std::move(self)),
      m(std::move(told)),
      m_here(std::make_unique<QObject>())
{
    m_here->moveToThread(&m_thread);
    m_thread.setObjectName(QStringLiteral("follower"));
    m_thread.start();
}

Follower::~Follower()
{
    QMetaObject::invokeMethod(
        m_here.get(),
        [this] {
            qDeleteAll(m_here->children());
            m_db.reset();
        },
        Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

Status Follower::start()
{
    Status started = Done{};
    QMetaObject::invokeMethod(
        m_here.get(),
        [&] {
            started = open();
            auto *timer = new QTimer(m_here.get());
            QObject::connect(timer, &QTimer::timeout, m_here.get(), [this] { look(); });
            timer->start(betweenLooks);
        },
        Qt::BlockingQueuedConnection);
    return started;
}

void Follower::publish(const BookChanges &changes)
{
    QMetaObject::invokeMethod(
        m_here.get(), [this, changes] { tell(changes); }, Qt::QueuedConnection);
}

/// Said again soon: one that is not heard does no harm.
void Follower::announce(const PresenceAt &at)
{
    QMetaObject::invokeMethod(
        m_here.get(),
        [this, at] {
            if (m_db)
                (void)m_db->notify(QLatin1String(Announcement::channel),
                                   textOf({.by = m_self, .presence = at}));
        },
        Qt::QueuedConnection);
}

/// What was said while nobody listened is made good: sessions are read anew, look() sees how far the books
/// are.
Status Follower::open()
{
    auto db = m_database.open();
    if (!db)
        return db.error();
    m_db = std::move(*db);
    const Status listening = m_db->listen(QLatin1String(Announcement::channel),
                                          [this](const QString &announcement) { heard(announcement); });
    if (!listening)
        m_db.reset();
    m.sessions.forgetAll();
    return listening;
}

void Follower::heard(const QString &text)
{
    const Announcement announcement = readAnnouncement(text);
    if (announcement.by == m_self)
        return;
    if (announcement.presence)
        m.presence.heard(*announcement.presence);
    else if (announcement.device)
        m.sessions.forget(*announcement.device);
    else if (!std::exchange(m_willLook, true))
        lookSoon();
}

void Follower::lookSoon()
{
    QMetaObject::invokeMethod(
        m_here.get(), [this] { look(); }, Qt::QueuedConnection);
}

/// A commit of this hub. If another one's came between, that is told first.
void Follower::tell(const BookChanges &changes)
{
    const auto known = m.fanout.heads({changes.book});
    if (!known.isEmpty() && known[0].epoch == changes.epoch && known[0].head < changes.from)
        look();
    publishHere(changes);
}

void Follower::publishHere(const BookChanges &changes)
{
    if (m.notice)
        m.notice(changes);
    m.fanout.publish(changes);
}

void Follower::look()
{
    m_willLook = false;
    if (m_db && m_db->isLost())
        m_db.reset();
    if (!m_db && !open())
        return;
    if (const auto books = Books(*m_db).all())
        for (const BookHead &book : *books)
            catchUp(book);
    endSessions();
    seatUsers();
}

/// Those that an administrator ended: no request is answered by them from now on, and their streams end.
void Follower::endSessions()
{
    const Accounts accounts(*m_db);
    const auto endings = accounts.endings();
    if (!endings || *endings == m_endings)
        return;
    const auto devices = accounts.devicesSignedIn();
    if (!devices)
        return;
    m_endings = *endings;
    m.sessions.forgetAll();
    m.fanout.endStreamsBut(*devices);
}

void Follower::seatUsers()
{
    const Seats seats(*m_db);
    const auto changes = seats.changes();
    const TimeMs now = m.clock.now();
    const bool isOld = std::abs(now - m_seatedAt) >= seatsHoldMs; // somebody's shift may be over
    if (!changes || (*changes == m_seatings && !isOld))
        return;
    const auto all = seats.all(now - seatLifeMs);
    if (!all)
        return;
    m_seatings = *changes;
    m_seatedAt = now;
    m.calls.setSeats(*all);
}

void Follower::catchUp(const BookHead &book)
{
    const sync::BookGrant known = m.fanout.heads({book.name}).value(0);
    const bool isSameLog = known.epoch == book.head.epoch;
    if (isSameLog && known.head >= book.head.seq)
        return;
    BookChanges changes{.book = book.name,
                        .region = book.region,
                        .epoch = book.head.epoch,
                        .from = book.head.seq,
                        .to = book.head.seq,
                        .erases = isSameLog && book.erased > known.head};
    const qint64 missed = isSameLog ? book.head.seq - known.head : 0;
    if (missed > 0 && missed <= mostEntriesRead) {
        const auto entries = Books(*m_db).log(book.id, known.head, int(missed));
        if (entries && entries->size() == missed) {
            changes.from = known.head;
            for (const LogEntry &entry : *entries)
                changes.wires.append(entry.wire);
        }
    }
    publishHere(changes);
}

} // namespace ringbook::hub
