#include "tests/support/World.h"
#include "ui/attention/AttentionPage.h"
#include "ui/attention/ConflictView.h"
#include "ui/text/Numbers.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Paragraph.h"

#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QWindow>
#include <QtTest>

using namespace ringbook;
using namespace ringbook::model;
using tests::World;

namespace {

/// Anna's page. Ben Brandt's role of Ana Costa holds, hers gave way.
struct Desk
{
    World world;
    Id<User> ben = world.arrives(User{.name = "Ben Brandt", .login = "ben"}).id;
    Customer ana = world.arrives(Customer{.name = "Ana Costa", .role = "CIO"});
    AttentionDesk attention{world.desk, world.book, world.writer, world.anna};
    ui::AttentionPage page{attention, world.clock, tests::berlin};

    void quarrelOver(const QString &field, const QString &kept, const QString &lost)
    {
        world.arrives("conflict", Conflict{.record = {"customer", ana.id.value},
                                           .field = field,
                                           .kept = kept,
                                           .lost = lost,
                                           .keptBy = ben,
                                           .lostBy = world.anna,
                                           .keptAt = tests::berlinAt(0, 13, 52),
                                           .lostAt = tests::berlinAt(0, 13, 54),
                                           .state = "open"});
    }
    void quarrelOverTheRole() { quarrelOver("role", "\"CIO\"", "\"Buyer\""); }
    void quarrelOverWhetherSheIsThere() { quarrelOver("", "\"edited\"", "\"deleted\""); }

    /// Everything of this desk has come back from the hub by then.
    void somebodyChanges(const QString &field, const QString &value)
    {
        const auto ops = world.outbox();
        for (const Op &op : ops)
            (void)world.desk.confirm(World::bookName, {op.counter}, world.clock.now());
        for (const Op &op : ops) {
            Fields fields;
            for (auto edit = op.edits.begin(); edit != op.edits.end(); ++edit)
                fields.insert(edit.key(), edit->value);
            world.arrive({.record = op.record, .fields = fields});
        }
        world.arrive({.record = {"customer", ana.id.value}, .fields = {{field, value}}});
        page.refresh();
    }
    void somebodySettles(Id<Conflict> conflict)
    {
        world.arrive({.record = {"conflict", conflict.value}, .fields = {{"state", "settled"}}});
        page.refresh();
    }

    void refuse(const Fields &fields)
    {
        (void)world.writer.save({{.record = {"customer", ana.id.value}, .fields = fields}});
        (void)world.desk.refuse(World::bookName, world.outbox().last().counter, "The role is too long.");
        (void)world.book.followOutbox(*world.desk.unconfirmed(World::bookName));
    }

    void bringUp()
    {
        page.resize(1310, 698);
        page.show();
        page.refresh();
        page.setFocus();
        QApplication::setActiveWindow(&page);
        if (!QTest::qWaitForWindowActive(&page))
            qFatal("the page does not come up");
        wait();
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(page.focusWidget() ? page.focusWidget() : &page, key, modifiers);
    }

    void wait() { world.clock.advance(ui::AttentionPage::calmMs); }
    /// As a keyboard says it while a key stays down.
    void repeat(Qt::Key key, Qt::KeyboardModifiers modifiers)
    {
        QKeyEvent again(QEvent::KeyPress, key, modifiers, {}, true);
        QWidget *place = page.focusWidget() ? page.focusWidget() : &page;
        qApp->notify(place->window()->windowHandle(), &again);
    }

    /// All that is painted on the page, where it can be seen.
    bool says(const QString &text) const
    {
        for (const auto *label : page.findChildren<ui::Painted *>())
            if (label->isVisible() && ui::withoutMarks(label->text()).contains(text))
                return true;
        return false;
    }
    ui::Button *button(const QString &text) const
    {
        for (auto *button : page.findChildren<ui::Button *>())
            if (button->isVisible() && button->text() == text)
                return button;
        return nullptr;
    }
    QString shownSubject() const
    {
        return ui::withoutMarks(page.findChild<ui::ConflictView *>()->findChild<ui::Paragraph *>()->text());
    }

