#include "app/agent/Workplace.h"
#include "tests/support/World.h"
#include "ui/card/CardPage.h"
#include "ui/shell/Shell.h"
#include "ui/theme/ThemeSwitch.h"

#include <QApplication>
#include <QPlainTextEdit>
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
};

QTEST_MAIN(tst_Workplace)
#include "tst_Workplace.moc"
