#include "tests/hub/Asking.h"
#include "tests/support/HubOnLoopback.h"

#include <csignal>

using namespace ringbook;
using namespace ringbook::test;

/// Two hubs, each a process of its own, on one database.
class tst_TwoHubs : public QObject
{
    Q_OBJECT

    static constexpr int patienceMs = 20'000;

    /// A desk at each.
    struct Pair
    {
        Pair()
        {
            anna.signIn("anna");
            ben.signIn("ben");
        }

        HubData data;
        HubProcess first{data}, second{data};
        Http anna{first.url()}, ben{second.url()};
    };

    /// The same desk, at another hub.
    static void goOn(Http &elsewhere, const Http &desk)
    {
        elsewhere.token = desk.token;
        elsewhere.session = desk.session;
    }

    static bool hasHello(const DeskStream &stream) { return !stream.events.isEmpty(); }

    /// The newest place of the book this stream has told of.
    static qint64 lastHead(const DeskStream &stream)
    {
        qint64 head = 0;
        for (const sync::StreamEvent &event : stream.events) {
            if (event.name == sync::changesEvent)
                head = sync::readChangesPage(event.data)->to;
            if (event.name == sync::pokeEvent)
                head = sync::readPoke(event.data)->head;
        }
        return head;
    }

    static QVector<model::Op> customers(const Http &http, qint64 from, int count)
    {
        QVector<model::Op> ops;
        for (int i = 0; i < count; ++i)
            ops.append(newCustomer(http.session.device, from + i, "Ana"));
        return ops;
    }

    /// What each of these devices has in the book, by counter; fails if the book's numbers have holes.
    static QMap<qint64, QMap<qint64, int>> effects(Http &http)
    {
        QMap<qint64, QMap<qint64, int>> seen;
        const QByteArray epoch = "&epoch=" + http.session.books.first().epoch.toUtf8();
        for (qint64 after = 0;;) {
            const auto page = *sync::readChangesPage(
                http.send("GET", "/v1/books/main/changes?after=" + QByteArray::number(after) + epoch).body);
            for (const model::Change &change : page.changes) {
                if (change.seq != ++after)
                    qFatal("the log has a hole before %lld", change.seq);
                ++seen[change.device][change.counter];
            }
            if (page.to == page.head)
                return seen;
        }
    }

    /// One entry each for 1 to `count`, and no other.
    static bool isOnceEach(const QMap<qint64, int> &counters, qint64 count)
    {
        qint64 expected = 0;
        for (auto counter = counters.begin(); counter != counters.end(); ++counter)
            if (counter.key() != ++expected || *counter != 1)
                return false;
        return expected == count;
    }

    /// True while a hub's session sits in a transaction and says nothing.
    static bool isSomebodyInATransaction(model::Connection &db)
    {
        return db.one("SELECT COUNT(*) AS n FROM pg_stat_activity WHERE state = 'idle in transaction' AND "
                      "datname = current_database()")
                   ->number("n") > 0;
    }

