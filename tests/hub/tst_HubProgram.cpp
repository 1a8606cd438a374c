#include "sync/hub/store/Backup.h"
#include "tests/hub/Asking.h"
#include "tests/support/Bytes.h"
#include "tests/support/Certificates.h"
#include "tests/support/HubOnLoopback.h"
#include "tests/support/Program.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>

#ifdef Q_OS_UNIX
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>
#endif

using namespace ringbook;
using namespace ringbook::test;

class tst_HubProgram : public QObject
{
    Q_OBJECT

    struct Ran
    {
        int status = 0;
        QByteArray out = {};
        QByteArray err = {};

        QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    };

    const Authority m_company;

    static Ran run(const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        process.start(qEnvironmentVariable("RINGBOOK_BIN") + "/ringbook-hub", arguments);
        process.write(input);
        process.closeWriteChannel();
        process.waitForFinished(60'000);
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

private Q_SLOTS:
    void wrongUsageIsOneSentenceAndStatusTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("unknown command") << QStringList{"dance"};
        QTest::newRow("unknown option") << QStringList{"serve", "--loud"};
        QTest::newRow("no login") << QStringList{"user", "add"};
        QTest::newRow("too much") << QStringList{"book", "add", "main", "south"};
        QTest::newRow("too few") << QStringList{"demo", "--data", "x", "--customers", "39"};
        QTest::newRow("no place") << QStringList{"serve"};
        QTest::newRow("two places") << QStringList{"serve", "--data", "x", "--database",
                                                   "postgresql://nobody@127.0.0.1:1/x"};
        QTest::newRow("no address") << QStringList{"serve", "--data", "x", "--listen", "somewhere"};
        QTest::newRow("bare") << QStringList{"serve", "--data", "x", "--listen", "0.0.0.0:0"};
        QTest::newRow("bare, of six") << QStringList{"serve", "--data", "x", "--listen", "[::]:0"};
        QTest::newRow("no key") << QStringList{"serve", "--data", "x", "--tls-certificate", "hub.pem"};
        QTest::newRow("only a key") << QStringList{"serve", "--data", "x", "--tls-key", "hub.key"};
        QTest::newRow("plain TLS") << QStringList{"serve",   "--data",    "x",       "--tls-certificate",
                                                  "hub.pem", "--tls-key", "hub.key", "--plain"};
        for (const char *days : {"0", "366", "-1", "many", "30.5", ""})
            QTest::newRow(qPrintable(QString("a lease of “%1”").arg(days)))
                << QStringList{"serve", "--data", "x", "--lease-days", days};
        QTest::newRow("no book to report on") << QStringList{"erasures", "--data", "x"};
        QTest::newRow("no name") << QStringList{"user", "add", "eva", "--book", "main", "--data", "x"};
        QTest::newRow("no book") << QStringList{"user", "add", "eva", "--name", "Eva", "--data", "x"};
        QTest::newRow("nobody to erase") << QStringList{"erase", "--book", "main", "--data", "x"};
        QTest::newRow("no number") << QStringList{"demo", "--data", "x", "--customers", "many"};
    }

    void wrongUsageIsOneSentenceAndStatusTwo()
    {
        QFETCH(QStringList, arguments);

        const Ran ran = run(arguments);

        QCOMPARE(ran.status, 2);
        QVERIFY(!ran.err.isEmpty());
        QVERIFY(!ran.err.contains(".."));
        QVERIFY(ran.out.isEmpty());
        QVERIFY(!QFile::exists("x"));
    }

    void everyCommandExplainsItself_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("all") << QStringList{};
        QTest::newRow("serve") << QStringList{"serve"};
        QTest::newRow("user add") << QStringList{"user", "add"};
        QTest::newRow("user password") << QStringList{"user", "password"};
        QTest::newRow("user change") << QStringList{"user", "change"};
        QTest::newRow("user close") << QStringList{"user", "close"};
        QTest::newRow("user open") << QStringList{"user", "open"};
        QTest::newRow("user list") << QStringList{"user", "list"};
        QTest::newRow("book add") << QStringList{"book", "add"};
        QTest::newRow("backup") << QStringList{"backup"};
        QTest::newRow("restore") << QStringList{"restore"};
        QTest::newRow("erase") << QStringList{"erase"};
        QTest::newRow("erasures") << QStringList{"erasures"};
        QTest::newRow("demo") << QStringList{"demo"};
    }

    void everyCommandExplainsItself()
    {
        QFETCH(QStringList, words);

        const Ran ran = run(words + QStringList{"--help"});

        QCOMPARE(ran.status, 0);
        QVERIFY(ran.out.contains("ringbook-hub"));
    }

