#include "tests/support/World.h"
#include "ui/attention/AttentionPage.h"

#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
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
                                           .keptAt = world.clock.now(),
                                           .lostAt = world.clock.now(),
                                           .state = "open"});
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
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(page.focusWidget() ? page.focusWidget() : &page, key, modifiers);
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
    void saysWhoseValueHoldsAndWhichGaveWay()
    {
        Desk desk;
        desk.quarrelOver("role", "\"CIO\"", "\"Buyer\"");

        desk.bringUp();

        QVERIFY2(desk.spoken(0).contains("Ana Costa"), qPrintable(desk.spoken(0)));
        QVERIFY2(desk.spoken(0).contains("Yours gave way"), qPrintable(desk.spoken(0)));
        QVERIFY2(desk.spoken(0).contains("Ben Brandt"), qPrintable(desk.spoken(0)));
    }

    void oneKeyTakesTheOtherValue()
    {
        Desk desk;
        desk.quarrelOver("role", "\"CIO\"", "\"Buyer\"");
        QSignalSpy counted(&desk.page, &ui::AttentionPage::countChanged);
        desk.bringUp();

        desk.press(Qt::Key_T, Qt::AltModifier);

        QCOMPARE(desk.role(), "Buyer");
        QCOMPARE(desk.rows().rowCount(), 0);
        QCOMPARE(counted.last()[0].toInt(), 0);
    }

    void oneKeyLeavesItSo()
    {
        Desk desk;
        desk.quarrelOver("role", "\"CIO\"", "\"Buyer\"");
        desk.bringUp();

        desk.press(Qt::Key_L, Qt::AltModifier);

        QCOMPARE(desk.role(), "CIO");
        QCOMPARE(desk.rows().rowCount(), 0);
    }

    void goesOnWithTheNextOne()
    {
        Desk desk;
        desk.quarrelOver("role", "\"CIO\"", "\"Buyer\"");
        desk.quarrelOver("language", "\"de\"", "\"pt\"");
        desk.bringUp();

        desk.press(Qt::Key_T, Qt::AltModifier);
        desk.press(Qt::Key_T, Qt::AltModifier);

        QCOMPARE(desk.role(), "Buyer");
        QCOMPARE(desk.world.customers.customer(desk.ana.id)->language, "pt");
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
        QCOMPARE(desk.rows().rowCount(), 1);
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

    void nothingToDecideIsSaid()
    {
        Desk desk;
        QSignalSpy counted(&desk.page, &ui::AttentionPage::countChanged);

        desk.bringUp();

        QCOMPARE(counted.last()[0].toInt(), 0);
    }
};

QTEST_MAIN(tst_AttentionPage)
#include "tst_AttentionPage.moc"
