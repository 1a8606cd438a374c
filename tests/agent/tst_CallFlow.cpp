#include "app/agent/CallFlow.h"
#include "tests/ui/CardWorld.h"
#include "ui/shell/CallBar.h"
#include "ui/shell/PopWindow.h"
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

/// As another program on the agent's machine tells of it.
AgentCall toldHere(AgentCall call)
{
    call.callId = "here-1";
    call.revision = 2; // more than the hub's first
    call.ownLine = "from this computer";
    call.isLocal = true;
    return call;
}

/// A window with a card page that calls come to.
struct Desk
{
    Desk()
    {
        shell.setPage(ui::Shell::Page::Call, page);
        shell.show();
        (void)QTest::qWaitForWindowActive(&shell);
    }

    tests::CardWorld made;
    ui::ThemeSwitch themes{*qApp, ui::ThemeChoice::Light};
    ui::Shell shell{made.world.clock, themes};
    ui::CardPage *page = new ui::CardPage(made.desks());
    app::CallFlow flow{made.world.callers, shell, *page, made.world.clock};
};

} // namespace

class tst_CallFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Not on the desk of anybody, be it that they ring or were missed.
    void whoIsErasedIsNamedNowhere()
    {
        Desk desk;
        const Customer ana = desk.made.world.customerWith("Ana Costa", "+4917139200470");
        const Customer bruno = desk.made.world.customerWith("Bruno Weiss", "+493023125147");
        desk.page->show(
            *desk.made.world.callers.cardOf(desk.made.world.customerWith("Carla Dias", "+493023125148").id));
        desk.page->findChild<QPlainTextEdit *>()->setPlainText("half a sentence");
        const AgentCall gone = desk.made.world.ringing("+4917139200470");
        desk.flow.take(gone, 0);
        desk.flow.take(missed(gone), 0);
        desk.flow.take(desk.made.world.ringing("+493023125147"), 0);
        QTRY_VERIFY(desk.flow.pop().accessibleName().contains("Bruno Weiss"));

        for (const Customer &customer : {ana, bruno}) {
            desk.made.world.arrive({.record = {"customer", customer.id.value}, .action = Action::Erase});
            desk.page->takeChanges({{"customer", customer.id.value}});
            desk.flow.takeCustomerChange(customer.id);
        }

        QVERIFY(!desk.flow.pop().accessibleName().contains("Bruno"));
        QVERIFY(desk.flow.pop().accessibleName().contains("23125"));
        QVERIFY(!desk.flow.pop().toolTip().contains("Bruno"));
        desk.flow.replaceAll({}, 0); // only the missed one is left
        QTRY_VERIFY(desk.flow.pop().accessibleName().contains("39200"));
        QVERIFY(!desk.flow.pop().accessibleName().contains("Ana"));
    }

    void theCardKeyOpensTheCallsThatWereMissedNewestFirst()
    {
        Desk desk;
        const Customer ana = desk.made.world.customerWith("Ana Costa", "+4917139200470");
        const Customer bruno = desk.made.world.customerWith("Bruno Weiss", "+493023125147");
        desk.page->show(
            *desk.made.world.callers.cardOf(desk.made.world.customerWith("Carla Dias", "+493023125148").id));
        desk.page->findChild<QPlainTextEdit *>()->setPlainText("half a sentence");
        for (const QString number : {"+4917139200470", "+493023125147"}) {
            const AgentCall call = desk.made.world.ringing(number);
            desk.flow.take(call, 0);
            desk.flow.take(missed(call), 0);
        }

        QTest::keyClick(&desk.shell, Qt::Key_F3);
        QCOMPARE(desk.page->customer(), bruno.id);
        QTest::keyClick(&desk.shell, Qt::Key_F3);
        QCOMPARE(desk.page->customer(), ana.id);
        QTest::keyClick(&desk.shell, Qt::Key_F3);
        QCOMPARE(desk.page->customer(), ana.id);
    }

    void missedCallsAreSeenByTheirKey()
    {
        Desk desk;
        desk.page->show(
            *desk.made.world.callers.cardOf(desk.made.world.customerWith("Carla Dias", "+493023125148").id));
        const AgentCall call = desk.made.world.ringing("+493023125147");
        desk.flow.take(call, 0);
        desk.flow.take(missed(call), 0);
        QTRY_VERIFY(desk.flow.pop().isVisible());

        QTest::keyClick(&desk.shell, Qt::Key_F3, Qt::ShiftModifier);

        QVERIFY(!desk.flow.pop().isVisible());
    }

    void aNarrowCardIsNotCoveredWhileOneTalks()
    {
        Desk desk;
        desk.shell.resize(desk.shell.minimumSizeHint());
        QTRY_VERIFY(desk.page->isNarrow());
        const AgentCall call = desk.made.world.ringing("+493023125147");

        desk.flow.take(call, 0);
        QTRY_VERIFY(desk.flow.pop().isVisible());
        desk.shell.activateWindow(); // where there is no window system the pop takes the place
        QTRY_VERIFY(desk.shell.isActiveWindow());
        desk.flow.take(connected(call), 0);

        QVERIFY(!desk.flow.pop().isVisible());
    }

    void thePopLearnsWhoAStrangerIs()
    {
        Desk desk;
        desk.shell.hide(); // so that there is a pop at once
        desk.flow.take(desk.made.world.ringing("+493023125147"), 0);
        QVERIFY(!desk.flow.pop().accessibleName().contains("Bruno Weiss"));

        desk.made.world.customerWith("Bruno Weiss", "+493023125147");
        desk.flow.nameStrangers();

        QVERIFY2(desk.flow.pop().accessibleName().contains("Bruno Weiss"),
                 qPrintable(desk.flow.pop().accessibleName()));
    }

    void strangersAreNamedWhileTheirCallsGoOn()
    {
        Desk desk;
        desk.made.world.customerWith("Ana Costa", "+4917139200470");
        QSignalSpy strangers(&desk.flow, &app::CallFlow::strangersChanged);
        AgentCall withheld = desk.made.world.ringing("+493023125001");
        withheld.party = {.withheld = true};
        const AgentCall stranger = desk.made.world.ringing("+493023125147");

        desk.flow.take(desk.made.world.ringing("+4917139200470"), 0);
        desk.flow.take(withheld, 0);
        QVERIFY(strangers.isEmpty());
        desk.flow.take(stranger, 0);
        QCOMPARE(strangers.takeFirst().value(0).toStringList(), QStringList{"+493023125147"});
        desk.flow.take(connected(stranger), 0);
        QVERIFY(strangers.isEmpty());
        desk.flow.replaceAll({}, 0);

        QCOMPARE(strangers.value(0).value(0).toStringList(), QStringList());
        QCOMPARE(strangers.count(), 1);
    }

    void aCallOfThisComputerBecomesTheHubs()
    {
        Desk desk;
        desk.shell.hide(); // so that there is a pop at once
        const AgentCall hubs = desk.made.world.ringing("+493023125147");
        desk.flow.take(toldHere(hubs), 0);
        auto &pop = static_cast<ui::PopWindow &>(desk.flow.pop());
        QVERIFY2(pop.accessibleName().contains("from this computer"), qPrintable(pop.accessibleName()));

        desk.flow.become("here-1", hubs, 0);

        QVERIFY(pop.tellsOf(hubs.callId) && !pop.tellsOf("here-1"));
        QVERIFY2(pop.accessibleName().contains("Support"), qPrintable(pop.accessibleName()));
        QVERIFY(!pop.accessibleName().contains("from this computer"));
        desk.flow.take(missed(hubs), 0);
        QCOMPARE(pop.takeMissed()->callId, hubs.callId);
        QVERIFY(!pop.takeMissed());
        QVERIFY(!desk.flow.isBusy());
    }

    void anUnknownNumberIsSaidAndNotLookedFor()
    {
        Desk desk;
        desk.shell.hide(); // so that there is a pop at once
        AgentCall here = toldHere(desk.made.world.ringing("+493023125147"));
        here.party = {.raw = "unknown number"};
        QSignalSpy strangers(&desk.flow, &app::CallFlow::strangersChanged);

        desk.flow.take(here, 0);

        QVERIFY2(desk.flow.pop().accessibleName().contains("unknown number"),
                 qPrintable(desk.flow.pop().accessibleName()));
        QVERIFY(strangers.isEmpty());
    }

    void whatIsTypedStaysWhenACallBecomesTheHubs()
    {
        Desk desk;
        const Customer bruno = desk.made.world.customerWith("Bruno Weiss", "+493023125147");
        const AgentCall hubs = desk.made.world.ringing("+493023125147");
        desk.flow.take(toldHere(hubs), 0);
        auto *note = desk.page->findChild<QPlainTextEdit *>();
        note->setPlainText("half a sentence");
        desk.page->keepDrafts();
        QCOMPARE(desk.made.world.calls.drafts()->value(0).callId, "here-1");

        desk.flow.become("here-1", hubs, 0);

        QCOMPARE(desk.page->currentCall(), hubs.callId);
        QCOMPARE(desk.page->customer(), bruno.id);
        QCOMPARE(note->toPlainText(), "half a sentence");
        const auto kept = *desk.made.world.calls.drafts();
        QCOMPARE(kept.size(), 1);
        QCOMPARE(kept.first().callId, hubs.callId);
        QCOMPARE(kept.first().note, "half a sentence");
        QVERIFY(!kept.first().call.isLocal);
    }

    void theTelephoneSystemKnowsTheNumberBetter()
    {
        Desk desk;
        const Customer bruno = desk.made.world.customerWith("Bruno Weiss", "+493023125147");
        const AgentCall hubs = desk.made.world.ringing("+493023125147");
        AgentCall here = toldHere(hubs);
        here.party = {.raw = "3125147"};
        QSignalSpy strangers(&desk.flow, &app::CallFlow::strangersChanged);
        desk.flow.take(here, 0);
        QVERIFY(desk.page->customer() != bruno.id);

        desk.flow.become("here-1", hubs, 0);

        QCOMPARE(desk.page->customer(), bruno.id);
        if (!strangers.isEmpty())
            QCOMPARE(strangers.last().value(0).toStringList(),
                     QStringList()); // nobody is looked for any more
    }

    void aSavedCallStaysSavedWhenItBecomesTheHubs()
    {
        Desk desk;
        desk.made.world.customerWith("Bruno Weiss", "+493023125147");
        const AgentCall hubs = desk.made.world.ringing("+493023125147");
        desk.flow.take(toldHere(hubs), 0);
        desk.page->findChild<QPlainTextEdit *>()->setPlainText("asked for a date");
        QTest::keyClick(desk.page, Qt::Key_1, Qt::AltModifier);
        QTest::keyClick(desk.page, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(desk.page->isFiled("here-1"));

        desk.flow.become("here-1", hubs, 0);

        QVERIFY(desk.page->isFiled(hubs.callId) && !desk.page->isFiled("here-1"));
        QVERIFY(desk.page->isAbout(hubs.callId));
    }

    void whatTheDeskDoesNotShowAnyMoreBeginsAsTheHubs()
    {
        Desk desk;
        const AgentCall hubs = desk.made.world.ringing("+493023125147");

        desk.flow.become("here-1", hubs, 0);

        QCOMPARE(desk.page->currentCall(), hubs.callId);
    }

    void theTalkStaysInTheBarWhileAnotherCallRings()
    {
        Desk desk;
        QSignalSpy hungUp(&desk.shell.callBar(), &ui::CallBar::hangUpRequested);
        QSignalSpy answered(&desk.shell.callBar(), &ui::CallBar::answerRequested);
        QSignalSpy shown(&desk.flow, &app::CallFlow::shown);
        const AgentCall talk = connected(desk.made.world.ringing("+4917139200470"));
        const AgentCall second = desk.made.world.ringing("+493023125147");

        desk.flow.take(talk, 0);
        desk.flow.take(second, 0);
        QTRY_VERIFY(!shown.isEmpty());
        desk.shell.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&desk.shell));
        QTest::keyClick(&desk.shell, Qt::Key_F9, Qt::ControlModifier);
        QTest::keyClick(&desk.shell, Qt::Key_F4, Qt::ControlModifier);

        QCOMPARE(hungUp.value(0).value(0).toString(), talk.callId);
        QCOMPARE(answered.value(0).value(0).toString(), second.callId);
    }

    void whoAnswersHasTheAnsweredCallersCard()
    {
        Desk desk;
        const Customer bruno = desk.made.world.customerWith("Bruno Weiss", "+493023125147");
        const AgentCall first = desk.made.world.ringing("+4917139200470");
        desk.made.world.clock.advance(1000);
        const AgentCall second = desk.made.world.ringing("+493023125147");
        desk.flow.take(first, 0);
        auto *note = desk.page->findChild<QPlainTextEdit *>();
        note->setPlainText("half a sentence");
        desk.flow.take(second, 0);
        QSignalSpy answered(&desk.flow, &app::CallFlow::answerRequested);
        QSignalSpy shown(&desk.flow, &app::CallFlow::shown);

        QTRY_COMPARE(shown.size(), 2);
        desk.shell.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&desk.shell));
        QTest::keyClick(&desk.shell, Qt::Key_F4, Qt::ControlModifier);

        QCOMPARE(answered.value(0).value(0).toString(), second.callId);
        QCOMPARE(desk.page->customer(), bruno.id);
        QVERIFY(note->toPlainText().isEmpty());
        QTest::keyClick(desk.page->focusWidget(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(note->toPlainText(), "half a sentence");
    }

    void theCardKeyGoesToTheTalkBeforeWhatRings()
    {
        Desk desk;
        const Customer ana = desk.made.world.customerWith("Ana Costa", "+4917139200470");
        const AgentCall rings = desk.made.world.ringing("+493023125147");
        const AgentCall talk = desk.made.world.ringing("+4917139200470");
        desk.flow.take(rings, 0);
        desk.page->findChild<QPlainTextEdit *>()->setPlainText("half a sentence");
        desk.flow.take(talk, 0);
        desk.flow.take(connected(talk), 0); // at the telephone

        QCOMPARE(desk.page->currentCall(), rings.callId); // nothing takes the cursor away
        QTest::keyClick(&desk.shell, Qt::Key_F3);
        QCOMPARE(desk.page->customer(), ana.id);
        QTest::keyClick(&desk.shell, Qt::Key_F3);
        QCOMPARE(desk.page->currentCall(), rings.callId);
    }

    void aCallThatEndedUnheardIsWrappedUpWhenItIsItsTurn()
    {
        Desk desk;
        const Customer bruno = desk.made.world.customerWith("Bruno Weiss", "+493023125147");
        const AgentCall first = connected(desk.made.world.ringing("+4917139200470"));
        const AgentCall second = desk.made.world.ringing("+493023125147");
        desk.flow.take(first, 0);
        desk.page->findChild<QPlainTextEdit *>()->setPlainText("half a sentence");
        desk.flow.take(second, 0);
        desk.flow.take(connected(second), 0);
        QSignalSpy ended(&desk.flow, &app::CallFlow::ended);

        desk.flow.replaceAll({}, 0); // the hub was started anew
        QCOMPARE(ended.size(), 2);
        QVERIFY(desk.page->customer() != bruno.id);
        QTest::keyClick(desk.page->focusWidget(), Qt::Key_1, Qt::AltModifier);
        QTest::keyClick(desk.page->focusWidget(), Qt::Key_Return, Qt::ControlModifier);

        QCOMPARE(desk.page->customer(), bruno.id);
        QCOMPARE(desk.page->currentCall(), second.callId);
    }
};

QTEST_MAIN(tst_CallFlow)
#include "tst_CallFlow.moc"
