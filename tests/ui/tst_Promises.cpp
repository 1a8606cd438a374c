#include "model/store/FollowUpStore.h"
#include "tests/ui/CardHands.h"
#include "ui/text/Numbers.h"
#include "ui/widgets/Button.h"

#include <QComboBox>
#include <QLineEdit>

using namespace ringbook;
using namespace ringbook::model;
using tests::CardHands;
using tests::CardWorld;

namespace {

const QString number = "+493023125147";

/// Anna's card of Ana Costa, who calls from where it is an hour earlier. It is 14:07 on a Saturday.
struct Call
{
    CardWorld made;
    User ben = made.world.arrives(User{.name = "Ben Brandt"});
    Customer ana = made.world.arrives(Customer{.name = "Ana Costa", .timeZone = "Europe/Lisbon"});
    CardHands desk;

    Call()
        : desk([this]() -> CardWorld & {
              made.world.arrives(ContactPoint{.customer = ana.id, .value = number, .e164 = number});
              return made;
          }())
    {
        desk.rings(number);
    }

    void promise() { desk.press(Qt::Key_P, Qt::AltModifier); }
    QVector<FollowUp> kept() const { return *FollowUpStore(made.world.book.db()).openOf(ana.id, 10); }
    bool says(const QString &text) const
    {
        for (const ui::Painted *label : desk.page.findChildren<ui::Painted *>())
            if (label->isVisible() && ui::withoutMarks(label->text()).contains(text))
                return true;
        return false;
    }
    QString berlinTime(TimeMs at) const
    {
        return QDateTime::fromMSecsSinceEpoch(at, tests::berlin).toString("ddd HH:mm");
    }
};

} // namespace

/// One key turns a line of the note into a promise.
class tst_Promises : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLineThatEndsInAMomentIsAPromiseAtOnce()
    {
        Call call;
        call.desk.type("Valve leaks.");
        call.desk.press(Qt::Key_Return);
        call.desk.type("Call her back by Monday 10:30");

        call.promise();

        QVERIFY(call.says("Promise: Call her back · "));
        QVERIFY(call.says("there 09:30, Lisbon"));
        QVERIFY(call.desk.note().startsWith("Valve leaks.")); // the note stays whole, and has the cursor
        call.desk.type("!");
        QVERIFY(call.desk.note().endsWith("10:30!"));
        call.desk.save();
        QCOMPARE(call.kept().size(), 1);
        QCOMPARE(call.kept()[0].what, "Call her back");
        QCOMPARE(call.berlinTime(call.kept()[0].dueAt), "Mon 10:30");
        QCOMPARE(call.kept()[0].assignee, call.made.world.anna);
    }

    void anotherLineIsAskedWhen()
    {
        Call call;
        call.desk.type("Send the offer");

        call.promise();
        call.desk.type("soon");
        call.desk.press(Qt::Key_Return);
        QVERIFY(call.says("By when?"));
        call.desk.named<QLineEdit>("By when")->selectAll();
        call.desk.type("tomorrow 9");
        QVERIFY(call.says("Tomorrow 09:00"));
        call.desk.press(Qt::Key_Tab);
        call.desk.type("Ben");
        call.desk.named<QLineEdit>("By when")->setFocus();
        call.desk.press(Qt::Key_Return);

        QVERIFY(call.says("Promise: Send the offer · Tomorrow 09:00"));
        QVERIFY(call.desk.the<QPlainTextEdit>()->hasFocus());
        call.desk.save();
        QCOMPARE(call.kept()[0].assignee, call.ben.id);
    }

    void escapeTakesNothingUp()
    {
        Call call;
        call.promise();
        call.desk.type("Send the offer");

        call.desk.press(Qt::Key_Escape);

        QVERIFY(call.desk.the<QPlainTextEdit>()->hasFocus());
        QVERIFY(!call.desk.named<QLineEdit>("By when"));
        call.desk.save();
        QVERIFY(call.kept().isEmpty());
    }

    void theSameLineAgainIsAnotherTime()
    {
        Call call;
        call.desk.type("Call back tomorrow 9");
        call.promise();
        call.desk.press(Qt::Key_Backspace);
        call.desk.type("10");

        call.promise();

        QVERIFY(call.says("Promise: Call back · Tomorrow 10:00"));
        QVERIFY(!call.says("Tomorrow 09:00"));
        call.desk.save();
        QCOMPARE(call.kept().size(), 1);
    }

    void whatWasPromisedCanBeTakenBack()
    {
        Call call;
        call.desk.type("Call back tomorrow 9");
        call.promise();
        for (auto *button : call.desk.page.findChildren<ui::Button *>())
            if (button->isVisible() && button->text() == "Take back")
                button->click();

        QVERIFY(!call.says("Promise: Call back"));
        call.desk.save();
        QVERIFY(call.kept().isEmpty());
    }

    void itIsOnTheNextPop()
    {
        Call call;
        call.desk.type("Call back tomorrow 9");
        call.promise();
        call.desk.save();

        call.made.world.clock.advance(2 * dayMs);
        call.desk.rings(number);

        QVERIFY(call.says("Promise: Call back, due yesterday 09:00"));
        QVERIFY(!call.says("Take back")); // it is not one of this call
    }

    /// Each call has its own; a draft keeps them when the program ends.
    void promisesStayWithTheirCall()
    {
        Call call;
        call.desk.type("Call back tomorrow 9");
        call.promise();
        call.desk.rings("+493023125999");
        QVERIFY(!call.says("Promise: Call back"));

        call.desk.press(Qt::Key_Left, Qt::AltModifier);

        QVERIFY(call.says("Promise: Call back"));
        call.desk.page.keepDrafts();
        const auto drafts = call.made.world.calls.drafts();
        QCOMPARE(drafts->first().promises.size(), 1);
    }
};

QTEST_MAIN(tst_Promises)
#include "tst_Promises.moc"
