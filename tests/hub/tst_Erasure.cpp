#include "sync/hub/LogLife.h"
#include "sync/hub/store/ErasedList.h"
#include "tests/hub/HubThreads.h"

using namespace ringbook;
using namespace ringbook::test;
using model::Action;
using sync::Verdict;

namespace {

constexpr qint64 anna = 2;
constexpr qint64 ben = 3;
constexpr qint64 admin = 4;

model::Op create(qint64 device, qint64 n, const QString &kind, QMap<QString, model::FieldEdit> edits)
{
    return {.counter = n,
            .record = {kind, makeId(device, n)},
            .action = Action::Create,
            .edits = std::move(edits),
            .madeAt = 1'795'000'000'000};
}

model::Op set(qint64 n, const model::RecordKey &record, const QString &field, const QVariant &value)
{
    return {.counter = n, .record = record, .edits = {{field, {value, 0}}}, .madeAt = 1'795'000'000'000};
}

model::Op erasure(qint64 n, const model::RecordKey &record)
{
    return {.counter = n, .record = record, .action = Action::Erase, .madeAt = 1'795'000'000'000};
}

/// Marlene Marker with a number, a case, its note, a call and a conflict about her name; and a stranger.
struct Marlene
{
    explicit Marlene(HubThreads &hub) : hub(hub)
    {
        hub.push(anna, {create(anna, 1, "customer", {{"name", {"Marlene Marker"}}}),
                        create(anna, 2, "contact_point", {{"customer", {her.id}}, {"value", {"Marker"}}}),
                        create(anna, 3, "case", {{"customer", {her.id}}, {"subject", {"Marker"}}}),
                        create(anna, 4, "case_note", {{"case", {makeId(anna, 3)}}, {"text", {"Marker"}}}),
                        create(anna, 5, "interaction", {{"customer", {her.id}}, {"note", {"Marker"}}}),
                        create(anna, 6, "customer", {{"name", {"Otto"}}}),
                        create(anna, 7, "widget", {{"customer", {her.id}}, {"x", {"Marker"}}})});
        hub.push(ben, {set(1, her, "name", "Marlene Marker-Meyer")});
    }

    HubThreads &hub;
    model::RecordKey her{"customer", makeId(anna, 1)};
    model::RecordKey otto{"customer", makeId(anna, 6)};
};

} // namespace

class tst_Erasure : public QObject
{
    Q_OBJECT

    /// Pushed by an administrator's desk.
    static sync::OpAnswer erase(HubThreads &hub, const model::RecordKey &record, qint64 n = 1)
    {
        auto ask = hub.pushing(admin, {erasure(n, record)});
        ask.caller.role = "admin";
        return sync::readPushReply(told(test::ask(hub.pushOps, ask)).body)->answers.first();
    }

    /// All that the tables hold, as text.
    static QString everything(HubThreads &hub)
    {
        auto db = hub.data.database().open();
        QString text;
        for (const model::Row &row : *db->all("SELECT body, edited FROM record"))
            text += row.text("body") + row.text("edited");
        for (const model::Row &row : *db->all("SELECT wire FROM change_log"))
            text += QString::fromUtf8(row.value("wire").toByteArray());
        for (const model::Row &row : *db->all("SELECT reason FROM op_answer"))
            text += row.text("reason");
        return text;
    }

private Q_SLOTS:
    void anErasureTakesAllThatIsAboutTheCustomer()
    {
        HubThreads hub;
        hub.start();
        const Marlene marlene(hub);
        QVERIFY(everything(hub).contains("Marker"));

        const auto answer = erase(hub, marlene.her);

        QCOMPARE(answer.verdict, Verdict::Applied);
        QVERIFY2(!everything(hub).contains("Marker"), qPrintable(everything(hub)));
        QVERIFY(everything(hub).contains("Otto"));
    }

    void howeverMuchThereIsItIsAllFound()
    {
        HubThreads hub;
        hub.start();
        const Marlene marlene(hub);
        QVector<model::Op> ops;
        for (qint64 n = 8; n < 208; n += 2)
            ops += {create(anna, n, "case", {{"customer", {marlene.her.id}}, {"subject", {"Marker"}}}),
                    create(anna, n + 1, "case_note", {{"case", {makeId(anna, n)}}, {"text", {"Marker"}}})};
        hub.push(anna, ops);

        erase(hub, marlene.her);

        QVERIFY(!everything(hub).contains("Marker"));
    }

