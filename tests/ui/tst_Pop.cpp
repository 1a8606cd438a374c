#include "tests/support/FakeClock.h"
#include "tests/ui/SampleCalls.h"
#include "ui/shell/PopWindow.h"
#include "ui/text/Numbers.h"
#include "ui/theme/ThemeSwitch.h"
#include "ui/widgets/Button.h"

#include <QAccessible>
#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace ringbook;
using namespace ringbook::ui;
using model::AgentCall;
using tests::FakeClock;
using View = PopCalls::View;

namespace {

AgentCall next(AgentCall call, AgentCall::State state, AgentCall::Result result = AgentCall::Result::None)
{
    ++call.revision;
    call.state = state;
    call.result = result;
    return call;
}

Button *buttonOf(const PopWindow &pop, const QString &text)
{
    for (auto *button : pop.findChildren<Button *>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

PopWords wordsOf(const Sample &sample, const FakeClock &clock)
{
    return popWords(sample.call, sample.card, {clock.now(), QTimeZone::utc()});
}

} // namespace

class tst_Pop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { new ThemeSwitch(*qApp, ThemeChoice::Light); }

    void whatIsOnlyTheLastNewsLooksSo()
    {
        FakeClock clock;
        PopWindow pop(clock);
        Sample sample = knownCaller(clock.now());
        pop.offer(sample.call, sample.card);
        sample.call.revision = 2;
        sample.call.state = AgentCall::State::Connected;
        pop.follow(sample.call);
        const QImage heard = pop.grab().toImage();

        pop.setHeard(false);
        const QImage lastNews = pop.grab().toImage();
        pop.setHeard(true);

        QVERIFY(lastNews != heard);
        QCOMPARE(pop.grab().toImage(), heard);
    }

    void neverAsksForTheKeyboard()
    {
        const PopWindow pop(m_clock);

        QVERIFY(pop.testAttribute(Qt::WA_ShowWithoutActivating));
        QVERIFY(pop.windowFlags() & Qt::WindowDoesNotAcceptFocus);
        QVERIFY(pop.windowFlags() & Qt::WindowStaysOnTopHint);
        QCOMPARE(pop.focusPolicy(), Qt::NoFocus);
        for (const auto *child : pop.findChildren<QWidget *>())
            QCOMPARE(child->focusPolicy(), Qt::NoFocus);
    }

    void theCursorStaysWhereItWas()
    {
        if (QGuiApplication::platformName() == QLatin1String("offscreen"))
            QSKIP("the offscreen platform activates every window that is shown");
        QLineEdit note;
        note.show();
        note.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&note));
        note.setFocus();
        PopWindow pop(m_clock);

        pop.offer(knownCaller(m_clock.now()).call, knownCaller(m_clock.now()).card);
        QVERIFY(QTest::qWaitForWindowExposed(&pop));
        QTest::keyClicks(qApp->focusWidget(), "still here");

