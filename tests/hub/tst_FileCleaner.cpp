#include "sync/hub/FileCleaner.h"
#include "tests/hub/HubThreads.h"
#include "tests/support/Bytes.h"

using namespace ringbook;
using namespace ringbook::test;
using namespace std::chrono_literals;

namespace {

constexpr qint64 anna = 2;
constexpr qint64 admin = 4;
constexpr char marker[] = "Quittenbaum";
constexpr int patienceMs = 30'000;

/// A hub in whose files lies who was erased.
struct World : HubThreads
{
    World()
    {
        start();
        push(anna, {newCustomer(anna, 1, marker)});
        model::Op erasure{.counter = 1,
                          .record = {"customer", makeId(anna, 1)},
                          .action = model::Action::Erase,
                          .madeAt = 1'795'000'000'000};
        auto erasing = pushing(admin, {erasure});
        erasing.caller.role = "admin";
        (void)told(ask(pushOps, erasing));
    }

    QStringList filesWithHer() const { return filesWith(data.place().folder(), marker); }
    qint64 logBytes() const { return QFileInfo(data.database().path() + "-wal").size(); }
    bool isListed() const { return QFile::exists(data.database().erasedList()); }

    /// So large that cleaning takes a while.
    void fill()
    {
        for (int i = 0; i < 20; ++i) {
            QVector<model::Op> ops;
            for (int n = 0; n < 100; ++n)
                ops.append(next(QString(10'000, u'x')));
            push(anna, ops);
        }
    }

    model::Op next(const QString &name)
    {
        ++counter;
        return newCustomer(anna, counter, name);
    }

    qint64 counter = 1;
    hub::FileCleaner cleaner{
        data.database(), quiet, clock, {.quiet = 1ms, .afterFirst = 1ms, .afterMany = 5ms}};
};

std::atomic<int> warnings = 0;

void countWarnings(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type == QtWarningMsg && message.contains("gaps of the file"))
        ++warnings;
}

} // namespace

class tst_FileCleaner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoWasErasedIsInNoFileWhenItWasQuiet()
    {
        World hub;
        QVERIFY(!hub.filesWithHer().isEmpty());

        hub.cleaner.start();

        QTRY_COMPARE_WITH_TIMEOUT(hub.filesWithHer(), QStringList(), patienceMs);
        QVERIFY(hub.isListed());
    }

    void whileSomebodyWritesItOnlyListsWhoIsErased()
    {
        World hub;
        {
            const hub::Quiet::Writing writing(hub.quiet);
            hub.cleaner.start();
            QTRY_VERIFY_WITH_TIMEOUT(hub.isListed(), patienceMs);
            QVERIFY(!hub.filesWithHer().isEmpty());
        }

        QTRY_COMPARE_WITH_TIMEOUT(hub.filesWithHer(), QStringList(), patienceMs);
    }

    void whatIsSavedMeanwhileIsAnsweredAtOnce()
    {
        World hub;
        hub.fill();
        hub.cleaner.start();

        for (int i = 0; i < 100; ++i)
            QCOMPARE(hub.push(anna, {hub.next("Ana")}).answers[0].verdict, sync::Verdict::Applied);

        QTRY_COMPARE_WITH_TIMEOUT(hub.filesWithHer(), QStringList(), patienceMs);
    }

    void whoReadsPutsOffOnlyThatTheLogIsEmptied()
    {
        World hub;
        hub.fill();
        auto reader = *hub.data.database().open();
        QVERIFY(reader.emptyLog());
        const qint64 bytes = QFileInfo(hub.data.database().path()).size();

        QVERIFY(reader.atOneMoment([&]() -> Status {
            (void)reader.one("SELECT count(*) AS n FROM book");
            hub.cleaner.start();
            [&] { QTRY_VERIFY_WITH_TIMEOUT(hub.logBytes() > bytes / 2, patienceMs); }();
            for (int i = 0; i < 20; ++i)
                hub.push(anna, {hub.next("Ana")});
            return Done{};
        }));
        QVERIFY2(hub.logBytes() < bytes * 3 / 2, "written anew twice");

        QTRY_VERIFY_WITH_TIMEOUT(hub.logBytes() < bytes / 10, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(hub.filesWithHer(), QStringList(), patienceMs);
    }

    void itSaysOnceThatADayWasNeverQuiet()
    {
        warnings = 0;
        const auto before = qInstallMessageHandler(countWarnings);
        {
            World hub;
            const hub::Quiet::Writing writing(hub.quiet);
            hub.cleaner.start();
            QTRY_VERIFY_WITH_TIMEOUT(hub.isListed(), patienceMs);
            QCOMPARE(warnings.load(), 0);

            hub.clock.advance(dayMs);
            hub.cleaner.wanted();

            QTRY_COMPARE_WITH_TIMEOUT(warnings.load(), 1, patienceMs);
        }
        qInstallMessageHandler(before);
        QCOMPARE(warnings.load(), 1);
    }
};

QTEST_GUILESS_MAIN(tst_FileCleaner)
#include "tst_FileCleaner.moc"
