#include "ui/phone/DialBox.h"
#include "ui/phone/DialModel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QtTest>

using namespace ringbook;
using namespace ringbook::ui;
using model::Dialable;

namespace {

const QVector<Dialable> people{{"Mariana Costa", "+4917139200470", "Mobile"},
                               {"Mariana Costa", "+493023125147", "Work"},
                               {"Ben Brandt", "102", {}}};

QStringList shown(const DialModel &model)
{
    QStringList numbers;
    for (int row = 0; row < model.rowCount(); ++row)
        numbers += model.choice(row).number;
    return numbers;
}

/// A window with a note, in which the cursor is, and the box over it.
struct Window
{
    QWidget window;
    QLineEdit note{&window};
    DialBox box{&window};
    QSignalSpy picked{&box, &DialBox::picked};

    Window()
    {
        window.resize(800, 600);
        window.show();
        QApplication::setActiveWindow(&window);
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("the window does not come up");
        note.setFocus();
    }

    void open(const DialBox::Question &question) { box.open(question, {12, 4, 480, 34}); }
    void type(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
    QString number() const
    {
        return picked.isEmpty() ? QString() : picked.last().first().value<Dialable>().number;
    }
};

} // namespace

class tst_DialBox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoFitsIsShown_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("numbers");
        const QString mobile = "+4917139200470", work = "+493023125147";
        QTest::newRow("nothing yet") << "" << QStringList{mobile, work, "102"};
        QTest::newRow("a name") << "costa" << QStringList{mobile, work};
        QTest::newRow("a label") << "work" << QStringList{work};
        QTest::newRow("as it is dialled at home") << "030 23" << QStringList{work, "030 23"};
        QTest::newRow("in full") << work << QStringList{work};
        QTest::newRow("somebody else's number") << "0221 9988" << QStringList{"0221 9988"};
        QTest::newRow("an extension") << "102" << QStringList{"102"};
        QTest::newRow("nobody") << "Zeno" << QStringList{};
        QTest::newRow("no number") << "0221;drop" << QStringList{};
    }
    void whoFitsIsShown()
    {
        QFETCH(QString, typed);
        DialModel model;
        QAbstractItemModelTester tester(&model);
        model.setChoices(people);

        model.filter(typed);

        QTEST(shown(model), "numbers");
    }

    void aHugeBookIsCut()
    {
        DialModel model;
        model.setChoices(QVector<Dialable>(10'000, people.first()));

        model.filter("Mariana");

        QCOMPARE(model.rowCount(), DialModel::most - 1);
    }

    void enterTakesWhoIsMarkedAndTheCursorGoesBack()
    {
        Window at;
        at.open({.title = "Call", .choices = people});
        at.press(Qt::Key_Down);
        at.press(Qt::Key_Return);

        QCOMPARE(at.number(), "+493023125147");
        QVERIFY(at.box.isHidden());
        QVERIFY(at.note.hasFocus());
    }

    void aTypedNumberIsCalled()
    {
        Window at;
        at.open({.title = "Call", .choices = people});

        at.type("0221 9988");
        at.press(Qt::Key_Return);

        QCOMPARE(at.number(), "0221 9988");
    }

    void escapeCallsNobody()
    {
        Window at;
        at.open({.title = "Call", .choices = people});

        at.press(Qt::Key_Escape);

        QVERIFY(at.picked.isEmpty());
        QVERIFY(at.box.isHidden());
        QVERIFY(at.note.hasFocus());
    }

    void goingElsewhereClosesIt()
    {
        Window at;
        at.open({.title = "Call", .choices = people});

        at.note.setFocus();

        QVERIFY(at.box.isHidden());
    }

    void whatTheTelephoneDoesNotDoIsSaidAndNothingIsOffered()
    {
        Window at;
        at.open({.title = "Call", .choices = people, .whyNot = "Dialling from desks is not set up here."});

        at.press(Qt::Key_Return);
        QVERIFY(at.picked.isEmpty());
        QCOMPARE(at.box.accessibleName(), "Dialling from desks is not set up here.");
        at.press(Qt::Key_Escape);

        QVERIFY(at.box.isHidden());
        QVERIFY(at.note.hasFocus());
    }

    void enterWithNobodyMarkedDoesNothing()
    {
        Window at;
        at.open({.title = "Call", .choices = people});

        at.type("Zeno");
        at.press(Qt::Key_Return);

        QVERIFY(at.picked.isEmpty());
        QVERIFY(!at.box.isHidden());
    }

    void itStaysInTheWindow()
    {
        Window at;
        at.window.resize(300, 200);
        at.open({.title = "Call", .choices = people});

        QVERIFY2(at.window.rect().contains(at.box.geometry()),
                 qPrintable(QString("%1 high").arg(at.box.height())));
    }

    /// A page may open a link while somebody writes.
    void whatALinkWantsTakesNoKeysAndDialsNothing()
    {
        Window window;
        window.open({.title = "A link wants to call", .choices = people, .begun = "102", .isUnasked = true});

        QVERIFY(window.box.isVisible());
        QVERIFY(window.note.hasFocus());
        window.type("still here");
        window.press(Qt::Key_Return);
        QVERIFY(window.picked.isEmpty());
        QCOMPARE(window.note.text(), "still here");
        QVERIFY(window.box.isUnasked());
        window.note.clearFocus();
        window.note.setFocus(Qt::ActiveWindowFocusReason);
        QVERIFY(window.box.isVisible());

        window.box.takeCursor();
        window.press(Qt::Key_Return);
        QCOMPARE(window.number(), "102");
        QVERIFY(window.note.hasFocus());
    }

    void whatALinkWantsGoesWhenTheCursorGoesElsewhere()
    {
        Window window;
        window.open({.title = "A link wants to call", .choices = people, .begun = "102", .isUnasked = true});
        QLineEdit other(&window.window);
        other.show();

        other.setFocus();

        QVERIFY(!window.box.isVisible());
        QVERIFY(!window.box.isUnasked());
    }
};

QTEST_MAIN(tst_DialBox)
#include "tst_DialBox.moc"
