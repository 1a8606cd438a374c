#include "app/agent/CallFlow.h"
#include "tests/ui/CardWorld.h"
#include "ui/shell/CallBar.h"
#include "ui/shell/Shell.h"
#include "ui/theme/ThemeSwitch.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QtTest>

using namespace ringbook;
using namespace ringbook::model;

namespace {

AgentCall missed(AgentCall call)
{
    ++call.revision;
    call.state = AgentCall::State::Over;
    call.result = AgentCall::Result::CallerHangup;
    return call;
}

AgentCall connected(AgentCall call)
{
    ++call.revision;
    call.state = AgentCall::State::Connected;
    call.answeredAt = call.ringingSince;
    return call;
}

} // namespace

class tst_CallFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCardKeyOpensTheCallsThatWereMissedNewestFirst()
    {
        tests::CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", "+4917139200470");
        const Customer bruno = made.world.customerWith("Bruno Weiss", "+493023125147");
        ui::ThemeSwitch themes(*qApp, ui::ThemeChoice::Light);
        ui::Shell shell(made.world.clock, themes);
        auto *page = new ui::CardPage(made.desks());
        shell.setPage(ui::Shell::Page::Call, page);
        shell.show();
        QVERIFY(QTest::qWaitForWindowActive(&shell));
        app::CallFlow flow(made.world.callers, shell, *page, made.world.clock);
        page->show(*made.world.callers.cardOf(made.world.customerWith("Carla Dias", "+493023125148").id));
        page->findChild<QPlainTextEdit *>()->setPlainText("half a sentence");
        for (const QString number : {"+4917139200470", "+493023125147"}) {
            const AgentCall call = made.world.ringing(number);
            flow.take(call, 0);
            flow.take(missed(call), 0);
        }

        QTest::keyClick(&shell, Qt::Key_F3);
        QCOMPARE(page->customer(), bruno.id);
        QTest::keyClick(&shell, Qt::Key_F3);
        QCOMPARE(page->customer(), ana.id);
        QTest::keyClick(&shell, Qt::Key_F3);
        QCOMPARE(page->customer(), ana.id);
    }

    void theTalkStaysInTheBarWhileAnotherCallRings()
    {
        tests::CardWorld made;
        ui::ThemeSwitch themes(*qApp, ui::ThemeChoice::Light);
        ui::Shell shell(made.world.clock, themes);
        auto *page = new ui::CardPage(made.desks());
        shell.setPage(ui::Shell::Page::Call, page);
        shell.show();
        QVERIFY(QTest::qWaitForWindowActive(&shell));
        app::CallFlow flow(made.world.callers, shell, *page, made.world.clock);
        flow.setCanAnswer(true);
        QSignalSpy hungUp(&shell.callBar(), &ui::CallBar::hangUpRequested);
        QSignalSpy answered(&shell.callBar(), &ui::CallBar::answerRequested);
        QSignalSpy shown(&flow, &app::CallFlow::shown);
        const AgentCall talk = connected(made.world.ringing("+4917139200470"));
        const AgentCall second = made.world.ringing("+493023125147");

        flow.take(talk, 0);
        flow.take(second, 0);
        QTRY_VERIFY(!shown.isEmpty());
        shell.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&shell));
        QTest::keyClick(&shell, Qt::Key_F9, Qt::ControlModifier);
        QTest::keyClick(&shell, Qt::Key_F4, Qt::ControlModifier);

        QCOMPARE(hungUp.value(0).value(0).toString(), talk.callId);
        QCOMPARE(answered.value(0).value(0).toString(), second.callId);
    }
};

QTEST_MAIN(tst_CallFlow)
#include "tst_CallFlow.moc"
