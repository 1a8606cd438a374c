#include "tests/ui/CardHands.h"
#include "ui/card/CallPanel.h"
#include "ui/card/CardWords.h"
#include "ui/card/Chooser.h"
#include "ui/card/ProfileColumn.h"
#include "ui/card/RowList.h"
#include "ui/card/SavedStrip.h"
#include "ui/card/StrangerView.h"
#include "ui/text/Numbers.h"
#include "ui/widgets/Paragraph.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QtTest>

#include <algorithm>

using namespace ringbook;
using namespace ringbook::model;
using tests::CardWorld;
using Desk = tests::CardHands;

namespace {

const QString anasNumber = "+4917139200470";
const QString sharedNumber = "+493023125147";
const QString strangeNumber = "+442079460123";
/// How often all of a widget was painted.
class WholePaints : public QObject
{
public:
    explicit WholePaints(QWidget &watched) : m_watched(watched) { watched.installEventFilter(this); }

    int count = 0;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint &&
            static_cast<QPaintEvent *>(event)->region().boundingRect() == m_watched.rect())
            ++count;
        return QObject::eventFilter(watched, event);
    }

private:
    QWidget &m_watched;
};

} // namespace

class tst_CardPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRehearsedCardLeavesNothing()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        Desk desk(made);
        const auto ana = made.world.callers.cardFor({.raw = anasNumber});

        desk.page.rehearse(*ana);
        QVERIFY(!desk.says("Ana Costa"));

        desk.rings(anasNumber);
        desk.type("Valve");
        made.world.customerWith("Ben Brandt", "+493023125148");
        desk.page.rehearse(*made.world.callers.cardFor({.raw = "+493023125148"}));
        QVERIFY(desk.says("Ana Costa"));
        QCOMPARE(desk.the<QPlainTextEdit>()->toPlainText(), "Valve");
    }

    void ofAStrangerItSaysHowFarTheBookAndTheHubKnowThem_data()
    {
        QTest::addColumn<LookUps>("lookUps");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("whole") << LookUps{} << "Nobody has this number yet.";
        QTest::newRow("no hub")
            << LookUps{.isBookWhole = false}
            << "This desk does not have the whole book yet: they may be known at the hub.";
        QTest::newRow("asking") << LookUps{false, {{strangeNumber, LookUp::Asking}}}
                                << "This desk does not have the whole book yet. Asking the hub …";
        QTest::newRow("nobody") << LookUps{false, {{strangeNumber, LookUp::Nobody}}}
                                << "Nobody has this number, not at the hub either.";
    }

    void ofAStrangerItSaysHowFarTheBookAndTheHubKnowThem()
    {
        QFETCH(LookUps, lookUps);
        QFETCH(QString, sentence);
        CardWorld made;
        Desk before(made), after(made);
        before.page.showLookUps(lookUps);

        before.rings(strangeNumber);
        after.rings(strangeNumber);
        after.page.showLookUps(lookUps);

        for (const Desk *desk : {&before, &after}) {
            QVERIFY(desk->says(sentence));
            QVERIFY(desk->named<ui::Paragraph>(sentence));
        }
    }

    void severalWhoAreFoundForAStrangersNumberAreOffered()
    {
        CardWorld made;
        Desk desk(made);
        desk.rings(sharedNumber);
        QVERIFY(!desk.the<ui::Chooser>()->isVisible());

        made.world.customerWith("Ana Costa", sharedNumber);
        made.world.customerWith("Ben Brandt", sharedNumber);
        desk.page.refresh();

        QVERIFY(desk.the<ui::Chooser>()->isVisible());
    }

    void putsTheCursorIntoTheNoteOfACall()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        Desk desk(made);

        desk.rings(anasNumber);

        QCOMPARE(desk.page.focusWidget(), desk.the<QPlainTextEdit>());
        QVERIFY(desk.says("Ana Costa"));
    }

    void filesAComplaintByKeysAlone()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        Desk desk(made);
        QSignalSpy filed(&desk.page, &ui::CardPage::filed);
        const AgentCall call = desk.rings(anasNumber);

        desk.type("Valve still leaking");
        desk.press(Qt::Key_C, Qt::AltModifier);
        desk.press(Qt::Key_1, Qt::AltModifier);
        desk.press(Qt::Key_Return, Qt::ControlModifier);

        QCOMPARE(filed.count(), 1);
        const Interaction interaction = desk.filedCall();
        QCOMPARE(interaction.customer, ana.id);
        QCOMPARE(interaction.callId, call.callId);
        QCOMPARE(interaction.note, QString("Valve still leaking"));
        QCOMPARE(interaction.outcome, QString("callback"));
        const auto opened = desk.world.cases.openCases(10);
        QCOMPARE(opened->size(), 1);
        QCOMPARE(opened->first().type, Case::Type::Complaint);
        QCOMPARE(opened->first().subject, QString("Valve still leaking"));
        QCOMPARE(opened->first().customer, ana.id);
        QVERIFY(desk.world.calls.drafts()->isEmpty());
        QVERIFY(desk.says("Saved"));
        QVERIFY(desk.says(ui::withoutMarks(ui::caseCodeForPeople(opened->first().code))));
        QCOMPARE(desk.note(), QString());
    }

    void spellsTheNewCodeOnRequest()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        Desk desk(made);
        desk.rings(anasNumber);
        desk.type("Valve");
        desk.press(Qt::Key_S, Qt::AltModifier);
        desk.press(Qt::Key_2, Qt::AltModifier);
        desk.press(Qt::Key_Return, Qt::ControlModifier);

        desk.press(Qt::Key_K, Qt::AltModifier);

        QVERIFY(desk.says(ui::spelledCode(desk.the<ui::SavedStrip>()->code())));
        QCOMPARE(desk.world.cases.openCases(1)->first().type, Case::Type::ServiceRequest);
    }

    void savesNothingWithoutAnOutcomeAndSaysWhy()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        Desk desk(made);
        desk.rings(anasNumber);
        desk.type("Valve");

        desk.press(Qt::Key_Return, Qt::ControlModifier);

        QVERIFY(desk.says("Outcome is missing"));
        QCOMPARE(desk.count("interaction"), 0);
        QCOMPARE(desk.note(), QString("Valve"));
    }

    void keepsEverythingTypedWhenSavingFails()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        Desk desk(made);
        const AgentCall call = desk.rings(anasNumber);
        desk.type("Valve");
        desk.press(Qt::Key_2, Qt::AltModifier);
        desk.page.keepDrafts();
        desk.world.failStatement(0);

        desk.press(Qt::Key_Return, Qt::ControlModifier);
        desk.world.failNoStatement();

        QCOMPARE(desk.note(), QString("Valve"));
        QCOMPARE(desk.page.currentCall(), call.callId);
        QVERIFY(desk.says("Not saved"));
        desk.press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(desk.filedCall().note, QString("Valve"));
    }

    void keepsTheDraftAndSaysSoOnlyThen()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        Desk desk(made);
        desk.rings(anasNumber);

        desk.type("Valve");
        QVERIFY(!desk.says("Draft kept"));

        QTRY_VERIFY_WITH_TIMEOUT(desk.says("Draft kept 14:07:00"), 2 * ui::DraftKeeper::keepEveryMs);
        QCOMPARE(desk.world.calls.drafts()->first().note, QString("Valve"));
    }

    void saysNothingIsKeptOfAnEmptyNote()
    {
        CardWorld made;
        Desk desk(made);
        desk.rings(anasNumber);
        desk.type("V");
        desk.page.keepDrafts();
        QVERIFY(desk.says("Draft kept"));

        desk.press(Qt::Key_Backspace);
        desk.page.keepDrafts();

        QVERIFY(!desk.says("Draft kept"));
        QCOMPARE(desk.world.calls.drafts()->first().note, QString());
    }

    void saysInOneLineThatADraftIsNotKept()
    {
        CardWorld made;
        Desk desk(made);
        desk.rings(anasNumber);
        desk.type("V");
        made.world.failStatement(0);

        desk.page.keepDrafts();
        made.world.failNoStatement();

        QVERIFY(desk.says("Draft not kept yet; it is tried again."));
        desk.page.keepDrafts();
        QVERIFY(desk.says("Draft kept"));
    }

    void triesAgainWhenADraftCannotBeKept()
    {
        CardWorld made;
        ui::DraftKeeper keeper(made.world.calls, made.world.clock);
        QSignalSpy failed(&keeper, &ui::DraftKeeper::keepingFailed);
        QSignalSpy kept(&keeper, &ui::DraftKeeper::draftKept);
        made.world.failStatement(0);
        keeper.edit({.callId = "a", .note = "typed"});
        keeper.keepNow();
        made.world.failNoStatement();

        keeper.keepNow();

        QCOMPARE(failed.count(), 1);
        QCOMPARE(kept.count(), 1);
        QCOMPARE(made.world.calls.drafts()->first().note, QString("typed"));
    }

    void restoresNoteCursorAndChoicesOfTheOtherCall()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        made.world.customerWith("Bruno Keller", sharedNumber);
        Desk desk(made);
        desk.rings(anasNumber);
        desk.type("Valve leaks");
        desk.press(Qt::Key_Left);
        desk.press(Qt::Key_C, Qt::AltModifier);
        desk.press(Qt::Key_3, Qt::AltModifier);
        desk.rings(sharedNumber);
        QCOMPARE(desk.note(), QString());
        desk.type("Bill");

        desk.press(Qt::Key_Left, Qt::AltModifier);

        QCOMPARE(desk.note(), QString("Valve leaks"));
        QCOMPARE(desk.the<QPlainTextEdit>()->textCursor().position(), 10);
        QVERIFY(desk.says("Ana Costa"));
        QCOMPARE(desk.named<QLineEdit>("Subject")->text(), QString("Valve leaks"));
        desk.press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(desk.filedCall().outcome, QString("passed_on"));
        QCOMPARE(desk.note(), QString("Bill")); // what waited comes up by itself
    }

    void bringsBackDraftsAfterAnEnd()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        {
            Desk desk(made);
            desk.rings(anasNumber);
            desk.type("Valve");
            desk.press(Qt::Key_C, Qt::AltModifier);
        }
        Desk again(made);

        QVERIFY(again.page.restoreDrafts());

        QCOMPARE(again.note(), QString("Valve"));
        QCOMPARE(again.named<QLineEdit>("Subject")->text(), QString("Valve"));
        QVERIFY(again.says("Ana Costa"));
    }

    void choosesAmongThoseWhoShareANumber()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", sharedNumber);
        made.world.customerWith("Bruno Keller", sharedNumber);
        Desk desk(made);
        desk.rings(sharedNumber);
        QVERIFY(desk.the<ui::Chooser>()->isVisible());
        const auto card = desk.world.callers.cardFor({.raw = sharedNumber, .e164 = sharedNumber});
        desk.type("2"); // a digit in the note is a digit

        desk.press(Qt::Key_2, Qt::AltModifier);

        QCOMPARE(desk.page.customer(), card->candidates.at(1).customer.id);
        QCOMPARE(desk.note(), QString("2"));
        QCOMPARE(desk.page.focusWidget(), desk.the<QPlainTextEdit>());
    }

    void choosesByAPlainDigitInTheList()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", sharedNumber);
        made.world.customerWith("Bruno Keller", sharedNumber);
        Desk desk(made);
        desk.rings(sharedNumber);

        QTest::keyClick(desk.named<QAbstractItemView>("Who is calling?"), Qt::Key_1);

        QVERIFY(desk.page.customer());
    }

    void digitsSayTheOutcomeOnceTheCallerIsKnown()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", sharedNumber);
        made.world.customerWith("Bruno Keller", sharedNumber);
        Desk desk(made);
        desk.rings(sharedNumber);

        desk.press(Qt::Key_2, Qt::AltModifier);
        QVERIFY(desk.says("Outcome is missing"));
        desk.press(Qt::Key_2, Qt::AltModifier);

        QVERIFY(desk.says("Nothing missing"));
    }

    void takesAWrongChoiceBack()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", sharedNumber);
        made.world.customerWith("Bruno Keller", sharedNumber);
        Desk desk(made);
        desk.rings(sharedNumber);
        desk.press(Qt::Key_1, Qt::AltModifier);

        desk.press(Qt::Key_O, Qt::AltModifier);

        QVERIFY(desk.the<ui::Chooser>()->isVisible());
        QVERIFY(!desk.page.customer());
        desk.press(Qt::Key_2, Qt::AltModifier);
        QVERIFY(desk.page.customer());
    }

    void leavesAMisleadingNumberAside()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        Desk desk(made);
        desk.rings(anasNumber);
        desk.type("Her husband");

        desk.press(Qt::Key_O, Qt::AltModifier);
        QCOMPARE(desk.page.focusWidget()->accessibleName(), QString("Find a customer"));
        desk.press(Qt::Key_2, Qt::AltModifier);
        desk.press(Qt::Key_Return, Qt::ControlModifier);

        QCOMPARE(desk.filedCall().note, QString("Her husband"));
        QVERIFY(!desk.filedCall().customer);
    }

    void findsSomebodyElseInPlace()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", sharedNumber);
        made.world.customerWith("Bruno Keller", sharedNumber);
        const Customer cleo = made.world.customerWith("Cleo Chen", anasNumber);
        Desk desk(made);
        const AgentCall call = desk.rings(sharedNumber);
        desk.press(Qt::Key_0, Qt::AltModifier);
        QCOMPARE(desk.page.focusWidget()->accessibleName(), QString("Find a customer"));

        desk.type("cleo");
        desk.press(Qt::Key_Return);

        QCOMPARE(desk.page.customer(), cleo.id);
        desk.press(Qt::Key_1, Qt::AltModifier);
        desk.press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(desk.filedCall().customer, cleo.id);
        QCOMPARE(desk.filedCall().callId, call.callId);
    }

    void makesAnUnknownCallerACustomerAndAttachesTheCall()
    {
        CardWorld made;
        Desk desk(made);
        desk.rings(strangeNumber);
        QVERIFY(desk.says("Nobody has this number yet"));
        desk.type("Boiler is cold");

        desk.press(Qt::Key_N, Qt::AltModifier);
        desk.type("Niko Nowak");
        desk.press(Qt::Key_Return);

        const auto niko = desk.page.customer();
        QVERIFY(niko);
        QCOMPARE(desk.world.customers.customer(niko)->name, QString("Niko Nowak"));
        QCOMPARE(desk.world.callers.cardFor({.raw = strangeNumber, .e164 = strangeNumber})->customer.id,
                 niko);
        QCOMPARE(desk.note(), QString("Boiler is cold"));
        desk.press(Qt::Key_2, Qt::AltModifier);
        desk.press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(desk.filedCall().customer, niko);
    }

    void saysWhatKindOfStrangerCalls_data()
    {
        QTest::addColumn<QString>("raw");
        QTest::addColumn<bool>("withheld");
        QTest::addColumn<QString>("said");
        QTest::newRow("withheld") << QString() << true << QString("Number withheld");
        QTest::newRow("unknown") << strangeNumber << false << QString("Unknown number");
        QTest::newRow("garbage") << QString("sip:!!??") << false << QString("No number");
        QTest::newRow("10 kB of garbage") << QString(10'000, u'x') << false << QString("No number");
    }

    void saysWhatKindOfStrangerCalls()
    {
        QFETCH(QString, raw);
        QFETCH(bool, withheld);
        QFETCH(QString, said);
        CardWorld made;
        Desk desk(made);
        AgentCall call = desk.world.ringing(raw);
        call.party.withheld = withheld;

        desk.page.show(call, *desk.world.callers.cardFor(call.party));

        QVERIFY(desk.says(said));
        QVERIFY(!desk.page.customer());
        QCOMPARE(desk.count("customer"), 0);
    }

    void filesACaseForACustomerWithoutACall()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        Desk desk(made);
        desk.page.show(*desk.world.callers.cardOf(ana.id));
        QVERIFY(!desk.says("Outcome"));

        desk.type("Letter: invoice is wrong");
        desk.press(Qt::Key_C, Qt::AltModifier);
        desk.press(Qt::Key_Return, Qt::ControlModifier);

        QCOMPARE(desk.world.cases.openCases(1)->first().subject, QString("Letter: invoice is wrong"));
        QCOMPARE(desk.count("interaction"), 0);
    }

    void attachesTheCallToAnOpenCase()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        const auto file = made.world.cases.open({.customer = ana.id, .subject = "leak"});
        Desk desk(made);
        desk.rings(anasNumber);
        desk.type("Still wet");
        auto *list = desk.named<QAbstractItemView>("Open cases");
        list->setFocus(Qt::TabFocusReason);

        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(desk.named<QComboBox>("Attach to")->currentData().toLongLong(), file->id.value);
        desk.press(Qt::Key_2, Qt::AltModifier);
        desk.press(Qt::Key_Return, Qt::ControlModifier);

        QCOMPARE(desk.world.cases.notes(file->id)->first().text, QString("Still wet"));
        QCOMPARE(desk.world.cases.openCases(10)->size(), 1);
    }

    void attachesByAKeyAndLeavesTheCursorInTheNote()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        const auto file = made.world.cases.open({.customer = ana.id, .subject = "leak"});
        Desk desk(made);
        desk.rings(anasNumber);
        desk.type("Still");
        desk.press(Qt::Key_C, Qt::AltModifier);

        desk.press(Qt::Key_A, Qt::AltModifier);
        desk.type(" wet");
        auto *attachment = desk.named<QComboBox>("Attach to");

        QCOMPARE(attachment->currentData().toLongLong(), file->id.value);
        QCOMPARE(desk.note(), QString("Still wet"));
        QVERIFY(attachment->parentWidget()->accessibleName().contains("leak"));
        desk.press(Qt::Key_A, Qt::AltModifier);
        QCOMPARE(attachment->currentIndex(), 0);
    }

    void spellsTheCodeForACallerWhoIsNobodyYet()
    {
        CardWorld made;
        Desk desk(made);
        desk.rings(anasNumber);
        desk.type("Valve");
        desk.press(Qt::Key_C, Qt::AltModifier);
        desk.press(Qt::Key_1, Qt::AltModifier);
        desk.press(Qt::Key_Return, Qt::ControlModifier);

        QTest::keyClick(&desk.page, Qt::Key_K, Qt::AltModifier);

        QVERIFY(desk.says(ui::spelledCode(desk.the<ui::SavedStrip>()->code())));
    }

    void showsWhatAColleagueChangedAndKeepsWhatIsTyped()
    {
        CardWorld made;
        Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        Desk desk(made);
        desk.rings(anasNumber);
        desk.type("Valve");
        ana.name = "Ana Maria Costa";
        desk.world.arrive({.record = {"customer", ana.id.value}, .fields = {{"name", ana.name}}});

        desk.page.takeChanges({{"customer", ana.id.value}});

        QTRY_VERIFY(desk.says("Ana Maria Costa"));
        QCOMPARE(desk.note(), QString("Valve"));
    }

    void putsAwayACallSomebodyElseTook()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        made.world.customerWith("Bruno Keller", sharedNumber);
        Desk desk(made);
        AgentCall first = desk.rings(anasNumber);
        const AgentCall second = desk.rings(sharedNumber);
        QVERIFY(desk.says("2 of 2"));
        first.state = AgentCall::State::Over;
        first.result = AgentCall::Result::AnsweredElsewhere;
        ++first.revision;

        desk.page.follow(first);

        QVERIFY(!desk.says("2 of 2"));
        QCOMPARE(desk.page.currentCall(), second.callId);
    }

    void whenTheFieldWithTheCursorGoesTheNextLetterBelongsToTheNote()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        made.world.arrives(Case{.code = "K73QF9X", .customer = ana.id, .subject = "Leak"});
        Desk desk(made);
        desk.rings(anasNumber);
        for (const Qt::Key leaving : {Qt::Key_A, Qt::Key_C}) {
            desk.press(Qt::Key_C, Qt::AltModifier);
            desk.press(Qt::Key_R, Qt::AltModifier);
            QCOMPARE(QApplication::focusWidget(), desk.named<QLineEdit>("Remedy sought"));

            desk.press(leaving, Qt::AltModifier);

            QCOMPARE(QApplication::focusWidget(), desk.the<QPlainTextEdit>());
        }
    }

    void paintsTheHistoryOfTheNextCallerOnce()
    {
        CardWorld made;
        for (const QString &number : {anasNumber, sharedNumber}) {
            const Customer customer = made.world.customerWith("Ana " + number, number);
            for (int day = 0; day < 40; ++day)
                made.world.arrives(Interaction{.customer = customer.id,
                                               .startedAt = made.world.clock.now() - day * dayMs,
                                               .note = QString("Water on the floor, day %1.").arg(day)});
        }
        Desk desk(made);
        desk.rings(anasNumber);
        QCoreApplication::processEvents();
        const auto lists = desk.page.findChildren<ui::RowList *>();
        const auto rows = [](const ui::RowList *list) { return list->model()->rowCount(); };
        auto *history = *std::ranges::max_element(lists, {}, rows);
        QVERIFY(rows(history) >= 20);

        const WholePaints paints(*history->viewport());
        desk.rings(sharedNumber);
        QCoreApplication::sendPostedEvents(); // paints before what waits for its turn, as a ring from the hub
                                              // does
        QCoreApplication::processEvents();

        QCOMPARE(paints.count, 1);
    }

    void paintsTheChooserOnceWhenItComesUp()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        for (const char *name : {"Cem Demir", "Dora Demir"})
            made.world.customerWith(name, sharedNumber);
        Desk desk(made);
        desk.rings(anasNumber);
        QCoreApplication::processEvents();

        const WholePaints paints(*desk.page.findChild<ui::Chooser *>());
        desk.rings(sharedNumber);
        QCoreApplication::sendPostedEvents();

        QCOMPARE(paints.count, 1);
    }

    void theFirstPictureHasTheCasesOfACustomerWithMany()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        for (int i = 0; i < 20; ++i)
            made.world.arrives(
                Case{.code = QString("K73QF%1").arg(10 + i), .customer = ana.id, .subject = "leak"});
        Desk desk(made);

        desk.rings(anasNumber);
        desk.page.grab();

        const auto *cases = desk.named<QAbstractItemView>("Open cases");
        QCOMPARE(cases->indexAt({20, 20}).row(), 0);
    }

    void readsInTheOrderOfTheScreen()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        (void)made.world.cases.open({.customer = ana.id, .subject = "leak"});
        Desk desk(made);
        desk.rings(anasNumber);

        QStringList names;
        QWidget *start = desk.page.focusWidget();
        for (int i = 0; i < 40 && (i == 0 || desk.page.focusWidget() != start); ++i) {
            QWidget *at = desk.page.focusWidget();
            auto *button = qobject_cast<QAbstractButton *>(at);
            names += at->accessibleName().isEmpty() && button ? button->text() : at->accessibleName();
            desk.press(Qt::Key_Tab);
        }

        QVERIFY2(!names.contains(QString()), qPrintable(names.join(", ")));
        QCOMPARE(names.first(), QString("Note"));
        QVERIFY(names.indexOf("Complaint") < names.indexOf("Attach to"));
        QVERIFY(names.indexOf("Attach to") < names.indexOf("Call-back agreed"));
        QVERIFY(names.indexOf("Call-back agreed") < names.indexOf("Save and next"));
        QVERIFY(names.indexOf("Open cases") < names.indexOf("History"));
    }

    void aScreenReaderReadsTheNameFirst()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        made.world.customerWith("Bruno Weiss", sharedNumber);
        made.world.customerWith("Cleo Chen", sharedNumber);
        Desk desk(made);

        for (const auto &[number, first] : {std::pair(anasNumber, QString("Ana Costa")),
                                            std::pair(sharedNumber, ui::phoneForPeople(sharedNumber)),
                                            std::pair(strangeNumber, ui::phoneForPeople(strangeNumber))}) {
            desk.rings(number);
            QStringList read;
            for (const auto *text : desk.the<ui::ProfileColumn>()->findChildren<ui::Painted *>())
                if (text->isVisible() && !text->text().isEmpty())
                    read += text->text();
            QCOMPARE(read.first(), first);
        }
    }
};

QTEST_MAIN(tst_CardPage)
#include "tst_CardPage.moc"
