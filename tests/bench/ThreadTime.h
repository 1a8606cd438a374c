#pragma once

#include <QtGlobal>

#ifdef Q_OS_WIN
#include <windows.h>
#else
#include <ctime>
#endif

namespace ringbook::bench {

/// Processor time this thread has used, in microseconds: what a wall clock cannot say on a machine that
/// others use too. Windows counts it in steps of 15 ms.
inline qint64 threadTimeUs()
{
#ifdef Q_OS_WIN
    FILETIME created, ended, kernel, user;
    GetThreadTimes(GetCurrentThread(), &created, &ended, &kernel, &user);
    const auto ticks = [](const FILETIME &time) {
        return qint64(time.dwHighDateTime) << 32 | time.dwLowDateTime;
    };
    return (ticks(kernel) + ticks(user)) / 10;
#else
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return qint64(time.tv_sec) * 1'000'000 + time.tv_nsec / 1000;
#endif
}

} // namespace ringbook::bench
