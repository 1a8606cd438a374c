#include "tests/sim/Simulation.h"

#include <QLoggingCategory>
#include <QTest>

using namespace ringbook;
using namespace ringbook::sim;

namespace {

/// Two desks and a good network: whatever is found was planted.
Simulation goodDay()
{
    return Simulation(1, Scenario{.workMs = 60'000, .savesPerMinute = 60});
}

void sql(const QString &path, const QString &text)
{
    auto db = model::Connection::openSqlite(path);
    if (!db || !db->script(text))
        qFatal("not planted: %s", qPrintable(text));
}

/// The other one is quicker.
void goOnWithACopy(Simulation &day)
{
    SimDesk &copy = day.copyDesk(day.desk(0));
    copy.line().cut = true;
    for (int i = 0; i < 5; ++i)
        copy.act();
    for (int i = 0; i < 5; ++i)
        day.desk(0).act();
    day.advance(minuteMs);
    copy.line().cut = false;
}

/// A good network, and programs of two schemas.
Scenario mixedDay()
{
    return {.desks = 3,
            .workMs = 60'000,
            .savesPerMinute = 90,
            .deskDeaths = true,
            .hubDeaths = true,
            .newer = 0.8};
}

const QString hubFile = "/hub/hub.db";
const QString deskFile = "/desk2/desk.db";
const QString bookFile = "/desk2/main.db";

/// Its machine is put back to an earlier day and it moves to another number, so what it had done until that
/// day under its old one is nobody else's to offer. Returns the hub as it was before.
SimDisk::Image workThatOnlyAMovedDeskHas(Simulation &day, const QString &planted = {})
{
    const auto backup = day.disk().imageOf("hub");
    if (!planted.isEmpty())
        sql(deskFile, planted);
    const auto works = [&day](SimDesk &desk) {
        for (int i = 0; i < 5; ++i)
            desk.act();
        day.advance(minuteMs);
    };
    works(day.desk(0));
    day.remember(day.desk(0));
    works(day.desk(0));
    works(day.putBack(day.desk(0)));
    return backup;
}

} // namespace

class tst_SimCheckers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules("ringbook.*=false"); }

    void aGoodDayHasNoFindings()
    {
        auto day = goodDay();

        const Report report = day.run();

        QVERIFY2(report.findings.isEmpty(), qPrintable(report.findings.words().join('\n')));
        QVERIFY(report.ops > 50);
    }

    void whereNothingHappensAllKnowTheSameLog()
    {
        auto day = goodDay();

        const Report report = day.finish();

        QVERIFY2(report.findings.isEmpty(), qPrintable(report.findings.words().join('\n')));
        QCOMPARE(report.ops, 0);
    }

    void theSameSeedDoesTheSame()
    {
        for (const quint64 seed : {5, 9108}) { // the second with snapshots and backups
            const Report once = Simulation(seed).run();
            const Report again = Simulation(seed).run();

            QCOMPARE(again.ops, once.ops);
            QCOMPARE(again.events, once.events);
            QCOMPARE(again.lastChance, once.lastChance);
        }
    }

    void aLogThatWasEmptiedStaysSoAlsoThroughAPowerCut()
    {
        constexpr char marker[] = "Quittenbaum";
        for (quint64 seed = 1; seed <= 30; ++seed) {
            Dice dice(seed);
            SimDisk disk(dice);
            {
                auto db = model::Connection::openSqlite("/desk/one.db");
                QVERIFY(db->script("CREATE TABLE who (name TEXT)"));
                QVERIFY(db->run("INSERT INTO who VALUES (:name)", {{":name", marker}}));
                QVERIFY(db->run("DELETE FROM who") && db->rewrite());
                QVERIFY(disk.imageOf("desk").value("one.db-wal").contains(marker));

                QVERIFY(db->emptyLog());
                disk.die("desk");
            }
            disk.revive("desk", SimDisk::Death::Power);

            for (const QByteArray &file : disk.imageOf("desk"))
                QVERIFY2(!file.contains(marker), qPrintable(QString::number(seed)));
        }
    }

