#include "app/agent/Agent.h"
#include "tests/journeys/Company.h"
#include "tests/support/SmallDisk.h"
#include "ui/shell/StatusLine.h"
#include "ui/text/Wording.h"
#include "ui/widgets/Paragraph.h"

#include <QApplication>
#include <QLineEdit>
#include <QTest>

using namespace ringbook;
using namespace ringbook::tests;

namespace {

constexpr int patienceMs = 30'000;

void spoil(const QString &path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write(QByteArray(8192, '\xA5'));
}

/// The first pages of a table and of its indexes; the others stay whole.
void spoilTable(const QString &path, const QString &table)
{
    QVector<qint64> pages;
    qint64 pageSize = 0;
    {
        auto db = model::Connection::openSqlite(path);
        QVERIFY(bool(db) && bool(db->script("PRAGMA wal_checkpoint(TRUNCATE)")));
        pageSize = db->one("PRAGMA page_size")->number("page_size");
        const auto rows =
            db->all("SELECT rootpage FROM sqlite_master WHERE rootpage > 0 AND tbl_name = :table",
                    {{":table", table}});
        for (const auto &row : *rows)
            pages.append(row.number("rootpage"));
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    for (const qint64 page : pages) {
        file.seek((page - 1) * pageSize);
        file.write(QByteArray(int(pageSize), '\xA5'));
    }
}

void stampWithVersion(const QString &path, int version)
{
    auto db = model::Connection::openSqlite(path);
    QVERIFY(bool(db));
    QVERIFY(bool(db->script(QString("PRAGMA user_version = %1").arg(version))));
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// With the hub stopped: as after thirty days.
void endSessions(const Company &company)
{
    auto db = model::Connection::openSqlite(company.place.folder() + "/hub.db");
    QVERIFY(bool(db));
    QVERIFY(bool(db->run("DELETE FROM session")));
}

/// As if the desk had last reached its hub then, and been off since.
void setLastHeard(const QString &profile, TimeMs at)
{
    auto desk = model::DeskFile::open(profile + "/desk.db");
    QVERIFY(bool(desk));
    const auto lease = desk->lease();
    QVERIFY(bool(lease) && lease->lengthMs == 30 * dayMs); // the hub has told it
    QVERIFY(bool(desk->setLease({.heardAt = at, .lengthMs = lease->lengthMs, .latest = at})));
}

bool showsPage(app::Agent &agent, const char *words)
{
    for (const auto *paragraph : agent.shell().findChildren<ui::Paragraph *>())
        if (paragraph->isVisible() && paragraph->text().contains(words))
            return true;
    return false;
}

} // namespace

/// The files of the desk are not what they should be; what was shown as saved is still there.
class tst_DeskTrouble : public QObject
{
    Q_OBJECT

private:
    ui::ThemeSwitch m_themes{*qApp, ui::ThemeChoice::Light};

    std::unique_ptr<app::Agent> start(const Company &company, const QString &profile)
    {
        QFile password(company.folder.filePath("password"));
        if (password.open(QIODevice::WriteOnly))
            password.write("demo\n");
        password.close();
        return std::make_unique<app::Agent>(app::Options{.hub = company.hubUrl(),
                                                         .profile = profile,
                                                         .login = "anna",
                                                         .passwordFile = password.fileName()},
                                            m_themes);
    }

    bool getsLive(app::Agent &agent)
    {
        return QTest::qWaitFor([&] { return agent.syncState().link == sync::SyncState::Link::Live; },
                               patienceMs);
    }

private Q_SLOTS:
    void aFileOfANewerVersionIsRefusedAndLeftAlone_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("the desk's own") << "desk.db";
        QTest::newRow("the book") << "book.db";
    }
    void aFileOfANewerVersionIsRefusedAndLeftAlone()
    {
        QFETCH(QString, file);
        Company company;
        const QString profile = company.profile("anna");
        {
            const auto agent = start(company, profile);
            QVERIFY(bool(agent->start()));
            QVERIFY(getsLive(*agent));
        }
        stampWithVersion(profile + '/' + file, 9999);
        const QByteArray before = contentOf(profile + '/' + file);

        const auto agent = start(company, profile);
        const auto started = agent->start();

        QVERIFY(!started);
        QCOMPARE(started.error().detail, ui::sentence(ui::Doing::Starting, Fault::TooNew));
        QCOMPARE(contentOf(profile + '/' + file), before);
    }

    void aDamagedFileOfUnsentWorkIsToldAndNothingIsTouched_data()
    {
        QTest::addColumn<QString>("table");
        for (const char *table : {"identity", "counter", "op", "draft"})
            QTest::newRow(table) << table;
    }
    void aDamagedFileOfUnsentWorkIsToldAndNothingIsTouched()
    {
        QFETCH(QString, table);
        Company company;
        const QString profile = company.profile("anna");
        {
            const auto agent = start(company, profile);
            QVERIFY(bool(agent->start()));
            QVERIFY(getsLive(*agent));
        }
        spoilTable(profile + "/desk.db", table);
        const QByteArray before = contentOf(profile + "/desk.db");

        const auto agent = start(company, profile);
        const auto started = agent->start();

        QVERIFY(!started);
        QVERIFY(started.error().detail.contains("desk.db"));
        QCOMPARE(contentOf(profile + "/desk.db"), before);
        QVERIFY(QDir(profile).entryList({"book.db.damaged-*"}).isEmpty());
    }

    void whoSignsInAgainSeesWhereThePasswordGoes()
    {
        Company company;
        const QString profile = company.profile("anna");
        {
            const auto agent = start(company, profile);
            QVERIFY(bool(agent->start()));
            QVERIFY(getsLive(*agent));
        }
        app::Options options;
        options.profile = profile;
        options.hub = "http://127.0.0.1:9";
        app::Agent agent(options, m_themes);
        QVERIFY(bool(agent.start()));

        Q_EMIT agent.shell().signInRequested();

        QStringList shown;
        for (const QLineEdit *field : agent.shell().findChildren<QLineEdit *>())
            if (field->isVisible())
                shown.append(field->text());
        QVERIFY(shown.contains("http://127.0.0.1:9"));
    }

    void aDamagedBookIsFetchedAgainAndUnsentWorkSurvives()
    {
        Company company;
        const QString profile = company.profile("anna");
        Id<model::Customer> sent, unsent;
        {
            const auto agent = start(company, profile);
            QVERIFY(bool(agent->start()));
            QVERIFY(getsLive(*agent));
            sent = agent->workplace()->customers().create({.name = "Ana Costa"})->id;
            QTRY_COMPARE_WITH_TIMEOUT(agent->syncState().waiting, 0, patienceMs);
            company.hub->kill();
            unsent = agent->workplace()->customers().create({.name = "Rui Costa"})->id;
        }
        company.startHub(QString("127.0.0.1:%1").arg(company.port()));
        spoil(profile + "/book.db");
        QFile::remove(profile + "/book.db-wal");

        const auto agent = start(company, profile);
        QVERIFY(bool(agent->start()));

        QVERIFY(getsLive(*agent));
        QTRY_VERIFY_WITH_TIMEOUT(bool(agent->workplace()->customers().customer(sent)), patienceMs);
        QVERIFY(bool(agent->workplace()->customers().customer(unsent)));
        QTRY_COMPARE_WITH_TIMEOUT(agent->syncState().waiting, 0, patienceMs);
    }

    void aBookThatIsFoundDamagedByReadingIsFetchedAgain()
    {
        Company company;
        const QString profile = company.profile("anna");
        Id<model::Customer> ana;
        {
            const auto agent = start(company, profile);
            QVERIFY(bool(agent->start()));
            QVERIFY(getsLive(*agent));
            ana = agent->workplace()->customers().create({.name = "Ana Costa"})->id;
            QTRY_COMPARE_WITH_TIMEOUT(agent->syncState().waiting, 0, patienceMs);
        }
        spoilTable(profile + "/book.db", "contact_point"); // where a caller's number is looked for

        const auto agent = start(company, profile);
        QVERIFY(bool(agent->start()));

        QTRY_VERIFY_WITH_TIMEOUT(!QDir(profile).entryList({"book.db.damaged-*"}).isEmpty(), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(agent->workplace() && bool(agent->workplace()->customers().customer(ana)),
                                 patienceMs);
        QVERIFY(getsLive(*agent));
    }

    void aSessionThatEndedIsBegunAgainAtTheDesk()
    {
        Company company;
        const auto agent = start(company, company.profile("anna"));
        QVERIFY(bool(agent->start()));
        QVERIFY(getsLive(*agent));
        company.hub->kill();
        endSessions(company);
        company.startHub(QString("127.0.0.1:%1").arg(company.port()));
        QTRY_COMPARE_WITH_TIMEOUT(agent->syncState().link, sync::SyncState::Link::SignedOut, patienceMs);
        QVERIFY(bool(agent->workplace()->customers().create({.name = "Ana Costa"})));

        Q_EMIT agent->shell().signInRequested();
        QTest::keyClicks(agent->shell().focusWidget(), "demo");
        QTest::keyClick(agent->shell().focusWidget(), Qt::Key_Return);

        QVERIFY(getsLive(*agent));
        QTRY_COMPARE_WITH_TIMEOUT(agent->syncState().waiting, 0, patienceMs);
    }

    void aDeskThatWasAwayTooLongIsLockedUntilItReachesItsHub()
    {
        Company company;
        const QString profile = company.profile("anna");
        {
            const auto agent = start(company, profile);
            QVERIFY(bool(agent->start()));
            QVERIFY(getsLive(*agent));
            company.hub->kill();
            QVERIFY(bool(agent->workplace()->customers().create({.name = "Ana Costa"})));
        }
        setLastHeard(profile, SystemClock().now() - 31 * dayMs);

        app::Agent agent({.profile = profile}, m_themes);
        QVERIFY(bool(agent.start()));
        QVERIFY(!agent.workplace());
        QVERIFY(showsPage(agent, "All that was saved here is kept"));
        QVERIFY(!agent.obey({app::Request::Kind::Ring, "+49 30 23125 147"})); // nobody's name pops up

        company.startHub(QString("127.0.0.1:%1").arg(company.port()));

        QTRY_VERIFY_WITH_TIMEOUT(agent.workplace(), patienceMs);
        QVERIFY(!showsPage(agent, "All that was saved here is kept"));
        QTRY_VERIFY_WITH_TIMEOUT(getsLive(agent) && agent.syncState().waiting == 0, patienceMs);
        const auto found = agent.workplace()->customers().search("Ana Costa", 5);
        QVERIFY(bool(found) && found->size() == 1);
    }

    void theLeaseRunsOutWhileSomebodyLooks()
    {
        Company company;
        const QString profile = company.profile("anna");
        {
            const auto agent = start(company, profile);
            QVERIFY(bool(agent->start()));
            QVERIFY(getsLive(*agent));
        }
        company.hub->kill();
        setLastHeard(profile, SystemClock().now() - 30 * dayMs + 8 * secondMs);

        app::Agent agent({.profile = profile}, m_themes);
        QVERIFY(bool(agent.start()));
        QVERIFY(agent.workplace());
        QTRY_VERIFY_WITH_TIMEOUT(agent.shell().statusLine().accessibleName().contains("unless it reaches"),
                                 patienceMs);

        QTRY_VERIFY_WITH_TIMEOUT(!agent.workplace(), patienceMs);
        QVERIFY(showsPage(agent, "All that was saved here is kept"));
    }

    void aFullDiskSavesNothingSaysSoAndLosesNothing()
    {
        Company company;
        SmallDisk disk(company.folder.filePath("small"));
        if (!disk.isMounted())
            QSKIP("this user may not make a file system");
        const QString profile = company.folder.filePath("small");
        const auto agent = start(company, profile);
        QVERIFY(bool(agent->start()));
        QVERIFY(getsLive(*agent));
        auto &customers = agent->workplace()->customers();
        const auto before = customers.create({.name = "Ana Costa"});
        QVERIFY(bool(before));

        disk.fillUp();
        Result<model::Customer> failed = customers.create({.name = "x"});
        for (int tries = 0; failed && tries < 5000;
             ++tries) // until the room SQLite had put by is used up, too
            failed = customers.create({.name = QString(200, 'x')});

        QVERIFY(!failed);
        QCOMPARE(failed.error().fault, Fault::DiskFull);
        QVERIFY(bool(customers.customer(before->id)));
        disk.makeRoom();
        QVERIFY(bool(customers.create({.name = "Rui Costa"})));
        QVERIFY(bool(customers.customer(before->id)));
    }

    void aDeskThatStartsOnAFullDiskSaysSo()
    {
        const QTemporaryDir folder;
        SmallDisk disk(folder.filePath("small"));
        if (!disk.isMounted())
            QSKIP("this user may not make a file system");
        QDir().mkpath(folder.filePath("small/desk"));
        disk.fillUp();

        Program desk("ringbook", {"--profile", folder.filePath("small/desk")});

        QCOMPARE(desk.waitForEnd(), 1);
        QVERIFY2(desk.everything().contains("disk is full"), qPrintable(desk.everything()));
    }

    void aProfileThatIsInUseIsHandedTheRing()
    {
        Company company;
        const QString profile = company.profile("anna");
        {
            const auto agent = start(company, profile);
            QVERIFY(bool(agent->start()));
            QVERIFY(getsLive(*agent));
        }
        Program first("ringbook", {"--profile", profile});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(profile + "/desk.socket"), patienceMs);

        Program second("ringbook", {"--profile", profile, "--ring", "+49 30 23125 147"});

        QCOMPARE(second.waitForEnd(), 0);
    }

    void aDeskThatNobodySignedInToRefusesTheRing()
    {
        Company company;
        const QString profile = company.profile("anna");
        Program first("ringbook", {"--profile", profile, "--hub", company.hubUrl()});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(profile + "/desk.socket"), patienceMs);

        Program second("ringbook", {"--profile", profile, "--ring", "+49 30 23125 147"});

        QCOMPARE(second.waitForEnd(), 1);
        QVERIFY2(second.everything().contains("sign in"), qPrintable(second.everything()));
    }

#ifdef Q_OS_UNIX
    /// Its socket too: elsewhere somebody else could take the name first, and hear who calls.
    void everythingOfADeskIsInItsProfileAndItsUsersOnly()
    {
        Company company;
        const QString profile = company.profile("anna");
        Program desk("ringbook", {"--profile", profile, "--hub", company.hubUrl()});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(profile + "/desk.socket"), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(profile + "/book.db-wal"), patienceMs);

        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        const auto files = QDir(profile).entryInfoList(QDir::Files | QDir::System);
        for (const QFileInfo &file : files)
            QVERIFY2(!(file.permissions() & others), qPrintable(file.fileName()));
    }
