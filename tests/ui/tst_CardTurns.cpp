#include "tests/ui/CardHands.h"
#include "ui/card/CallPanel.h"
#include "ui/card/OutcomeChoice.h"
#include "ui/card/SavedStrip.h"
#include "ui/text/Numbers.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Paragraph.h"

#include <QAccessible>
#include <QComboBox>

using namespace ringbook;
using namespace ringbook::model;
using tests::CardHands;
using tests::CardWorld;
using tests::World;

namespace {

const QString anasNumber = "+4917139200470";
const QString brunosNumber = "+493023125147";

AgentCall answered(AgentCall call, const Clock &clock)
{
    ++call.revision;
    call.state = AgentCall::State::Connected;
    call.answeredAt = clock.now();
    return call;
}

AgentCall over(AgentCall call, const Clock &clock)
{
    ++call.revision;
    call.state = AgentCall::State::Over;
    call.result = AgentCall::Result::Answered;
    call.endedAt = clock.now();
    return call;
}

} // namespace

/// Whose turn it is on the card: between one call and the next, and after an end of the program.
class tst_CardTurns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatASavedCallLeftGivesWayToTheNextRing()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        CardHands desk(made);
        const AgentCall first = answered(desk.rings(anasNumber), made.world.clock);
        desk.page.follow(first);
        desk.save();
        QVERIFY(desk.says("Ana Costa"));
        QVERIFY(desk.says("This call is saved"));
        QVERIFY(!desk.page.mayGiveWayTo(made.world.ringing(brunosNumber))); // they still talk

        desk.page.follow(over(first, made.world.clock));

        QVERIFY(desk.says("Last call, saved"));
        QVERIFY(desk.page.mayGiveWayTo(made.world.ringing(brunosNumber)));
    }

    void whoIsTalkedToStaysWhenTheCallIsSavedThoughAnotherWaits()
    {
        CardWorld made;
        made.world.customerWith("Bruno Weiss", brunosNumber);
        made.world.customerWith("Ana Costa", anasNumber);
        CardHands desk(made);
        const AgentCall waiting = answered(desk.rings(brunosNumber), made.world.clock);
        desk.page.follow(over(waiting, made.world.clock));
        desk.type("Bruno's words");
        const AgentCall talk = answered(desk.rings(anasNumber), made.world.clock);
        desk.page.follow(talk);

        desk.save();
        QVERIFY(desk.says("Ana Costa"));
        desk.type("about Ana");
        desk.press(Qt::Key_Return, Qt::ControlModifier);

        QCOMPARE(desk.count("interaction"), 1);
        QCOMPARE(desk.filedCall().note, "about Ana");
        desk.page.follow(over(talk, made.world.clock));
        desk.press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(desk.note(), "Bruno's words");
    }

    void aRemarkAfterASavedCallGoesOnWithItsNoteAndTheCallGetsItsEnd()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        CardHands desk(made);
        const AgentCall first = answered(desk.rings(anasNumber), made.world.clock);
        desk.page.follow(first);
        desk.type("Leak");
        desk.save();
        desk.page.follow(over(first, made.world.clock));

        desk.type("Wants a date");
        desk.press(Qt::Key_Return, Qt::ControlModifier);

        QCOMPARE(desk.count("interaction"), 1);
        QCOMPARE(desk.filedCall().note, "Leak\nWants a date");
        QCOMPARE(desk.filedCall().endedAt, std::optional(made.world.clock.now()));
        QVERIFY(desk.note().isEmpty());
    }

    void aCallThatEndedWhileTheHubWasAwayGivesWayToo()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        CardHands desk(made);
        desk.page.follow(answered(desk.rings(anasNumber), made.world.clock));
        desk.save();

        desk.page.keepOnly({});

        QVERIFY(desk.page.mayGiveWayTo(made.world.ringing(brunosNumber)));
    }

    void aCallThatWasSavedIsSavedOnceAlsoAfterAnEndOfTheProgram()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        AgentCall call;
        {
            CardHands desk(made);
            call = answered(desk.rings(anasNumber), made.world.clock);
            desk.page.follow(call);
            desk.save();
        }
        CardHands again(made);

        QVERIFY(again.page.restoreDrafts());
        again.page.follow(call);
        again.page.show(call, *made.world.callers.cardFor(call.party));

        QVERIFY(again.says("Ana Costa"));
        QVERIFY(again.page.mayGiveWayTo(over(call, made.world.clock)) == false); // they still talk
        QVERIFY(made.world.calls.drafts()->isEmpty());
        again.press(Qt::Key_1, Qt::AltModifier);
        again.press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(again.count("interaction"), 1);
        again.page.follow(over(call, made.world.clock));
        QVERIFY(made.world.calls.filedCalls()->isEmpty());
    }

    void aRestoredCallIsAsSureAsItWas()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        const Customer bruno = made.world.customerWith("Bruno Weiss", brunosNumber);
        const AgentCall call = answered(made.world.ringing(anasNumber), made.world.clock);
        const auto restored = [&](Id<Customer> customer) {
            (void)made.world.calls.keepDraft(
                {.callId = call.callId, .call = call, .customer = customer, .note = "half"});
            auto desk = std::make_unique<CardHands>(made);
            (void)desk->page.restoreDrafts();
            return desk;
        };

        QVERIFY(restored(made.world.callers.cardFor(call.party)->customer.id)->says("Exact number"));
        QVERIFY(restored(bruno.id)->says("Chosen by you"));
    }

    void ofASavedCallOfNobodyNobodySaysThatItIsOver()
    {
        CardWorld made;
        CardHands desk(made);
        desk.page.follow(answered(desk.rings(anasNumber), made.world.clock));

        desk.save();

        QVERIFY(desk.says("This call is saved"));
        QVERIFY(!desk.says("Nobody is on the line."));
    }

    void whatIsTypedForASavedCallersCardStays()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        CardHands desk(made);
        const AgentCall first = answered(desk.rings(anasNumber), made.world.clock);
        desk.page.follow(first);
        desk.save();
        desk.page.follow(over(first, made.world.clock));

        desk.type("She also asked");

        QVERIFY(!desk.page.mayGiveWayTo(made.world.ringing(brunosNumber)));
    }

    void aCustomerTheAgentOpenedStays()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        CardHands desk(made);

        desk.page.show(*made.world.callers.cardOf(ana.id));

        QVERIFY(!desk.page.mayGiveWayTo(made.world.ringing(brunosNumber)));
    }

    void aCallWithoutAWordYetGivesWayOnlyToTheOneAnsweredNext()
    {
        CardWorld made;
        CardHands desk(made);
        const AgentCall first = answered(desk.rings(anasNumber), made.world.clock);
        desk.page.follow(over(first, made.world.clock));
        const AgentCall second = made.world.ringing(brunosNumber);

        QVERIFY(!desk.page.mayGiveWayTo(second));
        QVERIFY(desk.page.mayGiveWayTo(answered(second, made.world.clock)));
    }

    void anAnsweredCallComesBackToBeWrappedUp()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        QString callId;
        {
            CardHands desk(made);
            const AgentCall call = desk.rings(anasNumber);
            callId = call.callId;
            desk.page.follow(answered(call, made.world.clock));
        }
        CardHands again(made);

        QVERIFY(again.page.restoreDrafts());

        QCOMPARE(again.page.currentCall(), callId);
        QVERIFY(again.says("Ana Costa"));
        QVERIFY(again.says("Outcome is missing"));
        QCOMPARE(again.page.focusWidget(), again.the<QPlainTextEdit>());
    }

    void aDraftThatComesBackHasTheCursor()
    {
        CardWorld made;
        {
            CardHands desk(made);
            desk.rings(anasNumber);
            desk.type("Valve");
        }
        ui::CardPage page(made.desks()); // not yet on the screen
        QVERIFY(page.restoreDrafts());

        page.show();

        QCOMPARE(page.focusWidget(), page.findChild<QPlainTextEdit *>());
    }

    void aDraftWaitsForItsCustomerWhileTheBookIsFetched()
    {
        CardWorld made;
        const Customer ana{.id = {makeId(World::hubDevice, 50)}, .name = "Ana Costa"};
        const Id<Case> file{makeId(World::hubDevice, 51)};
        QVERIFY(made.world.calls.keepDraft(
            {.callId = ui::draftKey(ana.id), .customer = ana.id, .note = "Letter", .attachTo = file}));
        CardHands desk(made);

        QVERIFY(desk.page.restoreDrafts());
        desk.type(" came");

        QVERIFY(desk.says("Customer not here yet"));
        QVERIFY(!desk.says("Nobody has this number"));
        made.world.arrives(ana);
        made.world.arrives(Case{.id = file, .code = "K73QF9X", .customer = ana.id, .subject = "leak"});
        desk.page.refresh();
        QCOMPARE(desk.page.customer(), ana.id);
        desk.press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(made.world.cases.notes(file)->first().text, "Letter came");
    }

    void whoIsErasedLeavesTheScreen()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        const RecordKey key{"customer", ana.id.value};
        CardHands desk(made);
        desk.rings(anasNumber);
        desk.type("Wants to be forgotten");
        QVERIFY(desk.says("Ana Costa"));

        made.world.arrive({.record = key, .action = Action::Erase, .author = made.world.anna.value});
        desk.page.takeChanges({key});

        QVERIFY(!desk.says("Ana Costa"));
        QVERIFY(!desk.page.customer());
        QCOMPARE(desk.note(), "Wants to be forgotten");
        QVERIFY(desk.says("This customer was erased by"));
        desk.type(", at once"); // and reads it only then
        desk.page.refresh();
        QVERIFY(desk.says("This customer was erased by"));
        desk.page.keepDrafts();
        QCOMPARE(made.world.calls.drafts()->size(), 1);
        QVERIFY(!made.world.calls.drafts()->first().customer);
    }

    void aSavedCallersCardGoesWithThem()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        const RecordKey key{"customer", ana.id.value};
        CardHands desk(made);
        desk.rings(anasNumber);
        desk.save();
        QVERIFY(desk.says("Ana Costa"));

        made.world.arrive({.record = key, .action = Action::Erase});
        desk.page.takeChanges({key});

        QVERIFY(!desk.says("Ana Costa"));
        QVERIFY(desk.page.currentCall().isEmpty());
        QVERIFY(desk.says("This customer was erased, "));
    }

    void whatWasSavedForSomebodyErasedIsNotToldOfAnyLonger()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        made.world.customerWith("Ben Brandt", "+493023125148");
        const RecordKey key{"customer", ana.id.value};
        CardHands desk(made);
        desk.page.follow(answered(desk.rings("+493023125148"), made.world.clock));
        desk.rings(anasNumber);
        desk.save();                     // the other one comes up
        QVERIFY(desk.says("Ana Costa")); // in whose name it was saved

        made.world.arrive({.record = key, .action = Action::Erase});
        desk.page.takeChanges({key});

        QVERIFY(!desk.says("Ana Costa"));
        QVERIFY(desk.says("Removed again"));
        QVERIFY(desk.says("Ben Brandt"));
    }

    void whatWaitsForAnErasedCallerIsNobodys()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        const RecordKey key{"customer", ana.id.value};
        CardHands desk(made);
        desk.page.follow(answered(desk.rings(anasNumber), made.world.clock));
        desk.type("Wants to be forgotten");
        desk.rings(brunosNumber);

        made.world.arrive({.record = key, .action = Action::Erase});
        desk.page.takeChanges({key});
        desk.press(Qt::Key_Left, Qt::AltModifier);
        desk.save();

        QCOMPARE(desk.filedCall().note, "Wants to be forgotten");
        QVERIFY(!desk.filedCall().customer);
    }

    void theCaseTheNoteIsForStaysWhenAColleagueClosesIt()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        auto file = made.world.arrives(Case{.code = "K73QF9X", .customer = ana.id, .subject = "leak"});
        CardHands desk(made);
        desk.rings(anasNumber);
        desk.type("Still wet");
        desk.press(Qt::Key_A, Qt::AltModifier);

        file.status = Case::Status::Closed;
        made.world.arrives(file);
        desk.page.refresh();

        QVERIFY(desk.named<QComboBox>("Attach to")->currentText().contains("leak"));
        desk.save();
        QCOMPARE(made.world.cases.notes(file.id)->first().text, "Still wet");
    }

    void theCaseOfOneCustomerIsNotAttachedToForAnother()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        made.world.customerWith("Bruno Weiss", anasNumber);
        made.world.arrives(Case{.code = "K73QF9X", .customer = ana.id, .subject = "leak"});
        CardHands desk(made);
        desk.rings(anasNumber);
        desk.press(Qt::Key_1, Qt::AltModifier); // Ana
        desk.press(Qt::Key_A, Qt::AltModifier);
        QVERIFY(desk.named<QComboBox>("Attach to")->currentIndex() > 0);
        desk.press(Qt::Key_O, Qt::AltModifier);

        desk.press(Qt::Key_2, Qt::AltModifier);

        QVERIFY(desk.says("Bruno Weiss"));
        QCOMPARE(desk.named<QComboBox>("Attach to")->currentIndex(), 0);
    }

    void aCallAnsweredWhileAnotherIsTypedComesBackToo()
    {
        CardWorld made;
        made.world.customerWith("Bruno Weiss", brunosNumber);
        {
            CardHands desk(made);
            desk.rings(anasNumber);
            desk.type("Valve leaks");
            const AgentCall second = answered(made.world.ringing(brunosNumber), made.world.clock);
            desk.page.follow(second);
            desk.page.follow(over(second, made.world.clock));
        }
        CardHands again(made);

        QVERIFY(again.page.restoreDrafts());

        QVERIFY(again.says("Bruno Weiss"));
        again.press(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(again.note(), QString("Valve leaks"));
    }

    void theCardKeyFilesACallOnlyOnce()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        const Customer bruno = made.world.customerWith("Bruno Weiss", brunosNumber);
        CardHands desk(made);
        const AgentCall call = answered(desk.rings(anasNumber), made.world.clock);
        desk.page.follow(call);
        desk.save();

        desk.page.show(call, *made.world.callers.cardFor(call.party)); // as F3 does
        QVERIFY(desk.says("This call is saved"));
        desk.page.show(*made.world.callers.cardOf(bruno.id));
        desk.page.show(call, *made.world.callers.cardFor(call.party));

        QVERIFY(desk.says("Ana Costa"));
        QVERIFY(desk.says("This call is saved"));
        desk.page.follow(over(call, made.world.clock));
        QVERIFY(made.world.calls.drafts()->isEmpty());
        QVERIFY(desk.page.mayGiveWayTo(made.world.ringing(brunosNumber)));
    }

    void aCallThatOnlyRangDoesNotComeBack()
    {
        CardWorld made;
        {
            CardHands desk(made);
            desk.rings(anasNumber);
        }
        CardHands again(made);

        QVERIFY(again.page.restoreDrafts());

        QCOMPARE(again.page.currentCall(), QString());
    }

    void anOutcomeChosenBeforeOutcomesAreKnownIsKept()
    {
        ui::OutcomeChoice choice;

        choice.choose("solved");
        QCOMPARE(choice.chosen(), QString("solved"));
        choice.setOutcomes({{.code = "callback", .label = "Call-back agreed"}});
        QCOMPARE(choice.chosen(), QString());
        choice.setOutcomes(
            {{.code = "callback", .label = "Call-back agreed"}, {.code = "solved", .label = "Solved"}});

        QCOMPARE(choice.chosen(), QString("solved"));
    }

    void theOutcomesSayWhichKeysTheyHave()
    {
        ui::OutcomeChoice choice;
        QVector<OutcomeCode> outcomes;
        for (int i = 0; i < 6; ++i)
            outcomes.append({.code = QString::number(i), .label = "outcome"});

        choice.setOutcomes(outcomes);

        QCOMPARE(choice.keys(), QString("Alt+1…6"));
        QCOMPARE(choice.findChildren<ui::Button *>().at(5)->accessibleDescription(), QString("Alt+6"));
    }

    void aScreenReaderHearsWhatWasSaved()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        CardHands desk(made);
        desk.rings(anasNumber);
        desk.type("Valve leaks");
        desk.press(Qt::Key_C, Qt::AltModifier);
        auto *strip = desk.the<ui::SavedStrip>();
        QCOMPARE(QAccessible::queryAccessibleInterface(strip)->role(), QAccessible::AlertMessage);
        QCOMPARE(strip->accessibleName(), QString());

        desk.save();

        const QString code = made.world.cases.openCases(1)->first().code;
        QVERIFY(strip->accessibleName().startsWith("Saved "));
        QVERIFY(strip->accessibleName().endsWith(ui::withoutMarks(ui::caseCodeForPeople(code))));
    }

    void aScreenReaderHearsWhatIsMissing()
    {
        CardWorld made;
        CardHands desk(made);
        desk.rings(anasNumber);

        desk.press(Qt::Key_Return, Qt::ControlModifier);

        QWidget *place = nullptr;
        for (auto *paragraph : desk.page.findChildren<ui::Paragraph *>())
            place = paragraph->text() == "Outcome is missing" ? paragraph : place;
        QVERIFY(place);
        QCOMPARE(QAccessible::queryAccessibleInterface(place)->role(), QAccessible::AlertMessage);
    }

    void aCallsCardSaysWhereItLeavesRoom()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        CardHands desk(made);
        const AgentCall first = desk.rings(anasNumber);
        const QRect page(desk.page.mapToGlobal(QPoint()), desk.page.size());
        QVERIFY(page.contains(*desk.page.spareRoom(first.callId)));
        QVERIFY(!desk.page.spareRoom("another"));
        QVERIFY(!desk.page.isNarrow());

        desk.save();

        QVERIFY(desk.page.spareRoom(first.callId)); // still that caller's card
    }

    void nothingIsMissingWhereNothingIsBegun()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        CardHands desk(made);
        desk.rings(anasNumber);
        QVERIFY(desk.says("missing"));

        desk.save();

        QVERIFY(desk.says("Saved"));
        QVERIFY(!desk.says("missing"));
    }
};

QTEST_MAIN(tst_CardTurns)
#include "tst_CardTurns.moc"
