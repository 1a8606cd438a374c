#include "tests/support/HeardFiles.h"
#include "tests/support/World.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace ringbook;
using namespace ringbook::sync;
using namespace ringbook::tests;

namespace {

const RecordKey ana{"customer", makeId(World::device, 77)};

/// A desk's files as its screens have them open and as its sync has.
struct Desk
{
    QTemporaryDir folder;
    World screens{folder.path()};
    HeardFiles ears{{folder.filePath("desk.db"), folder.filePath("main.db"), {}}, screens.clock};
    DeskFiles &files = ears.files;

    Desk() { (void)files.open(); }

    void saves(const ChangeWriter::Edit &edit) { (void)screens.writer.save({edit}); }

    /// The hub sends what it made of own ops.
    void comesBack(QVector<Change> changes)
    {
        qint64 seq = screens.book.cursor()->seq;
        const qint64 from = seq;
        for (Change &change : changes) {
            change.seq = ++seq;
            change.record = ana;
            change.device = World::device;
        }
        files.carryOut(effect::ApplyPage{{.book = World::bookName,
                                          .epoch = "epoch",
                                          .from = from,
                                          .to = seq,
                                          .head = seq,
                                          .changes = changes}});
    }

    QString name() const { return (*screens.book.record(ana))->value("name").toString(); }

    template <typename T>
    int times() const
    {
        return int(std::count_if(ears.said.begin(), ears.said.end(),
                                 [](const Input &input) { return std::holds_alternative<T>(input); }));
    }
};

ChangeWriter::Edit named(const QString &name, Action action = Action::Set)
{
    return {.record = ana, .action = action, .fields = {{"name", name}}};
}

Change change(qint64 counter, Action action, const Fields &fields)
{
    return {.action = action, .fields = fields, .counter = counter};
}

} // namespace

class tst_DeskFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatCameBackIsWaitedForNoMore()
    {
        Desk desk;
        desk.saves(named("Ana", Action::Create));

        desk.comesBack({change(1, Action::Create, {{"name", "Ana"}})});

        QVERIFY(desk.screens.outbox().isEmpty());
        QCOMPARE(desk.name(), "Ana");
    }

    void whatAnotherDidUnderTheSameCounterIsNotTakenForAFieldThatWasCleared()
    {
        Desk desk;
        desk.saves(named("Ana", Action::Create));
        desk.comesBack({change(1, Action::Create, {{"name", "Ana"}})});
        desk.saves({.record = ana, .fields = {{"language", QVariant()}}});

        desk.comesBack({change(2, Action::Set, {{"name", "a copy of this profile was quicker"}})});

        QCOMPARE(desk.screens.outbox().size(), 1);
    }

    void anEarlierOpThatWasMergedNeverHidesALaterOne()
    {
        Desk desk;
        desk.saves(named("Ana", Action::Create));
        desk.comesBack({change(1, Action::Create, {{"name", "Ana"}})});
        desk.saves(named("Ana Albers"));
        desk.saves(named("Ana Costa"));

        desk.comesBack({change(2, Action::Set, {{"name", "another's, who wrote later"}}),
                        change(3, Action::Set, {{"name", "Ana Costa"}})});

        QCOMPARE(desk.name(), "Ana Costa");
        desk.files.carryOut(effect::ConfirmOps{{2, 3}});
        QCOMPARE(desk.name(), "Ana Costa");
        QVERIFY(desk.screens.outbox().isEmpty());
    }

    void aBookThatCouldNotFollowTheOutboxDoesSoLater()
    {
        Desk desk;
        const Customer costa = desk.screens.arrives(Customer{.name = "Costa"});
        const RecordKey key{"customer", costa.id.value};
        desk.saves({.record = key, .fields = {{"name", "refused"}}});
        auto &book = desk.screens.book.db();
        QVERIFY(book.run("CREATE TRIGGER full BEFORE DELETE ON own_op BEGIN SELECT RAISE(ABORT, 'no'); END"));
        desk.files.carryOut(effect::RefuseOp{1, "no"});
        QVERIFY(desk.files.isBehind());
        QVERIFY(book.run("DROP TRIGGER full"));

        desk.files.carryOut(effect::LoadOutbox{10});

        QVERIFY(!desk.files.isBehind());
        QCOMPARE((*desk.screens.book.record(key))->value("name").toString(), "Costa");
    }

    void othersHaveTheirTurnBeforeALongPageAndInTheMiddleOfIt()
    {
        Desk desk;
        const qint64 start = desk.screens.book.cursor()->seq;
        QVector<qint64> seqs;
        desk.ears.others = [&] { seqs.append(desk.screens.book.cursor()->seq); };
        const auto page = [](int length) {
            return QVector<Change>(length, change(0, Action::Set, {{"name", "Ana"}}));
        };

        desk.comesBack(page(maxChangesPerPage));

        QCOMPARE(seqs.first(), start);
        seqs.clear();
        desk.comesBack(page(maxChangesPerPage)); // pieces are as long by now as they get
        QCOMPARE(seqs.first(), start + maxChangesPerPage);
        QVERIFY(seqs.last() > seqs.first());
        seqs.clear();
        desk.comesBack(page(10));
        QVERIFY(seqs.isEmpty());
    }

    void aPageInTheBookIsSaidToBeThereThoughTheOutboxCannotBeWritten()
    {
        Desk desk;
        desk.saves(named("Ana", Action::Create));
        QVERIFY(desk.screens.desk.db().run("CREATE TRIGGER no_confirming BEFORE UPDATE ON op "
                                           "BEGIN SELECT RAISE(ABORT, 'no'); END"));
        const qint64 before = desk.screens.book.cursor()->seq;

        desk.comesBack({change(1, Action::Create, {{"name", "Ana"}})});

        QCOMPARE(desk.screens.book.cursor()->seq, before + 1);
        QCOMPARE(desk.times<input::PageApplied>(), 1);
        QCOMPARE(desk.times<input::StorageFailed>(), 1);
        QCOMPARE(desk.screens.outbox().size(), 1);
    }
};

QTEST_GUILESS_MAIN(tst_DeskFiles)
#include "tst_DeskFiles.moc"
