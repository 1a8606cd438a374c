#include "model/store/CustomerStore.h"
#include "tests/support/Bytes.h"
#include "tests/support/DeskOnFiles.h"
#include "tests/support/HubOnLoopback.h"

#include <QDeadlineTimer>

using namespace ringbook;
using namespace ringbook::test;
using model::Action;

namespace {

constexpr char marker[] = "Quittenbaum"; // a name that nobody else has

} // namespace

class tst_DeskErasure : public QObject
{
    Q_OBJECT

    static void live(DeskOnFiles &desk, const QString &login)
    {
        desk.signIn(login);
        QTRY_VERIFY(desk.isLive());
    }

    static void eraseAtHub(const HubOnLoopback &hub, const model::RecordKey &key)
    {
        SystemClock clock;
        auto admin = hub::Administration::open(hub.data().database(), clock);
        QVERIFY(*admin->erase("main", key.id) > 0);
    }

    static model::RecordKey save(DeskOnFiles &desk, const QString &kind, model::Fields fields)
    {
        const model::RecordKey key{kind, *desk.writer->newId()};
        fields.insert("text", QLatin1String(marker)); // of some kinds a field that only a newer program knows
        return desk.writer->save({{.record = key, .action = Action::Create, .fields = fields}})
                   ? key
                   : model::RecordKey{};
    }

    /// So much that making a copy of the book takes a while.
    static void addBallast(DeskOnFiles &desk)
    {
        QVERIFY(
            desk.book->db().script("CREATE TABLE ballast (id INTEGER PRIMARY KEY, bytes BLOB);"
                                   "WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n "
                                   "WHERE id < 150000) INSERT INTO ballast SELECT id, zeroblob(400) FROM n"));
    }

    static void whenItIsCleaned(const DeskOnFiles &desk)
    {
        QVERIFY(QTest::qWaitFor([&] { return QFile::exists(desk.path("main.db.clean")); }, 10'000));
    }

    static bool has(const DeskOnFiles &desk, const model::RecordKey &key)
    {
        return desk.book->record(key)->has_value();
    }

private Q_SLOTS:
    void nothingOfAnErasedCustomerIsLeftAtADesk()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        DeskOnFiles ben(hub.url());
        live(anna, "anna");
        live(ben, "ben");
        const auto her = anna.saveCustomer(marker);
        const auto otto = anna.saveCustomer("Otto");
        const auto file = save(anna, "case", {{"customer", her.id}, {"subject", marker}});
        const auto note = save(anna, "case_note", {{"case", file.id}});
        QTRY_VERIFY(has(ben, note) && has(ben, otto));
        QVERIFY(ben.desk->keepDraft(
            "call/7", QString("{\"customer\":\"%1\",\"note\":\"%2\"}").arg(her.id).arg(marker), 1));
        QVERIFY(ben.desk->keepDraft("call/8", "{\"customer\":\"\",\"note\":\"hers\"}", 1));

        eraseAtHub(hub, her);

        for (DeskOnFiles *desk : {&anna, &ben}) {
            QTRY_VERIFY(!has(*desk, her));
            QVERIFY(!has(*desk, file) && !has(*desk, note));
            QVERIFY(has(*desk, otto));
            QTRY_COMPARE(filesWith(desk->path({}), marker), QStringList());
        }
        QCOMPARE(ben.desk->drafts()->size(), 1);
    }

    /// Nothing else tells a restored hub that a colleague's note, which comes back first, is about them.
    void ofWhatADeskMadeAboutThemItKeepsTheKey()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        live(anna, "anna");
        const auto her = anna.saveCustomer(marker);
        const auto file = save(anna, "case", {{"customer", her.id}, {"subject", marker}});
        QTRY_VERIFY(anna.isLive() && anna.state.waiting == 0);

        eraseAtHub(hub, her);

        QTRY_VERIFY(!has(anna, file));
        const auto ops = anna.desk->confirmed("main");
        QVERIFY(ops);
        QCOMPARE(
            (*ops)[1],
            (model::Op{.counter = 2, .record = file, .action = Action::Create, .madeAt = (*ops)[1].madeAt}));
    }

    void whatWasTypedWithTheCableUnpluggedGoesWithoutAWord()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        DeskOnFiles ben(hub.url());
        live(anna, "anna");
        live(ben, "ben");
        const auto her = anna.saveCustomer(marker);
        QTRY_VERIFY(has(ben, her));
        ben.client.reset();
        const auto call = save(ben, "interaction", {{"customer", her.id}});
        const auto file = save(ben, "case", {{"customer", her.id}, {"status", "new"}});
        const auto note = save(ben, "case_note", {{"case", file.id}});
        ben.set(her, "notes", marker);
        const auto otto = ben.saveCustomer("Otto");
        eraseAtHub(hub, her);

        ben.startClient();