    void aSavedOpThatVanishesIsLost()
    {
        auto day = goodDay();
        day.work();
        day.hub().die(SimDisk::Death::Killed);
        day.desk(0).act();
        day.desk(0).act();

        sql(deskFile, "DELETE FROM op WHERE state = 'pending'");

        QVERIFY(day.finish().findings.count(Wrong::Lost) > 0);
    }

    void aLogThatLosesItsTailIsLost()
    {
        auto day = goodDay();
        day.work();
        const auto earlier = day.disk().imageOf("hub");
        day.work();

        day.hub().die(SimDisk::Death::Killed);
        day.disk().install("hub", earlier); // by nobody who would have said so

        QVERIFY(day.finish().findings.count(Wrong::Lost) > 0);
    }

    void anOpTheHubForgetsIsDoubled()
    {
        auto day = goodDay();

        sql(hubFile, "CREATE TRIGGER forgetful AFTER INSERT ON op_answer BEGIN DELETE FROM op_answer; END");

        QVERIFY(day.run().findings.count(Wrong::Doubled) > 0);
    }

    void aDeskThatShowsSomethingElseHasDiverged()
    {
        auto day = goodDay();
        day.work();
        day.advance(minuteMs);

        sql(bookFile, "UPDATE customer SET name = 'Nobody'");

        QVERIFY(day.finish().findings.count(Wrong::Flickered) > 0);
    }

    void recordsThatAreNotWhatTheLogSaysHaveDiverged()
    {
        auto day = goodDay();
        day.work();

        sql(hubFile, "UPDATE record SET body = '{}'");

        QVERIFY(day.finish().findings.count(Wrong::Diverged) > 0);
    }

    void sumsThatAreNotThoseOfTheRecordsHaveDiverged()
    {
        auto day = goodDay();
        day.work();
        day.advance(minuteMs);

        sql(bookFile, "UPDATE bucket_sum SET sums = zeroblob(2048)");

        QVERIFY(day.finish().findings.count(Wrong::Diverged) > 0);
    }

    void aMissingConflictRecordIsSilent()
    {
        auto day = goodDay();

        sql(hubFile, "CREATE TRIGGER hush AFTER INSERT ON change_log BEGIN UPDATE change_log SET wire = "
                     "CAST(replace(CAST(wire AS TEXT), '\"conflict\"', '\"nothing\"') AS BLOB) WHERE seq = "
                     "new.seq; END");

        QVERIFY(day.run().findings.count(Wrong::Silent) > 0);
    }

    void aHoleInTheLogIsAGap()
    {
        auto day = goodDay();

        sql(hubFile, "CREATE TRIGGER hole AFTER INSERT ON change_log WHEN new.seq = 20 "
                     "BEGIN DELETE FROM change_log WHERE seq = 20; END");

        QVERIFY(day.run().findings.count(Wrong::Gap) > 0);
    }

    void ownWorkThatIsNotShownFlickers()
    {
        auto day = goodDay();

        sql(bookFile, "CREATE TRIGGER shy AFTER INSERT ON own_op BEGIN UPDATE customer SET name = NULL; END");

        QVERIFY(day.run().findings.count(Wrong::Flickered) > 0);
    }

