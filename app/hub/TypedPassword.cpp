#include "app/hub/TypedPassword.h"

#include <cstdio>
#include <iostream>
#include <string>

#ifdef Q_OS_WIN
#include <windows.h>
#else
#include <termios.h>
#include <unistd.h>
#endif

namespace ringbook::app {

namespace {

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
    HiddenTyping() : m_isTerminal(::tcgetattr(STDIN_FILENO, &m_before) == 0)
    {
        termios hidden = m_before;
        hidden.c_lflag &= ~tcflag_t(ECHO);
        if (m_isTerminal)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }

    ~HiddenTyping()
    {
        if (m_isTerminal)
            ::tcsetattr(STDIN_FILENO, TCSANOW, &m_before);
    }
#endif
    Q_DISABLE_COPY_MOVE(HiddenTyping)

private:
#ifdef Q_OS_WIN
    HANDLE m_input;
    DWORD m_before = 0;
#else
    termios m_before = {};
#endif
    bool m_isTerminal;
};

} // namespace

QString typedPassword()
{
    std::string line;
    {
        const HiddenTyping hidden;
        std::fputs("Password (it is not shown): ", stderr);
        std::getline(std::cin, line);
    }
    std::fputs("\n", stderr);
    return QString::fromStdString(line);
}

} // namespace ringbook::app