    void commandsThatBeginAlikeAreListedTogether()
    {
        for (const QString word : {"user", "book", "calls"}) {
            const Ran asked = run({word, "--help"});
            const Ran alone = run({word});
            const Ran unknown = run({word, "delete", "anna"});

            QCOMPARE(asked.status, 0);
            QVERIFY2(asked.out.contains(word.toUtf8() + ' ') && !asked.out.contains("backup"), asked.out);
            QCOMPARE(alone.status, 2);
            QCOMPARE(alone.err, asked.out);
            QCOMPARE(unknown.status, 2);
            QVERIFY2(unknown.err.contains("“" + word.toUtf8() + " delete”"), unknown.err);
            QCOMPARE(unknown.err.count('\n'), 1);
        }
        QVERIFY(run({"user", "delete"}).err.contains("user close"));
        QVERIFY(run({"user", "--help"}).out.contains("user password"));
    }

    void theHelpSaysWhatIsNeededAndWhatHoldsOtherwise()
    {
        const QByteArray serve = run({"serve", "--help"}).out.simplified();
        const QByteArray addUser = run({"user", "add", "--help"}).out.simplified();

        QVERIFY2(serve.contains("Default: 127.0.0.1:8750."), serve);
        QVERIFY2(serve.contains("Default: 30."), serve);
        QVERIFY(run({"book", "add", "--help"}).out.simplified().contains("Default: DE."));
        QVERIFY(run({"demo", "--help"}).out.simplified().contains("Default: 5000."));
        QVERIFY2(addUser.contains("Default: agent.") && addUser.contains("Needed: a book"), addUser);
    }

    void theVersionIsSaid()
    {
        const Ran ran = run({"--version"});

        QCOMPARE(ran.status, 0);
        QVERIFY2(QRegularExpression("^ringbook-hub \\d+\\.\\d+\\.\\d+\\s*$").match(ran.out).hasMatch(),
                 ran.out);
    }

    void whoIsErasedByTheirNumberMustBeTheOnlyOneWithIt()
    {
        const HubPlace place;
        QCOMPARE(run(QStringList{"book", "add", "main"} + place.arguments()).status, 0);
        const auto record = [](const QString &kind, qint64 n, const model::Fields &fields) {
            return hub::NewRecord{{kind, makeId(hub::hubDevice, n)}, fields, 0, 1};
        };
        const auto phone = [&](qint64 n, qint64 owner, const QString &e164) {
            return record(
                "contact_point", n,
                {{"customer", makeId(hub::hubDevice, owner)}, {"channel", "phone"}, {"e164", e164}});
        };
        {
            SystemClock clock;
            auto office = hub::Administration::open(databaseAt(place), clock);
            QVERIFY(office->addRecords(
                "main", {record("customer", 77, {{"name", "Ana"}}), record("customer", 78, {{"name", "Ben"}}),
                         phone(80, 77, "+493023125147"), phone(81, 77, "+493023125148"),
                         phone(82, 78, "+493023125148")}));
        }
        const auto erase = [&](const QString &number) {
            return run(QStringList{"erase", "--book", "main", "--phone", number, "--json"} +
                       place.arguments());
        };

        const Ran shared = erase("030 23125148");
        QCOMPARE(shared.status, 1);
        for (const auto &[n, name] : {std::pair(77, "Ana"), std::pair(78, "Ben")})
            QVERIFY2(shared.err.contains(QByteArray::number(makeId(hub::hubDevice, n)) + " (" + name + ')'),
                     shared.err);
        QCOMPARE(erase("030 23125149").status, 1);
        const Ran ana = erase("030 23125147");

        QCOMPARE(ana.json()["customer"].toString(), QString::number(makeId(hub::hubDevice, 77)));
        QCOMPARE(ana.json()["records"].toInt(), 3);
    }

    void whoWasErasedDoesNotComeBackWithABackup()
    {
        constexpr char marker[] = "Quittenbaum";
        const HubPlace place;
        const HubPlace restored;
        const QTemporaryDir backups;
        QCOMPARE(run(QStringList{"book", "add", "main"} + place.arguments()).status, 0);
        const model::RecordKey her{"customer", makeId(hub::hubDevice, 77)};
        {
            SystemClock clock;
            auto office = hub::Administration::open(databaseAt(place), clock);
            QVERIFY(office->addRecords("main", {{her, {{"name", marker}}, 0, 1}}));
        }
        const QString file = backups.filePath("backup");
        QCOMPARE(run(QStringList{"backup", file} + place.arguments()).status, 0);

        const QStringList erase =
            QStringList{"erase", "--book", "main", "--customer", QString::number(her.id), "--json"} +
            place.arguments();
        QCOMPARE(run(erase).json()["records"].toInt(), 1);
        QCOMPARE(run(erase).json()["records"].toInt(), 0);
        const QStringList report = QStringList{"erasures", "--book", "main"} + place.arguments();
        const Ran reported = run(report + QStringList{"--json"});
        QCOMPARE(reported.json()["records"].toInt(), 1);
        QCOMPARE(reported.json()["by"].toString(), "");
        QVERIFY(run(report).out.contains("by the hub, records: 1"));
        QCOMPARE(run(QStringList{"erasures", "--book", "none"} + place.arguments()).status, 1);
        QCOMPARE(filesWith(place.folder(), marker), QStringList());

        const Ran list = run(QStringList{"erase", "--list"} + place.arguments());
        QFile kept(backups.filePath("erased"));
        QVERIFY(kept.open(QIODevice::WriteOnly) && kept.write(list.out) > 0);
        kept.close();
        const Ran ran = run(QStringList{"restore", file, "--erased", kept.fileName()} + restored.arguments());
        QVERIFY2(ran.status == 0, ran.err);
        auto db = databaseAt(restored).open();
        const auto record = hub::Books(*db).record(hub::Books(*db).book("main")->id, her);
        QVERIFY(record->erased && record->fields.isEmpty());
        QCOMPARE(filesWith(restored.folder(), marker), QStringList());
    }

