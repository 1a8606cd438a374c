#include "app/agent/Agent.h"
#include "tests/journeys/Company.h"
#include "ui/card/CardPage.h"
#include "ui/phone/DialBox.h"
#include "ui/shell/CallBar.h"
#include "ui/shell/StatusLine.h"
#include "ui/widgets/Button.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace ringbook;
using namespace ringbook::tests;

namespace {

constexpr int patienceMs = 30'000;

/// Anna's desk in this process, with its window; her telephone is the hub's simulated one.
struct Desk
{
    ui::ThemeSwitch themes{*qApp, ui::ThemeChoice::Light};
    Company company;
    std::unique_ptr<app::Agent> anna;

    Desk()
    {
        anna = agent("anna");
        anna->shell().showNormal();
        anna->shell().resize(1366, 768);
        anna->shell().activateWindow();
        if (!QTest::qWaitForWindowActive(&anna->shell()))
            qFatal("the window does not come up");
    }

    std::unique_ptr<app::Agent> agent(const QString &login, const QString &phone = {})
    {
        QFile password(company.folder.filePath("password"));
        if (password.open(QIODevice::WriteOnly))
            password.write("demo\n");
        password.close();
        auto agent = std::make_unique<app::Agent>(app::Options{.hub = company.hubUrl(),
                                                               .profile = company.profile(login),
                                                               .login = login,
                                                               .passwordFile = password.fileName(),
                                                               .phone = phone},
                                                  themes);
        const auto isLive = [&] { return agent->syncState().link == sync::SyncState::Link::Live; };
        if (!agent->start() || !QTest::qWaitFor(isLive, patienceMs))
            qFatal("the desk does not get live");
        return agent;
    }

    bool saysInStatus(const QString &words) const
    {
        const ui::StatusLine &line = anna->shell().statusLine();
        return (line.accessibleName() + line.accessibleDescription()).contains(words);
    }

    /// From the menu under her name, at her own phone.
    void signInAgain()
    {
        Q_EMIT anna->shell().signInRequested();
        type("demo");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        type("101");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    }

    /// What the call bar says and offers, in the order it stands there.
    QStringList bar() const
    {
        QStringList said;
        for (const auto *button : anna->shell().callBar().findChildren<ui::Button *>())
            if (button->isVisible())
                said += button->text();
        return said;
    }

    /// In the desk's window, which the pop never takes the keyboard from where there are real windows.
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        anna->shell().activateWindow();
        if (!QTest::qWaitForWindowActive(&anna->shell()))
            qFatal("the window does not come up");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key(key), modifiers);
    }
    void type(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }
};

} // namespace

/// An agent calls, holds, passes on and hangs up, by keys alone.
class tst_CallOut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCustomerIsCalledHeldAndHungUp()
    {
        Desk desk;
        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList{"Call …"}, patienceMs);

        desk.press(Qt::Key_F2, Qt::ControlModifier);
        desk.type("030 23125147");
        desk.press(Qt::Key_Return);

        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList({"Hold", "Pass on", "Hang up"}), patienceMs);
        desk.press(Qt::Key_F7, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList({"Go on", "Pass on", "Hang up"}), patienceMs);
        desk.press(Qt::Key_F7, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList({"Hold", "Pass on", "Hang up"}), patienceMs);
        desk.press(Qt::Key_F9, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList{"Call …"}, patienceMs);
    }

    void aCallIsPassedOnToAColleague()
    {
        Desk desk;
        const auto ben = desk.company.desk("ben", desk.company.hubUrl());
        QVERIFY(desk.anna->practise("+493023125147"));
        QTRY_VERIFY_WITH_TIMEOUT(desk.bar().contains("Answer"), patienceMs);
        desk.press(Qt::Key_F4, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(desk.bar().contains("Pass on"), patienceMs);

        desk.press(Qt::Key_F8, Qt::ControlModifier);
        desk.type("Brandt");
        desk.press(Qt::Key_Return);

        QVERIFY2(!ben->waitFor("^call \\d+ ringing").isEmpty(), qPrintable(ben->everything()));
        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList{"Call …"}, patienceMs);
    }

    void whoSitsElsewhereHasItsCallsAndItsOwnerKnows()
    {
        Desk desk;
        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList{"Call …"}, patienceMs);

        const auto ben = desk.agent("ben", "101");

        QTRY_VERIFY_WITH_TIMEOUT(desk.saysInStatus("A colleague sits at phone"), patienceMs);
        QCOMPARE(desk.bar(), QStringList{});
        QVERIFY(ben->practise("+493023125147")); // where Ben sits, as his book says
        QTRY_VERIFY_WITH_TIMEOUT(ben->workplace()->calls().isBusy(), patienceMs);
        QVERIFY(!desk.anna->workplace()->calls().isBusy());

        desk.anna->shell().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&desk.anna->shell()));
        desk.signInAgain();

        QTRY_VERIFY_WITH_TIMEOUT(!desk.saysInStatus("A colleague sits at phone"), patienceMs);
        QVERIFY(!desk.bar().isEmpty()); // what rings there is hers now
    }

    void withoutAHubNothingIsOffered()
    {
        Desk desk;
        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList{"Call …"}, patienceMs);

        desk.company.hub->kill();

        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList{}, patienceMs);
    }
};

QTEST_MAIN(tst_CallOut)
#include "tst_CallOut.moc"
