#include "tests/journeys/Company.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::tests;

namespace {

constexpr int patienceMs = 90'000;

} // namespace

/// The hub's data is lost and made anew of an older backup; the desks bring what is missing.
class tst_Restore : public QObject
{
    Q_OBJECT

    static void loseAndRestore(Company &company, const QString &backup)
    {
        company.hub->kill();
        QVERIFY(QDir(company.place.folder()).removeRecursively());
        company.administer({"restore", backup});
        company.startHub(QString("127.0.0.1:%1").arg(company.port()));
    }

private Q_SLOTS:
    void whatWasSavedAfterTheBackupComesBackFromTheDesks()
    {
        Company company;
        const auto anna = company.desk("anna", company.hubUrl());
        const auto ben = company.desk("ben", company.hubUrl());
        anna->tell("customer Ana Costa");
        const QString early = anna->waitFor("^saved").section(' ', 1);
        QTRY_VERIFY_WITH_TIMEOUT(company.bookOf("ben").contains("Ana Costa"), patienceMs);
        const QString backup = company.folder.filePath("monday.backup");
        company.administer({"backup", backup});
        ben->tell("customer Rui Pinto");
        QVERIFY(!ben->waitFor("^saved").isEmpty());
        anna->tell("customer Nora Quist");
        const QString late = anna->waitFor("^saved").section(' ', 1);
        QTRY_VERIFY_WITH_TIMEOUT(company.bookOf("ben").contains("Nora Quist"), patienceMs);
        ben->tell("rename " + late + " Nora Quist-Lund");
        ben->tell("complain " + early + " Valve leaks again");
        QTRY_VERIFY_WITH_TIMEOUT(company.bookOf("anna").contains("Quist-Lund"), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(company.bookOf("anna").contains("Valve leaks"), patienceMs);

        loseAndRestore(company, backup);

        const auto isWhole = [&](const QString &who) {
            const QString book = company.bookOf(who);
            return book.count("Ana Costa") == 1 && book.count("Rui Pinto") == 1 &&
                   book.count("customer " + late + " Nora Quist-Lund\n") == 1 &&
                   book.count("Valve leaks again") == 1 && book.count("customer ") == 3;
        };
        const auto cleo = company.desk("cleo", company.hubUrl()); // knows only what the hub has got back
        QTRY_VERIFY_WITH_TIMEOUT(isWhole("cleo"), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(company.bookOf("anna"), company.bookOf("cleo"), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(company.bookOf("anna"), company.bookOf("ben"), patienceMs);
        QVERIFY(!anna->waitFor("^state live waiting=0 refused=0", patienceMs).isEmpty());
        QVERIFY(!ben->waitFor("^state live waiting=0 refused=0", patienceMs).isEmpty());
    }

    void aDeskThatTheBackupDoesNotKnowIsTakenInAgain()
    {
        Company company;
        const auto anna = company.desk("anna", company.hubUrl());
        const QString backup = company.folder.filePath("monday.backup");
        company.administer({"backup", backup});
        const auto cleo = company.desk("cleo", company.hubUrl());
        cleo->tell("customer Rui Pinto");
        const QString saved = cleo->waitFor("^saved").section(' ', 1);
        QTRY_VERIFY_WITH_TIMEOUT(company.bookOf("anna").contains("Rui Pinto"), patienceMs);

        loseAndRestore(company, backup);
        const auto ben = company.desk("ben", company.hubUrl()); // a new desk, before she is back
        ben->tell("customer Nora Quist");
        QVERIFY(!ben->waitFor("^saved").isEmpty());
        QVERIFY(!cleo->waitFor("^state signed-out", patienceMs).isEmpty());
        cleo->tell("sign-in cleo demo");

        QTRY_VERIFY_WITH_TIMEOUT(company.bookOf("ben").contains("customer " + saved + " Rui Pinto"),
                                 patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(company.bookOf("cleo").contains("Nora Quist"), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(company.bookOf("anna"), company.bookOf("ben"), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(company.bookOf("cleo"), company.bookOf("ben"), patienceMs);
        QCOMPARE(company.bookOf("ben").count("customer "), 2);
    }
};

QTEST_GUILESS_MAIN(tst_Restore)
#include "tst_Restore.moc"
