#include "sync/hub/verbs/RegisterDevice.h"
#include "tests/hub/HubThreads.h"
#include "tests/support/FakeClock.h"

using namespace ringbook;
using namespace ringbook::test;

class tst_CreateSession : public QObject
{
    Q_OBJECT

    std::unique_ptr<HubThreads> m_hub;
    tests::FakeClock m_clock;
    hub::Guesses m_guesses{m_clock};
    std::unique_ptr<hub::CreateSession> m_verb;

    hub::Answer answer(const sync::SessionRequest &request)
    {
        return ask(*m_verb, {.body = sync::encode(request)});
    }

    sync::SessionReply signIn(const sync::SessionRequest &request)
    {
        return *sync::readSessionReply(told(answer(request)).body);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_hub = std::make_unique<HubThreads>(2);
        m_verb = std::make_unique<hub::CreateSession>(
            hub::CreateSession::Parts{m_hub->doorkeeper, m_hub->writer, m_hub->sessions, m_guesses, false});
        m_hub->start();
    }

    void cleanupTestCase() { m_hub.reset(); }

    void newDeskGetsANumberATokenAndItsBooks()
    {
        const auto reply = signIn({1, "anna", "demo"});

        QVERIFY(reply.device > hub::hubDevice);
        QCOMPARE(reply.userName, "Anna Albers");
        QCOMPARE(reply.books.size(), 1);
        QCOMPARE(reply.books[0].epoch, m_hub->epoch);
        QCOMPARE(reply.books[0].region, "DE");
        const auto caller = m_hub->sessions.caller(reply.token.toUtf8());
        QVERIFY(caller);
        QCOMPARE(caller->device, reply.device);
    }

    void everyNewDeskGetsANumberOfItsOwn()
    {
        QVERIFY(signIn({1, "anna", "demo"}).device != signIn({1, "anna", "demo"}).device);
    }

    void deskThatComesBackKeepsItsNumberAndLosesItsOldToken()
    {
        const auto first = signIn({1, "anna", "demo"});

        const auto again = signIn({1, "anna", "demo", first.device, first.deviceSecret});

        QCOMPARE(again.device, first.device);
        QVERIFY(!m_hub->sessions.caller(first.token.toUtf8()));
        QVERIFY(m_hub->sessions.caller(again.token.toUtf8()));
    }

    void deviceNumberIsNotGivenToWhoCannotProveIt()
    {
        const auto first = signIn({1, "anna", "demo"});

        QCOMPARE(refused(answer({1, "anna", "demo", first.device, "guess"})).status, 403);
        QCOMPARE(refused(answer({1, "anna", "demo", 4711, "guess"})).status, 403);
    }

    void aNumberGivenOutAfterTheBackupIsTakenBack()
    {
        const qint64 lost = signIn({1, "anna", "demo"}).device + 500;
        auto db = m_hub->data.database().open();
        QVERIFY(db->run("UPDATE hub SET last_device = last_device + 1000")); // as a restore does

        const auto back = signIn({1, "anna", "demo", lost, "its secret"});

        QCOMPARE(back.device, lost);
        QCOMPARE(signIn({1, "anna", "demo", lost, "its secret"}).device, lost);
        QCOMPARE(refused(answer({1, "anna", "demo", lost, "a guess"})).status, 403);
    }

    void aCopiedDeskGetsANumberOfItsOwnAndBothStaySignedIn()
    {
        const auto first = signIn({1, "anna", "demo"});
        hub::RegisterDevice verb(*m_verb);
        const sync::DeviceRequest request{.schema = 1, .book = "main", .last = 41};
        const auto caller = *m_hub->sessions.caller(first.token.toUtf8());

        const auto own =
            *sync::readSessionReply(told(ask(verb, {.caller = caller, .body = sync::encode(request)})).body);

        QVERIFY(own.device != first.device);
        QCOMPARE(own.user, first.user);
        QVERIFY(m_hub->sessions.caller(first.token.toUtf8()));
        QCOMPARE(m_hub->sessions.caller(own.token.toUtf8())->device, own.device);
        QCOMPARE(m_hub->push(own.device, {newCustomer(own.device, 42, "Ana")}).answers.size(), 1);
    }