        QCOMPARE(note.text(), "still here");
        QVERIFY(!pop.isActiveWindow());
    }

    void enterAndSpaceDoNothing()
    {
        PopWindow pop(m_clock);
        pop.offer(knownCaller(m_clock.now()).call, knownCaller(m_clock.now()).card);
        QTest::qWait(popDeafMs + 100);
        QSignalSpy answered(&pop, &PopWindow::answerRequested);
        QSignalSpy opened(&pop, &PopWindow::cardRequested);

        for (const auto key : {Qt::Key_Return, Qt::Key_Enter, Qt::Key_Space, Qt::Key_Escape})
            QTest::keyClick(&pop, key);

        for (const auto *button : pop.findChildren<QAbstractButton *>())
            QCOMPARE(button->focusPolicy(), Qt::NoFocus);
        QCOMPARE(answered.count(), 0);
        QCOMPARE(opened.count(), 0);
        QVERIFY(pop.isVisible());
    }

    void earlyClicksAreNotHeardLaterOnesAre()
    {
        PopWindow pop(m_clock);
        pop.offer(knownCaller(m_clock.now()).call, knownCaller(m_clock.now()).card);
        QSignalSpy opened(&pop, &PopWindow::cardRequested);
        const Button *open = buttonOf(pop, "Open card");
        const QPoint there = open->geometry().center();

        QTest::mouseClick(pop.windowHandle(), Qt::LeftButton, {}, there);
        QCOMPARE(opened.count(), 0);

        QTRY_VERIFY(!open->testAttribute(Qt::WA_TransparentForMouseEvents));
        QTest::mouseClick(pop.windowHandle(), Qt::LeftButton, {}, there);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened[0][0].toString(), "c1");
    }

    void aSecondCallMakesItDeafAgain()
    {
        PopWindow pop(m_clock);
        pop.offer(knownCaller(m_clock.now()).call, knownCaller(m_clock.now()).card);
        const Button *open = buttonOf(pop, "Open card");
        QTRY_VERIFY(!open->testAttribute(Qt::WA_TransparentForMouseEvents));

        pop.offer(unknownCaller(m_clock.now()).call, unknownCaller(m_clock.now()).card);

        QVERIFY(open->testAttribute(Qt::WA_TransparentForMouseEvents));
    }

    void answerIsOfferedOnlyWhereItWorks()
    {
        PopWindow pop(m_clock);
        Sample known = knownCaller(m_clock.now());
        known.call.can = {};
        pop.offer(known.call, known.card);

        QVERIFY(buttonOf(pop, "Answer")->isHidden());
        known.call.can.answer = true;
        pop.follow(known.call);
        QVERIFY(!buttonOf(pop, "Answer")->isHidden());
        pop.setHeard(false);
        QVERIFY(buttonOf(pop, "Answer")->isHidden());
        pop.setHeard(true);

        Sample fromHere = unknownCaller(m_clock.now() + 1);
        fromHere.call.isLocal = true;
        fromHere.call.can = {};
        pop.offer(fromHere.call, fromHere.card);
        QVERIFY(buttonOf(pop, "Answer")->isHidden());
    }

    void staysAsAStripWhileTalkingAndGoesAfterAFarewell()
    {
        PopWindow pop(m_clock);
        AgentCall call = knownCaller(m_clock.now()).call;
        pop.offer(call, knownCaller(m_clock.now()).card);
        const int ringingHeight = pop.height();

        pop.follow(call = next(call, AgentCall::State::Connected));
        QCOMPARE(pop.view(), View::Talking);
        QVERIFY(pop.isVisible());
        QVERIFY(pop.height() < ringingHeight);

        pop.follow(next(call, AgentCall::State::Over, AgentCall::Result::Answered));
        QCOMPARE(pop.view(), View::Ended);
        m_clock.advance(popFarewellMs - 1);
        QTest::qWait(300);
        QVERIFY(pop.isVisible());
        m_clock.advance(1);
        QTRY_VERIFY(!pop.isVisible());
    }

    void staysAStripWhereTheCardLeavesRoom()
    {
        std::optional<QRect> room = QRect(100, 100, 268, 400);
        PopWindow pop(m_clock);
        pop.setSpareRoom([&room](const QString &) { return room; });

        pop.offer(knownCaller(m_clock.now()).call, knownCaller(m_clock.now()).card);

        const auto faceOf = [&pop] {
            const int reach = (pop.width() - pop.sizeHint().width()) / 2;
            return pop.geometry().adjusted(reach, reach, -reach, -reach);
        };
        QVERIFY(pop.height() < size::popHeight);
        QVERIFY(buttonOf(pop, "Answer")->isHidden()); // the call bar has it
        QVERIFY(buttonOf(pop, "Open card")->isHidden());
        QVERIFY(faceOf().intersects(*room));
        room = QRect(); // the window is too narrow by now
        QTRY_VERIFY(!pop.isVisible());
        room.reset(); // another window comes to the front
        QTRY_VERIFY(pop.isVisible());
        QVERIFY(!buttonOf(pop, "Answer")->isHidden());
        QVERIFY(pop.width() >= size::popWidth);
    }

    void aScreenReaderHearsWhoRingsAndWhy()
    {
        PopWindow pop(m_clock);
        const Sample sample = knownCaller(m_clock.now());

        pop.offer(sample.call, sample.card);

        QAccessibleInterface *heard = QAccessible::queryAccessibleInterface(&pop);
        QCOMPARE(heard->role(), QAccessible::AlertMessage);
        QVERIFY(heard->text(QAccessible::Name).contains(sample.card.customer.name));
        QVERIFY(!heard->text(QAccessible::Description).contains(u'<'));
        pop.follow(next(sample.call, AgentCall::State::Connected));
        QVERIFY(heard->text(QAccessible::Name).startsWith("Talking"));
    }

    void aCallTakenElsewhereSaysByWhomAndIsNotMissed()
    {
        PopCalls calls;
        AgentCall call = knownCaller(m_clock.now()).call;
        calls.take(call, {}, 1000);

        call = next(call, AgentCall::State::Over, AgentCall::Result::AnsweredElsewhere);
        QVERIFY(calls.follow(call, 2000));

        QCOMPARE(calls.view(), View::Ended);
        QVERIFY(!calls.forgetEnded(2000 + popFarewellMs - 1));
        QVERIFY(calls.forgetEnded(2000 + popFarewellMs));
        QCOMPARE(calls.view(), View::Nothing);
    }

    void aCallNobodyTookStaysUntilItWasSeen()
    {
        PopCalls calls;
        AgentCall call = knownCaller(m_clock.now()).call;
        calls.take(call, {.name = "Ana Costa"}, 1000);

        calls.follow(next(call, AgentCall::State::Over, AgentCall::Result::CallerHangup), 2000);

        QCOMPARE(calls.view(), View::Missed);
        QVERIFY(!calls.forgetEnded(1'000'000));
        QCOMPARE(calls.current()->words.name, "Ana Costa");
        calls.missedWereSeen();
        QCOMPARE(calls.view(), View::Nothing);
    }

    void aMissedCallWhoseCardWasSavedIsSeen()
    {
        PopCalls calls;
        const AgentCall call = knownCaller(m_clock.now()).call;
        calls.take(call, {}, 1000);
        calls.follow(next(call, AgentCall::State::Over, AgentCall::Result::CallerHangup), 2000);

        QVERIFY(!calls.missedWasSeen("another"));
        QCOMPARE(calls.view(), View::Missed);
        QVERIFY(calls.missedWasSeen(call.callId));

        QCOMPARE(calls.view(), View::Nothing);
        QVERIFY(!calls.takeMissed());
    }

    void aMissedCallThatWasTakenAfterAllIsNoLongerMissed()
    {
        PopCalls calls;
        AgentCall call = knownCaller(m_clock.now()).call;
        calls.take(call, {}, 1000);
        call = next(call, AgentCall::State::Over, AgentCall::Result::NoAnswer);
        calls.follow(call, 2000);
        QCOMPARE(calls.view(), View::Missed);

        QVERIFY(calls.follow(next(call, AgentCall::State::Over, AgentCall::Result::AnsweredElsewhere), 3000));

        QCOMPARE(calls.view(), View::Nothing);
    }

    void oldNewsIsIgnored()
    {
        PopCalls calls;
        AgentCall call = knownCaller(m_clock.now()).call;
        calls.take(call, {}, 1000);
        const AgentCall talking = next(call, AgentCall::State::Connected);
        calls.follow(talking, 2000);

        QVERIFY(!calls.follow(call, 3000));

        QCOMPARE(calls.view(), View::Talking);
    }

    void whatRingsIsShownBeforeWhatIsTalkedOn()
    {
        PopCalls calls;
        AgentCall first = knownCaller(m_clock.now()).call;
        calls.take(first, {}, 1000);
        calls.follow(next(first, AgentCall::State::Connected), 2000);

        calls.take(unknownCaller(m_clock.now()).call, {}, 3000);

        QCOMPARE(calls.view(), View::Ringing);
        QCOMPARE(calls.current()->call.callId, "c3");
        calls.keepOnly({"c1"});
        QCOMPARE(calls.view(), View::Talking);
    }

    void theEndOfACallNobodySawShowsNothing()
    {
        PopCalls calls;

        QVERIFY(!calls.take(
            next(knownCaller(m_clock.now()).call, AgentCall::State::Over, AgentCall::Result::CallerHangup),
            {}, 1000));
        QCOMPARE(calls.view(), View::Nothing);
    }

    void sharedNumbersNameTheFirstThreeAndCountTheRest()
    {
        const PopWords words = wordsOf(sharedNumber(m_clock.now()), m_clock);

        QCOMPARE(words.name, "40 people use this number");
        QCOMPARE(words.candidates.size(), popLines);
        QCOMPARE(words.candidates[0].name, "Ana Costa");
        QCOMPARE(words.more, "and 37 more");
    }

    void everyCallerHasANameAndALine()
    {
        for (const Sample &sample : allSamples(m_clock.now())) {
            const PopWords words = wordsOf(sample, m_clock);
            QVERIFY2(!words.name.isEmpty() && words.name.size() <= 140, qPrintable(sample.name));
            QVERIFY2(words.lines() >= 1 && words.lines() <= popLines, qPrintable(sample.name));
            QVERIFY2(words.spoken().size() < 600, qPrintable(sample.name));
        }
    }

    void aWithheldNumberIsNowhere()
    {
        Sample sample = withheldCaller(m_clock.now());
        sample.call.party.raw = "+493023125199"; // the trunk may send it all the same

        QVERIFY(!wordsOf(sample, m_clock).spoken().contains("125199"));
    }

    void aGermanNumberKeepsItsOrderBesideAnArabicName()
    {
        const PopWords words = wordsOf(arabicCaller(m_clock.now()), m_clock);

        QVERIFY(words.who.contains(phoneForPeople("+493023125047")));
        QVERIFY(words.who.contains(QChar(0x2068))); // the organisation is set apart as well
    }

    void anAlertComesFirst()
    {
        const PopWords words = wordsOf(longNamedCaller(m_clock.now()), m_clock);

        QCOMPARE(words.reasons[0].chip, "Alert");
        QCOMPARE(words.reasons[0].tone, Tone::Bad);
        QCOMPARE(words.reasons.size(), popLines);
    }

    void fillingAndPaintingAreCheap()
    {
        PopWindow pop(m_clock);
        Sample known = knownCaller(m_clock.now());
        pop.offer(known.call, known.card);
        QVERIFY(QTest::qWaitForWindowExposed(&pop));
        qint64 best = std::numeric_limits<qint64>::max();
        for (int round = 0; round < 50; ++round) {
            QElapsedTimer timer;
            timer.start();
            ++known.call.revision;
            pop.offer(known.call, known.card);
            pop.repaint();
            best = std::min(best, timer.nsecsElapsed());
        }

        qInfo("offer and paint, best of 50: %.2f ms", double(best) / 1e6);
        QVERIFY(best < 5'000'000);
    }

private:
    FakeClock m_clock;
};

QTEST_MAIN(tst_Pop)
#include "tst_Pop.moc"