        QTRY_VERIFY(ben.isLive() && ben.state.waiting == 0);
        for (const auto &key : {her, call, file, note})
            QVERIFY(!has(ben, key));
        QTRY_VERIFY(has(anna, otto));
        QVERIFY(ben.desk->refused("main")->isEmpty());
        QTRY_COMPARE(filesWith(ben.path({}), marker), QStringList());
    }

    void whoIsCleanAcknowledgesAndWhoIsAwayDoesNotYet()
    {
        const HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        DeskOnFiles ben(hub.url());
        live(anna, "anna");
        live(ben, "ben");
        const auto her = anna.saveCustomer(marker);
        QTRY_VERIFY(has(ben, her));
        ben.close();
        const auto isAcknowledged = [&hub](const QString &login) {
            const auto db = hub.data().database().open();
            const auto reports = *hub::erasureReports(*db, "main");
            for (const hub::ErasureAtDevice &device : reports.value(0).devices)
                if (device.login == login)
                    return device.acknowledgedAt > 0;
            return false;
        };

        eraseAtHub(hub, her);

        QTRY_VERIFY_WITH_TIMEOUT(isAcknowledged("anna"), 20'000);
        QVERIFY(!*anna.book->isUnclean());
        QVERIFY(!isAcknowledged("ben"));
        ben.open();
        QTRY_VERIFY_WITH_TIMEOUT(isAcknowledged("ben"), 20'000);
        QVERIFY(!has(ben, her));
    }

    void whatIsSavedBeforeTheErasureIsHeardOfGoesToo()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        live(anna, "anna");
        const auto her = anna.saveCustomer(marker);
        QTRY_COMPARE(anna.state.waiting, 0);

        eraseAtHub(hub, her); // the desk is told within a second
        const auto call = save(anna, "interaction", {{"customer", her.id}});

        QTRY_VERIFY(!has(anna, call) && !has(anna, her));
        QTRY_COMPARE(anna.state.waiting, 0);
        QVERIFY(anna.desk->refused("main")->isEmpty());
        QTRY_COMPARE(filesWith(anna.path({}), marker), QStringList());
    }

    void aSaveWhileTheBookIsCleanedCutsTheCleaningOffUntilLater()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        live(anna, "anna");
        addBallast(anna);
        const auto her = anna.saveCustomer(marker);
        QTRY_COMPARE(anna.state.waiting, 0);
        QSignalSpy moved(&*anna.client, &sync::SyncClient::bookMoved);
        eraseAtHub(hub, her);
        whenItIsCleaned(anna);

        const auto otto = anna.saveCustomer("Otto"); // fails where the book is held for long

        QTRY_COMPARE(anna.state.waiting, 0);
        QCOMPARE(moved.size(), 0);
        QVERIFY(*anna.book->isUnclean());
        QTRY_COMPARE(moved.size(), 1);
        QVERIFY(!*anna.book->isUnclean() && has(anna, otto));
        QTRY_COMPARE(filesWith(anna.path({}), marker), QStringList());
    }

    void theProgramMayEndWhileTheBookIsCleaned()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        live(anna, "anna");
        addBallast(anna);
        const auto her = anna.saveCustomer(marker);
        QTRY_COMPARE(anna.state.waiting, 0);
        eraseAtHub(hub, her);
        whenItIsCleaned(anna);

        anna.close();
        anna.open();

        QTRY_COMPARE(filesWith(anna.path({}), marker), QStringList());
        QVERIFY(!QFile::exists(anna.path("main.db.clean")));
    }

    void nothingIsCleanedWhileSomebodyTelephones()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        QVector<model::AgentCall> calls;
        connect(&*anna.client, &sync::SyncClient::callArrived, this,
                [&](const model::AgentCall &call) { calls.append(call); });
        live(anna, "anna");
        const auto her = anna.saveCustomer(marker);
        QTRY_COMPARE(anna.state.waiting, 0);
        QSignalSpy moved(&*anna.client, &sync::SyncClient::bookMoved);
        anna.client->ring("+493023125001", "Kessler");
        QTRY_VERIFY(!calls.isEmpty());

        eraseAtHub(hub, her);
        QTRY_VERIFY(!has(anna, her));

        QVERIFY(!moved.wait(8 * DeskOnFiles::tidyAfterMs));
        anna.client->order({.what = model::CallCommand::What::HangUp, .callId = calls.last().callId});
        QTRY_COMPARE(moved.size(), 1);
    }

    void anErasureRemembersOnlyByWhomAndWhen()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        live(anna, "anna");
        const auto her = anna.saveCustomer(marker);
        QTRY_COMPARE(anna.state.waiting, 0);

        eraseAtHub(hub, her);

        QTRY_VERIFY(!has(anna, her));
        const auto erasure = model::CustomerStore(anna.book->db()).erasure({her.id});
        QVERIFY(erasure && *erasure);
        QVERIFY((*erasure)->at > 0);
    }
};

QTEST_GUILESS_MAIN(tst_DeskErasure)
#include "tst_DeskErasure.moc"
