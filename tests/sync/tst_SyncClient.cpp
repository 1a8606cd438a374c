#include "model/core/Id.h"
#include "tests/support/DeskOnFiles.h"
#include "tests/support/HubOnLoopback.h"
#include "tests/support/ScriptedServer.h"

#include <QThread>

using namespace ringbook;
using namespace ringbook::test;
using Link = sync::SyncState::Link;

namespace {

constexpr int patienceMs = 10'000;

#define TRY_LIVE(desk) QTRY_VERIFY_WITH_TIMEOUT((desk).isLive(), patienceMs)
#define TRY_SENT(desk) QTRY_COMPARE_WITH_TIMEOUT((desk).state.waiting, 0, patienceMs)

/// With the hub stopped: its log goes on under another name.
void renewEpochs(const HubData &data)
{
    auto db = data.database().open();
    const auto books = hub::Books(*db).all();
    for (const hub::BookHead &book : *books)
        if (!hub::Books(*db).renewEpoch(book))
            qFatal("the hub's database cannot be changed");
}

/// The hub's file as it was, to be put back; both with the hub stopped.
class HubBackup
{
public:
    explicit HubBackup(const HubData &data) : m_data(data)
    {
        if (!QFile::copy(m_data.place().folder() + "/hub.db", m_folder.filePath("hub.db")))
            qFatal("the hub's file cannot be copied");
    }

    void putBack() const
    {
        for (const QString suffix : {"", "-wal", "-shm"})
            QFile::remove(m_data.place().folder() + "/hub.db" + suffix);
        if (!QFile::copy(m_folder.filePath("hub.db"), m_data.place().folder() + "/hub.db"))
            qFatal("the hub's file cannot be put back");
        renewEpochs(m_data);
    }

private:
    const HubData &m_data;
    QTemporaryDir m_folder;
};

void spoil(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite) || file.write(QByteArray(4096, 'x')) != 4096)
        qFatal("%s cannot be spoiled", qPrintable(path));
    QFile::remove(path + "-wal");
    QFile::remove(path + "-shm");
}

void addCustomers(HubOnLoopback &hub, int count)
{
    SystemClock clock;
    auto admin = hub::Administration::open(hub.data().database(), clock);
    QVector<hub::NewRecord> records;
    const qint64 first = makeId(1, *admin->lastRecordCounter() + 1);
    for (int i = 0; i < count; ++i)
        records.append({.key = {"customer", first + i},
                        .fields = {{"name", QStringLiteral("Customer %1").arg(i)}},
                        .at = clock.now()});
    hub.stop();
    if (!admin->addRecords("main", records))
        qFatal("the hub's database cannot be filled");
    hub.start();
}

} // namespace

