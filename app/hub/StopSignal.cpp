#include "app/hub/StopSignal.h"

#ifdef Q_OS_WIN
#include <QCoreApplication>

#include <windows.h>
#else
#include <QSocketNotifier>

#include <csignal>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace ringbook::app {

namespace {

#ifdef Q_OS_WIN

StopSignal *current = nullptr;

BOOL WINAPI consoleEvent(DWORD)
{
    if (current)
        QMetaObject::invokeMethod(current, &StopSignal::stopWanted, Qt::QueuedConnection);
    return TRUE;
}

#else

int pipeEnds[2] = {-1, -1}; // a signal handler may do no more than write

void signalled(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(pipeEnds[0], &byte, 1);
}

#endif

} // namespace

#ifdef Q_OS_WIN

StopSignal::StopSignal()
{
    current = this;
    SetConsoleCtrlHandler(consoleEvent, TRUE);
}

StopSignal::~StopSignal()
{
    SetConsoleCtrlHandler(consoleEvent, FALSE);
    current = nullptr;
}

#else

StopSignal::StopSignal()
{
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, pipeEnds) != 0)
        return;
    auto *notifier = new QSocketNotifier(pipeEnds[1], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        [[maybe_unused]] const auto count = ::read(pipeEnds[1], &byte, 1);
        Q_EMIT stopWanted();
    });
    std::signal(SIGINT, signalled);
    std::signal(SIGTERM, signalled);
}

StopSignal::~StopSignal()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    ::close(pipeEnds[0]);
    ::close(pipeEnds[1]);
}

#endif

} // namespace ringbook::app
