#pragma once

#include "app/agent/Agent.h"
#include "tests/journeys/Company.h"
#include "ui/shell/CallBar.h"
#include "ui/shell/StatusLine.h"
#include "ui/widgets/Button.h"

#include <QApplication>
#include <QTest>

namespace ringbook::tests {

/// A desk of a company in this process, with its window; its telephone is the hub's simulated one. Live when
/// it is there.
struct AgentDesk
{
    static constexpr int patienceMs = 30'000;

    AgentDesk(Company &company, const QString &login, const QString &phone = {})
        : agent(options(company, login, phone), themes)
    {
        const auto isLive = [&] { return agent.syncState().link == sync::SyncState::Link::Live; };
        if (!agent.start() || !QTest::qWaitFor(isLive, patienceMs))
            qFatal("the desk does not get live");
        agent.shell().showNormal();
        agent.shell().resize(1366, 768);
        comeForward();
    }

    ui::ThemeSwitch themes{*qApp, ui::ThemeChoice::Light};
    app::Agent agent;

    void comeForward()
    {
        agent.shell().activateWindow();
        if (!QTest::qWaitForWindowActive(&agent.shell()))
            qFatal("the window does not come up");
    }

    /// In the desk's window, which the pop never takes the keyboard from where there are real windows.
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        comeForward();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key(key), modifiers);
    }
    static void type(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }

    /// What the call bar offers, in the order it stands there.
    QStringList bar()
    {
        QStringList said;
        for (const auto *button : agent.shell().callBar().findChildren<ui::Button *>())
            if (button->isVisible())
                said += button->text();
        return said;
    }

    bool saysInStatus(const QString &words)
    {
        const ui::StatusLine &line = agent.shell().statusLine();
        return (line.accessibleName() + line.accessibleDescription()).contains(words);
    }

private:
    static app::Options options(Company &company, const QString &login, const QString &phone)
    {
        QFile password(company.folder.filePath("password"));
        if (password.open(QIODevice::WriteOnly))
            password.write("demo\n");
        password.close();
        return {.hub = company.hubUrl(),
                .profile = company.profile(login),
                .login = login,
                .passwordFile = password.fileName(),
                .phone = phone};
    }
};

} // namespace ringbook::tests
