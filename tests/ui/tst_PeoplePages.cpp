#include "tests/support/World.h"
#include "ui/people/CasesPage.h"
#include "ui/people/PeoplePage.h"
#include "ui/widgets/Painted.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QSignalSpy>
#include <QtTest>

using namespace ringbook;
using namespace ringbook::model;
using tests::World;

namespace {

void bringUp(QWidget &page)
{
    page.resize(1310, 698);
    page.show();
    QApplication::setActiveWindow(&page);
    if (!QTest::qWaitForWindowActive(&page))
        qFatal("the page does not come up");
}

qint64 wanted(const QSignalSpy &spy)
{
    return spy.isEmpty() ? 0 : spy.last().first().value<Id<Customer>>().value;
}

} // namespace

class tst_PeoplePages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onePersonIsNoPlural()
    {
        World world;
        world.customerWith("Ana Costa", "+4917139200470");
        ui::PeoplePage page(world.customers);

        page.open();

        QStringList said;
        for (const auto *label : page.findChildren<ui::Painted *>())
            said += label->text();
        QVERIFY(said.contains("1 customer in this book"));
    }

    void whoIsNotFoundInPartOfTheBookMayBeInTheRest()
    {
        World world;
        ui::PeoplePage page(world.customers);
        page.setBookWhole(false);
        bringUp(page);
        page.open("keller");
        const auto says = [&page](const QString &sentence) {
            const auto labels = page.findChildren<ui::Painted *>();
            return std::any_of(labels.begin(), labels.end(), [&sentence](const ui::Painted *label) {
                return label->text().contains(sentence);
            });
        };

        QTRY_VERIFY(says("This desk does not have the whole book yet."));
        page.setBookWhole(true);
        QTRY_VERIFY(!says("This desk does not have the whole book yet."));
    }

    void findsAndOpensByKeysAlone()
    {
        World world;
        world.customerWith("Ana Costa", "+4917139200470");
        const Customer bruno = world.customerWith("Bruno Keller", "+493023125147");
        ui::PeoplePage page(world.customers);
        QSignalSpy opened(&page, &ui::PeoplePage::customerWanted);
        bringUp(page);
        page.open();

        QTest::keyClicks(page.focusWidget(), "keller");
        QTest::keyClick(page.focusWidget(), Qt::Key_Return);

        QCOMPARE(wanted(opened), bruno.id.value);
    }

    void searchesWhileOneTypes()
    {
        World world;
        world.customerWith("Ana Costa", "+4917139200470");
        ui::PeoplePage page(world.customers);
        bringUp(page);
        page.open();
        auto *list = page.findChild<QAbstractItemView *>();

        QTest::keyClicks(page.focusWidget(), "ana");

        QTRY_COMPARE(list->model()->rowCount(), 1);
    }

    void goesOnWithASearchBegunElsewhere()
    {
        World world;
        const Customer ana = world.customerWith("Ana Costa", "+4917139200470");
        ui::PeoplePage page(world.customers);
        QSignalSpy opened(&page, &ui::PeoplePage::customerWanted);
        bringUp(page);

        page.open("c");
        QTest::keyClicks(page.focusWidget(), "osta");
        QTest::keyClick(page.focusWidget(), Qt::Key_Return);

        QCOMPARE(wanted(opened), ana.id.value);
    }

    void walksTheHitsFromTheField()
    {
        World world;
        world.customerWith("Ana Costa", "+4917139200470");
        world.customerWith("Ana Keller", "+493023125147");
        ui::PeoplePage page(world.customers);
        QSignalSpy opened(&page, &ui::PeoplePage::customerWanted);
        bringUp(page);
        page.open("ana");
        auto *list = page.findChild<QAbstractItemView *>();
        QTRY_COMPARE(list->model()->rowCount(), 2);

        QTest::keyClick(page.focusWidget(), Qt::Key_Down);

        QCOMPARE(list->currentIndex().row(), 1);
    }

    void makesWhatWasSearchedInVainANewCustomer()
    {
        World world;
        ui::PeoplePage page(world.customers);
        QSignalSpy opened(&page, &ui::PeoplePage::customerWanted);
        bringUp(page);
        page.open();
        QTest::keyClicks(page.focusWidget(), "Niko Nowak");

        QTest::keyClick(page.focusWidget(), Qt::Key_N, Qt::AltModifier);
        QTest::keyClick(page.focusWidget(), Qt::Key_Return);

        QVERIFY(wanted(opened));
        QCOMPARE(world.customers.customer({wanted(opened)})->name, QString("Niko Nowak"));
    }

    void asksForANameBeforeSaving()
    {
        World world;
        ui::PeoplePage page(world.customers);
        QSignalSpy opened(&page, &ui::PeoplePage::customerWanted);
        bringUp(page);
        page.open();

        QTest::keyClick(page.focusWidget(), Qt::Key_N, Qt::AltModifier);
        QTest::keyClick(page.focusWidget(), Qt::Key_Return);

        QCOMPARE(opened.count(), 0);
        QCOMPARE(*world.customers.customerCount(), 0);
    }

    void opensTheCustomerOfACase()
    {
        World world;
        const Customer ana = world.customerWith("Ana Costa", "+4917139200470");
        (void)world.cases.open({.customer = ana.id, .subject = "leak"});
        ui::CasesPage page(world.cases, world.clock, tests::berlin);
        QSignalSpy opened(&page, &ui::CasesPage::customerWanted);
        bringUp(page);
        page.refresh();
        auto *list = page.findChild<QAbstractItemView *>();
        list->setFocus(Qt::TabFocusReason);

        QTest::keyClick(list, Qt::Key_Return);

        QCOMPARE(wanted(opened), ana.id.value);
    }

    void aCaseOfNobodyIsWantedAsSuch()
    {
        World world;
        const auto file = world.arrives(Case{.code = "M44T2PC", .subject = "leak"});
        ui::CasesPage page(world.cases, world.clock, tests::berlin);
        QSignalSpy opened(&page, &ui::CasesPage::caseOfNobodyWanted);
        bringUp(page);
        page.refresh();
        auto *list = page.findChild<QAbstractItemView *>();
        list->setFocus(Qt::TabFocusReason);

        QTest::keyClick(list, Qt::Key_Return);

        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first().first().value<Id<Case>>(), file.id);
    }

    void keepsTheCurrentCaseWhenTheListChanges()
    {
        World world;
        const Customer ana = world.customerWith("Ana Costa", "+4917139200470");
        const auto first = world.cases.open({.customer = ana.id, .subject = "leak"});
        ui::CasesPage page(world.cases, world.clock, tests::berlin);
        bringUp(page);
        page.refresh();
        auto *list = page.findChild<QAbstractItemView *>();
        list->setCurrentIndex(list->model()->index(0, 0));
        world.arrives(Case{
            .code = "M44T2PC", .customer = ana.id, .subject = "newer", .openedAt = world.clock.now() + 1});

        page.refresh();

        QCOMPARE(list->model()->rowCount(), 2);
        QCOMPARE(list->currentIndex().row(), 1);
    }
};

QTEST_MAIN(tst_PeoplePages)
#include "tst_PeoplePages.moc"