    void erasingBesideAServingHubLeavesTheGapsToIt()
    {
        if (HubPlace::isPostgres())
            QSKIP("a database has no gaps of ours");
        constexpr char marker[] = "Quittenbaum";
        const HubData data(1);
        SystemClock clock;
        const model::RecordKey her{"customer", makeId(hub::hubDevice, 77)};
        auto office = hub::Administration::open(data.database(), clock);
        QVERIFY(office->addRecords("main", {{her, {{"name", marker}}, 0, 1}}));
        HubProcess hub(data);

        const Ran ran =
            run(QStringList{"erase", "--book", "main", "--customer", QString::number(her.id), "--json"} +
                data.place().arguments());

        QCOMPARE(ran.json()["records"].toInt(), 1);
        QCOMPARE(ran.json()["clean"].toBool(true), false);
        Http anna(hub.url());
        anna.signIn("anna");
        QCOMPARE(anna.push({newCustomer(anna.session.device, 1, "Ana")}).answers.size(), 1);
        const auto db = *data.database().open();
        QTRY_COMPARE_WITH_TIMEOUT(*hub::uncleanedErasures(db), 0, 30'000);
        QCOMPARE(filesWith(data.place().folder(), marker), QStringList());
        QVERIFY(QFile::exists(data.database().erasedList()));
        QCOMPARE(hub.terminate(), 0);
    }

    void aFolderRemembersWhoWasErased()
    {
        if (HubPlace::isPostgres())
            QSKIP("a database has no folder");
        constexpr char marker[] = "Quittenbaum";
        const HubPlace place;
        const QTemporaryDir backups;
        const QString file = backups.filePath("backup");
        SystemClock clock;
        const model::RecordKey her{"customer", makeId(hub::hubDevice, 77)};
        {
            auto office = hub::Administration::open(databaseAt(place), clock);
            QVERIFY(office->addBook("main", "DE"));
            QVERIFY(office->addRecords("main", {{her, {{"name", marker}}, 0, 1}}));
            QVERIFY(hub::backUp(databaseAt(place), file));
            QCOMPARE(*office->erase("main", her.id), 1);
            QVERIFY(office->cleanUp());
        }
        for (const QString &name : QDir(place.folder()).entryList({"hub.db*"}))
            QVERIFY(QFile::remove(place.folder() + '/' + name));
        const QString list = place.folder() + "/erased.list";
        const hub::Erased elsewhere{"other", her, 0, 1};
        QFile kept(list);
        QVERIFY(kept.open(QIODevice::Append) && kept.write(hub::listOf({elsewhere})) > 0);
        kept.close();

        QCOMPARE(run({"restore", file, "--data", place.folder()}).status, 0);

        QCOMPARE(filesWith(place.folder(), marker), QStringList());
        QVERIFY(hub::readErasedList(list)->contains(elsewhere));
    }

    void userThatIsAddedCanSignIn()
    {
        const HubPlace place;
        QCOMPARE(run(QStringList{"book", "add", "main", "--region", "DE"} + place.arguments()).status, 0);
        const QStringList add = QStringList{"user",        "add",         "eva",   "--name",
                                            "Eva Eriksen", "--extension", "105",   "--password-stdin",
                                            "--book",      "main",        "--json"} +
                                place.arguments();

        const Ran added = run(add, "geheim\n");
        const Ran again = run(add, "geheim\n");

        QCOMPARE(added.status, 0);
        QCOMPARE(added.json()["login"].toString(), "eva");
        QCOMPARE(again.status, 1);
        QVERIFY(again.json()["error"].toString().contains("eva"));
        QStringList capital = add;
        capital[2] = "Eva";
        const Ran alike = run(capital, "geheim\n");
        QCOMPARE(alike.status, 1);
        QVERIFY2(alike.json()["error"].toString().contains("“eva”"), alike.err);
        SystemClock clock;
        const auto hub = hub::Hub::start({.database = databaseAt(place), .listen = {"127.0.0.1", 0}}, clock);
        const auto session =
            Http((*hub)->url())
                .send("POST", "/v1/session", sync::encode(sync::SessionRequest{1, "eva", "geheim"}));
        QCOMPARE(session.status, 200);
    }

#ifdef Q_OS_UNIX
    void aPasswordThatIsTypedIsAskedForTwice_data()
    {
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<int>("status");
        QTest::newRow("the same") << QByteArray("geheim") << 0;
        QTest::newRow("a slip of the finger") << QByteArray("geheum") << 1;
    }

    void aPasswordThatIsTypedIsAskedForTwice()
    {
        QFETCH(QByteArray, second);
        QFETCH(int, status);
        const HubPlace place;
        QCOMPARE(run(QStringList{"book", "add", "main"} + place.arguments()).status, 0);
        const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
        QVERIFY(::grantpt(terminal) == 0 && ::unlockpt(terminal) == 0);
        QProcess process;
        process.setStandardInputFile(QString::fromLocal8Bit(::ptsname(terminal)));
        process.start(qEnvironmentVariable("RINGBOOK_BIN") + "/ringbook-hub",
                      QStringList{"user", "add", "eva", "--name", "Eva", "--book", "main"} +
                          place.arguments());
        QByteArray asked;
        const auto isAsked = [&](const char *prompt) {
            asked += process.readAllStandardError();
            return asked.contains(prompt);
        };

        QTRY_VERIFY(isAsked("not shown"));
        QCOMPARE(::write(terminal, "geheim\n", 7), 7);
        QTRY_VERIFY(isAsked("Once more"));
        QCOMPARE(::write(terminal, (second + '\n').constData(), size_t(second.size() + 1)),
                 second.size() + 1);
        QVERIFY(process.waitForFinished());

        QCOMPARE(process.exitCode(), status);
        QCOMPARE(run(QStringList{"user", "list"} + place.arguments()).out.contains("eva"), status == 0);
        ::close(terminal);
    }
#endif

    void namesThatBreakARuleAreRefused()
    {
        const HubPlace place;
        const auto status = [&](const QStringList &words) { return run(words + place.arguments()).status; };
        QCOMPARE(status({"book", "add", "Main Book"}), 1);
        QCOMPARE(status({"book", "add", "main", "--region", "Germany"}), 1);
        const Ran nowhere = run(QStringList{"book", "add", "main", "--region", "XX"} + place.arguments());
        QCOMPARE(nowhere.status, 1);
        QVERIFY2(nowhere.err.contains("“XX”") && nowhere.err.contains("DE"), nowhere.err);
        QCOMPARE(status({"user", "add", "eva", "--name", "Eva", "--password", "abc", "--book", "main"}), 1);
        QCOMPARE(status({"user", "add", "eva", "--name", "Eva", "--password", "abcd", "--book", "nix"}), 1);
    }

    void usersAreListedClosedAndOpened()
    {
        const HubData data(2);
        const auto did = [&](const QStringList &words, const QByteArray &input = {}) {
            return run(words + QStringList{"--json"} + data.place().arguments(), input);
        };
        const auto anna = [&] {
            return QJsonDocument::fromJson(did({"user", "list"}).out.split('\n').first()).object();
        };
        QCOMPARE(anna()["login"].toString(), "anna");
        QCOMPARE(anna()["extension"].toString(), "101");
        QVERIFY(anna()["open"].toBool());

        QCOMPARE(did({"user", "close", "anna"}).status, 0);
        QVERIFY(!anna()["open"].toBool());
        const QStringList successor{"user",   "add",         "eva", "--name", "Eva", "--password",
                                    "geheim", "--extension", "101", "--book", "main"};
        QCOMPARE(did(successor).status, 0); // has her telephone now
        QVERIFY(did({"user", "open", "anna"}).json()["error"].toString().contains("101"));
        QCOMPARE(did({"user", "close", "eva"}).status, 0);
        QCOMPARE(did({"user", "open", "anna"}).status, 0);
        QVERIFY(anna()["open"].toBool());

        QCOMPARE(did({"user", "password", "anna", "--password-stdin"}, "abc\n").status, 1);
        QCOMPARE(did({"user", "password", "anna", "--password-stdin"}, "abcd\n").status, 0);
        QVERIFY(did({"user", "close", "nobody"}).json()["error"].toString().contains("nobody"));
    }

    void usersAreChanged()
    {
        const HubData data(2);
        const auto did = [&](const QStringList &words) {
            return run(words + QStringList{"--json"} + data.place().arguments());
        };
        const auto change = [&](const QStringList &what) {
            return did(QStringList{"user", "change", "anna"} + what);
        };
        const auto anna = [&] {
            return QJsonDocument::fromJson(did({"user", "list"}).out.split('\n').first()).object();
        };

        QCOMPARE(change({"--name", "Anna Berg", "--extension", "110", "--role", "lead"}).status, 0);

        QCOMPARE(anna()["name"].toString(), "Anna Berg");
        QCOMPARE(anna()["extension"].toString(), "110");
        QCOMPARE(anna()["sits_at"].toString(), "110");
        QCOMPARE(anna()["role"].toString(), "lead");
        QCOMPARE(change({"--extension", ""}).status, 0);
        QCOMPARE(anna()["extension"].toString(), "");
        QVERIFY(change({}).json()["error"].toString().contains("--name"));
        QVERIFY(change({"--extension", "102"}).json()["error"].toString().contains("Ben Brandt"));
        QVERIFY(change({"--book", "nix"}).json()["error"].toString().contains("nix"));
        QCOMPARE(anna()["name"].toString(), "Anna Berg");
    }

    void twoUsersCannotHaveOneTelephone()
    {
        const HubData data(1); // anna has 101

        const Ran ran = run(QStringList{"user", "add", "eva", "--name", "Eva", "--password", "geheim",
                                        "--extension", "101", "--book", "main"} +
                            data.place().arguments());

        QCOMPARE(ran.status, 1);
        QVERIFY(ran.err.contains("Anna Albers"));
    }

    void mistypedFolderDoesNotBecomeAnEmptyHub_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("user add") << QStringList{"user",       "add",    "eva",    "--name", "Eva",
                                                 "--password", "geheim", "--book", "main"};
        QTest::newRow("serve") << QStringList{"serve", "--listen", "127.0.0.1:0"};
        QTest::newRow("backup") << QStringList{"backup", "monday.backup"};
    }

