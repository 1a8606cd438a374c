#include "tests/hub/HubThreads.h"

#include <atomic>

using namespace ringbook;
using namespace ringbook::test;

namespace {

constexpr qint64 anna = 2;
const hub::Author author{.device = anna, .user = 20, .role = "agent"};

/// A job that orders ops, and what became of it.
struct Ordering
{
    QVector<model::Op> ops;
    std::promise<Status> done;

    hub::BookWriter::Job job()
    {
        return {[this](hub::WriteBatch &batch) -> Status {
                    const auto book = batch.book("main");
                    if (!book)
                        return book.error();
                    for (const model::Op &op : ops)
                        if (const auto ordered = batch.order(*book, op, author, op.madeAt); !ordered)
                            return ordered.error();
                    return Done{};
                },
                [this](const Status &status) { done.set_value(status); }};
    }
};

/// What the database holds, as a reader sees it.
struct Stored
{
    explicit Stored(const hub::Database &database)
    {
        auto db = database.open();
        const auto book = *hub::Books(*db).book("main");
        head = book.head.seq;
        log = hub::Books(*db).log(book.id, 0, 10'000)->size();
        records = db->one("SELECT COUNT(*) AS n FROM record WHERE kind <> 'user'")->number("n");
        answers = db->one("SELECT COUNT(*) AS n FROM op_answer")->number("n");
    }
    bool operator==(const Stored &) const = default;

    qint64 head = 0;
    qint64 log = 0;
    qint64 records = 0;
    qint64 answers = 0;
};

std::atomic<int> saidOfTheDisk = 0;

} // namespace

class tst_BookWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFullDiskIsSaidOnceAndOnceWhenItIsOver()
    {
        HubThreads hub;
        hub.start();
        const auto commit = [&](const Status &outcome) {
            std::promise<Status> done;
            hub.writer.submit({[outcome](hub::WriteBatch &) { return outcome; },
                               [&done](const Status &status) { done.set_value(status); }});
            return done.get_future().get().has_value();
        };
        saidOfTheDisk = 0;
        const auto before =
            qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &text) {
                saidOfTheDisk += text.contains("disk");
            });
        const Error full{Fault::DiskFull, "database or disk is full"};

        for (int i = 0; i < 3; ++i)
            QVERIFY(!commit(full));
        const int whileItLasted = saidOfTheDisk;
        for (int i = 0; i < 2; ++i)
            QVERIFY(commit(Done{}));
        qInstallMessageHandler(before);

        QCOMPARE(whileItLasted, 1);
        QCOMPARE(saidOfTheDisk.load(), 2);
    }

    void whatWaitsIsCommittedAsOne()
    {
        HubThreads hub;
        std::atomic<int> commits = 0;
        hub.writer.setGate([&](const QString &sql) {
            commits += sql.startsWith("COMMIT");
            return true;
        });
        std::vector<Ordering> pushes(30);
        for (int i = 0; i < 30; ++i) {
            pushes[size_t(i)].ops = {newCustomer(anna, i + 1, "Ana")};
            hub.writer.submit(pushes[size_t(i)].job());
        }

        hub.start();

        for (Ordering &push : pushes)
            QVERIFY(push.done.get_future().get());
        QCOMPARE(commits.load(), 1);
        QCOMPARE(Stored(hub.data.database()).head, 30);
    }

    void jobThatFailsDoesNotUndoTheOthers()
    {
        HubThreads hub;
        Ordering before{.ops = {newCustomer(anna, 1, "Ana")}};
        Ordering after{.ops = {newCustomer(anna, 2, "Bia")}};
        std::promise<Status> failed;
        hub.writer.submit(before.job());
        hub.writer.submit({[](hub::WriteBatch &) -> Status {
                               return Error{Fault::Failed, "no"};
                           },
                           [&](const Status &status) { failed.set_value(status); }});
        hub.writer.submit(after.job());

        hub.start();

        QVERIFY(before.done.get_future().get());
        QVERIFY(!failed.get_future().get());
        QVERIFY(after.done.get_future().get());
        QCOMPARE(Stored(hub.data.database()).log, 2);
    }

    void changesArePublishedBeforeTheAnswer()
    {
        HubThreads hub;
        const auto queue = hub.fanout.subscribe(20, {"main"}, [] {});
        Ordering push{.ops = {newCustomer(anna, 1, "Ana")}};
        auto job = push.job();
        qsizetype events = 0;
        job.done = [&, done = job.done](const Status &status) {
            events = queue->take().size();
            done(status);
        };
        hub.start();

        hub.writer.submit(job);

        QVERIFY(push.done.get_future().get());
        QCOMPARE(events, 1);
    }

    /// Fails each statement in turn: what is said to be done is all there, what failed left nothing.
    void allOrNothingWhateverStatementFails()
    {
        bool isDone = false;
        for (int broken = 0; !isDone; ++broken) {
            HubThreads hub;
            const auto queue = hub.fanout.subscribe(20, {"main"}, [] {});
            std::atomic<int> statement = 0;
            hub.writer.setGate([&](const QString &) { return statement++ != broken; });
            const Stored before(hub.data.database());
            Ordering push{.ops = {newCustomer(anna, 1, "Ana"), newCustomer(anna, 2, "Bia")}};
            hub.start();

            hub.writer.submit(push.job());

            isDone = push.done.get_future().get().has_value();
            const Stored after(hub.data.database());
            if (isDone) {
                QCOMPARE(after.head, before.head + 2);
                QCOMPARE(after.log, before.log + 2);
                QCOMPARE(after.records, before.records + 2);
                QCOMPARE(after.answers, before.answers + 2);
            } else {
                QVERIFY(after == before);
            }
            QCOMPARE(queue->take().size(), isDone ? 1 : 0);
            QVERIFY(broken < 100);
        }
    }

    void writerGoesOnAfterAFailure()
    {
        HubThreads hub;
        std::atomic<bool> full = true;
        hub.writer.setGate([&](const QString &sql) { return !full || !sql.startsWith("COMMIT"); });
        Ordering first{.ops = {newCustomer(anna, 1, "Ana")}};
        Ordering second{.ops = {newCustomer(anna, 1, "Ana")}};
        hub.start();

        hub.writer.submit(first.job());
        QVERIFY(!first.done.get_future().get());
        full = false;
        hub.writer.submit(second.job());

        QVERIFY(second.done.get_future().get());
        QCOMPARE(Stored(hub.data.database()).head, 1);
    }

    void bookThatAnotherHubMovedIsNotWritten()
    {
        HubThreads hub;
        auto db = hub.data.database().open();
        hub::Books books(*db);
        const auto seen = *books.book("main");
        QVERIFY(books.moveHead(seen, 5));

        const Status late = db->atomically([&] { return books.moveHead(seen, 1); });

        QCOMPARE(late.error().fault, Fault::Invalid);
        QCOMPARE(books.book("main")->head.seq, 5);
    }

    void whatSomebodyElseWroteMeanwhileIsTriedAgainLater()
    {
        HubThreads hub;
        std::promise<Status> done;
        hub.start();

        hub.writer.submit({[](hub::WriteBatch &batch) -> Status {
                               const auto book = batch.book("main");
                               return book ? batch.books().moveHead({.id = book->id}, 1) : book.error();
                           },
                           [&done](const Status &status) { done.set_value(status); }});

        QCOMPARE(done.get_future().get().error().fault, Fault::Busy);
        QCOMPARE(Stored(hub.data.database()).head, 0);
    }

    void aRecordThatWasTakenForNewIsNotOverwritten()
    {
        HubThreads hub;
        auto db = hub.data.database().open();
        hub::Books books(*db);
        const auto book = *books.book("main");
        const auto record = [](const QString &name) {
            return QVector<std::pair<model::RecordKey, hub::RecordState>>{
                {{"customer", makeId(anna, 1)}, {.exists = true, .seq = 1, .fields = {{"name", name}}}}};
        };
        QVERIFY(books.putRecords(book.id, record("Ana"), true));

        QCOMPARE(books.putRecords(book.id, record("Bia"), true).error().fault, Fault::Invalid);
        QCOMPARE(books.record(book.id, {"customer", makeId(anna, 1)})->fields["name"], "Ana");
        QVERIFY(books.putRecords(book.id, record("Bia"), false));
        QCOMPARE(books.record(book.id, {"customer", makeId(anna, 1)})->fields["name"], "Bia");
    }

    void numbersThatOneHubTookAreNotGivenToAnother()
    {
        HubThreads hub;
        auto db = hub.data.database().open();
        hub::RecordNumbers ours;
        hub::RecordNumbers theirs;

        QVERIFY(ours.refill(*db));
        QVERIFY(theirs.refill(*db));

        QVERIFY(ours.last < ours.end);
        QVERIFY(ours.end <= theirs.last);
    }

    void numbersThatCouldNotBeTakenAreNotGiven()
    {
        HubThreads hub;
        auto db = hub.data.database().open();
        hub::RecordNumbers numbers;
        db->setGate([](const QString &sql) { return !sql.startsWith("COMMIT"); });
        QVERIFY(!numbers.refill(*db));
        QCOMPARE(numbers.end, 0);
        db->setGate({});

        QVERIFY(numbers.refill(*db));

        QCOMPARE(*hub::Books(*db).lastRecord(), numbers.end);
    }

    void lostTailMeansAnotherEpoch()
    {
        HubThreads hub;
        auto db = hub.data.database().open();
        hub::Books books(*db);
        const auto seen = *books.book("main");
        QVERIFY(books.renewBrokenEpochs()->isEmpty());
        QVERIFY(books.moveHead(seen, 5)); // the log ends at 0

        QCOMPARE(*books.renewBrokenEpochs(), QVector<QString>{"main"});

        QCOMPARE(books.book("main")->head.seq, 0);
        QVERIFY(books.book("main")->head.epoch != seen.head.epoch);
    }

    void whenNobodyWantsAnythingTheLogMovesIntoTheFile()
    {
        if (HubPlace::isPostgres())
            QSKIP("PostgreSQL looks after its log itself");
        HubThreads hub;
        const QFileInfo file(hub.data.place().folder() + "/hub.db");
        const qint64 before = file.size();
        hub.start();

        hub.push(anna, {newCustomer(anna, 1, QString(60'000, 'x'))});

        QTRY_VERIFY(QFileInfo(file.filePath()).size() > before + 60'000);
    }
};

QTEST_GUILESS_MAIN(tst_BookWriter)
#include "tst_BookWriter.moc"
