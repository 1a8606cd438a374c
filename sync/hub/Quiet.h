#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <shared_mutex>

namespace ringbook::hub {

/// Knows when this hub writes to its database, so that one who needs the file for himself has it while nobody
/// does, and gives it back when somebody comes. Any thread.
class Quiet
{
public:
    using Clock = std::chrono::steady_clock;

    /// Somebody writes, as long as it lives. Begins when whoever has the file for himself has left it.
    class Writing
    {
    public:
        explicit Writing(Quiet &quiet) : m_quiet(quiet)
        {
            ++m_quiet.m_writers;
            m_quiet.m_file.lock_shared();
        }
        ~Writing()
        {
            m_quiet.m_last = Clock::now();
            m_quiet.m_file.unlock_shared();
            --m_quiet.m_writers;
        }
        Writing(const Writing &) = delete;
        Writing &operator=(const Writing &) = delete;

    private:
        Quiet &m_quiet;
    };

    bool isOver() const { return m_writers > 0; }
    Clock::duration length() const { return isOver() ? Clock::duration(0) : Clock::now() - m_last.load(); }

    /// The file for himself, if nobody writes just now.
    std::unique_lock<std::shared_mutex> alone() { return {m_file, std::try_to_lock}; }

private:
    std::atomic<int> m_writers = 0;
    std::atomic<Clock::time_point> m_last = Clock::now();
    std::shared_mutex m_file;
};

} // namespace ringbook::hub