    void mistypedFolderDoesNotBecomeAnEmptyHub()
    {
        QFETCH(QStringList, words);
        const QTemporaryDir folder;

        const Ran ran = run(words + QStringList{"--data", folder.filePath("typo")});

        QCOMPARE(ran.status, 1);
        QVERIFY(ran.err.contains("book add"));
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void anEmptyFolderIsServedForThoseWhoMakeItsBookLater()
    {
        const QTemporaryDir folder;

        tests::Program hub("ringbook-hub", {"serve", "--data", folder.path(), "--listen", "127.0.0.1:0"});

        QVERIFY2(!hub.waitFor("127\\.0\\.0\\.1").isEmpty(), qPrintable(hub.everything()));
    }

    void folderIsServedByOneHubOnly()
    {
        if (HubPlace::isPostgres())
            QSKIP("any number of hubs serve a PostgreSQL database");
        const HubData data(0);
        const HubProcess first(data);

        const Ran second = run(QStringList{"serve", "--listen", "127.0.0.1:0"} + data.place().arguments());

        QCOMPARE(second.status, 1);
        QVERIFY(second.err.contains("Another hub"));
    }

    void databaseThatCannotBeUsedIsASentenceThatSaysWhatToDo_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("what");
        QTest::newRow("nobody there")
            << "postgresql://nobody@127.0.0.1:1/x" << QByteArray("see that its server runs");
        QTest::newRow("of another kind")
            << "mysql://nobody@127.0.0.1:1/x" << QByteArray("postgresql://user:password@host:port/name");
    }
    void databaseThatCannotBeUsedIsASentenceThatSaysWhatToDo()
    {
        QFETCH(QString, url);
        QFETCH(QByteArray, what);

        const Ran ran = run({"serve", "--database", url});

        QCOMPARE(ran.status, 1);
        QCOMPARE(ran.err.count('\n'), 1);
        QVERIFY2(ran.err.contains(what), ran.err.constData());
    }