    QAbstractItemModel &rows() { return *page.findChild<QListView *>()->model(); }
    QString spoken(int row) { return rows().index(row, 0).data(Qt::AccessibleTextRole).toString(); }
    QString role() const { return world.customers.customer(ana.id)->role; }
};

} // namespace

class tst_AttentionPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysBothValuesAndWhoseTheOtherIs()
    {
        Desk desk;
        desk.quarrelOverTheRole();

        desk.bringUp();

        const QString spoken = ui::withoutMarks(desk.spoken(0));
        QVERIFY2(spoken.contains("Ana Costa"), qPrintable(spoken));
        QVERIFY2(spoken.contains("Yours was not taken"), qPrintable(spoken));
        QVERIFY2(spoken.contains("Role: now “CIO”, also “Buyer”"), qPrintable(spoken));
        QVERIFY2(spoken.contains("Today 13:52, Ben Brandt"), qPrintable(spoken));
        QVERIFY(desk.says("Ben Brandt, today 13:52"));
        QVERIFY(desk.says("You, today 13:54"));
    }

    void inANarrowWindowTheValuesStandBelow()
    {
        Desk desk;
        desk.quarrelOverTheRole();
        desk.bringUp();
        const auto *list = desk.page.findChild<QListView *>();
        const auto *values = desk.page.findChild<ui::ConflictView *>();
        const auto placeOf = [&](const QWidget *widget) { return widget->mapTo(&desk.page, QPoint()); };
        QVERIFY(placeOf(values).x() >= placeOf(list).x() + list->width());

        desk.page.resize(627, 300);
        QTest::qWait(50);

        QVERIFY(placeOf(values).y() >= placeOf(list).y() + list->height());
        QVERIFY(list->width() > 500);
    }

    void theLinesOfATextAreSeen()
    {
        Desk desk;
        desk.world.arrive(
            {.record = {"customer", desk.ana.id.value}, .fields = {{"notes", "Call back\nin writing"}}});
        desk.quarrelOver("notes", "\"Call back\\nin writing\"", "\"\"");

        desk.bringUp();

        QVERIFY(desk.says("“Call back\nin writing”"));
    }

    void oneKeyTakesTheOtherValue()
    {
        Desk desk;
        desk.quarrelOverTheRole();
        QSignalSpy counted(&desk.page, &ui::AttentionPage::countChanged);
        desk.bringUp();

        desk.press(Qt::Key_U, Qt::AltModifier);

        QCOMPARE(desk.role(), "Buyer");
        QCOMPARE(desk.rows().rowCount(), 0);
        QCOMPARE(counted.last()[0].toInt(), 0);
        QVERIFY(desk.says("Ana Costa: Role: now “Buyer”"));
    }

    void oneKeyKeepsIt()
    {
        Desk desk;
        desk.quarrelOverTheRole();
        desk.bringUp();

        desk.press(Qt::Key_K, Qt::AltModifier);

        QCOMPARE(desk.role(), "CIO");
        QCOMPARE(desk.rows().rowCount(), 0);
        QVERIFY(desk.says("Ana Costa: Role: kept “CIO”"));
    }

    void goesOnWithTheNextOne()
    {
        Desk desk;
        desk.quarrelOverTheRole();
        desk.quarrelOver("language", "\"de\"", "\"pt\"");
        desk.bringUp();

        desk.press(Qt::Key_U, Qt::AltModifier);
        desk.wait();
        desk.press(Qt::Key_U, Qt::AltModifier);

        QCOMPARE(desk.role(), "Buyer");
        QCOMPARE(desk.world.customers.customer(desk.ana.id)->language, "pt");
    }

    void aKeyPressedTwiceDecidesOne()
    {
        Desk desk;
        desk.quarrelOverTheRole();
        desk.quarrelOver("language", "\"de\"", "\"pt\"");
        desk.bringUp();

        desk.press(Qt::Key_U, Qt::AltModifier);
        desk.world.clock.advance(ui::AttentionPage::calmMs - 1);
        desk.press(Qt::Key_U, Qt::AltModifier);
        QCOMPARE(desk.rows().rowCount(), 1);

        desk.wait();
        desk.repeat(Qt::Key_U, Qt::AltModifier);
        QCOMPARE(desk.rows().rowCount(), 1);
    }

    void whatWasDecidedIsTakenBack_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::newRow("the other value") << Qt::Key_U;
        QTest::newRow("kept") << Qt::Key_K;
    }
    void whatWasDecidedIsTakenBack()
    {
        QFETCH(const Qt::Key, key);
        Desk desk;
        desk.quarrelOverTheRole();
        desk.bringUp();
        desk.press(key, Qt::AltModifier);
        QVERIFY(desk.button("Undo"));

        desk.press(Qt::Key_Z, Qt::AltModifier);

        QCOMPARE(desk.role(), "CIO");
        QCOMPARE(desk.rows().rowCount(), 1);
        QVERIFY(desk.says("Taken back"));
        QVERIFY(!desk.button("Undo"));
    }

    void whatWasDecidedIsToldAsLongAsOneStays()
    {
        Desk desk;
        desk.quarrelOverTheRole();
        desk.bringUp();
        desk.press(Qt::Key_U, Qt::AltModifier);
        desk.page.refresh();
        QVERIFY(desk.button("Undo"));

        desk.page.hide();
        desk.page.show();

        QVERIFY(!desk.button("Undo"));
        QVERIFY(!desk.says("Buyer"));
    }

    void aDeletionIsAskedTwiceAndStays()
    {
        Desk desk;
        desk.quarrelOverWhetherSheIsThere();
        desk.bringUp();

        desk.press(Qt::Key_U, Qt::AltModifier);
        QVERIFY(desk.world.customers.customer(desk.ana.id));
        QVERIFY(desk.button("Delete it for good"));
        desk.press(Qt::Key_U, Qt::AltModifier); // a double press
        QVERIFY(desk.world.customers.customer(desk.ana.id));
        desk.wait();
        desk.press(Qt::Key_U, Qt::AltModifier);

        QVERIFY(!desk.world.customers.customer(desk.ana.id));
        QVERIFY(!desk.button("Undo"));
    }

    void whatComesInChangesNothingUnderTheHand()
    {
        Desk desk;
        desk.quarrelOverTheRole();
        desk.bringUp();

        desk.quarrelOver("language", "\"de\"", "\"pt\""); // the newer one stands above
        desk.page.refresh();
        QCOMPARE(desk.shownSubject(), "Ana Costa: Role");
        desk.press(Qt::Key_U, Qt::AltModifier);

        QCOMPARE(desk.role(), "Buyer");
        QCOMPARE(desk.shownSubject(), "Ana Costa: Language");
    }

    void whatGoesUnderTheHandLeavesNothingForTheKey()
    {
        Desk desk;
        desk.quarrelOver("language", "\"de\"", "\"pt\"");
        desk.quarrelOverTheRole();
        desk.bringUp();
        QCOMPARE(desk.shownSubject(), "Ana Costa: Role");

        desk.somebodySettles(desk.attention.attention()->conflicts.first().conflict.id);
        desk.press(Qt::Key_U, Qt::AltModifier);
        QCOMPARE(desk.rows().rowCount(), 1);

        desk.wait();
        desk.press(Qt::Key_U, Qt::AltModifier);
        QCOMPARE(desk.rows().rowCount(), 0);
    }

    void aKeyPressedTwiceDoesNotBeginADeletion()
    {
        Desk desk;
        desk.quarrelOverWhetherSheIsThere();
        desk.quarrelOverTheRole();
        desk.bringUp();

        desk.press(Qt::Key_U, Qt::AltModifier);
        desk.press(Qt::Key_U, Qt::AltModifier);

        desk.wait();
        QVERIFY(desk.button("Delete it after all"));
    }

    void aDeletionHalfMeantIsForgottenElsewhere()
    {
        Desk desk;
        desk.quarrelOverWhetherSheIsThere();
        desk.bringUp();
        desk.press(Qt::Key_U, Qt::AltModifier);
        QVERIFY(desk.button("Delete it for good"));

        desk.page.hide();
        desk.page.show();

        QVERIFY(desk.button("Delete it after all"));
    }

    void aKeyThatIsHeldDecidesOne()
    {
        Desk desk;
        for (const char *field : {"role", "language", "tier", "stage"})
            desk.quarrelOver(field, "\"a\"", "\"b\"");
        desk.bringUp();

        desk.press(Qt::Key_K, Qt::AltModifier);
        desk.world.clock.advance(620); // then it repeats; some keyboards do not tell that from pressing
        for (int i = 0; i < 40; ++i) {
            desk.world.clock.advance(40);
            desk.press(Qt::Key_K, Qt::AltModifier);
        }
        QCOMPARE(desk.rows().rowCount(), 3);

        desk.wait();
        desk.press(Qt::Key_K, Qt::AltModifier);
        QCOMPARE(desk.rows().rowCount(), 2);
    }

    void decisionsAreTakenBackOneByOne()
    {
        Desk desk;
        desk.quarrelOver("language", "\"de\"", "\"pt\"");
        desk.quarrelOverTheRole();
        desk.bringUp();
        desk.press(Qt::Key_U, Qt::AltModifier);
        desk.wait();
        desk.press(Qt::Key_U, Qt::AltModifier);
        QCOMPARE(desk.rows().rowCount(), 0);

        desk.press(Qt::Key_Z, Qt::AltModifier);
        QCOMPARE(desk.rows().rowCount(), 1);
        desk.press(Qt::Key_Z, Qt::AltModifier);

        QCOMPARE(desk.rows().rowCount(), 2);
        QCOMPARE(desk.role(), "CIO");
        QVERIFY(!desk.button("Undo"));
    }

    void whatWasTakenBackIsLookedAtAgain()
    {
        Desk desk;
        desk.quarrelOver("language", "\"de\"", "\"pt\"");
        desk.quarrelOverTheRole();
        desk.bringUp();
        desk.press(Qt::Key_U, Qt::AltModifier);
        QCOMPARE(desk.shownSubject(), "Ana Costa: Language");

        desk.press(Qt::Key_Z, Qt::AltModifier);

        QCOMPARE(desk.shownSubject(), "Ana Costa: Role");
    }

    void whatSomebodyChangedSinceIsNotTakenBack()
    {
        Desk desk;
        desk.quarrelOverTheRole();
        desk.bringUp();
        desk.press(Qt::Key_U, Qt::AltModifier);
        QVERIFY(desk.button("Undo"));

        desk.somebodyChanges("role", "Head of buying");

        QVERIFY(!desk.button("Undo"));
        desk.press(Qt::Key_Z, Qt::AltModifier);
        QCOMPARE(desk.role(), "Head of buying");
    }

    void aCorrectionOutlivesACallInBetween()
    {
        Desk desk;
        desk.refuse({{"role", "Buyer of everything"}});
        desk.refuse({{"role", "Buyer of nothing"}});
        desk.bringUp();
        desk.page.findChild<QListView *>()->setCurrentIndex(desk.rows().index(1, 0));
        desk.page.findChild<QLineEdit *>()->setText("Buyer");

        desk.page.hide();
        desk.page.refresh();
        desk.page.show();

        QCOMPARE(desk.page.findChild<QLineEdit *>()->text(), "Buyer");
    }

    void aValueThatCameAfterBothHasNoTime()
    {
        Desk desk;
        desk.quarrelOverTheRole();
        desk.world.arrive(
            {.record = {"customer", desk.ana.id.value}, .fields = {{"role", "Head of buying"}}});

        desk.bringUp();

        const QString spoken = ui::withoutMarks(desk.spoken(0));
        QVERIFY2(spoken.endsWith("Role: now “Head of buying”, also “Buyer”"), qPrintable(spoken));
        QVERIFY(desk.says("Changed since both wrote"));
    }

    void aNumberThatWasDeletedIsNotTheCustomer()
    {
        Desk desk;
        const auto point = desk.world.arrives(
            ContactPoint{.customer = desk.ana.id, .value = "+493023125147", .e164 = "+493023125147"});
        desk.world.arrives("conflict", Conflict{.record = {"contact_point", point.id.value},
                                                .kept = "\"edited\"",
                                                .lost = "\"deleted\"",
                                                .keptBy = desk.ben,
                                                .lostBy = desk.world.anna,
                                                .state = "open"});
        desk.bringUp();
        QCOMPARE(desk.shownSubject(), "Ana Costa: +49 30 23125 147");

        desk.press(Qt::Key_K, Qt::AltModifier);

        QVERIFY(desk.says("Ana Costa: +49 30 23125 147: kept"));
    }

    void theFirstAboutACustomerIsFound()
    {
        Desk desk;
        desk.quarrelOverTheRole();
        const Customer ben = desk.world.arrives(Customer{.name = "Ben Becker"});
        desk.world.arrives("conflict", Conflict{.record = {"customer", ben.id.value},
                                                .field = "role",
                                                .lostBy = desk.world.anna,
                                                .state = "open"});
        desk.bringUp();
        QCOMPARE(desk.shownSubject(), "Ben Becker: Role");

        desk.page.select(desk.ana.id);

        QCOMPARE(desk.shownSubject(), "Ana Costa: Role");
    }

    void aRefusedChangeIsCorrectedAndSentAgain()
    {
        Desk desk;
        desk.refuse({{"role", "Buyer of everything"}});
        QSignalSpy trayChanged(&desk.page, &ui::AttentionPage::trayChanged);
        desk.bringUp();

        desk.page.findChild<QLineEdit *>()->setText("Buyer");
        desk.press(Qt::Key_T, Qt::AltModifier);

        QCOMPARE(desk.role(), "Buyer");
        QCOMPARE(trayChanged.size(), 1);
        QCOMPARE(desk.world.outbox().size(), 1);
    }

    void whatIsBeingCorrectedSurvivesNews()
    {
        Desk desk;
        desk.refuse({{"role", "Buyer of everything"}});
        desk.bringUp();
        desk.page.findChild<QLineEdit *>()->setText("Buyer");

        desk.quarrelOver("language", "\"de\"", "\"pt\"");
        desk.page.refresh();

        QCOMPARE(desk.page.findChild<QLineEdit *>()->text(), "Buyer");
    }

    void givingUpIsAskedTwice()
    {
        Desk desk;
        desk.refuse({{"role", "Buyer"}});
        desk.bringUp();

        desk.press(Qt::Key_L, Qt::AltModifier);
        desk.press(Qt::Key_L, Qt::AltModifier);
        QCOMPARE(desk.rows().rowCount(), 1);
        desk.wait();
        desk.press(Qt::Key_L, Qt::AltModifier);

        QCOMPARE(desk.rows().rowCount(), 0);
        QCOMPARE(desk.role(), "CIO");
    }

    void enterOpensTheCustomer()
    {
        Desk desk;
        desk.quarrelOver("role", "\"CIO\"", "\"Buyer\"");
        QSignalSpy wanted(&desk.page, &ui::AttentionPage::customerWanted);
        desk.bringUp();

        desk.press(Qt::Key_Return);

        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].value<Id<Customer>>(), desk.ana.id);
    }

    void nothingToDecideIsSaidOnce()
    {
        Desk desk;
        QSignalSpy counted(&desk.page, &ui::AttentionPage::countChanged);

        desk.bringUp();

        QCOMPARE(counted.last()[0].toInt(), 0);
        QVERIFY(!desk.says("to decide"));
    }
};

QTEST_MAIN(tst_AttentionPage)
#include "tst_AttentionPage.moc"
