#include "app/agent/Workplace.h"
#include "tests/support/World.h"
#include "ui/card/CardPage.h"
#include "ui/shell/Shell.h"
#include "ui/theme/ThemeSwitch.h"
#include "ui/widgets/Button.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QtTest>

using namespace ringbook;
using namespace ringbook::model;
using ringbook::tests::World;

class tst_Workplace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBookThatIsReplacedInMidCallLeavesTheCardAlone()
    {
        QTemporaryDir folder;
        World world(folder.path());
        const Customer ana = world.customerWith("Ana Costa", "+4917139200470");
        const RecordKey key{"customer", ana.id.value};
        const QString whole = folder.filePath("main-2.db");
        QVERIFY(QFile::copy(folder.filePath("main.db-wal"), whole + "-wal"));
        QVERIFY(QFile::copy(folder.filePath("main.db"), whole));
        QVERIFY(Book::open(whole)->applyFeed({{.seq = 90, .record = key, .fields = {{"name", "Ana Berg"}}}},
                                             {"epoch", 90}, {}));
        ui::ThemeSwitch themes(*qApp, ui::ThemeChoice::Light);
        ui::Shell shell(world.clock, themes);
        const auto opened = app::Workplace::open(world.desk, folder.filePath("main.db"), shell, world.clock);
        QVERIFY(opened);
        app::Workplace &workplace = **opened;
        shell.showDesk();
        shell.show();
        AgentCall call = world.ringing("+4917139200470");
        workplace.calls().take(call, 0);
        ++call.revision;
        call.state = AgentCall::State::Connected;
        workplace.calls().take(call, 0);
        QCOMPARE(workplace.card().customer(), ana.id);
        auto *note = workplace.card().findChild<QPlainTextEdit *>();
        note->setPlainText("half a sentence");
        QVERIFY(workplace.writer().save({{.record = key, .fields = {{"tier", "Gold"}}}}));

        QVERIFY(workplace.moveBook(whole));

        QCOMPARE(workplace.card().currentCall(), call.callId);
        QCOMPARE(workplace.card().customer(), ana.id);
        QCOMPARE(note->toPlainText(), "half a sentence");
        const auto customer = workplace.customers().customer(ana.id);
        QVERIFY(customer);
        QCOMPARE(customer->name, "Ana Berg");
        QCOMPARE(customer->tier, "Gold"); // own, and not sent yet
    }

    void onASmallScreenTwiceAsLargeTheNoteIsSeen()
    {
        QTemporaryDir folder;
        World world(folder.path());
        world.customerWith("Ana Costa", "+4917139200470");
        ui::ThemeSwitch themes(*qApp, ui::ThemeChoice::Light);
        ui::Shell shell(world.clock, themes);
        shell.setUser("Anna Albers", {});
        const auto opened = app::Workplace::open(world.desk, folder.filePath("main.db"), shell, world.clock);
        QVERIFY(opened);
        shell.showDesk();
        constexpr QSize half(683, 384 - 24); // 1366 x 768 and a title bar, at 200 %
        shell.resize(half);
        shell.show();
        QVERIFY(QTest::qWaitForWindowExposed(&shell));
        (*opened)->calls().take(world.ringing("+4917139200470"), 0);

        QCOMPARE(shell.size(), half);
        const auto isInside = [&](const QWidget &widget) {
            return shell.rect().contains(QRect(widget.mapTo(&shell, QPoint()), widget.size()));
        };
        const auto *note = (*opened)->card().findChild<QPlainTextEdit *>();
        QVERIFY(isInside(*note));
        QCOMPARE(note->visibleRegion().boundingRect(), note->rect());
        QVERIFY(isInside(*shell.findChild<QStackedWidget *>()));
        for (const auto *area : (*opened)->card().findChildren<QScrollArea *>())
            QCOMPARE(area->horizontalScrollBar()->maximum(), 0);
        for (const auto *button : shell.findChildren<ui::Button *>())
            if (button->text() == "Anna Albers" || button->text() == "Save and next")
                QVERIFY2(isInside(*button), qPrintable(button->text()));
    }
};

QTEST_MAIN(tst_Workplace)
#include "tst_Workplace.moc"
