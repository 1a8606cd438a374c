#include "tests/support/World.h"
#include "ui/card/Row.h"
#include "ui/phone/CallBacksPage.h"
#include "ui/text/Numbers.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ElidedLabel.h"

#include <QApplication>
#include <QListView>
#include <QSignalSpy>
#include <QtTest>

using namespace ringbook;
using namespace ringbook::model;
using tests::World;

namespace {

/// Anna's page.
struct Desk
{
    World world;
    CallBackDesk callBacks{world.book, world.writer, world.clock, world.anna};
    ui::CallBacksPage page{callBacks, world.clock, tests::berlin};
    QSignalSpy called{&page, &ui::CallBacksPage::callWanted};
    QSignalSpy opened{&page, &ui::CallBacksPage::customerWanted};
    QSignalSpy counted{&page, &ui::CallBacksPage::countChanged};

    Desk() { world.arrives(User{.id = world.anna, .name = "Anna Albers"}); }

    FollowUp missed(const QString &e164, TimeMs ago, Id<Customer> customer = {}, int calls = 1)
    {
        const TimeMs at = world.clock.now() - ago;
        return world.arrives(FollowUp{.customer = customer,
                                      .dueAt = at,
                                      .at = at,
                                      .e164 = e164,
                                      .queue = "Support",
                                      .calls = calls,
                                      .lastCallAt = at});
    }

    void bringUp()
    {
        page.setCanCall(true);
        page.resize(1310, 698);
        page.show();
        page.refresh();
        QApplication::setActiveWindow(&page);
        if (!QTest::qWaitForWindowActive(&page))
            qFatal("the page does not come up");
        page.setFocus();
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(page.focusWidget() ? page.focusWidget() : &page, key, modifiers);
    }

    QVector<ui::Row> rows() const
    {
        QVector<ui::Row> rows;
        const QAbstractItemModel &model = *page.findChild<QListView *>()->model();
        for (int row = 0; row < model.rowCount(); ++row)
            rows.append(model.index(row, 0).data(ui::RowRole).value<ui::Row>());
        return rows;
    }

    QString summary() const
    {
        for (const auto *label : page.findChildren<ui::ElidedLabel *>())
            if (label->text() != "To call back" && label->isVisible())
                return ui::withoutMarks(label->text());
        return {};
    }

    bool offers(const QString &text) const
    {
        for (const auto *button : page.findChildren<ui::Button *>())
            if (button->isVisible() && button->text() == text)
                return true;
        return false;
    }
};

} // namespace

