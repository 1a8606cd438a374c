#include "sync/hub/snapshot/HotSet.h"
#include "sync/hub/verbs/ReadSnapshot.h"
#include "tests/hub/HubThreads.h"
#include "tests/support/Bytes.h"
#include "tests/support/FakeClock.h"
#include "tests/support/Unpacked.h"

using namespace ringbook;
using namespace ringbook::test;
using ringbook::tests::FakeClock;

namespace {

constexpr qint64 anna = 2;
constexpr int patienceMs = 30'000; // of a thread that gives way to all others
constexpr TimeMs day = 24 * 3600 * 1000;

/// A hub whose snapshots are asked for without HTTP, at a time of one's own.
struct World : HubThreads
{
    explicit World(const hub::SnapshotMaker::Settings &wanted = {}) : settings(wanted)
    {
        if (settings.folder.isEmpty())
            settings.folder = folder.filePath("snapshots");
        start();
    }

    void serve()
    {
        maker.reset();
        maker = std::make_unique<hub::SnapshotMaker>(data.database(), settings, time);
        if (!maker->start())
            qFatal("no thread");
        readSnapshot = std::make_unique<hub::ReadSnapshot>(*maker, fanout);
        readFrame = std::make_unique<hub::ReadFrame>(*maker, fanout, reader);
    }

    hub::Answer asked() { return ask(*readSnapshot, {.caller = caller(anna), .path = {{"book", "main"}}}); }

    std::optional<sync::SnapshotManifest> manifest()
    {
        const hub::Answer answer = asked();
        const auto *told = std::get_if<hub::Told>(&answer);
        return told ? std::optional(*sync::readSnapshotManifest(told->body)) : std::nullopt;
    }

    hub::Answer frame(const QString &digest)
    {
        return ask(*readFrame, {.caller = caller(anna), .path = {{"book", "main"}, {"digest", digest}}});
    }

    bool has(const sync::SnapshotFrame &wanted)
    {
        return std::holds_alternative<hub::Told>(frame(wanted.digest));
    }

    /// The file as a desk would have it.
    model::Book unpack(const sync::SnapshotFile &file)
    {
        const QString path = folder.filePath(QStringLiteral("desk-%1.db").arg(++files));
        QFile written(path);
        if (!written.open(QIODevice::WriteOnly) || written.write(unpacked(file, [&](const QString &digest) {
                return told(frame(digest)).body;
            })) < 1)
            qFatal("the frames do not make a file");
        written.close();
        return *model::Book::open(path);
    }

    /// A book that a desk has made by reading the whole log.
    model::Book pulled()
    {
        auto book = *model::Book::open(":memory:");
        pullInto(book);
        return book;
    }

    void pullInto(model::Book &book)
    {
        for (bool isDone = false; !isDone;) {
            const auto page = pull(book.cursor()->seq);
            if (!book.applyFeed(page.changes, {page.epoch, page.to}, {}))
                qFatal("not applied");
            isDone = page.to == page.head;
        }
    }

    /// The next op: a record of this kind with these fields.
    model::Op created(const QString &kind, const model::Fields &fields)
    {
        ++counter;
        model::Op op{
            .counter = counter, .record = {kind, makeId(anna, counter)}, .action = model::Action::Create};
        for (auto field = fields.begin(); field != fields.end(); ++field)
            op.edits.insert(field.key(), {field.value(), 0});
        return op;
    }

    void addCustomers(int count)
    {
        QVector<model::Op> ops;
        for (int i = 0; i < count; ++i) {
            ++counter;
            ops.append(newCustomer(anna, counter, QStringLiteral("Ana %1").arg(counter)));
        }
        push(anna, ops);
    }

    QTemporaryDir folder;
    hub::SnapshotMaker::Settings settings;
    FakeClock time;
    qint64 counter = 0;
    int files = 0;
    std::unique_ptr<hub::SnapshotMaker> maker;
    std::unique_ptr<hub::ReadSnapshot> readSnapshot;
    std::unique_ptr<hub::ReadFrame> readFrame;
};

model::Op changed(qint64 n, qint64 customer, model::Action action, const model::Fields &fields)
{
    model::Op op{.counter = n, .record = {"customer", makeId(anna, customer)}, .action = action};
    for (auto field = fields.begin(); field != fields.end(); ++field)
        op.edits.insert(field.key(), {field.value(), n});
    return op;
}

} // namespace

