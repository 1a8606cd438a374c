#include "app/agent/CallFlow.h"
#include "tests/ui/CardWorld.h"
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
};

QTEST_MAIN(tst_CallFlow)
#include "tst_CallFlow.moc"