    void aNumberForABookThatIsNotTheirsIsRefused()
    {
        const auto first = signIn({1, "anna", "demo"});
        hub::RegisterDevice verb(*m_verb);
        const sync::DeviceRequest request{.schema = 1, .book = "secret"};
        const auto caller = *m_hub->sessions.caller(first.token.toUtf8());

        QCOMPARE(refused(ask(verb, {.caller = caller, .body = sync::encode(request)})).status, 403);
    }

    void aNumberBehindTheLastCounterThereIsIsRefused()
    {
        const auto first = signIn({1, "anna", "demo"});
        hub::RegisterDevice verb(*m_verb);
        const auto caller = *m_hub->sessions.caller(first.token.toUtf8());
        const auto status = [&](qint64 last) {
            const auto answer = ask(
                verb, {.caller = caller,
                       .body = sync::encode(sync::DeviceRequest{.schema = 1, .book = "main", .last = last})});
            const auto *problem = std::get_if<sync::Problem>(&answer);
            return problem ? problem->status : 200;
        };

        QCOMPARE(status(maxCounter), 400);
        QCOMPARE(status(maxCounter - 1), 200);
    }

    void anotherPersonMayUseTheSameDesk()
    {
        const auto anna = signIn({1, "anna", "demo"});

        const auto ben = signIn({1, "ben", "demo", anna.device, anna.deviceSecret});

        QCOMPARE(ben.device, anna.device);
        QCOMPARE(ben.userName, "Ben Brandt");
    }

    void capitalsMakeNoDifference()
    {
        QCOMPARE(signIn({1, "Anna", "demo"}).userName, "Anna Albers");
        QCOMPARE(signIn({1, "ANNA", "demo"}).userName, "Anna Albers");
    }

    /// As databases may have them from when capitals made a difference.
    void whereTwoDifferInCapitalsAloneEachIsWrittenExactly()
    {
        const HubData old(1);
        auto db = *old.database().open();
        QVERIFY(db.script("UPDATE account SET login = 'Ämy'"));
        QVERIFY(db.script("INSERT INTO account (id, login, password_hash, name, extension, role, created_at) "
                          "VALUES (7, 'ämy', '', 'Amy Second', '', 'agent', 1)"));
        hub::Accounts accounts(db);

        QCOMPARE(accounts.byLogin("Ämy")->name, "Anna Albers");
        QCOMPARE(accounts.byLogin("ämy")->name, "Amy Second");
        QCOMPARE(accounts.byLogin("ÄMY").error().fault, Fault::NotFound);
        QCOMPARE(accounts.add({.id = 8, .login = "äMY", .name = "Amy Third"}, 1).error().fault,
                 Fault::Conflict);
    }

    void wrongPasswordAndUnknownLoginAreTheSameAnswer()
    {
        const auto wrong = refused(answer({1, "anna", "guess"}));
        const auto unknown = refused(answer({1, "nobody", "demo"}));

        QCOMPARE(wrong.status, 401);
        QCOMPARE(wrong, unknown);
    }

    void sessionsEndInTime()
    {
        m_hub->sessions.put(hub::secretHash("old"), {.device = 99, .expiresAt = m_hub->clock.now() - 1});
        m_hub->sessions.put(hub::secretHash("good"),
                            {.device = 98, .expiresAt = m_hub->clock.now() + minuteMs});

        QVERIFY(!m_hub->sessions.caller("old"));
        QVERIFY(m_hub->sessions.caller("good"));
        QVERIFY(!m_hub->sessions.caller(""));
    }

    void whoGuessesHasToWait()
    {
        const auto from = [this](const QString &address, const QString &password) {
            const sync::SessionRequest request{1, "ben", password};
            return ask(*m_verb, {.address = address, .body = sync::encode(request)});
        };
        for (int guess = 0; guess < 10; ++guess)
            QCOMPARE(refused(from("10.0.0.9", "wrong")).status, 401);

        QCOMPARE(refused(from("10.0.0.9", "demo")).status, 429);
        told(from("10.0.0.8", "demo"));
        m_clock.advance(60'000);
        told(from("10.0.0.9", "demo"));
    }
};

QTEST_GUILESS_MAIN(tst_CreateSession)
#include "tst_CreateSession.moc"
