#include "model/desk/AttentionDesk.h"
#include "tests/ui/CardHands.h"
#include "ui/card/CaseListModel.h"
#include "ui/card/ConflictBlock.h"
#include "ui/card/RowList.h"
#include "ui/text/Numbers.h"
#include "ui/theme/ThemeSwitch.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/FactRow.h"
#include "ui/widgets/FieldMark.h"
#include "ui/widgets/Paragraph.h"

using namespace ringbook;
using namespace ringbook::model;
using namespace ringbook::tests;

namespace {

constexpr int layoutMs = 50; // layouts settle
const QString anasNumber = "+493023125147";

/// Anna's desk, with Ana Costa's card open.
struct Desk
{
    CardWorld made;
    World &world = made.world;
    Id<User> ben = world.arrives(User{.name = "Ben Brandt", .login = "ben"}).id;
    Id<User> cleo = world.arrives(User{.name = "Cleo Chen", .login = "cleo"}).id;
    Customer ana = world.arrives(Customer{.name = "Ana Costa",
                                          .role = "CIO",
                                          .tier = "Silver",
                                          .language = "pt",
                                          .timeZone = "Europe/Lisbon",
                                          .goodService = "A call the same day",
                                          .notes = "Has a dog"});
    ContactPoint phone = world.arrives(
        ContactPoint{.customer = ana.id, .value = anasNumber, .e164 = anasNumber, .label = "Mobile"});
    Case file = world.arrives(Case{.code = "A01011D", .customer = ana.id, .subject = "Valve"});
    CardHands hands{made};

    void opens() { hands.page.show(*world.callers.cardOf(ana.id)); }

    /// Between Ben and Cleo, unless one of them is named.
    void quarrel(const RecordKey &record, const QString &field, const QString &lost, Id<User> keptBy = {})
    {
        const auto fields = (*world.book.record(record)).value_or(Fields{});
        world.arrives("conflict", Conflict{.record = record,
                                           .field = field,
                                           .kept = '"' + fields.value(field).toString() + '"',
                                           .lost = '"' + lost + '"',
                                           .keptBy = keptBy ? keptBy : ben,
                                           .lostBy = cleo,
                                           .keptAt = world.clock.now(),
                                           .lostAt = world.clock.now(),
                                           .state = "open"});
        hands.page.refresh();
    }
    void quarrelOver(const QString &field, const QString &lost, Id<User> keptBy = {})
    {
        quarrel({"customer", ana.id.value}, field, lost, keptBy);
    }

    QVector<ui::FieldMark *> marks() const
    {
        QVector<ui::FieldMark *> shown;
        for (auto *mark : hands.page.findChildren<ui::FieldMark *>())
            if (mark->isVisible())
                shown.append(mark);
        return shown;
    }
    ui::ConflictBlock &block() const { return *hands.the<ui::ConflictBlock>(); }
    QString blockSays() const
    {
        QStringList words;
        for (const auto *text : block().findChildren<ui::Paragraph *>())
            if (text->isVisibleTo(&block()))
                words.append(ui::withoutMarks(text->text()));
        return words.join(u'\n');
    }
    bool offersToDecide() const { return block().findChild<ui::Button *>()->isVisible(); }

    /// Where everything of the card is, but for what tells of conflicts.
    QMap<const QWidget *, QPoint> places() const
    {
        QMap<const QWidget *, QPoint> places;
        for (const auto *widget : hands.page.findChildren<ui::Painted *>()) {
            const bool isTheirs = block().isAncestorOf(widget) || qobject_cast<const ui::FieldMark *>(widget);
            if (!isTheirs && widget->isVisible())
                places.insert(widget, widget->mapTo(&hands.page, QPoint()));
        }
        return places;
    }
};

} // namespace

