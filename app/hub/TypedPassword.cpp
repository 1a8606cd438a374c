#include "app/hub/TypedPassword.h"

#include <cstdio>
#include <iostream>
#include <string>

#ifdef Q_OS_WIN
#include <windows.h>
#else
#include <csignal>
#include <termios.h>
#include <unistd.h>
#endif

namespace ringbook::app {

namespace {

#ifndef Q_OS_WIN
termios before = {}; // for whom Ctrl+C ends in the middle

void endVisibly(int signal)
{
    ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
    std::raise(signal); // not caught any more
}

void catchOnce(int signal)
{
    struct sigaction action = {};
    action.sa_handler = endVisibly;
    action.sa_flags = SA_RESETHAND | SA_NODEFER;
    ::sigaction(signal, &action, nullptr);
}
#endif

/// The terminal does not show what is typed as long as this lives.
class HiddenTyping
{
public:
#ifdef Q_OS_WIN
    HiddenTyping() : m_input(GetStdHandle(STD_INPUT_HANDLE)), m_isTerminal(GetConsoleMode(m_input, &m_before))
    {
        if (m_isTerminal)
            SetConsoleMode(m_input, m_before & ~DWORD(ENABLE_ECHO_INPUT));
    }

    ~HiddenTyping()
    {
        if (m_isTerminal)
            SetConsoleMode(m_input, m_before);
    }
#else
    HiddenTyping() : m_isTerminal(::tcgetattr(STDIN_FILENO, &before) == 0)
    {
        if (!m_isTerminal)
            return;
        for (const int signal : {SIGINT, SIGTERM})
            catchOnce(signal);
        termios hidden = before;
        hidden.c_lflag &= ~tcflag_t(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }

    ~HiddenTyping()
    {
        if (!m_isTerminal)
            return;
        ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
        for (const int signal : {SIGINT, SIGTERM})
            std::signal(signal, SIG_DFL);
    }
#endif
    Q_DISABLE_COPY_MOVE(HiddenTyping)

    bool isTerminal() const
    {
        return m_isTerminal;
    }

private:
#ifdef Q_OS_WIN
    HANDLE m_input;
    DWORD m_before = 0;
#endif
    bool m_isTerminal;
};

QString askedFor(const char *prompt)
{
    std::fputs(prompt, stderr);
    std::string line;
    std::getline(std::cin, line);
    std::fputs("\n", stderr);
    return QString::fromStdString(line);
}

} // namespace

Result<QString> typedPassword()
{
    const HiddenTyping hidden;
    const QString password = askedFor("Password (it is not shown): ");
    if (hidden.isTerminal() && askedFor("Once more: ") != password)
        return Error{Fault::Invalid,
                     QStringLiteral("The two passwords differ; nothing was changed. Try again.")};
    return password;
}

} // namespace ringbook::app
