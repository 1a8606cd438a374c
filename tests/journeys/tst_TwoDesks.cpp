#include "tests/journeys/Company.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::tests;

/// Two agents at two desks, one hub; all of them processes, all files real.
class tst_TwoDesks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatOneSavesTheOtherHas()
    {
        Company company;
        const auto anna = company.desk("anna", company.hubUrl());
        const auto ben = company.desk("ben", company.hubUrl());

        anna->tell("customer Ana Costa");
        const QString id = anna->waitFor("^saved").section(' ', 1);
        anna->tell("complain " + id + " Valve leaks again");

        QTRY_VERIFY_WITH_TIMEOUT(company.bookOf("ben").contains("Valve leaks again"), 10'000);
        QVERIFY(company.bookOf("ben").contains("Ana Costa"));
    }

    void theCablePulledForTheWholeExchangeBothEndWithTheSame()
    {
        Company company;
        Cable cable(company.port());
        const auto anna = company.desk("anna", company.hubUrl());
        const auto ben = company.desk("ben", cable.url());
        anna->tell("customer Ana Costa");
        const QString ana = anna->waitFor("^saved").section(' ', 1);
        QTRY_VERIFY_WITH_TIMEOUT(company.bookOf("ben").contains("Ana Costa"), 10'000);

        cable.pull();
        QVERIFY(!ben->waitFor("^state offline").isEmpty());
        ben->tell("complain " + ana + " Offline complaint");
        const QString benCase = ben->waitFor("^saved").section(' ', 1);
        ben->tell("note " + benCase + " said on the phone");
        ben->tell("rename " + ana + " Ana Costa-Reis");
        ben->tell("customer Rui Costa");
        anna->tell("complain " + ana + " Online complaint");
        anna->tell("rename " + ana + " Ana da Costa");
        QVERIFY(!anna->waitFor("^state live waiting=0").isEmpty());
        cable.plugIn();
        ben->tell("online");

        QVERIFY2(!ben->waitFor("^state live waiting=0").isEmpty(), qPrintable(ben->everything()));
        QTRY_VERIFY_WITH_TIMEOUT(company.bookOf("anna").contains("Rui Costa"), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(company.bookOf("ben"), company.bookOf("anna"), 20'000);
        const QString book = company.bookOf("anna");
        for (const QString said : {"Offline complaint", "Online complaint", "said on the phone", "Rui Costa"})
            QVERIFY2(book.contains(said), qPrintable(said + " is not in:\n" + book));
        // Both names survive: one is shown, the other is in the conflict.
        QVERIFY2(book.contains("Ana Costa-Reis") && book.contains("Ana da Costa"), qPrintable(book));
        QVERIFY2(book.contains("conflict name"), qPrintable(book));
    }

    void aDeskBehindAProxyThatBuffersHearsAllTheSame()
    {
        Company company;
        Cable proxy(company.port());
        proxy.holdStreams();
        const auto anna = company.desk("anna", company.hubUrl());
        const auto ben = company.desk("ben", proxy.url());

        for (const QString name : {"Ana Costa", "Marta Costa"}) {
            anna->tell("customer " + name);
            QTRY_VERIFY_WITH_TIMEOUT(company.bookOf("ben").contains(name), 10'000);
        }

        QCOMPARE(proxy.streamsHeld(), 1); // and is not tried again and again
    }

    void aDeskKilledAfterSavingSendsWhenItIsBack()
    {
        Company company;
        Cable cable(company.port());
        auto ben = company.desk("ben", cable.url());
        const auto anna = company.desk("anna", company.hubUrl());
        cable.pull();

        ben->tell("customer Marta Costa");
        QVERIFY(!ben->waitFor("^saved").isEmpty());
        ben->kill();
        cable.plugIn();
        ben = std::make_unique<Program>("ringbook-desk-process",
                                        QStringList{company.profile("ben"), cable.url()});

        QTRY_VERIFY_WITH_TIMEOUT(company.bookOf("anna").contains("Marta Costa"), 20'000);
    }
};

QTEST_GUILESS_MAIN(tst_TwoDesks)
#include "tst_TwoDesks.moc"