class tst_CardConflicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { new ui::ThemeSwitch(*qApp, ui::ThemeChoice::Light); }

    void nobodyDisagrees()
    {
        Desk desk;

        desk.opens();

        QVERIFY(desk.marks().isEmpty());
        QVERIFY(!desk.block().isVisible());
    }

    void theFieldIsMarked_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("shown"); // what stands on the card
        QTest::newRow("name") << "name"
                              << "Ana Costa";
        QTest::newRow("tier") << "tier"
                              << "Silver";
        QTest::newRow("role") << "role"
                              << "CIO";
        QTest::newRow("organisation") << "organisation"
                                      << "CIO";
        QTest::newRow("time zone") << "time_zone"
                                   << "Their time: 13:07, Lisbon";
        QTest::newRow("language") << "language"
                                  << "Portuguese";
        QTest::newRow("good service") << "good_service"
                                      << "A call the same day";
        QTest::newRow("notes") << "notes"
                               << "Has a dog";
        QTest::newRow("deleted") << ""
                                 << "Ana Costa";
    }
    void theFieldIsMarked()
    {
        QFETCH(const QString, field);
        QFETCH(const QString, shown);
        Desk desk;
        desk.opens();

        desk.quarrelOver(field, "Another");

        QCOMPARE(desk.marks().size(), 1);
        const ui::FieldMark *mark = desk.marks().first();
        const auto *value = desk.hands.named<ui::Painted>(shown);
        QVERIFY(value);
        const QRect lines = value->geometry().adjusted(-ui::size::columnPadding, 0, 0, 0);
        QVERIFY(lines.intersects(mark->geometry()));
        QVERIFY(mark->parentWidget()->rect().contains(mark->geometry()));
        QVERIFY2(mark->accessibleName().contains("Cleo Chen"), qPrintable(mark->accessibleName()));
        QVERIFY(mark->toolTip().contains("Cleo"));
    }

    void aNumberIsMarkedInItsRow()
    {
        Desk desk;
        desk.opens();

        desk.quarrel({"contact_point", desk.phone.id.value}, "label", "Work");

        QCOMPARE(desk.marks().size(), 1);
        const int y = desk.marks().first()->geometry().center().y();
        const auto rows = desk.hands.page.findChildren<ui::FactRow *>();
        const auto row = std::ranges::find_if(
            rows, [](const ui::FactRow *row) { return row->accessibleName().startsWith("Mobile"); });
        QVERIFY(row != rows.end());
        QVERIFY((*row)->geometry().top() <= y && y <= (*row)->geometry().bottom());
    }

    void aCaseIsMarkedInItsRow()
    {
        Desk desk;
        desk.opens();

        desk.quarrel({"case", desk.file.id.value}, "subject", "Pump");

        QVERIFY(desk.marks().isEmpty());
        const auto lists = desk.hands.page.findChildren<ui::RowList *>();
        const auto cases = std::ranges::find_if(
            lists, [](const ui::RowList *list) { return qobject_cast<ui::CaseListModel *>(list->model()); });
        QVERIFY(cases != lists.end());
        const QString spoken = (*cases)->model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(spoken.contains("Pump"), qPrintable(spoken));
        const QString hover = (*cases)->model()->index(0, 0).data(Qt::ToolTipRole).toString();
        QVERIFY2(hover.startsWith("Case "), qPrintable(hover));
        QVERIFY(hover.contains("Pump"));
        QVERIFY(desk.blockSays().contains("Case A0-101-1D, Subject: also “Pump”"));
    }

    void nothingMovesWhenOneComes()
    {
        Desk desk;
        desk.opens();
        QTest::qWait(layoutMs);
        const auto before = desk.places();

        for (const char *field : {"name", "tier", "role", "language", "time_zone", "good_service", "notes"})
            desk.quarrelOver(field, "Another value, and quite a long one that would need a second line");
        desk.quarrel({"contact_point", desk.phone.id.value}, "label", "Work");
        desk.world.arrive({.record = {"customer", desk.ana.id.value},
                           .fields = {{"role", "Head of buying for the whole of the north-west region"}}});
        desk.hands.page.refresh();
        QTest::qWait(layoutMs);

        QCOMPARE(desk.marks().size(), 8);
        const auto after = desk.places();
        for (auto place = before.begin(); place != before.end(); ++place) {
            const auto *text = static_cast<const ui::Painted *>(place.key());
            QVERIFY2(after.value(text) == *place, qPrintable(text->text()));
        }
    }

    void aRoleThatComesTakesTheLinesItHad()
    {
        Desk desk;
        const QString longRole = "Head of buying for the whole of the north-west region and the islands";
        desk.world.arrive({.record = {"customer", desk.ana.id.value}, .fields = {{"role", longRole}}});
        desk.opens();
        QTest::qWait(layoutMs);
        const auto *role = desk.hands.named<ui::Paragraph>(longRole);
        QVERIFY(role && role->lineCount() > 1);
        const int room = role->lineCount();

        for (const QString &next : {QString("CIO"), longRole}) {
            desk.world.arrive({.record = {"customer", desk.ana.id.value}, .fields = {{"role", next}}});
            desk.hands.page.refresh();
            QTest::qWait(layoutMs);
        }

        QCOMPARE(role->text(), longRole);
        QCOMPARE(role->lineCount(), room);
    }

    void aNameThatComesIsShown()
    {
        Desk desk;
        desk.world.arrive({.record = {"customer", desk.ana.id.value}, .fields = {{"name", QVariant()}}});
        desk.opens();
        QTest::qWait(layoutMs);

        desk.world.arrive({.record = {"customer", desk.ana.id.value}, .fields = {{"name", "Ana Costa"}}});
        desk.hands.page.refresh();
        QTest::qWait(layoutMs);

        const auto *name = desk.hands.named<ui::Paragraph>("Ana Costa");
        QVERIFY(name && name->lineCount() == 1);
    }

    void marksChangeSidesWithTheDirection()
    {
        Desk desk;
        desk.opens();
        desk.quarrelOver("role", "Buyer");
        const int left = desk.marks().first()->x();

        desk.hands.page.setLayoutDirection(Qt::RightToLeft);
        QTest::qWait(layoutMs);

        QVERIFY(desk.marks().first()->x() > left + 100);
    }

    void aMarkGoesWithItsConflict()
    {
        Desk desk;
        desk.opens();
        desk.quarrelOver("tier", "Gold", desk.world.anna);
        AttentionDesk attention(desk.world.desk, desk.world.book, desk.world.writer, desk.world.anna);

        QVERIFY(attention.keepAsItIs(attention.attention()->conflicts.first().conflict.id));
        desk.hands.page.refresh();

        QVERIFY(desk.marks().isEmpty());
        QVERIFY(!desk.block().isVisible());
    }

    void aValueThatIsNotShownIsToldBelow()
    {
        Desk desk;
        desk.opens();

        desk.quarrelOver("stage", "Trial");

        QVERIFY(desk.marks().isEmpty());
        QVERIFY(desk.blockSays().contains("Stage: also “Trial” (Cleo Chen, today 14:07)"));
    }

    void allAreToldOrCounted_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("last");
        QTest::newRow("as many as are listed") << ui::ConflictBlock::maxLines << QString();
        QTest::newRow("one more") << ui::ConflictBlock::maxLines + 1 << "and 1 more";
        QTest::newRow("many") << maxConflicts - 1
                              << QString("and %1 more").arg(maxConflicts - 1 - ui::ConflictBlock::maxLines);
        QTest::newRow("more than are counted") << maxConflicts << "and more";
    }
    void allAreToldOrCounted()
    {
        QFETCH(const int, count);
        QFETCH(const QString, last);
        Desk desk;
        desk.opens();

        QVERIFY(count <= maxConflicts);
        for (int i = 0; i < count; ++i)
            desk.quarrelOver("field_" + QString::number(i), "x");

        QCOMPARE(desk.blockSays().count("also"), ui::ConflictBlock::maxLines);
        QVERIFY2(last.isEmpty() ? !desk.blockSays().contains("more") : desk.blockSays().contains(last),
                 qPrintable(desk.blockSays()));
    }

    void whoWroteOneOfThemIsOfferedToDecide()
    {
        Desk desk;
        desk.opens();
        QSignalSpy wanted(&desk.hands.page, &ui::CardPage::decideWanted);

        desk.quarrelOver("tier", "Gold", desk.world.anna);

        QVERIFY(desk.offersToDecide());
        QVERIFY(!desk.blockSays().contains("decides"));
        desk.block().findChild<ui::Button *>()->click();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].value<Id<Customer>>(), desk.ana.id);
    }

    void whoDidNotIsToldWhoDecides()
    {
        Desk desk;
        desk.opens();

        desk.quarrelOver("tier", "Gold");

        QVERIFY(!desk.offersToDecide());
        QVERIFY(desk.blockSays().contains("Ben Brandt, Cleo Chen or a team lead decides."));
    }
};

QTEST_MAIN(tst_CardConflicts)
#include "tst_CardConflicts.moc"