    void whoIsFarBehindTakesASnapshotAndGoesOnWithIt()
    {
        Scenario scenario{.workMs = 60'000, .savesPerMinute = 60, .cheap = 5, .hotSets = true};
        scenario.diesAtFrame = 0.6;
        Tally happened;
        for (quint64 seed = 1; seed <= 6; ++seed) {
            const Report report = Simulation(seed, scenario).run();
            QVERIFY2(report.findings.isEmpty(), qPrintable(report.findings.words().join('\n')));
            for (const char *what : {"hot sets begun", "snapshots gone on with", "snapshots shown"})
                happened[what] += report.happened.value(what);
        }

        for (const char *what : {"hot sets begun", "snapshots gone on with", "snapshots shown"})
            QVERIFY2(happened.value(what) > 0, what);
    }

    void aSnapshotThatIsNotTheBookFlickers()
    {
        Simulation day(1, {.workMs = 60'000, .savesPerMinute = 60, .cheap = 5});
        const auto loseBook = [&day] {
            day.desk(0).die(SimDisk::Death::Killed);
            day.desk(0).loseBook();
        };
        day.work();
        loseBook();
        day.advance(minuteMs); // by now the hub has a mirror
        day.hub().die(SimDisk::Death::Killed);

        sql("/hub/mirror.db", "UPDATE customer SET name = 'Nobody'");

        loseBook();
        day.advance(minuteMs); // and makes one of it when it is asked
        loseBook();
        QVERIFY(day.finish().findings.count(Wrong::Flickered) > 0);
    }

    void whoWasAwayWhileTheLogWasCutGoesOnByRows()
    {
        auto day = goodDay();
        day.work();
        day.desk(0).line().cut = true;
        day.desk(0).line().breakStream();
        day.desk(0).act();
        day.work();
        day.desk(0).line().cut = true;
        for (int i = 0; i < 3; ++i) {
            day.passFortnight();
            day.advance(minuteMs);
            day.desk(1).act();
        }
        day.desk(0).line().cut = false;

        const Report report = day.finish();

        QVERIFY2(report.findings.isEmpty(), qPrintable(report.findings.words().join('\n')));
        QVERIFY(report.happened.value("logs cut") > 0);
        QCOMPARE(report.happened.value("went on by rows"), 1);
    }

    void aRowThatIsNotSentHasDiverged()
    {
        auto day = goodDay();
        day.work();
        day.desk(0).line().cut = true;
        day.desk(0).line().breakStream();
        for (int i = 0; i < 3; ++i) {
            for (int n = 0; n < 10; ++n)
                day.desk(1).act();
            day.passFortnight();
            day.advance(minuteMs);
        }

        sql(hubFile, "UPDATE record SET seq = 1 WHERE kind = 'customer'");

        day.desk(0).line().cut = false;
        QVERIFY(day.finish().findings.count(Wrong::Diverged) > 0);
    }

    void aCopyOfADeskGetsANumberOfItsOwn()
    {
        auto day = goodDay();
        day.work();

        goOnWithACopy(day);

        const Report report = day.finish();
        QVERIFY2(report.findings.isEmpty(), qPrintable(report.findings.words().join('\n')));
        QCOMPARE(report.happened.value("profiles moved"), 1);
    }

    void aDeskThatIsPutBackGetsANumberOfItsOwnForWhatItSavesThen()
    {
        auto day = goodDay();
        day.work();
        day.remember(day.desk(0));
        for (int i = 0; i < 5; ++i)
            day.desk(0).act();
        day.advance(minuteMs);

        SimDesk &earlier = day.putBack(day.desk(0));
        for (int i = 0; i < 5; ++i)
            earlier.act();

        const Report report = day.finish();
        QVERIFY2(report.findings.isEmpty(), qPrintable(report.findings.words().join('\n')));
        QCOMPARE(report.happened.value("profiles moved"), 1);
        QVERIFY(day.disk().imageOf("desk2").isEmpty());
    }

    void aDeskThatIsPutBackAndForgetsItsWorkIsLost()
    {
        auto day = goodDay();
        day.work();
        sql(deskFile, "CREATE TRIGGER forgetful AFTER INSERT ON op WHEN (SELECT device FROM identity) >= "
                      "100 BEGIN DELETE FROM op WHERE counter = new.counter; END");
        day.remember(day.desk(0));
        for (int i = 0; i < 5; ++i)
            day.desk(0).act();
        day.advance(minuteMs);

        SimDesk &earlier = day.putBack(day.desk(0));
        for (int i = 0; i < 5; ++i)
            earlier.act();

        QVERIFY(day.finish().findings.count(Wrong::Lost) > 0);
    }

    void aCopyKeepsWhatARestoredHubTookForTheOthers()
    {
        auto day = goodDay();
        day.work();
        const auto backup = day.disk().imageOf("hub");
        SimDesk &original = day.desk(0);
        SimDesk &copy = day.copyDesk(original);
        const auto works = [&day](SimDesk &desk) {
            for (int i = 0; i < 5; ++i)
                desk.act();
            day.advance(minuteMs);
            desk.line().cut = true;
        };
        original.line().cut = true;
        works(copy);
        day.hub().restore(backup);
        original.line().cut = false;
        works(original);

        copy.line().cut = false;

        const Report report = day.finish();
        QVERIFY2(report.findings.isEmpty(), qPrintable(report.findings.words().join('\n')));
        QCOMPARE(report.happened.value("profiles moved"), 1);
    }

    void whoLostTheBookBringsARestoredHubWhatItLost()
    {
        auto day = goodDay();
        day.work();
        const auto backup = day.disk().imageOf("hub");
        for (int i = 0; i < 5; ++i)
            day.desk(0).act();
        day.advance(minuteMs);
        day.desk(0).die(SimDisk::Death::Killed);
        day.desk(0).loseBook();

        day.hub().restore(backup);

        const Report report = day.finish();
        QVERIFY2(report.findings.isEmpty(), qPrintable(report.findings.words().join('\n')));
    }

    void aDeskThatHasMovedBringsARestoredHubWhatItLost()
    {
        auto day = goodDay();
        day.work();
        const auto backup = workThatOnlyAMovedDeskHas(day);

        day.hub().restore(backup);

        const Report report = day.finish();
        QVERIFY2(report.findings.isEmpty(), qPrintable(report.findings.words().join('\n')));
        QVERIFY(report.happened.value("former ops pushed") > 0);
        QCOMPARE(report.happened.value("ops brought along"), 0);
    }

    void whatAMovedDeskForgetsOfBeforeIsLost()
    {
        auto day = goodDay();
        day.work();
        const auto backup =
            workThatOnlyAMovedDeskHas(day, "CREATE TRIGGER forgetful AFTER INSERT ON former_number "
                                           "BEGIN DELETE FROM op WHERE book <> 'main'; END");

        day.hub().restore(backup);

        QVERIFY(day.finish().findings.count(Wrong::Lost) > 0);
    }

    void whatAnotherDidUnderThoseCountersMeanwhileSendsItAlongWithTheDesk()
    {
        auto day = goodDay();
        day.work();
        SimDesk &copy = day.copyDesk(day.desk(0));
        copy.line().cut = true;
        const auto backup = workThatOnlyAMovedDeskHas(day);
        SimDesk &moved = day.desk(0);
        moved.line().cut = true;
        day.advance(secondMs);

        day.hub().restore(backup);
        for (int i = 0; i < 8; ++i)
            copy.act();
        copy.line().cut = false;
        day.advance(minuteMs);
        moved.line().cut = false;

        const Report report = day.finish();
        QVERIFY2(report.findings.isEmpty(), qPrintable(report.findings.words().join('\n')));
        QVERIFY(report.happened.value("ops brought along") > 0);
    }

    void aCopyThatForgetsItsWorkIsLost()
    {
        auto day = goodDay();
        day.work();

        sql("/desk2/desk.db",
            "CREATE TRIGGER forgetful AFTER INSERT ON op WHEN (SELECT device FROM identity) >= "
            "100 BEGIN DELETE FROM op WHERE counter = new.counter; END");
        goOnWithACopy(day);

        QVERIFY(day.finish().findings.count(Wrong::Lost) > 0);
    }

    void oldAndNewProgramsKeepWhatTheOthersWrote()
    {
        Tally happened;
        for (quint64 seed = 1; seed <= 6; ++seed) {
            const Report report = Simulation(seed, mixedDay()).run();
            QVERIFY2(report.findings.isEmpty(), qPrintable(report.findings.words().join('\n')));
            for (const char *what : {"requests too new", "hubs renewed", "desks renewed"})
                happened[what] += report.happened.value(what);
        }

        for (const char *what : {"requests too new", "hubs renewed", "desks renewed"})
            QVERIFY2(happened.value(what) > 0, what);
    }

    void aProgramThatDropsWhatItDoesNotKnowIsFound_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("drop");
        QTest::addColumn<Wrong>("wrong");
        QTest::newRow("field at a desk") << bookFile << "customer"
                                         << "UPDATE customer SET extra = NULL" << Wrong::Flickered;
        QTest::newRow("kind at a desk") << bookFile << "other_record"
                                        << "DELETE FROM other_record" << Wrong::Flickered;
        QTest::newRow("field at the hub")
            << hubFile << "record"
            << "UPDATE record SET body = json_remove(body, '$.colour')" << Wrong::Diverged;
    }

    void aProgramThatDropsWhatItDoesNotKnowIsFound()
    {
        QFETCH(QString, file);
        QFETCH(QString, table);
        QFETCH(QString, drop);
        QFETCH(Wrong, wrong);
        Simulation day(1, mixedDay());

        sql(file, "CREATE TRIGGER ignorant AFTER INSERT ON " + table + " BEGIN " + drop + "; END");

        QVERIFY(day.run().findings.count(wrong) > 0);
    }

    void whoIsErasedIsErasedEverywhere()
    {
        auto day = goodDay();
        day.work();
        for (int i = 0; i < 5; ++i)
            day.desk(0).erase();

        const Report report = day.finish();

        QVERIFY2(report.findings.isEmpty(), qPrintable(report.findings.words().join('\n')));
        QVERIFY(report.erased > 0);
    }

    void whatIsLeftOfAnErasedCustomerRemains_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("hoard");
        QTest::newRow("hub") << hubFile << "record BEGIN INSERT INTO hoard VALUES (old.body); END";
        QTest::newRow("book") << bookFile << "customer BEGIN INSERT INTO hoard VALUES (old.name); END";
    }

    void whatIsLeftOfAnErasedCustomerRemains()
    {
        QFETCH(QString, file);
        QFETCH(QString, hoard);
        auto day = goodDay();
        day.work();

        sql(file, "CREATE TABLE hoard (text TEXT)");
        sql(file, "CREATE TRIGGER hoarder AFTER UPDATE ON " + hoard);
        sql(file, "CREATE TRIGGER keeper AFTER DELETE ON " + hoard);
        for (int i = 0; i < 5; ++i)
            day.desk(0).erase();

        QVERIFY(day.finish().findings.count(Wrong::Remains) > 0);
    }

    void aDeskThatSaysItIsCleanTooEarlyIsFound()
    {
        auto day = goodDay();
        day.work();

        sql(bookFile, "CREATE TRIGGER shameless AFTER INSERT ON unclean BEGIN DELETE FROM unclean; END");
        for (int i = 0; i < 5; ++i)
            day.desk(0).erase();

        const Report report = day.finish();
        QVERIFY(report.findings.count(Wrong::Remains) > 0);
        QVERIFY2(report.findings.words().join('\n').contains("says that it is clean"),
                 qPrintable(report.findings.words().join('\n')));
    }

    void aDeskThatDoesNotSayItIsCleanIsStuck()
    {
        auto day = goodDay();
        day.work();

        sql(hubFile, "CREATE TRIGGER deaf BEFORE INSERT ON erasure_ack BEGIN SELECT RAISE(IGNORE); END");
        day.desk(0).erase();

        const Report report = day.finish();
        QVERIFY2(report.findings.words().value(0).contains("says that it is clean up to 0"),
                 qPrintable(report.findings.words().join('\n')));
    }

    void aDeskThatDoesNotComeToRestIsStuck()
    {
        auto day = goodDay();
        day.work();

        day.desk(0).line().buffers = true;
        sql(hubFile, "CREATE TRIGGER stuck BEFORE INSERT ON op_answer BEGIN SELECT RAISE(ABORT, 'no'); END");
        day.desk(0).act();

        QVERIFY(day.finish().findings.count(Wrong::Stuck) > 0);
    }
};

int main(int argc, char **argv)
{
    QHashSeed::setDeterministicGlobalSeed();
    QCoreApplication app(argc, argv);
    tst_SimCheckers test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_SimCheckers.moc"
