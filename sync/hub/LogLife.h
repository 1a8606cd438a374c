#pragma once

#include "sync/hub/BookWriter.h"
#include "sync/hub/Fanout.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace ringbook::hub {

constexpr TimeMs keepLogMs = 14 * dayMs; ///< a desk that was away longer catches up by rows
constexpr TimeMs markLogEveryMs = hourMs;
constexpr int cutPerTurn = 500; ///< of the log, in one transaction: a millisecond or two

/// What goes from one book's log, a little at a time: changes that are old enough, and what their ops were
/// answered.
class LogCut
{
public:
    /// Inside the writer's transaction. True: there is more to do at once.
    Result<bool> turn(WriteBatch &batch, const QString &book);

private:
    qint64 m_aged = 0; ///< that the answers of all devices up to m_device went with
    qint64 m_device = 0;
};

/// Lets the writer cut the logs of all books, in turns that nobody feels, on a thread that else only waits.
class LogLife
{
public:
    LogLife(BookWriter &writer, const Fanout &fanout) : m_writer(writer), m_fanout(fanout) {}
    ~LogLife();

    void start();

private:
    void run();
    bool isStopped(std::chrono::milliseconds after);
    bool turn(const QString &book);

    BookWriter &m_writer;
    const Fanout &m_fanout;
    std::map<QString, LogCut> m_cuts;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_isStopped = false;
    std::thread m_thread;
};

} // namespace ringbook::hub