    static bool isStopped(qint64 process)
    {
        QFile stat(QStringLiteral("/proc/%1/stat").arg(process));
        return stat.open(QIODevice::ReadOnly) && stat.readAll().contains(") T ");
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!HubPlace::isPostgres())
            QSKIP("only one hub serves a folder");
    }

    void desksOnEitherSeeEachOthersWork()
    {
        Pair hubs;
        const DeskStream annas(hubs.anna);
        const DeskStream bens(hubs.ben);
        QTRY_VERIFY_WITH_TIMEOUT(hasHello(annas) && hasHello(bens), patienceMs);

        for (int round = 0; round < 5; ++round) {
            const qint64 annasHead = hubs.anna.push(customers(hubs.anna, round * 3 + 1, 3)).head;
            QTRY_VERIFY_WITH_TIMEOUT(lastHead(bens) >= annasHead, patienceMs);
            const qint64 bensHead = hubs.ben.push(customers(hubs.ben, round * 2 + 1, 2)).head;
            QTRY_VERIFY_WITH_TIMEOUT(lastHead(annas) >= bensHead, patienceMs);
        }

        const auto seen = effects(hubs.anna);
        QVERIFY(isOnceEach(seen[hubs.anna.session.device], 15));
        QVERIFY(isOnceEach(seen[hubs.ben.session.device], 10));
    }

    void whoIsAtACustomerIsSeenAtTheOtherHub()
    {
        Pair hubs;
        const DeskStream bens(hubs.ben);
        QTRY_VERIFY_WITH_TIMEOUT(hasHello(bens), patienceMs);

        hubs.anna.send("POST", "/v1/books/main/presence",
                       sync::encode(sync::PresenceShare{{7}, model::Presence::Doing::Phone}));

        QTRY_COMPARE_WITH_TIMEOUT(bens.events.last().name, QByteArray(sync::presenceEvent), patienceMs);
        const auto news = *sync::readPresenceNews(bens.events.last().data);
        QCOMPARE(news.customer.value, 7);
        QCOMPARE(news.people.value(0).name, "Anna Albers");
    }

    /// Changes come with their content from the other hub too: nobody has to ask for them.
    void workAtTheOtherHubArrivesWhole()
    {
        Pair hubs;
        const DeskStream bens(hubs.ben);
        QTRY_VERIFY_WITH_TIMEOUT(hasHello(bens), patienceMs);

        hubs.anna.push(customers(hubs.anna, 1, 1));

        QTRY_COMPARE_WITH_TIMEOUT(bens.events.last().name, QByteArray(sync::changesEvent), patienceMs);
        QCOMPARE(sync::readChangesPage(bens.events.last().data)->changes.last().device,
                 hubs.anna.session.device);
    }

    void whoSignedInAtOneHubIsKnownToTheOther()
    {
        const HubData data;
        const HubProcess first(data);
        const HubProcess second(data);
        Http anna(first.url());
        anna.signIn("anna");
        Http elsewhere(second.url());
        goOn(elsewhere, anna);

        QCOMPARE(elsewhere.push(customers(anna, 1, 1)).answers.size(), 1);
        QCOMPARE(elsewhere.send("GET", "/v1/books/main/changes?after=0").status, 200);
    }

    void aPhoneThatIsTakenAtOneHubRingsForThemAtTheOther()
    {
        Pair hubs;
        goOn(hubs.ben, hubs.anna);
        const DeskStream annas(hubs.ben); // at the second hub
        QTRY_VERIFY_WITH_TIMEOUT(hasHello(annas), patienceMs);

        Http bens(hubs.first.url());
        bens.signIn("ben", "101");

        const auto hasNoPhone = [&] {
            return std::ranges::any_of(annas.events, [](const sync::StreamEvent &event) {
                return event.name == sync::phoneEvent && sync::readPhone(event.data)->extension.isEmpty();
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasNoPhone(), patienceMs);
    }

    void whoSignsInAgainAtOneHubIsSignedOutAtTheOther()
    {
        const HubData data;
        const HubProcess first(data);
        const HubProcess second(data);
        Http anna(first.url());
        anna.signIn("anna");
        QCOMPARE(anna.send("GET", "/v1/books/main/changes?after=0").status, 200);

        Http again(second.url());
        const sync::SessionRequest request{1, "anna", "demo", anna.session.device, anna.session.deviceSecret};
        QCOMPARE(again.send("POST", "/v1/session", sync::encode(request)).status, 200);

        QTRY_COMPARE_WITH_TIMEOUT(anna.send("GET", "/v1/books/main/changes?after=0").status, 401, patienceMs);
    }

    /// The desk goes to the other hub with what it does not know to be done.
    void theOtherHubGoesOnWhereAKilledOneStopped()
    {
        const HubData data;
        HubProcess first(data);
        HubProcess second(data);
        Http http(first.url());
        http.signIn("anna");
        Http elsewhere(second.url());
        goOn(elsewhere, http);
        qint64 acknowledged = 0;
        for (int round = 0; round < 6; ++round) {
            const QVector<model::Op> ops = customers(http, acknowledged + 1, 200);
            const sync::PushRequest push{.schema = 1, .epoch = http.session.books.first().epoch, .ops = ops};
            const std::unique_ptr<QNetworkReply> inFlight(
                http.network().post(http.request("/v1/books/main/ops"), sync::encode(push)));
            QTest::qWait(round * 3);
            first.kill();

            const sync::PushReply reply = elsewhere.push(ops);

            QCOMPARE(reply.answers.size(), ops.size());
            acknowledged = reply.answers.last().counter;
            QVERIFY(isOnceEach(effects(elsewhere)[http.session.device], acknowledged));
            first.start();
        }
        QVERIFY(isOnceEach(effects(http)[http.session.device], acknowledged));
    }

#ifdef Q_OS_LINUX
    /// A hub that falls asleep while it holds the book is passed over; what it had begun is undone, and when
    /// it wakes it does it again behind the others.
    void aHubThatStopsInATransactionIsFenced()
    {
        const HubData data;
        const HubProcess sleeper(data);
        const HubProcess other(data);
        Http anna(sleeper.url());
        Http ben(other.url());
        anna.signIn("anna");
        ben.signIn("ben");
        auto db = model::Connection::openPostgres(data.place().url());
        std::vector<std::unique_ptr<QNetworkReply>> pushes;
        constexpr int many = 200; // in one transaction, so that it takes a while
        qint64 sent = 0;
        bool isCaught = false;
        while (!isCaught) {
            QVERIFY2(pushes.size() < 500, "never stopped in a transaction");
            const sync::PushRequest push{.schema = 1,
                                         .epoch = anna.session.books.first().epoch,
                                         .ops = customers(anna, sent + 1, many)};
            pushes.emplace_back(anna.network().post(anna.request("/v1/books/main/ops"), sync::encode(push)));
            while (!isSomebodyInATransaction(*db) && !pushes.back()->isFinished()) // it is soon over
                QCoreApplication::processEvents();
            ::kill(pid_t(sleeper.pid()), SIGSTOP);
            QTRY_VERIFY_WITH_TIMEOUT(isStopped(sleeper.pid()), patienceMs);
            isCaught = isSomebodyInATransaction(*db);
            if (!isCaught)
                ::kill(pid_t(sleeper.pid()), SIGCONT);
            QTRY_VERIFY_WITH_TIMEOUT(isCaught || pushes.back()->isFinished(), patienceMs);
            sent += many;
        }

        const auto reply = ben.push(customers(ben, 1, 10));

        QCOMPARE(reply.answers.size(), 10);
        ::kill(pid_t(sleeper.pid()), SIGCONT);
        QTRY_VERIFY_WITH_TIMEOUT(pushes.back()->isFinished(), patienceMs);
        if (pushes.back()->error() != QNetworkReply::NoError)
            QCOMPARE(anna.push(customers(anna, sent - many + 1, many)).answers.size(), many);
        const auto seen = effects(ben);
        QVERIFY(isOnceEach(seen[anna.session.device], sent));
        QVERIFY(isOnceEach(seen[ben.session.device], 10));
    }
#endif

    void whatAnAdministratorAddsIsToldAtEveryHub()
    {
        Pair hubs;
        const DeskStream annas(hubs.anna);
        const DeskStream bens(hubs.ben);
        QTRY_VERIFY_WITH_TIMEOUT(hasHello(annas) && hasHello(bens), patienceMs);

        const SystemClock clock;
        auto admin = hub::Administration::open(hubs.data.database(), clock);
        QVERIFY(
            admin->addUser({.login = "eva", .password = "demo", .name = "Eva Eriksen", .books = {"main"}}));

        QTRY_VERIFY_WITH_TIMEOUT(lastHead(annas) > 0 && lastHead(bens) > 0, patienceMs);
    }
};

QTEST_GUILESS_MAIN(tst_TwoHubs)
#include "tst_TwoHubs.moc"
