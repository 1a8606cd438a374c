#include "tests/support/FakeClock.h"
#include "tests/ui/SampleCalls.h"
#include "ui/shell/CallBar.h"
#include "ui/shell/SearchField.h"
#include "ui/shell/Shell.h"
#include "ui/shell/SignInPage.h"
#include "ui/text/Numbers.h"
#include "ui/text/Wording.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/Paragraph.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace ringbook;
using namespace ringbook::ui;
using model::AgentCall;
using tests::FakeClock;

namespace {

template <typename Widget>
QStringList visibleTexts(const QWidget &parent)
{
    QStringList texts;
    for (const auto *widget : parent.findChildren<Widget *>()) {
        if (widget->isVisibleTo(&parent) && !widget->text().isEmpty())
            texts += withoutMarks(widget->text());
    }
    return texts;
}

} // namespace

class tst_Shell : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<SignInPage::Entry>();
        m_themes = new ThemeSwitch(*qApp, ThemeChoice::Light);
    }

    void theCallBarSaysSoWhenThereIsNoCall()
    {
        CallBar bar(m_clock);

        QCOMPARE(visibleTexts<ElidedLabel>(bar), QStringList{"No call"});
        QCOMPARE(visibleTexts<Button>(bar), QStringList{});
    }

    void theCallBarCountsTheSecondsOfTheTalk()
    {
        CallBar bar(m_clock);
        AgentCall call = knownCaller(m_clock.now()).call;
        call.state = AgentCall::State::Connected;
        call.answeredAt = m_clock.now() - 222 * secondMs;

        bar.setCall(call);

        QCOMPARE(visibleTexts<ElidedLabel>(bar),
                 (QStringList{"Talking", "03:42", QString::fromUtf8("+49 30 23125 047 · Support line")}));
        m_clock.advance(secondMs);
        QTRY_VERIFY(visibleTexts<ElidedLabel>(bar).contains("03:43"));
    }

    void theCallBarSaysWithWhomAndWhenItIsTheLastNews()
    {
        CallBar bar(m_clock);
        AgentCall call = knownCaller(m_clock.now()).call;
        call.state = AgentCall::State::Connected;
        call.can = {};
        bar.setCall(call);

        bar.setName("Ana Costa");
        bar.setHeard(false);

        const QStringList texts = visibleTexts<ElidedLabel>(bar);
        QCOMPARE(texts.first(), "Talking, as last known");
        QVERIFY(withoutMarks(texts.last()).startsWith("+49"));
        QVERIFY(withoutMarks(texts.last()).endsWith("· Ana Costa"));
        bar.setHeard(true);
        QCOMPARE(visibleTexts<ElidedLabel>(bar).first(), "Talking");
    }

    void theCallBarOffersOnlyWhatTheTelephoneCanDo()
    {
        CallBar bar(m_clock);
        AgentCall call = knownCaller(m_clock.now()).call;
        call.can = {};
        bar.setCall(call);
        QCOMPARE(visibleTexts<Button>(bar), QStringList{});

        call.can = {.answer = true, .hangUp = true};
        bar.setCall(call);
        QCOMPARE(visibleTexts<Button>(bar), QStringList{"Answer"});

        call.state = AgentCall::State::Connected;
        bar.setCall(call);
        QCOMPARE(visibleTexts<Button>(bar), QStringList{"Hang up"});

        call.can = {.hangUp = true, .hold = true, .transfer = true};
        bar.resize(400, bar.height());
        bar.setCall(call);
        QCOMPARE(visibleTexts<Button>(bar), QStringList{"Hang up"}); // in a narrow window
        bar.resize(600, bar.height());
        bar.setHeard(true);
        QCOMPARE(visibleTexts<Button>(bar), QStringList({"Hold", "Pass on", "Hang up"}));

        call.state = AgentCall::State::OnHold;
        bar.setCall(call);
        QCOMPARE(visibleTexts<Button>(bar).first(), "Go on");
    }

    void withoutACallOneCanBeMade()
    {
        CallBar bar(m_clock);
        QCOMPARE(visibleTexts<Button>(bar), QStringList{});

        bar.setCanDial(true);
        QCOMPARE(visibleTexts<Button>(bar), QStringList{"Call …"});

        bar.setDialling("+493023125147");
        QCOMPARE(visibleTexts<Button>(bar), QStringList{});
        QCOMPARE(visibleTexts<ElidedLabel>(bar).first(), "Lift your phone");

        bar.setDialling({});
        bar.setHeard(false);
        QCOMPARE(visibleTexts<Button>(bar), QStringList{});
    }

    void ofATelephoneThatObeysNobodyOneCanSayThatTheCallIsOver()
    {
        CallBar bar(m_clock);
        bar.show();
        (void)QTest::qWaitForWindowActive(&bar);
        AgentCall call = knownCaller(m_clock.now()).call;
        call.isLocal = true;
        call.can = {};
        bar.setCall(call);
        QCOMPARE(visibleTexts<Button>(bar), QStringList{});
        call.state = AgentCall::State::Connected;
        bar.setCall(call);
        QCOMPARE(visibleTexts<Button>(bar), QStringList{"Call is over"});
        QSignalSpy over(&bar, &CallBar::hangUpRequested);

        QTest::keyClick(&bar, Qt::Key_F9, Qt::ControlModifier);

        QCOMPARE(over.value(0).value(0).toString(), call.callId);
    }

    void whatCannotBeDoneHereAnyMoreIsSaid()
    {
        CallBar bar(m_clock);
        AgentCall call = knownCaller(m_clock.now()).call;
        call.state = AgentCall::State::Connected;
        call.can = {};
        bar.setCall(call);
        bar.setHeard(false);
        QVERIFY(!visibleTexts<ElidedLabel>(bar).contains("Hang up at the phone")); // it never could
        bar.setHeard(true);
        call.can = {.hangUp = true};
        bar.setCall(call);

        bar.setHeard(false);
        QVERIFY(visibleTexts<ElidedLabel>(bar).contains("Hang up at the phone"));

        bar.setHeard(true);
        QVERIFY(!visibleTexts<ElidedLabel>(bar).contains("Hang up at the phone"));
        QCOMPARE(visibleTexts<Button>(bar), QStringList{"Hang up"});
    }

    void oneKeyWantsTheHubNow()
    {
        Shell shell(m_clock, *m_themes);
        shell.show();
        QApplication::setActiveWindow(&shell);
        QVERIFY(QTest::qWaitForWindowActive(&shell));
        QSignalSpy wanted(&shell, &Shell::hubWanted);

        QTest::keyClick(&shell, Qt::Key_F5);

        QCOMPARE(wanted.size(), 1);
    }

    void theSearchFieldStandsStillWhileCallsComeAndGo()
    {
        Shell shell(m_clock, *m_themes);
        shell.show();
        QVERIFY(QTest::qWaitForWindowExposed(&shell));
        const auto place = [&] {
            QTest::qWait(0);
            return shell.search().geometry();
        };
        const QRect idle = place();
        AgentCall call = knownCaller(m_clock.now()).call;
        for (const auto state :
             {AgentCall::State::Ringing, AgentCall::State::Connected, AgentCall::State::OnHold}) {
            call.state = state;
            shell.callBar().setCall(call);
            QCOMPARE(place(), idle);
        }
        shell.callBar().setCall(std::nullopt);
        QCOMPARE(place(), idle);
    }

    void answeringTwiceDoesNotHangUp()
    {
        CallBar bar(m_clock);
        AgentCall call = knownCaller(m_clock.now()).call;
        bar.setCall(call);
        bar.show();
        QVERIFY(QTest::qWaitForWindowActive(&bar));
        QSignalSpy answered(&bar, &CallBar::answerRequested);
        QSignalSpy hungUp(&bar, &CallBar::hangUpRequested);

        QTest::keyClick(&bar, Qt::Key_F4, Qt::ControlModifier);
        call.state = AgentCall::State::Connected;
        bar.setCall(call);
        QTest::keyClick(&bar, Qt::Key_F4, Qt::ControlModifier);
        QCOMPARE(answered.count(), 1);
        QCOMPARE(hungUp.count(), 0);

        QTest::keyClick(&bar, Qt::Key_F9, Qt::ControlModifier);
        QCOMPARE(hungUp.count(), 1);
    }

    void aLongNumberLeavesRoomForWhatTheCallDoes_data()
    {
        QTest::addColumn<QString>("number");
        QTest::addColumn<QString>("queue");
        QTest::newRow("garbage") << QString(10'000, '7') << "Support";
        QTest::newRow("line") << "+493023125047" << QString(200, 'W');
        QTest::newRow("right to left")
            << "+493023125047" << QString::fromUtf8("قائمة الدعم الفني ").repeated(5);
    }

    void aLongNumberLeavesRoomForWhatTheCallDoes()
    {
        QFETCH(QString, number);
        QFETCH(QString, queue);
        CallBar bar(m_clock);
        AgentCall call = knownCaller(m_clock.now()).call;
        call.party = {.raw = number};
        call.queue = queue;
        AgentCall talk = call;
        talk.state = AgentCall::State::Connected;
        talk.answeredAt = m_clock.now() - 222 * secondMs;

        bar.setCall(talk, call);
        bar.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bar));

        for (const auto *label : bar.findChildren<ElidedLabel *>())
            if (QStringList{"Talking", "03:42"}.contains(label->text()))
                QVERIFY2(label->width() >= label->sizeHint().width(), qPrintable(label->text()));
        for (const auto *button : bar.findChildren<Button *>())
            QVERIFY(!button->isVisible() || bar.rect().contains(button->geometry()));
        QCOMPARE(visibleTexts<Button>(bar), QStringList({"Answer", "Hang up"}));
    }

    void aTalkCanBeEndedWhileAnotherCallRings()
    {
        CallBar bar(m_clock);
        AgentCall talk = knownCaller(m_clock.now()).call;
        talk.state = AgentCall::State::Connected;
        AgentCall waiting = withheldCaller(m_clock.now()).call;
        waiting.callId = "c2";
        QSignalSpy answered(&bar, &CallBar::answerRequested);
        QSignalSpy hungUp(&bar, &CallBar::hangUpRequested);

        bar.setCall(talk, waiting);
        bar.show();
        QVERIFY(QTest::qWaitForWindowActive(&bar));
        QTest::keyClick(&bar, Qt::Key_F9, Qt::ControlModifier);
        QTest::keyClick(&bar, Qt::Key_F4, Qt::ControlModifier);

        QVERIFY(visibleTexts<ElidedLabel>(bar).contains("Talking"));
        QCOMPARE(hungUp.value(0).value(0).toString(), talk.callId);
        QCOMPARE(answered.value(0).value(0).toString(), "c2");
    }

    void aRingFromThisComputerHasNobodyToAnswerIt()
    {
        CallBar bar(m_clock);
        AgentCall call = knownCaller(m_clock.now()).call;
        call.isLocal = true;
        call.can = {};

        bar.setCall(call);

        QCOMPARE(visibleTexts<Button>(bar), QStringList{});
    }

    void answeringNamesTheCall()
    {
        CallBar bar(m_clock);
        bar.setCall(knownCaller(m_clock.now()).call);
        QSignalSpy answered(&bar, &CallBar::answerRequested);

        for (Button *button : bar.findChildren<Button *>())
            if (button->text() == "Answer")
                button->click();

        QCOMPARE(answered.count(), 1);
        QCOMPARE(answered[0][0].toString(), "c1");
    }

    void withheldNumbersAreNotShownInTheCallBar()
    {
        AgentCall call = withheldCaller(m_clock.now()).call;
        call.party.raw = "+493023125199";

        QVERIFY(!partyAndLine(call).contains("199"));
        QVERIFY(partyAndLine(call).contains("withheld"));
    }

    void searchingGoesToThePeople()
    {
        const auto shell = shown();
        QSignalSpy typed(&shell->search(), &SearchField::typed);

        QTest::keyClick(shell.get(), Qt::Key_K, Qt::ControlModifier);
        QVERIFY(shell->search().hasFocus());
        QTest::keyClicks(&shell->search(), "cos");

        QCOMPARE(shell->page(), Shell::Page::People);
        QCOMPARE(typed.last()[0].toString(), "cos");
    }

    void withNothingOnThePageTheCursorIsInTheSearch() { QVERIFY(shown()->search().hasFocus()); }

    void escapeLeavesTheSearchForThePage()
    {
        Shell shell(m_clock, *m_themes);
        auto *page = new QWidget;
        auto *note = new QLineEdit(page);
        shell.setPage(Shell::Page::Call, page);
        shell.show();
        QVERIFY(QTest::qWaitForWindowActive(&shell));
        note->setFocus();

        QTest::keyClick(&shell, Qt::Key_K, Qt::ControlModifier);
        QVERIFY(shell.search().hasFocus());
        QTest::keyClick(&shell.search(), Qt::Key_Escape);

        QVERIFY(note->hasFocus());
    }

    void theRailHasOnlyPagesThatExist()
    {
        Shell shell(m_clock, *m_themes);
        shell.setPage(Shell::Page::Call, new QWidget);

        shell.showPage(Shell::Page::Cases);

        QCOMPARE(shell.page(), Shell::Page::Call);
    }

    void aPageIsOneOfSeveralToAScreenReader()
    {
        const auto shell = shown();
        int pages = 0;
        for (auto *button : shell->findChildren<QAbstractButton *>()) {
            if (!button->group())
                continue;
            ++pages;
            const auto *heard = QAccessible::queryAccessibleInterface(button);
            QVERIFY(heard);
            QCOMPARE(heard->role(), QAccessible::RadioButton);
            QCOMPARE(bool(heard->state().checked), button->isChecked());
        }
        QVERIFY(pages >= 2);
    }

    void f3OpensTheCardFromEveryPage()
    {
        const auto shell = shown();
        shell->showPage(Shell::Page::Cases);
        QSignalSpy asked(shell.get(), &Shell::cardRequested);

        QTest::keyClick(shell.get(), Qt::Key_F3);

        QCOMPARE(asked.count(), 1);
        QCOMPARE(shell->page(), Shell::Page::Call);
    }

    void aLongUserNameDoesNotWidenTheWindow()
    {
        const auto shell = shown();

        shell->setUser(QString(200, u'W'), {});

        QVERIFY(shell->minimumSizeHint().width() <= 1366);
    }

    void theSearchSaysWhatItIsAlsoInANarrowWindow_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<QString>("words");
        QTest::newRow("1366") << 1366 << "Name, number or case";
        QTest::newRow("200 % of that screen") << 683 << "Search";
    }

    void theSearchSaysWhatItIsAlsoInANarrowWindow()
    {
        QFETCH(int, width);
        QFETCH(QString, words);
        const auto shell = shown();
        shell->setUser("Anna Albers", {});

        shell->resize(width, 384);

        const auto &search = shell->search();
        QTRY_COMPARE(search.placeholderText(), words);
        const QMargins taken = search.textMargins();
        QVERIFY(search.fontMetrics().horizontalAdvance(words) <
                search.width() - taken.left() - taken.right() - 2 * size::unit);
    }

    void aLockedDeskSaysWhyAndHasNoWayBack()
    {
        SignInPage page;
        page.show();
        page.beginAgain({.hub = "https://ringbook.example.com", .login = "anna"});
        const auto hasBack = [&page] {
            const auto buttons = page.findChildren<Button *>();
            return std::ranges::any_of(buttons, [](const Button *button) {
                return button->isVisible() && button->text() == "Back to the desk";
            });
        };
        QVERIFY(hasBack());

        page.setLocked(lockedDesk("on 24 Oct 14:07"));

        QCOMPARE(visibleTexts<Paragraph>(page).first(),
                 "This computer last reached its hub on 24 Oct 14:07, so its customers are not shown. All "
                 "that was saved here is kept and will be sent: connect to the network and it opens by "
                 "itself; if it does not, sign in.");
        QVERIFY(!hasBack());
        page.setLocked({});
        QVERIFY(hasBack());
        QVERIFY(!visibleTexts<Paragraph>(page).first().contains("kept"));
    }

    void signInComplainsInPlace()
    {
        SignInPage page;
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        QSignalSpy requested(&page, &SignInPage::signInRequested);
        page.setEntry({.hub = "ringbook.example.com", .login = "anna", .password = ""});

        QTest::keyClick(page.focusWidget(), Qt::Key_Return);
        QCOMPARE(requested.count(), 0);
        QCOMPARE(visibleTexts<Paragraph>(page).last(), "Please fill this in.");

        QTest::keyClicks(page.focusWidget(), "demo");
        QTest::keyClick(page.focusWidget(), Qt::Key_Return);
        QCOMPARE(requested.count(), 1);
        QCOMPARE(
            requested[0][0].value<SignInPage::Entry>(),
            (SignInPage::Entry{.hub = "https://ringbook.example.com", .login = "anna", .password = "demo"}));

        page.showFault(Fault::Denied);
        QCOMPARE(visibleTexts<Paragraph>(page).last(), sentence(Doing::SigningIn, Fault::Denied));
        QVERIFY(page.findChildren<QLineEdit *>().last()->isEnabled());
    }

    void whoSitsElsewhereSaysWhere()
    {
        SignInPage page;
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        QSignalSpy requested(&page, &SignInPage::signInRequested);
        page.beginAgain({.hub = "https://ringbook.example.com", .login = "anna", .phone = "101"});
        QTest::keyClicks(page.focusWidget(), "demo");
        QTest::keyClick(page.focusWidget(), Qt::Key_Tab);

        QTest::keyClicks(page.focusWidget(), "10b"); // instead of what stood there
        QTest::keyClick(page.focusWidget(), Qt::Key_Return);
        QCOMPARE(requested.count(), 0);
        QVERIFY(visibleTexts<Paragraph>(page).last().contains("digits only"));
        QTest::keyClick(page.focusWidget(), Qt::Key_Backspace);
        QTest::keyClicks(page.focusWidget(), "5");
        QTest::keyClick(page.focusWidget(), Qt::Key_Return);

        QCOMPARE(requested.count(), 1);
        QCOMPARE(requested[0][0].value<SignInPage::Entry>().phone, "105");
        page.showFault(Fault::Invalid);
        QVERIFY(visibleTexts<Paragraph>(page).last().contains("No telephone here"));
        QCOMPARE(page.focusWidget(), page.findChildren<QLineEdit *>().last());
    }

    void aHubThatIsNotTrustedIsSaidWithTheReason()
    {
        SignInPage page;
        page.show();

        page.showDistrust("The certificate expired.");

        QCOMPARE(visibleTexts<Paragraph>(page).last(), "The certificate expired.");
    }

    void anAddressThatOthersCanReadAlongIsWarnedOf_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("isWarned");
        QTest::newRow("plain") << "http://ringbook.example.com" << true;
        QTest::newRow("TLS") << "https://ringbook.example.com" << false;
        QTest::newRow("TLS, unsaid") << "ringbook.example.com" << false;
        QTest::newRow("this machine") << "http://127.0.0.1:8750" << false;
        QTest::newRow("none yet") << "http://" << false;
    }

    void anAddressThatOthersCanReadAlongIsWarnedOf()
    {
        QFETCH(QString, typed);
        QFETCH(bool, isWarned);
        SignInPage page;
        page.show();

        page.setEntry({.hub = typed});

        QCOMPARE(visibleTexts<Paragraph>(page).last().contains("not private"), isWarned);
    }

    void whoWorksHereAlreadyKeepsTheirHubAndMayGoBack()
    {
        SignInPage page;
        page.show();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        QSignalSpy requested(&page, &SignInPage::signInRequested);
        QSignalSpy left(&page, &SignInPage::left);
        page.beginAgain({.hub = "https://ringbook.example.com", .login = "anna"});

        QTest::keyClicks(page.focusWidget(), "demo");
        QTest::keyClick(page.focusWidget(), Qt::Key_Return);
        page.showFault(Fault::Denied);

        QCOMPARE(requested.count(), 1);
        QVERIFY(!page.findChildren<QLineEdit *>().first()->isEnabled());
        QTest::keyClick(&page, Qt::Key_Escape);
        QCOMPARE(left.count(), 1);
    }

    void hubAddressesAreReadAsPeopleTypeThem_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("address");
        QTest::newRow("host") << "ringbook.example.com"
                              << "https://ringbook.example.com";
        QTest::newRow("port") << "ringbook.example.com:8750"
                              << "https://ringbook.example.com:8750";
        QTest::newRow("slash") << " https://ringbook.example.com/ "
                               << "https://ringbook.example.com";
        QTest::newRow("this machine") << "localhost:8750"
                                      << "http://localhost:8750";
        QTest::newRow("this machine, v4") << "127.0.0.1:8750"
                                          << "http://127.0.0.1:8750";
        QTest::newRow("plain, written") << "http://10.0.0.5:8750"
                                        << "http://10.0.0.5:8750";
        QTest::newRow("empty") << "  "
                               << "";
        QTest::newRow("other scheme") << "ftp://ringbook.example.com"
                                      << "";
        QTest::newRow("path") << "https://ringbook.example.com/v1"
                              << "";
        QTest::newRow("password in it") << "https://anna:demo@ringbook.example.com"
                                        << "";
        QTest::newRow("sentence") << "the usual one"
                                  << "";
    }

    void hubAddressesAreReadAsPeopleTypeThem()
    {
        QFETCH(QString, typed);
        QFETCH(QString, address);

        QCOMPARE(hubAddress(typed), address);
    }

    void whatWaitsForADecisionIsCountedAndSaid()
    {
        Shell shell(m_clock, *m_themes);
        shell.setPage(Shell::Page::Attention, new QWidget);
        const auto stops = shell.findChildren<QAbstractButton *>();
        const auto stop = std::ranges::find(stops, QString("To do"), &QAbstractButton::text);
        QVERIFY(stop != stops.end());

        shell.setCount(Shell::Page::Attention, 3);
        QCOMPARE((*stop)->accessibleName(), "To do, 3");
        shell.setCount(Shell::Page::Attention, 0);

        QCOMPARE((*stop)->accessibleName(), "To do");
    }

private:
    std::unique_ptr<Shell> shown()
    {
        auto shell = std::make_unique<Shell>(m_clock, *m_themes);
        for (const auto page : {Shell::Page::Call, Shell::Page::People, Shell::Page::Cases})
            shell->setPage(page, new QWidget);
        shell->show();
        [&] { QVERIFY(QTest::qWaitForWindowActive(shell.get())); }();
        return shell;
    }

    FakeClock m_clock;
    ThemeSwitch *m_themes = nullptr;
};

QTEST_MAIN(tst_Shell)
#include "tst_Shell.moc"