class tst_Snapshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anErasureWithdrawsAllThatHasThePerson()
    {
        constexpr char marker[] = "Quittenbaum";
        World hub;
        hub.addCustomers(3);
        hub.push(anna, {hub.created("customer", {{"name", marker}})});
        const model::RecordKey her{"customer", makeId(anna, hub.counter)};
        hub.serve();
        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);
        const auto before = *hub.manifest();
        auto erasing = hub.pushing(4, {{.counter = 1, .record = her, .action = model::Action::Erase}});
        erasing.caller.role = "admin";
        const auto erased = sync::readPushReply(told(ask(hub.pushOps, erasing)).body)->answers.first();

        hub.maker->withdraw("main", erased.seq);

        QVERIFY(!hub.has(before.book.frames.first()));
        QVERIFY(!hub.manifest());
        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);
        auto book = hub.unpack(hub.manifest()->book);
        QVERIFY(!*book.record(her));
        QVERIFY(!*book.isUnclean());
        QCOMPARE(filesWith(hub.folder.path(), marker), QStringList());
    }

    void oneFromBeforeAnErasureIsNotOfferedAfterARestart()
    {
        World hub;
        hub.addCustomers(3);
        hub.serve();
        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);
        const auto before = *hub.manifest();
        hub.maker.reset();
        SystemClock clock;
        auto office = hub::Administration::open(hub.data.database(), clock);
        QVERIFY(office->erase("main", makeId(anna, 1)));

        hub.serve();

        QVERIFY(!hub.has(before.book.frames.first()));
    }

    void theFirstQuestionHasOneMade()
    {
        World hub;
        hub.addCustomers(3);
        hub.serve();

        const auto none = refused(hub.asked());

        QCOMPARE(none.status, 404);
        QCOMPARE(none.type, "no-snapshot");
        QVERIFY(none.retryAfter > 0);
        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);
        QCOMPARE(hub.manifest()->at, (model::Cursor{hub.epoch, 3}));
        QCOMPARE(hub.manifest()->madeAt, FakeClock::start);
    }

    void theFileIsTheBookThatTheLogMakes()
    {
        World hub;
        hub.addCustomers(500);
        hub.push(anna, {changed(501, 7, model::Action::Set, {{"name", "Bia"}, {"mood", "new here"}}),
                        changed(502, 8, model::Action::Delete, {})});
        hub.serve();
        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);

        const auto manifest = hub.manifest();
        const auto book = hub.unpack(manifest->book);

        QCOMPARE(*book.cursor(), manifest->at);
        QCOMPARE(recordsOf(book), recordsOf(hub.pulled()));
        QCOMPARE(book.db().one("SELECT count(*) AS n FROM customer_name('bia')")->number("n"), 1);
        QCOMPARE(book.db().one("SELECT user_version AS n FROM pragma_user_version")->number("n"),
                 manifest->schema);
        QCOMPARE(book.db()
                     .one("SELECT (SELECT count(*) FROM own_op) + (SELECT count(*) FROM shadow) AS n")
                     ->number("n"),
                 0);
    }

    void aSmallBookNeedsNoHotSet()
    {
        World hub;
        hub.addCustomers(3);
        hub.serve();
        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);

        QVERIFY(!hub.manifest()->hot);
    }

    void theHotSetHasWhoIsLikelyToCall()
    {
        World hub({.smallBook = 0});
        const TimeMs now = FakeClock::start;
        hub.addCustomers(5); // none of whom is, yet
        const auto add = [&](const QString &kind, const model::Fields &fields) {
            hub::Ask asking = hub.pushing(anna, {hub.created(kind, fields)});
            asking.caller.role = "admin";
            told(ask(hub.pushOps, asking));
        };
        const auto customer = [](qint64 n) { return QVariant(makeId(anna, n)); };
        add("category", {{"name", "Heating"}});
        add("interaction", {{"customer", customer(1)}, {"channel", "phone"}, {"started_at", now - day}});
        add("interaction", {{"customer", customer(2)}, {"channel", "phone"}, {"started_at", now - 30 * day}});
        add("case", {{"customer", customer(3)}, {"subject", "No heat"}, {"opened_at", now - 30 * day}});
        add("follow_up", {{"customer", customer(4)}, {"due_at", now}, {"zone", "UTC"}});
        add("contact_point", {{"customer", customer(4)}, {"channel", "phone"}, {"value", "030 1"}});
        hub.serve();
        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);

        const auto manifest = hub.manifest();
        const auto hot = hub.unpack(*manifest->hot);

        const auto records = recordsOf(hot);
        QCOMPARE(*hot.cursor(), manifest->at);
        for (qint64 n = 1; n <= 5; ++n)
            QCOMPARE(records.contains(QStringLiteral("customer %1").arg(makeId(anna, n))),
                     n == 1 || n == 3 || n == 4);
        QCOMPARE(records.size(), 3 + 5); // and what belongs to them, and the category
        const auto all = recordsOf(hub.unpack(manifest->book));
        for (auto record = records.begin(); record != records.end(); ++record)
            QCOMPARE(record.value(), all.value(record.key()));
        QCOMPARE(hot.db().one("SELECT count(*) AS n FROM customer_name('ana')")->number("n"), 3);
    }

    void theHotSetKnowsWhoWasErased()
    {
        World hub({.smallBook = 0});
        hub.addCustomers(3);
        SystemClock clock;
        auto office = hub::Administration::open(hub.data.database(), clock);
        QVERIFY(office->erase("main", makeId(anna, 1)));
        hub.serve();
        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);

        const auto hot = hub.unpack(*hub.manifest()->hot);

        QVERIFY(hot.erased()->contains({"customer", makeId(anna, 1)}));
    }

    void theHotSetHasOnlySoManyAndTheLatest()
    {
        World hub({.smallBook = 0});
        QVector<model::Op> ops;
        const auto create = [&](const QString &kind, const model::Fields &fields) {
            ops.append(hub.created(kind, fields));
            const qint64 id = ops.last().record.id;
            if (ops.size() == sync::maxOpsPerPush)
                hub.push(anna, std::exchange(ops, {}));
            return id;
        };
        const qint64 oldest = create("customer", {{"name", "Zoe"}});
        create("interaction", {{"customer", oldest}, {"started_at", FakeClock::start - day}});
        for (int i = 0; i < hub::hotCustomers; ++i) {
            const qint64 customer = create("customer", {{"name", "Ana"}});
            for (int j = 0; j < (i == 0 ? 12 : 1); ++j)
                create("interaction", {{"customer", customer}, {"started_at", FakeClock::start - j}});
        }
        hub.push(anna, ops);
        hub.serve();
        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);

        const auto hot = hub.unpack(*hub.manifest()->hot);

        const auto count = [&](const QString &of) {
            return hot.db().one("SELECT count(*) AS n FROM " + of)->number("n");
        };
        QCOMPARE(count("customer"), hub::hotCustomers);
        QCOMPARE(count("customer WHERE name = 'Zoe'"), 0);
        QCOMPARE(count("interaction"), hub::hotCustomers + 9);
    }

    void commitsGoOnWhileOneIsMade()
    {
        World hub;
        hub.addCustomers(500);
        hub.serve();

        while (!hub.manifest())
            hub.addCustomers(20);

        auto book = hub.unpack(hub.manifest()->book);
        QVERIFY(*book.cursor() == hub.manifest()->at);
        hub.pullInto(book);
        QCOMPARE(recordsOf(book).size(), hub.counter);
        QCOMPARE(recordsOf(book), recordsOf(hub.pulled()));
    }

    void aNewerOneIsMadeOnceADayAndTheOneBeforeKept()
    {
        World hub;
        hub.serve();
        QVector<sync::SnapshotManifest> made;
        for (int i = 1; i <= 3; ++i) {
            hub.addCustomers(2);
            QTRY_VERIFY_WITH_TIMEOUT(hub.manifest() && hub.manifest()->at.seq == 2 * i, patienceMs);
            made.append(*hub.manifest());
            hub.time.advance(day);
        }

        QVERIFY(!hub.has(made[0].book.frames.first()));
        QVERIFY(hub.has(made[1].book.frames.first()));
        QVERIFY(hub.has(made[2].book.frames.first()));
        QCOMPARE(QDir(hub.settings.folder + "/main").entryList({"*.frames"}).size(), 2);
    }

    void aNewerOneIsMadeWhenAFifthIsNew()
    {
        World hub({.leastNewChanges = 5});
        hub.addCustomers(30);
        hub.serve();
        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);

        hub.addCustomers(6);
        (void)hub.manifest();
        QVERIFY(hub.pulled().cursor()->seq == 36);
        hub.addCustomers(2);

        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest()->at.seq == 38, patienceMs);
    }

    void anotherLogWithdrawsAll()
    {
        World hub;
        hub.addCustomers(3);
        hub.serve();
        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);
        const auto before = *hub.manifest();
        auto db = hub.data.database().open();
        hub::Books books(*db);
        QVERIFY(books.renewEpoch(*books.book("main")));
        const auto book = *books.book("main");
        hub.fanout.setBook({"main", "DE", book.head.epoch, book.head.seq});
        hub.epoch = book.head.epoch;

        QCOMPARE(refused(hub.asked()).type, "no-snapshot");
        QCOMPARE(refused(hub.frame(before.book.frames.first().digest)).status, 404);

        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);
        QCOMPARE(hub.manifest()->at, book.head);
        QCOMPARE(recordsOf(hub.unpack(hub.manifest()->book)), recordsOf(hub.pulled()));
    }

    void aSnapshotOutlivesTheHub()
    {
        World hub;
        hub.addCustomers(3);
        hub.serve();
        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);
        const auto before = *hub.manifest();

        hub.serve();

        QVERIFY(hub.manifest());
        QCOMPARE(*hub.manifest(), before);
        QVERIFY(hub.has(before.book.frames.first()));
    }

    void whatIsHalfMadeIsThrownAway()
    {
        World hub;
        hub.addCustomers(3);
        hub.serve();
        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);
        hub.maker.reset();
        QDir folder(hub.settings.folder + "/main");
        QVERIFY(folder.remove("1.json"));
        for (const char *name : {"new.db", "new.db-journal", "2.frames.XyZ", "3.json", "notes.txt"}) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("half") == 4);
        }

        hub.serve();

        QCOMPARE(folder.entryList({"*.json", "*.frames*", "new*", "notes*"}, QDir::Files), {"notes.txt"});
        QVERIFY(!hub.manifest()); // which has a new one begun
        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);
        QCOMPARE(recordsOf(hub.unpack(hub.manifest()->book)).size(), 3);
    }

    void aDamagedMirrorIsMadeAnew()
    {
        World hub;
        hub.addCustomers(3);
        const QString folder = hub.settings.folder + "/main";
        QVERIFY(QDir().mkpath(folder));
        QFile mirror(folder + "/mirror.db");
        QVERIFY(mirror.open(QIODevice::WriteOnly) && mirror.write(QByteArray(9000, 'x')) == 9000);
        mirror.close();

        hub.serve();

        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);
        QCOMPARE(recordsOf(hub.unpack(hub.manifest()->book)).size(), 3);
    }

    void damageThatIsFoundLaterIsMendedTheNextTime()
    {
        World hub;
        for (int times = 0; times < 5; ++times)
            hub.addCustomers(200);
        hub.serve();
        QTRY_VERIFY_WITH_TIMEOUT(hub.manifest(), patienceMs);
        hub.maker.reset();
        QFile mirror(hub.settings.folder + "/main/mirror.db");
        QVERIFY(mirror.open(QIODevice::ReadWrite));
        const qint64 rows = mirror.size() / 4 * 3; // behind the schema: it can still be opened
        QVERIFY(mirror.seek(rows) && mirror.write(QByteArray(mirror.size() - rows, 'x')) > 0);
        mirror.close();
        hub.time.advance(day);
        hub.addCustomers(1);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression("no snapshot of book “main”: .*"));

        hub.serve();

        QTRY_COMPARE_WITH_TIMEOUT((hub.manifest(), QFile::exists(mirror.fileName())), false, patienceMs);
        QVERIFY(hub.manifest());
        QCOMPARE(hub.manifest()->at.seq, 1000); // the one there is goes on being offered
        // The pause may begin only now: each try is a day after the one before.
        QTRY_VERIFY_WITH_TIMEOUT((hub.time.advance(day), hub.manifest()->at.seq == 1001), patienceMs);
        QCOMPARE(recordsOf(hub.unpack(hub.manifest()->book)), recordsOf(hub.pulled()));
    }

    void twoHubsDoNotShareAFolder()
    {
        World hub;
        hub.serve();

        hub::SnapshotMaker other(hub.data.database(), hub.settings, hub.time);
        const Status started = other.start();

        QVERIFY(!started);
        QCOMPARE(started.error().fault, Fault::Busy);
        QVERIFY(started.error().detail.contains(hub.settings.folder));
    }

    void withoutRoomThereIsNoneAndCommitsGoOn_data()
    {
        QTest::addColumn<bool>("isFull");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("a full disk") << true << "too little space";
        QTest::newRow("no folder") << false << "cannot be made";
    }

    void withoutRoomThereIsNoneAndCommitsGoOn()
    {
        QFETCH(bool, isFull);
        QFETCH(QString, sentence);
        World hub({.folder = isFull ? QString() : QStringLiteral("/dev/null/snapshots"),
                   .spareBytes = isFull ? qint64(1) << 60 : 0});
        hub.addCustomers(3);
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression("no snapshot of book “main”: .*" + sentence + ".*"));
        hub.serve();

        (void)hub.manifest();

        QTRY_COMPARE(refused(hub.asked()).retryAfter, 0);
        hub.addCustomers(3);
        QCOMPARE(hub.pulled().cursor()->seq, 6);
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression("no snapshot of book “main”: .*" + sentence + ".*"));
        hub.time.advance(day);
        QVERIFY(refused(hub.asked()).retryAfter > 0);
        QTRY_COMPARE(refused(hub.asked()).retryAfter, 0);
    }
};

QTEST_GUILESS_MAIN(tst_Snapshots)
#include "tst_Snapshots.moc"