class tst_CallBacksPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoWaitsStandsWithSinceWhenAndWhy()
    {
        Desk desk;
        const Customer ana = desk.world.customerWith("Ana Costa", "+4917139200470");
        desk.missed("+4917139200470", 2 * hourMs, ana.id, 3);
        desk.missed("+493023125902", hourMs);

        desk.bringUp();

        QCOMPARE(desk.rows().size(), 2);
        QCOMPARE(ui::withoutMarks(desk.rows()[0].title), "Ana Costa");
        QVERIFY(ui::withoutMarks(desk.rows()[0].text).startsWith("Called 3 times in vain · Support"));
        QVERIFY(!desk.rows()[0].right.isEmpty());
        QCOMPARE(ui::withoutMarks(desk.rows()[1].title), "+49 30 23125 902");
        QCOMPARE(ui::withoutMarks(desk.rows()[1].text), "Nobody took the call · Support");
        QCOMPARE(desk.summary(), "2 waiting, longest first");
        QCOMPARE(desk.counted.last()[0].toInt(), 2);
    }

    void nobodyWaiting()
    {
        Desk desk;

        desk.bringUp();

        QVERIFY(desk.rows().isEmpty());
        for (const char *button : {"Call …", "I do it", "Done", "Undo"})
            QVERIFY2(!desk.offers(button), button);
        for (const Qt::Key key : {Qt::Key_L, Qt::Key_T, Qt::Key_D, Qt::Key_Z})
            desk.press(key, Qt::AltModifier);
        desk.press(Qt::Key_Return);
        QVERIFY(desk.called.isEmpty() && desk.opened.isEmpty());
        QVERIFY(desk.world.outbox().isEmpty());
    }

    void keysTakeCallAndFinish()
    {
        Desk desk;
        const Customer ana = desk.world.customerWith("Ana Costa", "+4917139200470");
        desk.missed("+4917139200470", 2 * hourMs, ana.id);
        desk.missed("+493023125902", hourMs);
        desk.bringUp();

        desk.press(Qt::Key_T, Qt::AltModifier);
        QCOMPARE(desk.rows()[0].badge, "You do it");
        desk.press(Qt::Key_L, Qt::AltModifier);
        QCOMPARE(desk.called.last()[0].toString(), "+4917139200470");
        desk.press(Qt::Key_Return);
        QCOMPARE(desk.opened.last()[0].value<Id<Customer>>(), ana.id);
        desk.press(Qt::Key_D, Qt::AltModifier);

        QCOMPARE(desk.rows().size(), 1);
        QCOMPARE(desk.summary(), "Ana Costa: called back");
        desk.press(Qt::Key_Return); // nobody's number: there is no card to open
        QCOMPARE(desk.called.last()[0].toString(), "+493023125902");
        desk.press(Qt::Key_Z, Qt::AltModifier);
        QCOMPARE(desk.rows().size(), 2);
        QVERIFY(!desk.offers("Undo"));
    }

    /// A finger that rests on Alt+D is done with one, not with all.
    void aKeyThatStaysDownActsOnce()
    {
        Desk desk;
        for (int i = 0; i < 5; ++i)
            desk.missed(QString("+49302312590%1").arg(i), hourMs);
        desk.bringUp();

        desk.press(Qt::Key_D, Qt::AltModifier);
        for (int i = 0; i < 3; ++i) {
            QKeyEvent again(QEvent::KeyPress, Qt::Key_D, Qt::AltModifier, {}, true);
            qApp->notify(desk.page.windowHandle(), &again);
        }

        QCOMPARE(desk.rows().size(), 4);
    }

    void theCurrentOneStaysWhileOthersCome()
    {
        Desk desk;
        desk.missed("+493023125901", 2 * hourMs);
        desk.missed("+493023125902", hourMs);
        desk.bringUp();
        desk.press(Qt::Key_Down);

        desk.missed("+493023125903", 3 * hourMs); // waits longer than all
        desk.page.refresh();
        desk.press(Qt::Key_L, Qt::AltModifier);

        QCOMPARE(desk.called.last()[0].toString(), "+493023125902");
    }

    void whereThePhoneDoesNotDialNothingIsOffered()
    {
        Desk desk;
        desk.missed("+493023125902", hourMs);
        desk.bringUp();
        QVERIFY(desk.offers("Call …"));

        desk.page.setCanCall(false);

        QVERIFY(!desk.offers("Call …"));
        desk.press(Qt::Key_L, Qt::AltModifier);
        desk.press(Qt::Key_Return);
        QVERIFY(desk.called.isEmpty());
    }

    void namesOfStrangersArePlainText()
    {
        Desk desk;
        const QString hostile = "<b>Ana</b> \u202Etxt.exe";
        const Customer ana = desk.world.customerWith(hostile, "+4917139200470");
        desk.missed("+4917139200470", hourMs, ana.id);

        desk.bringUp();

        QVERIFY(desk.rows()[0].title.contains("<b>Ana</b>"));
        QVERIFY(desk.rows()[0].title.startsWith(QChar(0x2068))); // what it turns around ends with the name
        QVERIFY(desk.rows()[0].title.endsWith(QChar(0x2069)));
    }

    void veryManyAreCutAtTheLimit()
    {
        Desk desk;
        for (int i = 0; i < ui::CallBacksPage::most + 20; ++i)
            desk.missed(QString("+4930%1").arg(23'000'000 + i), (i + 1) * minuteMs);

        desk.bringUp();

        QCOMPARE(desk.rows().size(), ui::CallBacksPage::most);
        QCOMPARE(desk.counted.last()[0].toInt(), ui::CallBacksPage::most + 20);
        QCOMPARE(desk.summary(), "300 of 320 waiting, longest first");
    }
};

QTEST_MAIN(tst_CallBacksPage)
#include "tst_CallBacksPage.moc"