    void aLongTextMayStandWhereOthersHaveACustomer()
    {
        HubThreads hub;
        hub.start();
        const Marlene marlene(hub);

        const auto reply =
            hub.push(anna, {create(anna, 8, "widget", {{"customer", {QString(60'000, u'x')}}})});

        QCOMPARE(reply.answers[0].verdict, Verdict::Applied);
        QCOMPARE(erase(hub, marlene.her).verdict, Verdict::Applied);
    }

    void theLogStaysDenseAndSaysWhoIsGone()
    {
        HubThreads hub;
        hub.start();
        const Marlene marlene(hub);

        const auto answer = erase(hub, marlene.her);

        const auto page = hub.pull(0);
        for (qsizetype i = 0; i < page.changes.size(); ++i)
            QCOMPARE(page.changes[i].seq, hub.head + i + 1);
        const auto erased = std::ranges::find(page.changes, answer.seq, &model::Change::seq);
        QCOMPARE(erased->action, Action::Erase);
        QCOMPARE(erased->record, marlene.her);
        QCOMPARE(erased->author, admin * 10);
        QCOMPARE(erased->device, admin);
        QVERIFY(erased->madeAt > 0);
        QSet<QString> kinds;
        for (auto change = erased; change != page.changes.end(); ++change)
            kinds.insert(change->record.kind);
        QCOMPARE(kinds, (QSet<QString>{"customer", "contact_point", "case", "case_note", "interaction",
                                       "widget", "conflict"}));
    }

    void whoReadsByRowsNeverSeesThem()
    {
        HubThreads hub;
        hub.start();
        const Marlene marlene(hub);
        erase(hub, marlene.her);
        hub::PullRows rows{hub.reader};

        const QByteArray body = told(ask(rows, hub.pulling({.after = 1, .epoch = hub.epoch}))).body;

        QVERIFY(!body.contains("Marker"));
        QVERIFY(body.contains("Otto"));
        const auto page = *sync::readChangesPage(body);
        const auto her = std::ranges::find(page.changes, marlene.her, &model::Change::record);
        QCOMPARE(her->action, Action::Erase);
        QCOMPARE(her->author, admin * 10);
    }

    void sumsStayThoseOfTheRecords()
    {
        HubThreads hub;
        hub.start();
        const Marlene marlene(hub);

        erase(hub, marlene.her);

        auto db = hub.data.database().open();
        const hub::Books books(*db);
        const qint64 book = books.book("main")->id;
        QCOMPARE(books.sums(book)->sums, *books.countRecords(book, std::atomic<bool>(false)));
    }

    void whatComesLateIsGone()
    {
        HubThreads hub;
        hub.start();
        const Marlene marlene(hub);
        erase(hub, marlene.her);

        const auto reply = hub.push(
            ben, {set(2, marlene.her, "notes", "Marker"),
                  create(ben, 3, "interaction", {{"customer", {marlene.her.id}}, {"note", {"Marker"}}}),
                  set(4, {"interaction", makeId(ben, 3)}, "note", "Marker"),
                  create(ben, 5, "case_note", {{"case", {makeId(anna, 3)}}, {"text", {"Marker"}}}),
                  set(6, marlene.otto, "customer", marlene.her.id)});

        for (const sync::OpAnswer &answer : reply.answers)
            QCOMPARE(answer, (sync::OpAnswer{answer.counter, Verdict::Gone, 0, hub::goneReason}));
        QVERIFY(!everything(hub).contains("Marker"));
        QVERIFY(everything(hub).contains("Otto"));
    }

    /// To a restored hub a colleague's note can come back before the case that it is of.
    void whatNamesARecordThatComesTooLateIsErasedWithIt()
    {
        HubThreads hub;
        hub.start();
        const Marlene marlene(hub);
                hub.push(anna, {create(anna, 8, "case_note", {{"case", {makeId(ben, 2)}}, {"text", {"Marker"}}}),
                        create(anna, 9, "case_note", {{"case", {makeId(ben, 3)}}, {"text", {"other"}}})});
        erase(hub, marlene.her);

        const auto reply = hub.push(
            ben, {create(ben, 2, "case", {{"customer", {marlene.her.id}}, {"subject", {"x"}}})});

        QCOMPARE(reply.answers[0].verdict, Verdict::Gone);
        const QString left = everything(hub);
        QVERIFY(!left.contains("Marker"));
        QVERIFY(left.contains("other"));
    }

    /// The desk heard first who was erased, and kept no more of its own op than what it made.
    void whatNamesARecordOfWhichOnlyTheKeyIsLeftIsErasedWithIt()
    {
        HubThreads hub;
        hub.start();
        const Marlene marlene(hub);
        hub.push(anna, {create(anna, 8, "case_note", {{"case", {makeId(ben, 3)}}, {"text", {"Marker"}}})});
        erase(hub, marlene.her);

        const auto reply = hub.push(ben, {create(ben, 2, "case", {})});

        QCOMPARE(reply.answers[0].verdict, Verdict::Gone);
        QVERIFY(everything(hub).contains("Marker"));
        QCOMPARE(hub.push(ben, {create(ben, 3, "case", {})}).answers[0].verdict, Verdict::Gone);
        QVERIFY(!everything(hub).contains("Marker"));
    }

    void aRepeatedOpAboutThemIsGone()
    {
        HubThreads hub;
        hub.start();
        const Marlene marlene(hub);
        erase(hub, marlene.her);
        const model::Op late = create(ben, 2, "interaction", {{"customer", {marlene.her.id}}});
        const model::Op wrong = set(3, marlene.otto, "customer", marlene.her.id);
        hub.push(ben, {late, wrong});

        const auto reply = hub.push(ben, {set(1, marlene.her, "name", "Marlene Marker-Meyer"), late, wrong});

        for (const sync::OpAnswer &answer : reply.answers)
            QCOMPARE(answer.verdict, Verdict::Gone);
    }

    void erasingTwiceIsDoneOnce()
    {
        HubThreads hub;
        hub.start();
        const Marlene marlene(hub);

        const auto once = erase(hub, marlene.her, 1);
        const qint64 head = hub.pull(0).head;
        const auto again = erase(hub, marlene.her, 2);

        QCOMPARE(again.verdict, Verdict::Applied);
        QCOMPARE(again.seq, once.seq);
        QCOMPARE(hub.pull(0).head, head);
    }

    void whoIsErasedWhileTheFileIsCleanedIsCleanedNextTime()
    {
        HubThreads hub;
        hub.start();
        const Marlene marlene(hub);
        erase(hub, marlene.her, 1);
        auto db = *hub.data.database().open();
        int times = 0;
        db.setGate([&](const QString &sql) {
            if (sql.contains("SET cleaned") && times++ == 0)
                erase(hub, marlene.otto, 2);
            return true;
        });
        QVERIFY(hub::cleanUp(db, {}));
        const QTemporaryDir folder;
        const QString list = folder.filePath("list");

        QVERIFY(hub::cleanUp(db, list));

        QVERIFY(QFile::exists(list));
        QVERIFY(hub::cleanUp(db, folder.filePath("again")));
        QVERIFY(!QFile::exists(folder.filePath("again")));
    }

    void onlyAnAdministratorErases()
    {
        HubThreads hub;
        hub.start();
        const Marlene marlene(hub);

        const auto reply = hub.push(ben, {erasure(2, marlene.her)});

        QCOMPARE(reply.answers[0].verdict, Verdict::Refused);
        QVERIFY(reply.answers[0].reason.contains("administrator"));
        QVERIFY(everything(hub).contains("Marker"));
    }

    void onlyACustomerIsErased()
    {
        HubThreads hub;
        hub.start();
        const Marlene marlene(hub);

        QCOMPARE(erase(hub, {"case", makeId(anna, 3)}).verdict, Verdict::Refused);
    }

    void opsOfTheSameCommitGoToo()
    {
        HubThreads hub;
        std::promise<bool> done;
        const model::RecordKey her{"customer", makeId(anna, 1)};
        hub.writer.submit(
            {[&](hub::WriteBatch &batch) -> Status {
                 const auto book = *batch.book("main");
                 const hub::Author by{.device = anna, .user = 20, .role = "admin"};
                 for (const model::Op &op :
                      {create(anna, 1, "customer", {{"name", {"Marker"}}}), erasure(2, her),
                       create(anna, 3, "case", {{"customer", {her.id}}, {"subject", {"Marker"}}})})
                     if (const auto ordered = batch.order(book, op, by, 1000); !ordered)
                         return ordered.error();
                 return Done{};
             },
             [&](const Status &committed) { done.set_value(committed.has_value()); }, "main"});
        hub.start();

        QVERIFY(done.get_future().get());
        QVERIFY(!everything(hub).contains("Marker"));
        QCOMPARE(hub.pull(0).changes.size(), 3);
    }
};

QTEST_GUILESS_MAIN(tst_Erasure)
#include "tst_Erasure.moc"
