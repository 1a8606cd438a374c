#pragma once

#include "model/core/Clock.h"
#include "sync/hub/Quiet.h"
#include "sync/hub/store/Database.h"

#include <condition_variable>
#include <optional>
#include <thread>

namespace ringbook::hub {

/// Takes what was erased out of the gaps of the hub's file and out of its log. For that the file is written
/// anew, which takes long if it is large and lets nobody else write: it is done while nobody does, on a
/// thread of its own, and given up when somebody comes. Does nothing on PostgreSQL.
class FileCleaner
{
public:
    struct Patience
    {
        using Time = std::chrono::milliseconds;
        Time quiet = std::chrono::seconds(2);       ///< that nobody wrote, before it begins
        Time afterFirst = std::chrono::seconds(10); ///< until it tries again; after the next twice that …
        Time afterMany = std::chrono::minutes(10);  ///< … but no longer than this
    };

    FileCleaner(Database database, Quiet &quiet, const Clock &clock) noexcept
        : FileCleaner(std::move(database), quiet, clock, Patience())
    {
    }
    FileCleaner(Database database, Quiet &quiet, const Clock &clock, const Patience &patience) noexcept;
    ~FileCleaner(); ///< gives up what it is at; that is done at the next start

    void start();
    void wanted(); ///< somebody was erased; any thread

private:
    using Time = Patience::Time;

    void run();
    bool isStoppedAfter(Time pause);
    Time turn();
    Status keepList() const;
    Status clean();
    Status rewrite(model::Connection &db, qint64 erasures);
    void sayIfFailed(const Status &status) const;
    void sayIfLate();

    const Database m_database;
    Quiet &m_quiet;
    const Clock &m_clock;
    const Patience m_patience;

    std::optional<qint64> m_dueSinceNs; ///< by the monotonic clock
    bool m_isSaidLate = false;
    Time m_pause;
    qint64 m_rewritten = 0; ///< the erasures that are out of the file, but perhaps not of its log

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::atomic<bool> m_isWanted = false;
    std::atomic<bool> m_isStopped = false;
    std::thread m_thread;
};

} // namespace ringbook::hub
