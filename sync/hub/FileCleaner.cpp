#include "sync/hub/FileCleaner.h"

#include "sync/hub/store/ErasedList.h"

#include <QLoggingCategory>

#include <algorithm>

namespace ringbook::hub {

namespace {

Q_LOGGING_CATEGORY(log, "ringbook.hub.erasure")

constexpr std::chrono::hours untilWanted{24};
constexpr qint64 lateNs = dayMs * 1'000'000;

/// A connection that waits for nobody, and needs no room.
Result<model::Connection> openPatiently(const Database &database)
{
    auto db = database.open();
    if (db)
        if (const Status set = db->script("PRAGMA busy_timeout = 0; PRAGMA cache_size = -4096"); !set)
            return set.error();
    return db;
}

} // namespace

FileCleaner::FileCleaner(Database database, Quiet &quiet, const Clock &clock,
                         const Patience &patience) noexcept
    : m_database(std::move(database)),
      m_quiet(quiet),
      m_clock(clock),
      m_patience(patience),
      m_pause(patience.afterFirst)
{
}

FileCleaner::~FileCleaner()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopped = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void FileCleaner::start()
{
    if (m_database.path().isEmpty())
        return;
    m_isWanted = true; // perhaps something is left from before
    m_thread = std::thread([this] { run(); });
}

void FileCleaner::wanted()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isWanted = true;
    }
    m_wake.notify_all();
}

void FileCleaner::run()
{
    for (Time pause{0}; !isStoppedAfter(pause);)
        pause = turn();
}

bool FileCleaner::isStoppedAfter(Time pause)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait_for(lock, pause, [this] { return m_isStopped || m_isWanted; });
    return m_isStopped;
}

/// Does what can be done now. How long until there may be more.
FileCleaner::Time FileCleaner::turn()
{
    if (m_isWanted.exchange(false)) {
        m_dueSinceNs = m_dueSinceNs.value_or(m_clock.monotonicNs());
        sayIfFailed(keepList());
    }
    if (!m_dueSinceNs)
        return untilWanted;
    sayIfLate();
    if (m_quiet.length() < m_patience.quiet)
        return m_patience.quiet;
    const Status cleaned = clean();
    sayIfFailed(cleaned);
    if (!cleaned)
        return std::exchange(m_pause, std::min(2 * m_pause, m_patience.afterMany));
    m_dueSinceNs.reset();
    m_isSaidLate = false;
    m_pause = m_patience.afterFirst;
    return untilWanted;
}

/// At once: a backup from before may be put back before the file is clean.
Status FileCleaner::keepList() const
{
    auto db = openPatiently(m_database);
    const auto erasures = db ? uncleanedErasures(*db) : db.error();
    if (!erasures || *erasures == 0)
        return erasures ? Status(Done{}) : erasures.error();
    return keepErasedList(*db, m_database.erasedList());
}

/// When only the log could not be emptied, only that is tried again.
Status FileCleaner::clean()
{
    auto db = openPatiently(m_database);
    const auto erasures = db ? uncleanedErasures(*db) : db.error();
    if (!erasures || *erasures == 0)
        return erasures ? Status(Done{}) : erasures.error();
    if (m_rewritten != *erasures)
        if (const Status rewritten = rewrite(*db, *erasures); !rewritten)
            return rewritten;
    if (const Status emptied = db->emptyLog(); !emptied)
        return emptied;
    return setCleaned(*db, *erasures);
}

Status FileCleaner::rewrite(model::Connection &db, qint64 erasures)
{
    const auto alone = m_quiet.alone();
    if (!alone)
        return Error{Fault::Busy, "somebody writes"};
    if (const Status kept = keepErasedList(db, m_database.erasedList()); !kept)
        return kept;
    const auto mayGoOn = [this] { return !m_isStopped && !m_quiet.isOver(); };
    const Status rewritten = db.interruptibly(mayGoOn, [&] { return db.rewrite(); });
    if (rewritten)
        m_rewritten = erasures;
    return rewritten;
}

void FileCleaner::sayIfFailed(const Status &status) const
{
    if (!status && status.error().fault != Fault::Busy)
        qCWarning(log, "what was erased is not out of the file yet: %s",
                  qPrintable(status.error().detail.simplified()));
}

void FileCleaner::sayIfLate()
{
    if (m_isSaidLate || m_clock.monotonicNs() - *m_dueSinceNs < lateNs)
        return;
    m_isSaidLate = true;
    qCWarning(log,
              "what was erased a day ago is in gaps of the file yet, because the hub was never quiet for "
              "long enough: stop it and repeat “ringbook-hub erase”, which takes it out at once");
}

} // namespace ringbook::hub
