#include "sync/hub/verbs/ReadMetrics.h"
#include "sync/hub/verbs/Sums.h"
#include "tests/hub/HubThreads.h"

#include <random>

using namespace ringbook;
using namespace ringbook::test;

namespace {

constexpr qint64 anna = 2;
constexpr qint64 ben = 3;

/// Creations, edits that clash, deletions; the counters go on from `counter`.
QVector<model::Op> randomOps(std::mt19937 &dice, qint64 device, qint64 &counter, int count)
{
    QVector<model::Op> ops;
    for (int i = 0; i < count; ++i) {
        const qint64 made = makeId(anna, 1 + qint64(dice() % 40));
        const model::FieldEdit edit{.value = QString("name %1").arg(dice() % 5), .base = 1};
        model::Op op{.counter = ++counter, .record = {"customer", made}, .edits = {{"name", edit}}};
        if (device == anna && counter <= 40)
            op = newCustomer(anna, counter, "Ana");
        else if (dice() % 6 == 0)
            op = {.counter = counter, .record = op.record, .action = model::Action::Delete};
        ops.append(op);
    }
    return ops;
}

} // namespace

class tst_Sums : public QObject
{
    Q_OBJECT

    static hub::Answer askSums(HubThreads &hub, hub::ReadSums &verb, const QByteArray &query = {})
    {
        return ask(verb, {.caller = hub.caller(anna), .path = {{"book", "main"}}, .query = query});
    }

    static sync::SumsReply sumsOf(HubThreads &hub, hub::ReadSums &verb, const QByteArray &query = {})
    {
        return *sync::readSumsReply(told(askSums(hub, verb, query)).body);
    }

private Q_SLOTS:
    void sumsAreThoseOfTheRecordsWhateverHappened()
    {
        HubThreads hub;
        hub::ReadSums verb(hub.reader, hub.metrics);
        hub.start();
        std::mt19937 dice(7);
        qint64 annas = 0, bens = 0;
        for (int round = 0; round < 12; ++round) {
            hub.push(anna, randomOps(dice, anna, annas, 20));
            hub.push(ben, randomOps(dice, ben, bens, 20));
        }

        const auto kept = sumsOf(hub, verb);

        auto db = *hub.data.database().open();
        hub::Books books(db);
        const auto book = *books.book("main");
        QVERIFY(kept.sums != model::BucketSums());
        QCOMPARE(kept.seq, book.head.seq);
        QCOMPARE(kept.sums.differing(*books.countRecords(book.id, false)), QVector<int>());
    }

    void aDatabaseFromBeforeThereWereSumsIsCountedWhileOthersWrite()
    {
        HubThreads hub;
        hub::ReadSums verb(hub.reader, hub.metrics);
        hub.start();
        std::mt19937 dice(7);
        qint64 annas = 0;
        hub.push(anna, randomOps(dice, anna, annas, 60));
        auto db = *hub.data.database().open();
        hub::Books books(db);
        QVERIFY(books.countAgain(*books.book("main")));

        hub.push(anna, randomOps(dice, anna, annas, 60));
        QCOMPARE(refused(askSums(hub, verb)).status, 503);
        QVERIFY(hub.count.start());
        hub.push(anna, randomOps(dice, anna, annas, 60));

        QTRY_COMPARE(books.sums(1)->since, 0);
        QCOMPARE(sumsOf(hub, verb).sums.differing(*books.countRecords(1, false)), QVector<int>());
    }

    /// Else every desk would fetch the bucket for ever and find nothing wrong with it.
    void aSumThatIsWrongAtTheHubIsCountedAgain()
    {
        HubThreads hub;
        hub::ReadBucket verb(hub.reader, hub.count);
        hub.start();
        QVERIFY(hub.count.start());
        const auto op = newCustomer(anna, 1, "Ana");
        hub.push(anna, {op});
        auto db = *hub.data.database().open();
        hub::Books books(db);
        QVERIFY(books.setSums(1, {}));

        const hub::Ask question{
            .caller = hub.caller(anna),
            .path = {{"book", "main"}, {"bucket", QString::number(model::bucketOf(op.record.id))}}};

        QCOMPARE(refused(ask(verb, question)).status, 503);
        QTRY_COMPARE(books.sums(1)->sums, *books.countRecords(1, false));
        QCOMPARE(sync::readBucketReply(told(ask(verb, question)).body)->records.size(), 1);
        QCOMPARE(hub.metrics.recounts, 1);
    }

    void aBucketHasItsRecordsThatAreNotDeleted()
    {
        HubThreads hub;
        hub::ReadBucket verb(hub.reader, hub.count);
        hub.start();
        const auto first = newCustomer(anna, 1, "Ana"), second = newCustomer(anna, 2, "Bo");
        hub.push(anna, {first, second});
        hub::Ask question{
            .caller = hub.caller(anna),
            .path = {{"book", "main"}, {"bucket", QString::number(model::bucketOf(first.record.id))}}};

        const auto bucket = *sync::readBucketReply(told(ask(verb, question)).body);

        QCOMPARE(bucket.seq, 2);
        QCOMPARE(bucket.records.size(), 1);
        QCOMPARE(bucket.records.first().first, first.record);
        QCOMPARE(bucket.records.first().second.value("name"), "Ana");
        for (const QString nonsense : {"256", "-1", "x", ""}) {
            question.path["bucket"] = nonsense;
            QCOMPARE(refused(ask(verb, question)).status, 404);
        }
    }

    void repairsAreCountedAndNonsenseIsNot()
    {
        HubThreads hub;
        hub::ReadSums verb(hub.reader, hub.metrics);
        hub.start();
        hub.push(anna, {newCustomer(anna, 1, "Ana")});

        sumsOf(hub, verb, "repaired=3");
        sumsOf(hub, verb, "repaired=x");
        sumsOf(hub, verb, "repaired=-9");

        QCOMPARE(hub.metrics.repairs, 3);
    }

    void whatTheHubDidIsToldToProgramsOnItsMachine()
    {
        HubThreads hub;
        hub::ReadSums sums(hub.reader, hub.metrics);
        hub::ReadMetrics verb(hub.metrics, hub.fanout);
        hub.start();
        const model::Op nobodys{
            .counter = 2, .record = {"customer", makeId(anna, 9)}, .edits = {{"name", {"Bo", 0}}}};
        hub.push(anna, {newCustomer(anna, 1, "Ana"), nobodys});
        sumsOf(hub, sums, "repaired=3");

        const auto answer = told(ask(verb, {.address = "127.0.0.1"}));

        QCOMPARE(answer.contentType, "text/plain; version=0.0.4");
        for (const char *line : {"ringbook_repairs_total 3", "ringbook_refused_ops_total 1",
                                 "ringbook_streams 0", "ringbook_book_head{book=\"main\"} 1"})
            QVERIFY2(answer.body.split('\n').contains(line), answer.body.constData());
        QCOMPARE(refused(ask(verb, {.address = "10.1.2.3"})).status, 403);
    }
};

QTEST_GUILESS_MAIN(tst_Sums)
#include "tst_Sums.moc"
