#include "model/domain/CaseCode.h"
#include "tests/support/World.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ringbook;
using namespace ringbook::model;
using namespace ringbook::tests;

namespace {

const RecordKey ana = {"customer", 77};

ChangeWriter::Edit creating(const RecordKey &record, const QString &name)
{
    return {.record = record, .action = Action::Create, .fields = {{"name", name}, {"role", QVariant()}}};
}

ChangeWriter::Edit setting(const RecordKey &record, const Fields &fields)
{
    return {.record = record, .fields = fields};
}

QString nameOf(const World &world, const RecordKey &record)
{
    const auto fields = world.book.record(record);
    return *fields ? (*fields)->value("name").toString() : QString("nobody");
}

/// Lets every statement of the book fail whose text has this in it.
void failInBook(World &world, const QString &what)
{
    world.book.db().setGate([what](const QString &sql) { return !sql.contains(what); });
}

} // namespace

class tst_ChangeWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aChangeIsKeptThenAppliedThenAnnounced()
    {
        World world;
        QSignalSpy changed(&world.writer, &ChangeWriter::changed);
        QSignalSpy kept(&world.writer, &ChangeWriter::kept);

        QVERIFY(world.writer.save({creating(ana, "Ana")}));

        QCOMPARE(world.outbox().size(), 1);
        QCOMPARE(world.outbox()[0].madeAt, world.clock.now());
        QCOMPARE(nameOf(world, ana), "Ana");
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].value<QVector<RecordKey>>(), QVector{ana});
        QCOMPARE(kept.count(), 1);
    }

    void opsAreNumberedWithoutGaps()
    {
        World world;

        QVERIFY(world.writer.save({creating(ana, "Ana"), creating({"customer", 78}, "Ben")}));
        QVERIFY(world.writer.save({setting(ana, {{"name", "Ana Costa"}})}));

        const auto ops = world.outbox();
        QCOMPARE(ops.size(), 3);
        QCOMPARE(ops[0].counter, 1);
        QCOMPARE(ops[1].counter, 2);
        QCOMPARE(ops[2].counter, 3);
    }

    void aCreationNamesNoEmptyFieldsAndNoBase()
    {
        World world;
        QVERIFY(world.writer.save({creating(ana, "Ana")}));

        const Op op = world.outbox()[0];
        QCOMPARE(op.edits.keys(), QStringList{"name"});
        QCOMPARE(op.edits["name"].base, 0);
    }

    void anEditIsBasedOnWhatTheDeskHadSeen()
    {
        World world;
        world.arrives(Customer{.id = {77}, .name = "Ana"});
        const qint64 seen = world.book.cursor()->seq;
        QVERIFY(seen > 0);

        ChangeWriter::Edit edit = setting(ana, {{"name", "Ana Costa"}, {"tier", "Gold"}});
        edit.unseen = {"tier"};
        QVERIFY(world.writer.save({edit}));

        const Op op = world.outbox()[0];
        QCOMPARE(op.edits["name"].base, seen);
        QCOMPARE(op.edits["tier"].base, 0);
    }

    void nothingToChangeIsSuccessAndNoOp()
    {
        World world;
        QSignalSpy kept(&world.writer, &ChangeWriter::kept);

        QVERIFY(world.writer.save({setting(ana, {})}));
        QVERIFY(world.writer.save(QVector<ChangeWriter::Edit>{}));

        QVERIFY(world.outbox().isEmpty());
        QCOMPARE(kept.count(), 0);
    }

    void aDeviceThatWasNeverSignedInSavesNothing()
    {
        World world;
        QVERIFY(world.desk.setIdentity({.book = World::bookName}));

        const auto saved = world.writer.save({creating(ana, "Ana")});

        QVERIFY(!saved);
        QCOMPARE(saved.error().fault, Fault::Denied);
        QCOMPARE(nameOf(world, ana), "nobody");
        QCOMPARE(world.writer.newId().error().fault, Fault::Denied);
        QCOMPARE(world.writer.newCaseCode().error().fault, Fault::Denied);
    }

    void whatIsComposedIsOneTransactionWithItsIds()
    {
        World world;
        int commits = 0;
        world.desk.db().setGate([&commits](const QString &sql) {
            commits += sql == "COMMIT";
            return true;
        });

        QVERIFY(world.writer.save([&]() -> Result<QVector<ChangeWriter::Edit>> {
            return QVector{creating({"customer", *world.writer.newId()}, "Ana"),
                           creating({"customer", *world.writer.newId()}, *world.writer.newCaseCode())};
        }));

        QCOMPARE(commits, 1);
        QCOMPARE(world.outbox().size(), 2);
    }

    void whatComposingRefusesLeavesNothingBehind()
    {
        World world;
        QVERIFY(world.desk.keepDraft("call:1", "typed", 1));
        const QString before = world.kept();
        qint64 drawn = 0;

        const auto saved = world.writer.save([&]() -> Result<QVector<ChangeWriter::Edit>> {
            drawn = *world.writer.newId();
            (void)world.desk.dropDraft("call:1");
            return Error{Fault::Invalid, "no"};
        });

        QCOMPARE(saved.error().fault, Fault::Invalid);
        QCOMPARE(world.kept(), before);
        qint64 next = 0;
        QVERIFY(world.writer.save([&]() -> Result<QVector<ChangeWriter::Edit>> {
            next = *world.writer.newId();
            return QVector<ChangeWriter::Edit>{};
        }));
        QCOMPARE(next, drawn);
    }

    void idsAreOfThisDeviceAndNeverGivenTwice()
    {
        QTemporaryDir folder;
        QSet<qint64> ids;
        QSet<QString> codes;
        for (int start = 0; start < 3; ++start) {
            World world(folder.path());
            for (int i = 0; i < 40; ++i) {
                const qint64 id = *world.writer.newId();
                QCOMPARE(deviceOf(id), World::device);
                ids.insert(id);
                const QString code = *world.writer.newCaseCode();
                QCOMPARE(readCaseCode(code)->device, World::device);
                codes.insert(code);
            }
        }

        QCOMPARE(ids.size(), 120);
        QCOMPARE(codes.size(), 120);
    }

    void whatTheBookCannotTakeIsSavedAllTheSame()
    {
        World world;
        QSignalSpy behind(&world.writer, &ChangeWriter::behind);
        QSignalSpy kept(&world.writer, &ChangeWriter::kept);
        failInBook(world, "COMMIT");

        QVERIFY(world.writer.save({creating(ana, "Ana")}));

        QCOMPARE(world.outbox().size(), 1);
        QCOMPARE(nameOf(world, ana), "nobody");
        QCOMPARE(behind.count(), 1);
        QCOMPARE(kept.count(), 1);
    }

    void aBookThatFailedOnceIsRepairedAtOnce()
    {
        World world;
        QSignalSpy behind(&world.writer, &ChangeWriter::behind);
        int commits = 0;
        world.book.db().setGate([&commits](const QString &sql) { return sql != "COMMIT" || commits++ > 0; });

        QVERIFY(world.writer.save({creating(ana, "Ana")}));

        QCOMPARE(nameOf(world, ana), "Ana");
        QCOMPARE(behind.count(), 0);
    }

    void aBookThatIsBehindCatchesUpBeforeTheNextSave()
    {
        World world;
        failInBook(world, "COMMIT");
        QVERIFY(world.writer.save({creating(ana, "Ana")}));
        world.failNoStatement();
        QSignalSpy changed(&world.writer, &ChangeWriter::changed);

        QVERIFY(world.writer.save({creating({"customer", 78}, "Ben")}));

        QCOMPARE(nameOf(world, ana), "Ana");
        QCOMPARE(nameOf(world, {"customer", 78}), "Ben");
        QCOMPARE(changed[0][0].value<QVector<RecordKey>>(), QVector{ana});
    }

    void aBookThatIsBehindCatchesUpAtTheNextStart()
    {
        QTemporaryDir folder;
        {
            World world(folder.path());
            failInBook(world, "COMMIT");
            QVERIFY(world.writer.save({creating(ana, "Ana")}));
        }

        World world(folder.path());
        QCOMPARE(nameOf(world, ana), "nobody");
        QVERIFY(world.writer.replayOutbox());
        QCOMPARE(nameOf(world, ana), "Ana");
    }

    void aBookThatDidNotCatchUpAtTheStartDoesBeforeTheNextSave()
    {
        QTemporaryDir folder;
        {
            World world(folder.path());
            failInBook(world, "COMMIT");
            QVERIFY(world.writer.save({creating(ana, "Ana")}));
        }
        World world(folder.path());
        failInBook(world, "COMMIT");
        QVERIFY(!world.writer.replayOutbox());
        world.failNoStatement();

        QVERIFY(world.writer.save({setting(ana, {{"tier", "Gold"}})}));

        QCOMPARE(nameOf(world, ana), "Ana");
    }

    void whatHadLeftTheOutboxBeforeACrashIsNotShownAtTheNextStart()
    {
        World world;
        const Customer costa = world.arrives(Customer{.name = "Costa"});
        const RecordKey key{"customer", costa.id.value};
        QVERIFY(world.writer.save({setting(key, {{"name", "Ana"}})}));
        world.arrive({.record = key, .action = Action::Set, .fields = {{"name", "Ana Costa"}}});
        QVERIFY(world.desk.confirm(World::bookName, {1}, world.clock.now())); // the book was not told

        QVERIFY(world.writer.replayOutbox());

        QCOMPARE(nameOf(world, key), "Ana Costa");
    }

    void whatIsBehindStaysBelowWhatIsNewer()
    {
        World world;
        QVERIFY(world.writer.save({creating(ana, "Ana")}));
        failInBook(world, "COMMIT");
        QVERIFY(world.writer.save({setting(ana, {{"name", "Ana Albers"}})}));
        int begun = 0; // the book takes something again just when the newer one is to be applied
        world.book.db().setGate(
            [&begun](const QString &sql) { return sql != "BEGIN IMMEDIATE" || begun++ > 0; });

        QVERIFY(world.writer.save({setting(ana, {{"name", "Ana Costa"}})}));

        QCOMPARE(nameOf(world, ana), "Ana Costa");
    }

    void aBrokenBookKeepsNobodyFromSaving()
    {
        World world;
        failInBook(world, "");

        QVERIFY(world.writer.save({creating(ana, "Ana")}));

        QCOMPARE(world.outbox().size(), 1);
    }

    void aFullDiskIsSaidAndNothingIsChanged()
    {
        World world;
        QVERIFY(world.desk.keepDraft("call:1", "typed", 1));
        QVERIFY(world.desk.db().one("PRAGMA max_page_count = 1")); // no page more than there are
        const QString before = world.kept();

        const auto saved = world.writer.save({creating(ana, QString(100000, 'x'))});

        QVERIFY(!saved);
        QCOMPARE(saved.error().fault, Fault::DiskFull);
        QCOMPARE(world.kept(), before);
        QCOMPARE(nameOf(world, ana), "nobody");
        QVERIFY(world.desk.db().one("PRAGMA max_page_count = 1000000"));
        QVERIFY(world.writer.save({creating(ana, "Ana")}));
    }

    void replayingTwiceChangesNothingMore()
    {
        World world;
        QVERIFY(world.writer.save({creating(ana, "Ana"), setting(ana, {{"tier", "Gold"}})}));
        const QString before = world.picture();

        QVERIFY(world.writer.replayOutbox());
        QVERIFY(world.writer.replayOutbox());

        QCOMPARE(world.picture(), before);
    }

    void everyStatementMayFail()
    {
        QCOMPARE(failureSweep([](World &world) { return world.arrives(Customer{.name = "Ben"}); },
                              [](World &world, const Customer &ben) {
                                  return bool(world.writer.save([&]() -> Result<QVector<ChangeWriter::Edit>> {
                                      const auto id = world.writer.newId();
                                      if (!id)
                                          return id.error();
                                      return QVector{creating({"customer", *id}, "Ana"),
                                                     setting({"customer", ben.id.value}, {{"tier", "Gold"}})};
                                  }));
                              }),
                 "");
    }

    void fieldsThatBelongTogetherAreWrittenTogether()
    {
        World world;
        const auto due = world.arrives(FollowUp{.what = "call back", .dueAt = 1000, .zone = "Europe/Lisbon"});

        QVERIFY(world.writer.save(
            {{.record = {"follow_up", due.id.value}, .fields = {{"due_at", qlonglong(2000)}}}}));

        const auto edits = world.outbox().last().edits;
        QCOMPARE(edits.keys(), QStringList({"due_at", "zone"}));
        QCOMPARE(edits["zone"].value, "Europe/Lisbon");
    }

    void aFieldByItselfIsWrittenByItself()
    {
        World world;
        const auto due = world.arrives(FollowUp{.what = "call back", .dueAt = 1000, .zone = "Europe/Lisbon"});

        QVERIFY(world.writer.save({{.record = {"follow_up", due.id.value}, .fields = {{"what", "visit"}}}}));

        QCOMPARE(world.outbox().last().edits.keys(), QStringList("what"));
    }
};

QTEST_GUILESS_MAIN(tst_ChangeWriter)
#include "tst_ChangeWriter.moc"