#endif

    void aPracticeCallNeedsADeskThatRuns()
    {
        const QTemporaryDir folder;
        Program program("ringbook", {"--profile", folder.path(), "--practice-call", "+49 30 23125 147"});

        QCOMPARE(program.waitForEnd(), 1);
        QVERIFY(program.everything().contains("no desk runs with this profile"));
    }

    void whatIsMeantForARunningDeskMakesNoFolder()
    {
        const QTemporaryDir folder;
        for (const QString option : {"--practice-call", "--answered", "--ended"}) {
            Program program("ringbook", {"--profile", folder.filePath("typo"), option, "+49 30 23125 147"});

            QCOMPARE(program.waitForEnd(), 1);
            QVERIFY(program.everything().contains("no desk runs with this profile"));
            QVERIFY(QDir(folder.path()).isEmpty());
        }
    }

    void aPracticeCallThatCannotRingIsRefusedWithTheReason()
    {
        Company company(QStringList{}); // without a simulator
        const auto agent = start(company, company.profile("anna"));
        QVERIFY(bool(agent->start()));
        QVERIFY(getsLive(*agent));

        const Status noSimulator = agent->practise("+49 30 23125 147");
        company.hub->kill();
        QTRY_VERIFY_WITH_TIMEOUT(agent->syncState().link == sync::SyncState::Link::Offline, patienceMs);
        const Status noHub = agent->practise("+49 30 23125 147");

        QVERIFY(!noSimulator && noSimulator.error().detail.contains("--simulator"));
        QVERIFY(!noHub && noHub.error().detail.contains("not connected"));
    }

    void aPracticeCallNeedsAPhone()
    {
        Company company;
        company.administer({"user", "change", "anna", "--extension", ""});
        const auto agent = start(company, company.profile("anna"));
        QVERIFY(bool(agent->start()));
        QVERIFY(getsLive(*agent));

        const Status refused = agent->practise("+49 30 23125 147");

        QVERIFY(!refused && refused.error().detail.contains("no phone"));
    }

    /// The hub is gone, and nobody here has noticed yet.
    void aPracticeCallTheHubNeverAnswersIsTold()
    {
        Company company;
        const auto agent = start(company, company.profile("anna"));
        QVERIFY(bool(agent->start()));
        QVERIFY(getsLive(*agent));
        company.hub->kill();

        QVERIFY(agent->practise("+49 30 23125 147"));

        QTRY_VERIFY_WITH_TIMEOUT(agent->shell().statusLine().accessibleName().contains("for practice"),
                                 patienceMs);
    }

    void aLaterStartSaysThatTheDeskRuns()
    {
        const Company company;
        const QString profile = company.profile("anna");
        Program desk("ringbook", {"--profile", profile, "--hub", company.hubUrl()});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(profile + "/desk.socket"), patienceMs);

        Program later("ringbook", {"--profile", profile});

        QCOMPARE(later.waitForEnd(), 0);
        QVERIFY2(later.everything().contains("runs with this profile already"),
                 qPrintable(later.everything()));
    }

    void wrongUsageIsOneSentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("address") << QStringList{"--hub", "not an address"};
        QTest::newRow("password file") << QStringList{"--password-file", "/nowhere/at/all"};
        QTest::newRow("certificate") << QStringList{"--hub-certificate", "/nowhere/at/all"};
        QTest::newRow("theme") << QStringList{"--theme", "pink"};
    }
    void wrongUsageIsOneSentence()
    {
        QFETCH(const QStringList, arguments);
        Program program("ringbook", arguments);

        QCOMPARE(program.waitForEnd(), 2);
        QCOMPARE(program.everything().trimmed().count('\n'), 0);
    }
};

QTEST_MAIN(tst_DeskTrouble)
#include "tst_DeskTrouble.moc"
