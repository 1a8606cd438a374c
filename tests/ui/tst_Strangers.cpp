#include "model/domain/CaseCode.h"
#include "tests/ui/CardHands.h"
#include "ui/card/CallWork.h"
#include "ui/text/Numbers.h"
#include "ui/widgets/Button.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>

using namespace ringbook;
using namespace ringbook::model;
using tests::CardHands;
using tests::CardWorld;

namespace {

const QString number = "+493023125147";
const QString code = caseCode(7, 1);

/// A call of nobody's with a case, as an earlier one left it.
Case complaintOfNobody(CardWorld &made)
{
    const auto call = made.world.arrives(
        Interaction{.partyNumber = number, .startedAt = made.world.clock.now() - hourMs, .note = "No heat"});
    return made.world.arrives(Case{.code = code, .subject = "No heat", .interaction = call.id});
}

} // namespace

/// Callers whom nobody knows, from the first ring until somebody does.
class tst_Strangers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheyCalledAboutBeforeIsOnTheCard()
    {
        CardWorld made;
        const Case file = complaintOfNobody(made);
        CardHands desk(made);

        desk.rings(number);
        QVERIFY(desk.says("Open cases"));
        desk.type("Still no heat");
        desk.press(Qt::Key_A, Qt::AltModifier);
        desk.save();

        QCOMPARE(made.world.cases.notes(file.id)->size(), 1);
    }

    void aNewCustomerWhoIsTypedIsSavedWithTheCall()
    {
        CardWorld made;
        const Case file = complaintOfNobody(made);
        CardHands desk(made);
        desk.rings(number);

        desk.press(Qt::Key_N, Qt::AltModifier);
        desk.type("Erika Mustermann");
        desk.save();

        const auto erika = made.world.customers.search("Erika", 9)->first();
        QCOMPARE(desk.filedCall().customer, erika.customer);
        QCOMPARE(made.world.cases.theCase(file.id)->customer, erika.customer);
        QVERIFY(desk.says("Erika Mustermann"));
    }

    void whoIsNamedByNobodyIsSaidAndTheCursorStaysOnTheCard()
    {
        CardWorld made;
        CardHands desk(made);
        desk.rings(number);
        desk.type("Wrong department");

        desk.press(Qt::Key_1, Qt::AltModifier);
        QVERIFY(desk.says("No caller is named"));
        desk.press(Qt::Key_Return, Qt::ControlModifier);

        QCOMPARE(desk.count("interaction"), 1);
        QVERIFY(desk.says(ui::phoneForPeople(number))); // whom it was saved for
        QCOMPARE(QApplication::focusWidget(), &desk.page);
    }

    void aNewCustomerWithoutANameIsAskedForIt()
    {
        CardWorld made;
        CardHands desk(made);
        desk.rings(number);
        desk.press(Qt::Key_N, Qt::AltModifier);
        desk.named<QLineEdit>("Mail")->setText("erika@example.com");

        desk.save();

        QVERIFY(desk.says("A name is missing."));
        QCOMPARE(desk.count("interaction"), 0);
    }

    void enterOnTheTickOfTheFormSavesToo()
    {
        CardWorld made;
        CardHands desk(made);
        desk.rings(number);
        desk.press(Qt::Key_N, Qt::AltModifier);
        desk.type("Erika");

        desk.the<QCheckBox>()->setFocus();
        desk.press(Qt::Key_Return);

        QCOMPARE(desk.count("customer"), 1);
    }

    void theCaseOfNobodyIsOpenedAndBecomesThatOfWhoeverIsFound()
    {
        CardWorld made;
        const Case file = complaintOfNobody(made);
        const Customer ana = made.world.customerWith("Ana Costa", "+4917139200470");
        CardHands desk(made);

        desk.page.show(*made.world.callers.cardOfCase(file.id), file.id);
        QVERIFY(desk.says(ui::phoneForPeople(number)));
        QVERIFY(desk.says("No call"));
        desk.press(Qt::Key_F, Qt::AltModifier);
        desk.type("Ana");
        desk.press(Qt::Key_Return);

        QVERIFY(desk.says("Ana Costa"));
        QCOMPARE(made.world.cases.theCase(file.id)->customer, ana.id);
        QCOMPARE(desk.named<QComboBox>("Attach to")->count(), 2);
    }

    void aNoteOnTheCaseOfNobodyOutlivesTheProgram()
    {
        CardWorld made;
        const Case file = complaintOfNobody(made);
        {
            CardHands desk(made);
            desk.page.show(*made.world.callers.cardOfCase(file.id), file.id);
            desk.type("Asked the caretaker");
            desk.page.keepDrafts();
        }
        CardHands again(made);

        QVERIFY(again.page.restoreDrafts());

        QCOMPARE(again.note(), "Asked the caretaker");
        again.press(Qt::Key_A, Qt::AltModifier);
        again.press(Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(made.world.cases.notes(file.id)->size(), 1);
    }

    void aCallerWhoSaysTheCodeOfACaseOfNobodyIsAttachedToItAndItBecomesTheirs()
    {
        CardWorld made;
        const Case file = complaintOfNobody(made);
        const Customer ana = made.world.customerWith("Ana Costa", "+4917139200470");
        CardHands desk(made);
        desk.rings("+493023125148"); // from another line

        desk.press(Qt::Key_F, Qt::AltModifier);
        desk.type(code);
        desk.press(Qt::Key_Return);
        desk.type("Still no heat");
        desk.press(Qt::Key_F, Qt::AltModifier);
        desk.type("Ana");
        desk.press(Qt::Key_Return);
        desk.save();

        QCOMPARE(desk.filedCall().customer, ana.id);
        QCOMPARE(made.world.cases.notes(file.id)->size(), 1);
        QCOMPARE(made.world.cases.theCase(file.id)->customer, ana.id);
    }

    void inASmallWindowTheButtonsKeepTheirHeight()
    {
        CardWorld made;
        CardHands desk(made);
        desk.page.resize(858, 420); // of a window of 910 × 490

        desk.rings(number);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);

        for (const auto *button : desk.page.findChildren<ui::Button *>())
            if (button->isVisible() &&
                (button->text() == "Find customer" || button->text() == "New customer"))
                QVERIFY2(button->height() >= button->sizeHint().height(), qPrintable(button->text()));
    }

    void aKeyOfACaseIsTakenApart()
    {
        QCOMPARE(ui::caseOfNobody(ui::draftKey(Id<Case>{42})).value, 42);
        QCOMPARE(ui::caseOfNobody(ui::draftKey(Id<Customer>{42})).value, 0);
        QCOMPARE(ui::caseOfNobody("case-x").value, 0);
    }
};

QTEST_MAIN(tst_Strangers)
#include "tst_Strangers.moc"