    void takenPortAndNonsenseAddressAreSentences()
    {
        const HubData data(0);
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        const QString address = QStringLiteral("127.0.0.1:%1").arg(taken.serverPort());

        const Ran busy = run(QStringList{"serve", "--listen", address} + data.place().arguments());
        const Ran nonsense = run(QStringList{"serve", "--listen", "somewhere"} + data.place().arguments());

        QCOMPARE(busy.status, 1);
        QVERIFY(busy.err.contains(address.toUtf8()));
        QVERIFY(nonsense.err.contains("somewhere"));
    }

    void othersMayConnectByTlsOrWhereAProxySpeaksIt_data()
    {
        QTest::addColumn<QStringList>("how");
        QTest::newRow("TLS") << QStringList{"--tls-certificate", m_company.path("hub.pem"), "--tls-key",
                                            m_company.path("hub.key")};
        QTest::newRow("plain") << QStringList{"--plain"};
    }

    /// At an address that this machine has not.
    void othersMayConnectByTlsOrWhereAProxySpeaksIt()
    {
        QFETCH(QStringList, how);
        m_company.vouchFor("hub");
        const QTemporaryDir folder;

        const Ran ran =
            run(QStringList{"serve", "--data", folder.path(), "--listen", "192.0.2.1:8750"} + how);

        QCOMPARE(ran.status, 1);
        QVERIFY2(ran.err.contains("Cannot listen on 192.0.2.1"), ran.err);
        QVERIFY2(ran.err.contains("no address of this machine; 0.0.0.0:8750"), ran.err);
    }

    void localhostIsThisMachineAlone()
    {
        const QTemporaryDir folder;

        tests::Program hub("ringbook-hub", {"serve", "--data", folder.path(), "--listen", "localhost:0"});

        QVERIFY2(!hub.waitFor("^listening on http://127\\.0\\.0\\.1:").isEmpty(),
                 qPrintable(hub.everything()));
    }

    void aPortAloneIsToldWhatToWrite()
    {
        const Ran ran = run({"serve", "--data", "x", "--listen", "18780"});

        QCOMPARE(ran.status, 2);
        QVERIFY2(ran.err.contains("127.0.0.1:18780") && ran.err.contains("0.0.0.0:18780"), ran.err);
    }