class tst_SyncClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFirstSignInGivesADeviceAndGoesLive()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        QSignalSpy signedIn(&*anna.client, &sync::SyncClient::signedIn);
        QCOMPARE(anna.state.link, Link::SignedOut);

        anna.signIn();

        TRY_LIVE(anna);
        QCOMPARE(signedIn.size(), 1);
        const auto identity = *anna.desk->identity();
        QVERIFY(identity.device > 1);
        QCOMPARE(identity.userName, "Anna Albers");
        QCOMPARE(identity.book, "main");
        QCOMPARE(identity.region, "DE");
        QCOMPARE(anna.text({"user", identity.user}, "name"), "Anna Albers");
    }

    void aDeskThatDifferedIsRepairedByItself()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        anna.signIn();
        TRY_LIVE(anna);
        const auto ana = anna.saveCustomer("Ana Costa"), bo = anna.saveCustomer("Bo");
        TRY_SENT(anna);
        const model::RecordKey strange{"customer", ana.id + 256};
        const auto here = *anna.book->cursor();
        const auto own = *anna.desk->unconfirmed("main");
        QVERIFY(anna.book->applyFeed({{.seq = here.seq, .record = ana, .fields = {{"name", "Wrong"}}},
                                      {.seq = here.seq, .record = bo, .action = model::Action::Delete},
                                      {.seq = here.seq,
                                       .record = strange,
                                       .action = model::Action::Create,
                                       .fields = {{"name", "?"}}}},
                                     here, own));

        anna.clock.advance(sync::sumsEveryMs);
        anna.client->goOnline();

        QTRY_COMPARE_WITH_TIMEOUT(anna.text(ana, "name"), "Ana Costa", patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(anna.text(bo, "name"), "Bo", patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!*anna.book->record(strange), patienceMs);
    }

    void aWrongPasswordIsToldAndNothingIsKept()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        QSignalSpy failed(&*anna.client, &sync::SyncClient::signInFailed);

        anna.signIn("anna", "wrong");

        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patienceMs);
        QCOMPARE(failed[0][0].value<Error>().fault, Fault::Denied);
        QCOMPARE(anna.state.link, Link::SignedOut);
        QVERIFY(!anna.state.problem.isEmpty());
        QCOMPARE(anna.desk->identity()->token, QString());
    }

    void somebodyElseCannotTakeTheDeskOver()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        anna.signIn("anna");
        TRY_LIVE(anna);
        QSignalSpy failed(&*anna.client, &sync::SyncClient::signInFailed);

        anna.signIn("ben");

        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patienceMs);
        QCOMPARE(failed[0][0].value<Error>().fault, Fault::Conflict);
        QCOMPARE(anna.desk->identity()->userName, "Anna Albers");
        anna.signIn("anna");
        TRY_LIVE(anna);
    }

    void aProfileTheHubDoesNotKnowIsNoWrongPassword()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        auto identity = *anna.desk->identity();
        identity.device = 77;
        QVERIFY(anna.desk->setIdentity(identity));
        anna.close();
        anna.open();
        QSignalSpy failed(&*anna.client, &sync::SyncClient::signInFailed);

        anna.signIn();

        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patienceMs);
        QCOMPARE(failed[0][0].value<Error>().fault, Fault::Conflict);
    }

    void nobodyAtTheAddressIsTold()
    {
        DeskOnFiles anna("http://127.0.0.1:1");
        QSignalSpy failed(&*anna.client, &sync::SyncClient::signInFailed);

        anna.signIn();

        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patienceMs);
        QCOMPARE(failed[0][0].value<Error>().fault, Fault::Unreachable);
    }

    void aStoredSessionIsUsedAgain()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        anna.signIn();
        TRY_LIVE(anna);

        anna.close();
        anna.open();

        TRY_LIVE(anna);
    }

    void aStoredSessionIsShownToItsOwnHubOnly()
    {
        ScriptedServer other(
            [](const auto &, QTcpSocket &socket) { socket.write(ScriptedServer::reply(404, "{}")); });
        DeskOnFiles anna(other.url().toString());
        QVERIFY(anna.desk->setIdentity(
            {.device = 3, .hubUrl = "http://127.0.0.1:1", .user = 5, .token = "secret", .book = "main"}));
        anna.close();

        anna.open();
        anna.signIn();

        QTRY_VERIFY_WITH_TIMEOUT(!other.requests.isEmpty(), patienceMs);
        QVERIFY(other.requests.first().line.startsWith("POST /v1/session"));
        QVERIFY(!other.requests.first().head.contains("secret"));
        anna.close();
        anna.open();
        QCOMPARE(anna.desk->identity()->token, "secret"); // its own hub still takes it
    }

    void whatOneDeskSavesIsOnTheOther()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        DeskOnFiles ben(hub.url());
        anna.signIn("anna");
        ben.signIn("ben");
        TRY_LIVE(anna);
        TRY_LIVE(ben);
        QSignalSpy changed(&*ben.client, &sync::SyncClient::recordsChanged);

        const auto key = anna.saveCustomer("Kessler");

        QTRY_COMPARE_WITH_TIMEOUT(ben.text(key, "name"), "Kessler", patienceMs);
        QVERIFY(changed.last()[0].value<QVector<model::RecordKey>>().contains(key));
        TRY_SENT(anna);
        QCOMPARE(anna.desk->pending("main")->size(), 0);
        QCOMPARE(anna.desk->confirmed("main")->size(), 1);
    }

    void whatWasSavedOfflineArrivesWhenTheHubIsBack()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        DeskOnFiles ben(hub.url());
        anna.signIn("anna");
        ben.signIn("ben");
        TRY_LIVE(anna);
        TRY_LIVE(ben);
        hub.stop();
        QTRY_COMPARE_WITH_TIMEOUT(anna.state.link, Link::Offline, patienceMs);
        const auto key = anna.saveCustomer("Kessler");
        QTRY_COMPARE(anna.state.waiting, 1);
        QVERIFY(anna.state.offlineSince);
        QVERIFY(anna.state.waitingSince);

        hub.start();

        QTRY_COMPARE_WITH_TIMEOUT(ben.text(key, "name"), "Kessler", patienceMs * 2);
        TRY_SENT(anna);
        TRY_LIVE(anna);
        QVERIFY(!anna.state.offlineSince);
    }

    void whatWasSavedBeforeTheProgramEndedArrivesAfterItStarts()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        anna.signIn();
        TRY_LIVE(anna);
        hub.stop();
        const auto key = anna.saveCustomer("Kessler");
        anna.close();
        hub.start();
        DeskOnFiles ben(hub.url());
        ben.signIn("ben");

        anna.open();

        QTRY_COMPARE_WITH_TIMEOUT(ben.text(key, "name"), "Kessler", patienceMs);
        TRY_SENT(anna);
    }

    void aFieldThatTwoChangedOfflineIsTheSameEverywhereAndAConflict()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        DeskOnFiles ben(hub.url());
        anna.signIn("anna");
        ben.signIn("ben");
        TRY_LIVE(anna);
        TRY_LIVE(ben);
        const auto key = anna.saveCustomer("Kessler");
        QTRY_COMPARE_WITH_TIMEOUT(ben.text(key, "name"), "Kessler", patienceMs);
        TRY_SENT(anna);
        hub.stop();
        QVERIFY(anna.set(key, "name", "Kessler & Co"));
        QVERIFY(ben.set(key, "name", "Keßler"));

        hub.start();

        TRY_SENT(anna);
        TRY_SENT(ben);
        TRY_LIVE(anna);
        TRY_LIVE(ben);
        const auto conflicts = [](DeskOnFiles &desk) {
            return desk.book->db().one("SELECT count(*) AS n FROM conflict")->number("n");
        };
        QTRY_COMPARE_WITH_TIMEOUT(conflicts(anna), 1, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(conflicts(ben), 1, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(anna.text(key, "name"), ben.text(key, "name"), patienceMs);
        QCOMPARE(*anna.book->cursor(), *ben.book->cursor());
    }

    void aRefusedOpIsInTheTrayAndOutOfTheBook()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        anna.signIn();
        TRY_LIVE(anna);
        const model::RecordKey team{"team", *anna.writer->newId()};

        QVERIFY(anna.writer->save(
            {{.record = team, .action = model::Action::Create, .fields = {{"name", "Night"}}}}));
        QCOMPARE(anna.text(team, "name"), "Night");
        const auto key = anna.saveCustomer("Kessler");

        QTRY_COMPARE_WITH_TIMEOUT(anna.state.refused, 1, patienceMs);
        TRY_SENT(anna);
        QCOMPARE(anna.text(team, "name"), QString());
        QCOMPARE(anna.text(key, "name"), "Kessler");
        const auto refused = *anna.desk->refused("main");
        QCOMPARE(refused[0].op.record, team);
        QVERIFY(!refused[0].reason.isEmpty());
    }

    void aSimulatedCallIsRungAnsweredAndEnded()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        QVector<model::AgentCall> calls;
        connect(&*anna.client, &sync::SyncClient::callArrived, this,
                [&](const model::AgentCall &call) { calls.append(call); });
        QSignalSpy offered(&*anna.client, &sync::SyncClient::simulatorOffered);
        anna.signIn();
        TRY_LIVE(anna);
        QVERIFY(offered.last()[0].toBool());

        anna.client->ring("+493023125001", "Kessler");

        QTRY_VERIFY_WITH_TIMEOUT(!calls.isEmpty(), patienceMs);
        QCOMPARE(calls.last().state, model::AgentCall::State::Ringing);
        QCOMPARE(calls.last().party.e164, "+493023125001");
        QVERIFY(calls.last().can.answer);
        const auto tell = [&](model::CallCommand::What what) {
            anna.client->order({.what = what, .callId = calls.last().callId});
        };
        tell(model::CallCommand::What::Answer);
        QTRY_COMPARE_WITH_TIMEOUT(calls.last().state, model::AgentCall::State::Connected, patienceMs);
        tell(model::CallCommand::What::HangUp);
        QTRY_COMPARE_WITH_TIMEOUT(calls.last().state, model::AgentCall::State::Over, patienceMs);
    }

    void aDamagedBookIsSetAsideAndFetchedAgainWithWhatWasNotSent()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        anna.signIn();
        TRY_LIVE(anna);
        const auto sent = anna.saveCustomer("Kessler");
        TRY_SENT(anna);
        hub.stop();
        const auto unsent = anna.saveCustomer("Brandt");
        anna.close();
        spoil(anna.path("main.db"));

        hub.start();
        anna.desk.emplace(*model::DeskFile::open(anna.path("desk.db")));
        anna.client.emplace(sync::SyncClient::Options{.deskPath = anna.path("desk.db"),
                                                      .bookPath = anna.path("main.db"),
                                                      .hub = QUrl(hub.url())},
                            anna.clock);
        connect(&*anna.client, &sync::SyncClient::stateChanged, &*anna.client,
                [&](const sync::SyncState &state) { anna.state = state; });
        anna.client->start();
        anna.book.emplace(*model::Book::open(anna.path("main.db")));

        QCOMPARE(anna.text(unsent, "name"), "Brandt");
        QVERIFY(anna.state.problem.contains("was damaged"));
        QTRY_COMPARE_WITH_TIMEOUT(anna.text(sent, "name"), "Kessler", patienceMs);
        TRY_SENT(anna);
    }

    void aBookCanBeReplacedWhileTheProgramRuns()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        anna.signIn();
        TRY_LIVE(anna);
        const auto key = anna.saveCustomer("Kessler");
        TRY_SENT(anna);
        QSignalSpy replaced(&*anna.client, &sync::SyncClient::bookReplaced);
        anna.writer.reset();
        anna.book.reset();

        anna.client->rebuildBook();

        QCOMPARE(replaced.size(), 1);
        anna.book.emplace(*model::Book::open(anna.path("main.db")));
        QTRY_COMPARE_WITH_TIMEOUT(anna.text(key, "name"), "Kessler", patienceMs);
    }

    void aBookThatCannotBeWrittenIsToldAndCatchesUpLater()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        DeskOnFiles ben(hub.url());
        anna.signIn("anna");
        ben.signIn("ben");
        TRY_LIVE(anna);
        TRY_LIVE(ben);
        QVERIFY(ben.book->db().script("CREATE TRIGGER no_room BEFORE INSERT ON customer "
                                      "BEGIN SELECT RAISE(ABORT, 'no room'); END"));

        const auto key = anna.saveCustomer("Kessler");

        QTRY_VERIFY_WITH_TIMEOUT(!ben.state.problem.isEmpty(), patienceMs);
        QCOMPARE(ben.state.link, Link::Live);
        QVERIFY(ben.book->db().script("DROP TRIGGER no_room"));
        QTRY_COMPARE_WITH_TIMEOUT(ben.text(key, "name"), "Kessler", patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(ben.state.problem, QString(), patienceMs);
    }

    void aNewerBookFileIsRefusedWithASentence()
    {
        QTemporaryDir folder;
        {
            const auto book = model::Book::open(folder.filePath("main.db"));
            QVERIFY(book && book->db().script("PRAGMA user_version = 9999"));
        }
        SystemClock clock;
        sync::SyncClient client(
            {.deskPath = folder.filePath("desk.db"), .bookPath = folder.filePath("main.db")}, clock);
        QSignalSpy failed(&client, &sync::SyncClient::startFailed);

        client.start();

        QCOMPARE(failed.size(), 1);
        QCOMPARE(failed[0][0].value<Error>().fault, Fault::TooNew);
        QVERIFY(!failed[0][0].value<Error>().detail.isEmpty());
    }

    void signingInWithoutItsFilesIsAnswered()
    {
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir("main.db"));
        SystemClock clock;
        sync::SyncClient client(
            {.deskPath = folder.filePath("desk.db"), .bookPath = folder.filePath("main.db")}, clock);
        client.start();
        QSignalSpy refused(&client, &sync::SyncClient::signInFailed);
        QSignalSpy failed(&client, &sync::SyncClient::startFailed);

        client.signIn("anna", "demo");

        QCOMPARE(refused.size(), 1);
        QCOMPARE(failed.size(), 1);
    }

    void theBookIsCountedBeforeItIsSaidToBeLive()
    {
        HubOnLoopback hub;
        addCustomers(hub, 3);
        DeskOnFiles anna(hub.url());
        int customers = -1;
        int whenLive = -1;
        connect(&*anna.client, &sync::SyncClient::customersCounted, this,
                [&](int count) { customers = count; });
        connect(&*anna.client, &sync::SyncClient::stateChanged, this, [&](const sync::SyncState &state) {
            if (state.link == Link::Live && whenLive < 0)
                whenLive = customers;
        });

        anna.signIn();

        QTRY_COMPARE_WITH_TIMEOUT(whenLive, 3, patienceMs);
        anna.client.reset();
        SystemClock clock;
        sync::SyncClient again({.deskPath = anna.path("desk.db"), .bookPath = anna.path("main.db")}, clock);
        QSignalSpy counted(&again, &sync::SyncClient::customersCounted);
        again.start();
        QCOMPARE(counted.first()[0], 3);
    }

    void aRestoredHubGetsBackWhatItLost()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        anna.signIn();
        TRY_LIVE(anna);
        const auto key = anna.saveCustomer("Kessler");
        TRY_SENT(anna);
        hub.stop();
        const auto unsent = anna.saveCustomer("Brandt");
        renewEpochs(hub.data());
        QSignalSpy cleared(&*anna.client, &sync::SyncClient::bookCleared);

        hub.start();

        QTRY_COMPARE_WITH_TIMEOUT(cleared.size(), 1, patienceMs);
        QCOMPARE(anna.text(unsent, "name"), "Brandt");
        TRY_SENT(anna);
        QTRY_COMPARE_WITH_TIMEOUT(anna.text(key, "name"), "Kessler", patienceMs);
        QCOMPARE(cleared.size(), 1);
    }

    void anIdleDeskBringsARestoredHubWhatItLostAndShowsItMeanwhile()
    {
        if (HubPlace::isPostgres())
            QSKIP("a file is put back");
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        anna.signIn();
        TRY_LIVE(anna);
        hub.stop();
        const HubBackup before(hub.data());
        hub.start();
        const auto key = anna.saveCustomer("Kessler");
        TRY_SENT(anna);
        QTRY_COMPARE_WITH_TIMEOUT(anna.desk->confirmed("main")->size(), 1, patienceMs);
        hub.stop();
        QString shown;
        connect(&*anna.client, &sync::SyncClient::bookCleared, this, [&] { shown = anna.text(key, "name"); });

        before.putBack();
        hub.start();

        DeskOnFiles ben(hub.url());
        ben.signIn("ben");
        QTRY_COMPARE_WITH_TIMEOUT(ben.text(key, "name"), "Kessler", patienceMs * 2);
        QCOMPARE(shown, "Kessler");
        TRY_SENT(anna);
        QTRY_COMPARE_WITH_TIMEOUT(*anna.book->cursor(), *ben.book->cursor(), patienceMs);
    }

    void whatWasSeenInALostLogIsNotTakenForSeenInTheNewOne()
    {
        if (HubPlace::isPostgres())
            QSKIP("a file is put back");
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        DeskOnFiles ben(hub.url());
        anna.signIn("anna");
        ben.signIn("ben");
        TRY_LIVE(anna);
        TRY_LIVE(ben);
        const auto key = anna.saveCustomer("Kessler");
        QTRY_COMPARE_WITH_TIMEOUT(ben.text(key, "name"), "Kessler", patienceMs);
        TRY_SENT(anna);
        hub.stop();
        const HubBackup before(hub.data());
        hub.start();
        QVERIFY(anna.saveCustomer("Lost with the hub") != model::RecordKey{});
        TRY_SENT(anna);
        QTRY_COMPARE_WITH_TIMEOUT(ben.book->cursor()->seq, anna.book->cursor()->seq, patienceMs);
        hub.stop();
        anna.client.reset();                            // away
        QVERIFY(anna.set(key, "name", "Kessler & Co")); // having seen more than the hub will have
        before.putBack();
        hub.start();
        QVERIFY(ben.set(key, "name", "Keßler"));
        TRY_SENT(ben);

        anna.startClient();

        TRY_SENT(anna);
        QTRY_COMPARE_WITH_TIMEOUT(anna.text(key, "name"), ben.text(key, "name"), patienceMs);
        const auto conflicts = anna.book->db().one("SELECT count(*) AS n FROM conflict");
        QCOMPARE(conflicts->number("n"), 1);
    }

    void opsConfirmedLongAgoAreForgottenWhileTheProgramRuns()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        anna.signIn();
        TRY_LIVE(anna);
        QVERIFY(anna.saveCustomer("Kessler") != model::RecordKey{});
        TRY_SENT(anna);
        QTRY_COMPARE_WITH_TIMEOUT(anna.desk->confirmed("main")->size(), 1, patienceMs);
        QVERIFY(anna.desk->db().run("UPDATE op SET confirmed_at = confirmed_at - :age",
                                    {{":age", sync::keepConfirmedMs + hourMs}}));

        const auto recent = anna.saveCustomer("Brandt");
        TRY_SENT(anna);

        QTRY_COMPARE_WITH_TIMEOUT(anna.desk->confirmed("main")->size(), 1, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(anna.desk->confirmed("main")->first().record, recent, patienceMs);
    }

    void aLongCatchUpLeavesTheBookFreeForSaves()
    {
        HubOnLoopback hub;
        addCustomers(hub, 5000);
        DeskOnFiles anna(hub.url());
        anna.signIn();
        QTRY_VERIFY_WITH_TIMEOUT(anna.state.behind > 0 && anna.book->cursor()->seq > 0, patienceMs);

        const auto key = anna.saveCustomer("Kessler"); // fails where the book is held for long
        QVERIFY(key.id != 0);

        TRY_LIVE(anna);
        TRY_SENT(anna);
        QCOMPARE(anna.book->db().one("SELECT count(*) AS n FROM customer")->number("n"), 5001);
    }

    void aProgramMayEndWhileALongPageIsRead()
    {
        HubOnLoopback hub;
        addCustomers(hub, 5000);
        DeskOnFiles anna(hub.url());
        anna.signIn();
        for (int turns = 0; turns < 8; ++turns) {
            QTRY_VERIFY_WITH_TIMEOUT(anna.state.behind > 0 || anna.state.link == Link::Live, patienceMs);
            for (int turn = 0; turn < turns; ++turn)
                QCoreApplication::processEvents();
            anna.close();
            anna.state = {};
            anna.open();
        }

        TRY_LIVE(anna);
        QCOMPARE(anna.book->db().one("SELECT count(*) AS n FROM customer")->number("n"), 5000);
    }

    void itWorksInAThreadOfItsOwn()
    {
        HubOnLoopback hub;
        QTemporaryDir folder;
        SystemClock clock;
        QThread thread;
        auto *client = new sync::SyncClient({.deskPath = folder.filePath("desk.db"),
                                             .bookPath = folder.filePath("main.db"),
                                             .hub = QUrl(hub.url())},
                                            clock);
        client->moveToThread(&thread);
        connect(&thread, &QThread::started, client, &sync::SyncClient::start);
        connect(&thread, &QThread::finished, client, &QObject::deleteLater);
        sync::SyncState state;
        connect(client, &sync::SyncClient::stateChanged, this,
                [&](const sync::SyncState &changed) { state = changed; });
        thread.start();

        QMetaObject::invokeMethod(client, [client] { client->signIn("anna", "demo"); });

        QTRY_COMPARE_WITH_TIMEOUT(state.link, Link::Live, patienceMs);
        thread.quit();
        QVERIFY(thread.wait(patienceMs));
    }

    void whenNothingHappensTheBookIsCounted()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        anna.signIn();
        TRY_LIVE(anna);
        QSignalSpy counted(&*anna.client, &sync::SyncClient::customersCounted);

        QVERIFY(anna.saveCustomer("Nora Quist") != model::RecordKey{});
        QVERIFY(anna.saveCustomer("Rui Pinto") != model::RecordKey{});

        QTRY_VERIFY_WITH_TIMEOUT(!counted.isEmpty() && counted.last()[0] == 2, patienceMs);
    }

    void aBookThatIsAlwaysBeingWrittenIsCountedToo()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        anna.signIn();
        TRY_LIVE(anna);
        QSignalSpy counted(&*anna.client, &sync::SyncClient::customersCounted);
        QTimer writer;
        connect(&writer, &QTimer::timeout, this, [&] { anna.saveCustomer("Nora Quist"); });
        writer.start(DeskOnFiles::tidyAfterMs / 5);

        QTRY_VERIFY_WITH_TIMEOUT(!counted.isEmpty() && counted.last()[0].toInt() > 0, patienceMs);
    }

    void whenNothingHappensTheLogsMoveIntoTheFiles()
    {
        HubOnLoopback hub;
        DeskOnFiles anna(hub.url());
        const qint64 before = QFileInfo(anna.path("main.db")).size();
        anna.signIn();
        TRY_LIVE(anna);

        QTRY_VERIFY(QFileInfo(anna.path("main.db")).size() > before);
    }
};

QTEST_GUILESS_MAIN(tst_SyncClient)
#include "tst_SyncClient.moc"
