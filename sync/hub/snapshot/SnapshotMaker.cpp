#include "sync/hub/snapshot/SnapshotMaker.h"

#include "model/core/OwnLock.h"
#include "model/db/Migrator.h"
#include "sync/hub/snapshot/CompactCopy.h"
#include "sync/hub/snapshot/Frames.h"
#include "sync/hub/snapshot/HotSet.h"
#include "sync/hub/snapshot/Mirror.h"

#include <QBuffer>
#include <QDir>
#include <QLoggingCategory>
#include <QStorageInfo>

#include <future>

#ifdef Q_OS_LINUX
#include <sched.h>
#endif

namespace ringbook::hub {

namespace {

Q_LOGGING_CATEGORY(log, "ringbook.hub.snapshot")

constexpr std::chrono::minutes betweenLooks{1};
constexpr std::chrono::minutes pauseAfterFailure{10};
constexpr qint64 mostWanted = 10'000; // books

/// Where threads have priorities of their own: this one, and those it starts, get what the others leave, and
/// at once give way to a commit, which would wait for the end of their turn if they were only less important.
void giveWay()
{
#ifdef Q_OS_LINUX
    const sched_param none{};
    (void)::sched_setscheduler(0, SCHED_IDLE, &none);
#endif
}

/// What reads a log once from end to end needs no room for it.
Status keepSmall(model::Connection &db)
{
    return db.engine() == model::Engine::Sqlite ? db.script(QStringLiteral("PRAGMA cache_size = -4096"))
                                                : Status(Done{});
}

} // namespace

SnapshotMaker::SnapshotMaker(Database database, Settings settings, const Clock &clock)
    : m_database(std::move(database)),
      m_settings(std::move(settings)),
      m_clock(clock),
      m_shelf(m_settings.folder),
      m_lock(m_settings.folder + QStringLiteral("/hub.lock")),
      m_wanted(mostWanted)
{
}

SnapshotMaker::~SnapshotMaker()
{
    m_isStopped = true;
    m_wanted.drop();
    if (m_thread.joinable())
        m_thread.join();
}

Status SnapshotMaker::start()
{
    if (m_settings.folder.isEmpty()) {
        qCInfo(log, "there is no folder for snapshots (--snapshots): new desks read the whole log");
        return Done{};
    }
    QDir().mkpath(m_settings.folder);
    if (!takeNow(m_lock) && m_lock.error() == QLockFile::LockFailedError)
        return Error{Fault::Busy,
                     QStringLiteral("Another hub keeps its snapshots in “%1”; each needs a folder of "
                                    "its own (--snapshots).")
                         .arg(m_settings.folder)};
    std::promise<Status> started;
    m_thread =
        std::thread([this, &started] { run([&started](Status status) { started.set_value(status); }); });
    return started.get_future().get();
}

SnapshotMaker::Offer SnapshotMaker::offer(const QString &book, const QString &epoch)
{
    Offer offer{.manifest = m_shelf.newest(book, epoch)};
    if (!m_thread.joinable())
        return offer;
    if (isPaused(book))
        return offer;
    const std::lock_guard lock(m_mutex);
    if (!m_inHand.contains(book) && m_wanted.put(book))
        m_inHand.insert(book);
    offer.isUnderWay = !offer.manifest && m_inHand.contains(book);
    return offer;
}

void SnapshotMaker::withdraw(const QString &book, qint64 seq)
{
    m_shelf.withdrawBefore(book, seq);
    const std::lock_guard lock(m_mutex);
    m_pausedUntil.remove(book);
    if (m_shelf.books().contains(book))
        m_wanted.put(book);
}

void SnapshotMaker::run(std::function<void(Status)> started)
{
    SteadyConnection db(m_database);
    const Status opened = open(db);
    started(opened);
    if (!opened)
        return;
    giveWay();
    while (!m_isStopped) {
        QStringList books = m_shelf.books();
        if (m_wanted.waitFor(betweenLooks)) {
            const auto wanted = m_wanted.take(1);
            books = QStringList(wanted.begin(), wanted.end());
        }
        if (db.renewIfLost())
            (void)keepSmall(*db);
        for (const QString &book : books)
            if (!m_isStopped && !isPaused(book))
                look(*db, book);
    }
}

Status SnapshotMaker::open(SteadyConnection &db)
{
    if (const Status opened = db.open(); !opened)
        return opened;
    if (const Status small = keepSmall(*db); !small)
        return small;
    const auto books = Books(*db).all();
    if (!books)
        return books.error();
    QStringList names;
    for (const BookHead &book : *books)
        names.append(book.name);
    m_shelf.open(names);
    for (const BookHead &book : *books)
        m_shelf.withdrawBefore(book.name, book.erased);
    return Done{};
}

bool SnapshotMaker::isPaused(const QString &book)
{
    const std::lock_guard lock(m_mutex);
    return m_pausedUntil.value(book) > m_clock.monotonicNs();
}

void SnapshotMaker::look(model::Connection &db, const QString &book)
{
    const Status done = keepUp(db, book);
    if (!done && done.error().fault == Fault::Damaged)
        Mirror::discard(m_shelf.file(book, Shelf::mirrorName));
    const std::lock_guard lock(m_mutex);
    m_inHand.remove(book);
    if (done || m_isStopped || done.error().fault == Fault::Busy)
        return;
    m_pausedUntil[book] = m_clock.monotonicNs() + std::chrono::nanoseconds(pauseAfterFailure).count();
    qCWarning(log, "no snapshot of book “%s”: %s", qPrintable(book),
              qPrintable(done.error().detail.simplified()));
}

Status SnapshotMaker::keepUp(model::Connection &db, const QString &book)
{
    const QString path = m_shelf.file(book, Shelf::mirrorName);
    if (!QDir().mkpath(QFileInfo(path).path()))
        return Error{whyUnwritable(m_settings.folder), "the folder cannot be made: " + path};
    auto mirror = Mirror::open(path, m_isStopped);
    if (!mirror)
        return mirror.error();
    const auto at = mirror->follow(db, book, m_settings.spareBytes);
    if (!at)
        return at.error();
    m_shelf.withdraw(book, at->epoch);
    const auto head = Books(db).book(book);
    if (!head)
        return head.error();
    m_shelf.withdrawBefore(book, head->erased);
    if (const Status cleaned = mirror->clean(); !cleaned)
        return cleaned;
    const auto due = isDue(book, *at, *mirror);
    if (!due)
        return due.error();
    return *due ? make(book, *at, *mirror) : Done{};
}

Result<bool> SnapshotMaker::isDue(const QString &book, const model::Cursor &at, const Mirror &mirror) const
{
    const auto made = m_shelf.newest(book, at.epoch);
    if (!made)
        return true;
    const qint64 fresh = at.seq - made->at.seq;
    if (fresh > 0 && m_clock.now() - made->madeAt >= dayMs)
        return true;
    if (fresh < m_settings.leastNewChanges)
        return false;
    const auto rows = mirror.rows();
    return rows ? Result<bool>(fresh > *rows / 5) : rows.error();
}

/// Twice what it is made from is more than it takes. The hot set of a large book is made beside it, of the
/// same state: the mirror does not move meanwhile.
Status SnapshotMaker::make(const QString &book, const model::Cursor &at, const Mirror &mirror)
{
    if (QStorageInfo(m_settings.folder).bytesAvailable() < 2 * mirror.bytes() + m_settings.spareBytes)
        return Error{Fault::DiskFull, QStringLiteral("there is too little space left on the disk")};
    const auto schema = model::schemaVersion(mirror.db());
    if (!schema)
        return schema.error();
    QSaveFile frames(m_shelf.nextFrames(book));
    if (!frames.open(QIODevice::WriteOnly))
        return Error{whyUnwritable(m_settings.folder), QStringLiteral("the frames cannot be written")};
    sync::SnapshotManifest manifest{.at = at, .schema = *schema, .madeAt = m_clock.now()};
    QBuffer hotFrames;
    hotFrames.open(QIODevice::WriteOnly);
    const bool isLarge = mirror.bytes() > m_settings.smallBook; // as far as one knows yet
    auto hot = std::async(isLarge ? std::launch::async | std::launch::deferred : std::launch::deferred,
                          [&] { return packHotSet(book, manifest.madeAt, hotFrames); });
    const auto whole = pack(mirror.db(), m_shelf.file(book, Shelf::unfinishedName), frames);
    if (!whole)
        return whole.error();
    manifest.book = *whole;
    if (whole->bytes > m_settings.smallBook) {
        const auto packed = hot.get();
        if (!packed)
            return packed.error();
        if (frames.write(hotFrames.data()) != hotFrames.size())
            return Error{whyUnwritable(m_settings.folder), QStringLiteral("the frames cannot be written")};
        manifest.hot = *packed;
    }
    return m_shelf.put(book, manifest, frames);
}

Result<sync::SnapshotFile> SnapshotMaker::packHotSet(const QString &book, TimeMs now, QIODevice &frames)
{
    const auto hot = hotSetOf(m_shelf.file(book, Shelf::mirrorName), now, m_isStopped);
    return hot ? pack(hot->db(), m_shelf.file(book, Shelf::unfinishedHotName), frames) : hot.error();
}

Result<sync::SnapshotFile> SnapshotMaker::pack(model::Connection &db, const QString &file, QIODevice &frames)
{
    const auto remove = qScopeGuard([&] { QFile::remove(file); });
    if (const Status copied = copyCompact(db, file, m_isStopped); !copied)
        return copied.error();
    return packFrames(file, frames, m_isStopped);
}

} // namespace ringbook::hub