    void aNameOfAnotherMachineIsNoAddressToListenOn()
    {
        const QTemporaryDir folder;

        const Ran ran = run({"serve", "--data", folder.path(), "--listen", "hub.example:8750", "--plain"});

        QCOMPARE(ran.status, 1);
        QVERIFY2(ran.err.contains("hub.example") && ran.err.contains("0.0.0.0"), ran.err);
    }

    void theAddressSaysThatTlsIsSpoken()
    {
        m_company.vouchFor("hub");
        const QTemporaryDir folder;

        tests::Program hub("ringbook-hub",
                           {"serve", "--data", folder.path(), "--listen", "127.0.0.1:0", "--tls-certificate",
                            m_company.path("hub.pem"), "--tls-key", m_company.path("hub.key")});

        QVERIFY2(!hub.waitFor("^listening on https://127").isEmpty(), qPrintable(hub.everything()));
    }

    void aCertificateThatIsOfNoUseIsASentence_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QByteArray>("sentence");
        const auto row = [](const char *name, const char *certificate, const char *key,
                            const char *sentence) {
            QTest::newRow(name) << certificate << key << QByteArray(sentence);
        };
        row("no certificate", "none.pem", "hub.key", "There is no file");
        row("no key", "hub.pem", "none.key", "There is no file");
        row("a folder", ".", "hub.key", "cannot be read");
        row("key for certificate", "hub.key", "hub.key", "holds no certificate");
        row("certificate for key", "hub.pem", "hub.pem", "holds no private key");
        row("another's key", "hub.pem", "other.key", "does not belong");
        row("another's kind of key", "hub.pem", "kind.key", "does not belong");
        row("locked", "locked.pem", "locked.key", "passphrase");
        row("expired", "expired.pem", "expired.key", "expired on");
        row("not yet good", "tomorrow.pem", "tomorrow.key", "good only from");
    }

    void aCertificateThatIsOfNoUseIsASentence()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, key);
        QFETCH(QByteArray, sentence);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        m_company.vouchFor("hub");
        m_company.vouchFor("other");
        m_company.vouchFor("locked", {}, "geheim");
        m_company.vouchFor("expired", {.from = now.addDays(-2), .to = now.addSecs(-60)});
        m_company.vouchFor("tomorrow", {.from = now.addSecs(3600)});
        m_company.makeKey("kind.key", "ED25519");
        const QTemporaryDir folder;

        const Ran ran = run({"serve", "--data", folder.path(), "--listen", "127.0.0.1:0", "--tls-certificate",
                             m_company.path(certificate), "--tls-key", m_company.path(key)});

        QCOMPARE(ran.status, 1);
        QVERIFY2(ran.err.contains(sentence), ran.err);
        QCOMPARE(ran.err.count('\n'), 1);
    }

    void aKeyThatEverybodyMayReadIsWarnedOf()
    {
        m_company.vouchFor("hub");
        QVERIFY(QFile::setPermissions(m_company.path("hub.key"), QFile::ReadOwner | QFile::ReadOther));
        const QTemporaryDir folder;

        tests::Program hub("ringbook-hub",
                           {"serve", "--data", folder.path(), "--listen", "127.0.0.1:0", "--tls-certificate",
                            m_company.path("hub.pem"), "--tls-key", m_company.path("hub.key")});

        QVERIFY2(!hub.waitFor("may read the key").isEmpty(), qPrintable(hub.everything()));
    }

    void aDatabaseThatCannotBeServedIsNamedWithWhatToDo_data()
    {
        QTest::addColumn<QByteArray>("harm");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("cut") << QByteArray("cut") << QByteArray("ringbook-hub restore");
        QTest::newRow("empty") << QByteArray("empty") << QByteArray("ringbook-hub restore");
        QTest::newRow("noise") << QByteArray("noise") << QByteArray("ringbook-hub restore");
        QTest::newRow("newer") << QByteArray("newer") << QByteArray("newer ringbook-hub");
    }

    void aDatabaseThatCannotBeServedIsNamedWithWhatToDo()
    {
        QFETCH(QByteArray, harm);
        QFETCH(QByteArray, sentence);
        const QTemporaryDir folder;
        const QString path = folder.filePath("hub.db");
        QCOMPARE(run({"book", "add", "main", "--data", folder.path()}).status, 0);
        if (harm == "newer")
            QVERIFY(model::Connection::openSqlite(path)->script("PRAGMA user_version = 99"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        if (harm == "cut")
            QVERIFY(file.resize(file.size() / 2));
        if (harm == "empty")
            QVERIFY(file.resize(0));
        if (harm == "noise")
            QVERIFY(file.write(QByteArray(8192, 'x')) > 0);
        file.close();

        const Ran ran = run({"serve", "--data", folder.path(), "--listen", "127.0.0.1:0"});

        QCOMPARE(ran.status, 1);
        QVERIFY2(ran.err.contains(path.toUtf8()) && ran.err.contains(sentence), ran.err);
        QVERIFY2(!ran.err.contains("PRAGMA"), ran.err);
        QCOMPARE(ran.err.count('\n'), 1);
    }

    void fileThatIsNoDatabaseIsASentence()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath("hub.db"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();

        const Ran ran = run({"serve", "--data", folder.path(), "--listen", "127.0.0.1:0"});

        QCOMPARE(ran.status, 1);
        QCOMPARE(ran.err.count('\n'), 1);
    }

    void erasureReportSaysWhoseLeaseRanOut()
    {
        const HubPlace place;
        QCOMPARE(run(QStringList{"book", "add", "main"} + place.arguments()).status, 0);
        QCOMPARE(run(QStringList{"user", "add", "anna", "--name", "Anna", "--book", "main", "--password",
                                 "long enough"} +
                     place.arguments())
                     .status,
                 0);
        const model::RecordKey her{"customer", makeId(hub::hubDevice, 77)};
        {
            SystemClock clock;
            QVERIFY(hub::Administration::open(databaseAt(place), clock)
                        ->addRecords("main", {{her, {{"name", "X"}}, 0, 1}}));
            const auto now = clock.now();
            auto db = databaseAt(place).open();
            const qint64 anna = db->one("SELECT id FROM account WHERE login = 'anna'")->number("id");
            for (const auto &[id, until] : {std::pair(7, now - 1), std::pair(8, now + dayMs)})
                QVERIFY(db->run(
                    "INSERT INTO device (id, secret_hash, name, account, created_at, seen_at, lease_until) "
                    "VALUES (:id, :secret, 'a laptop', :anna, 1, 1, :until)",
                    {{":id", id}, {":secret", QString::number(id)}, {":anna", anna}, {":until", until}}));
        }
        QCOMPARE(run(QStringList{"erase", "--book", "main", "--customer", QString::number(her.id)} +
                     place.arguments())
                     .status,
                 0);

        const QStringList report = QStringList{"erasures", "--book", "main"} + place.arguments();
        const QByteArray said = run(report).out;
        const auto devices = run(report + QStringList{"--json"}).json()["devices"].toArray();

        QVERIFY2(said.contains("lease ran out on") && said.contains("lease runs until"), said);
        QVERIFY2(QRegularExpression(
                     "last heard of on 1970-01-01T\\d\\d:00:00(Z|[+-]\\d\\d:\\d\\d) or within an hour")
                     .match(said)
                     .hasMatch(),
                 said);
        QCOMPARE(devices.size(), 2);
        QCOMPARE(devices[0].toObject()["state"].toString(), "lease_over");
        QCOMPARE(devices[1].toObject()["state"].toString(), "waiting");
        QVERIFY(databaseAt(place).open()->run("UPDATE device SET seen_at = :now",
                                              {{":now", SystemClock().now() - 2 * minuteMs}}));
        QCOMPARE(run(report).out.count("heard of within the last hour"), 2);
    }

    void stopsGracefullyWhenTold()
    {
        const HubData data(0);
        HubProcess hub(data);
        QCOMPARE(Http(hub.url()).send("GET", "/v1/health").status, 200);

        QCOMPARE(hub.terminate(), 0);
    }

    void theLogSaysWhenItStopped()
    {
        const QTemporaryDir folder;
        tests::Program hub("ringbook-hub", {"serve", "--data", folder.path(), "--listen", "127.0.0.1:0"});
        QVERIFY(!hub.waitFor("^listening on ").isEmpty());

        hub.terminate();

        QVERIFY2(!hub.waitFor("^stopped at \\d{4}-\\d\\d-\\d\\dT[\\d:]{8}(Z|[+-]\\d\\d:\\d\\d)$").isEmpty(),
                 qPrintable(hub.everything()));
        QCOMPARE(hub.waitForEnd(), 0);
    }

    void demoBookIsMadeOnce()
    {
        const QTemporaryDir folder;

        const Ran made = run({"demo", "--customers", "50", "--data", folder.path(), "--json"});
        const Ran again = run({"demo", "--customers", "50", "--data", folder.path(), "--json"});

        QCOMPARE(made.status, 0);
        QCOMPARE(made.json()["customers"].toInt(), 50);
        QCOMPARE(again.status, 0);
        QVERIFY(again.json()["existing"].toBool());
    }

#ifdef Q_OS_UNIX
    void aBackupIsAHubThatGoesOnWithNewEpochsAndNumbers()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath("monday.backup");
        const QStringList there{"--data", folder.filePath("there")},
            fresh{"--data", folder.filePath("fresh")};
        QCOMPARE(run(QStringList{"demo", "--customers", "50"} + there).status, 0);

        const Ran backup = run(QStringList{"backup", file, "--json"} + there);
        const Ran restored = run(QStringList{"restore", file, "--json"} + fresh);

        QCOMPARE(backup.status, 0);
        QCOMPARE(backup.json()["bytes"].toInteger(), QFileInfo(file).size());
        QCOMPARE(restored.status, 0);
        QCOMPARE(restored.json()["erased_list"].toBool(true),
                 false); // whoever was erased since is back: told
        auto before = *model::Connection::openSqlite(folder.filePath("there/hub.db"));
        auto after = *model::Connection::openSqlite(folder.filePath("fresh/hub.db"));
        const auto text = [](model::Connection &db, const QString &sql) { return db.one(sql)->text("x"); };
        for (const QString same :
             {"SELECT head AS x FROM book", "SELECT count(*) AS x FROM record",
              "SELECT count(*) AS x FROM change_log", "SELECT count(*) AS x FROM account"})
            QCOMPARE(text(after, same), text(before, same));
        QVERIFY(text(after, "SELECT epoch AS x FROM book") != text(before, "SELECT epoch AS x FROM book"));
        for (const QString more : {"last_device", "last_record"})
            QVERIFY(after.one("SELECT " + more + " AS x FROM hub")->number("x") >
                    before.one("SELECT " + more + " AS x FROM hub")->number("x"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{"monday.backup"});
    }

    void whatCannotBeBackedUpOrRestoredIsASentenceAndLeavesNothing()
    {
        const QTemporaryDir folder;
        const QStringList data{"--data", folder.filePath("hub")}, fresh{"--data", folder.filePath("fresh")};
        const QString file = folder.filePath("a.backup"), cut = folder.filePath("cut.backup"),
                      empty = folder.filePath("empty.backup");
        QCOMPARE(run(QStringList{"demo", "--customers", "50"} + data).status, 0);
        QCOMPARE(run(QStringList{"backup", file} + data).status, 0);
        QVERIFY(QFile::copy(file, cut) && QFile::resize(cut, QFileInfo(cut).size() / 2));
        const auto refuses = [](const Ran &ran, const char *saying) {
            return ran.status == 1 && ran.err.contains(saying) && ran.err.trimmed().count('\n') == 0;
        };

        QVERIFY(refuses(run(QStringList{"backup", file} + data), "already"));
        QVERIFY(refuses(run(QStringList{"backup", folder.filePath("b")} + fresh), "There is no hub"));
        QVERIFY(refuses(run(QStringList{"backup", folder.filePath("no/where")} + data), "cannot be written"));
        QVERIFY(refuses(run(QStringList{"restore", folder.filePath("c")} + fresh), "There is no file"));
        QVERIFY(refuses(run(QStringList{"restore", cut} + fresh), "no backup of a hub"));
        QVERIFY(QFile(empty).open(QIODevice::WriteOnly));
        QVERIFY(refuses(run(QStringList{"restore", empty} + fresh), "no backup of a hub"));
        QVERIFY(refuses(run(QStringList{"restore", QCoreApplication::applicationFilePath()} + fresh),
                        "no backup of a hub"));
        QVERIFY(refuses(run(QStringList{"restore", file} + data), "empty folder"));
        QVERIFY(refuses(run(QStringList{"restore", file, "--erased", folder.filePath("c")} + fresh),
                        "There is no file"));
        QVERIFY(!QFile::exists(folder.filePath("fresh")));
        QVERIFY(refuses(run({"restore", cut, "--data", folder.filePath("new/deep")}), "no backup of a hub"));
        QVERIFY(!QFile::exists(folder.filePath("new")));
        QVERIFY(refuses(run({"restore", file, "--data", folder.path()}), "other files"));
        QVERIFY(!QFile::exists(folder.filePath("hub.db")));
        QVERIFY(refuses(run(QStringList{"backup", folder.path()} + data), "is a folder"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 3);
    }

    void filesOfTheHubAreItsUsersOnly()
    {
        const QTemporaryDir parent;
        const QString folder = parent.filePath("hub");

        QCOMPARE(run({"book", "add", "main", "--data", folder}).status, 0);

        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                            QFile::WriteOther | QFile::ExeOther;
        QVERIFY(!(QFile::permissions(folder) & others));
        QVERIFY(!(QFile::permissions(folder + "/hub.db") & others));
    }

    void moreDesksThanAShellAllowsFilesAreServed()
    {
        const HubData data(0);
        QProcess hub;
        hub.start("sh", QStringList{"-c", "ulimit -Sn 64; exec \"$0\" serve --listen 127.0.0.1:0 \"$@\"",
                                    qEnvironmentVariable("RINGBOOK_BIN") + "/ringbook-hub"} +
                            data.place().arguments());
        QVERIFY(hub.waitForReadyRead(10'000));
        const QString url = QString::fromUtf8(hub.readLine().mid(13)).trimmed();
        std::vector<std::unique_ptr<QTcpSocket>> desks;
        for (int desk = 0; desk < 100; ++desk) {
            desks.push_back(std::make_unique<QTcpSocket>());
            desks.back()->connectToHost("127.0.0.1", quint16(QUrl(url).port()));
            QVERIFY(desks.back()->waitForConnected());
        }

        QCOMPARE(Http(url).send("GET", "/v1/health").status, 200);

        hub.terminate();
        hub.waitForFinished();
    }
#endif
};

QTEST_GUILESS_MAIN(tst_HubProgram)
#include "tst_HubProgram.moc"
