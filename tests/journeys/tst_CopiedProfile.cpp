#include "tests/journeys/Company.h"

#include <QDirIterator>
#include <QSet>
#include <QTest>

using namespace ringbook;
using namespace ringbook::tests;

namespace {

constexpr int patienceMs = 60'000;

void copyFolder(const QString &from, const QString &to)
{
    QDirIterator files(from, QDir::Files);
    while (files.hasNext()) {
        files.next();
        QVERIFY(QFile::copy(files.filePath(), to + '/' + files.fileName()));
    }
}

std::unique_ptr<Program> open(const Company &company, const QString &who)
{
    auto desk = std::make_unique<Program>("ringbook-desk-process",
                                          QStringList{company.profile(who), company.hubUrl()});
    desk->waitFor("^started");
    return desk;
}

/// A customer and a case of theirs, saved.
void work(Program &desk, const QString &name)
{
    desk.tell("customer " + name);
    const QString id = desk.waitFor("^saved").section(' ', 1);
    desk.tell("complain " + id + " Complaint of " + name);
    QVERIFY2(!desk.waitFor("^saved").isEmpty(), qPrintable(desk.everything()));
}

QStringList casesOf(const QString &book)
{
    return book.split('\n').filter(QRegularExpression("^case "));
}

} // namespace

/// A desk's folder is copied, with work in it that was not sent, and both go on.
class tst_CopiedProfile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothKeepTheirWorkAndOneGetsANumberOfItsOwn()
    {
        Company company;
        auto first = company.desk("anna", company.hubUrl());
        const auto ben = company.desk("ben", company.hubUrl());
        work(*first, "Sent Before");
        QTRY_VERIFY_WITH_TIMEOUT(company.bookOf("ben").contains("Complaint of Sent Before"), patienceMs);
        company.hub->kill();
        work(*first, "Unsent In Both");
        first->kill();
        copyFolder(company.profile("anna"), company.profile("copy"));

        first = open(company, "anna");
        const auto copy = open(company, "copy");
        work(*first, "Of The First");
        work(*copy, "Of The Copy");
        work(*copy, "Of The Copy Too");
        company.startHub(QString("127.0.0.1:%1").arg(company.port()));

        const auto isWhole = [&](const QString &who) {
            const QString book = company.bookOf(who);
            for (const QString name :
                 {"Sent Before", "Unsent In Both", "Of The First", "Of The Copy", "Of The Copy Too"})
                if (book.count(QRegularExpression("customer \\d+ " + name + "\n")) != 1 ||
                    book.count("Complaint of " + name + " new\n") != 1)
                    return false;
            return true;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isWhole("anna") && isWhole("copy") && isWhole("ben"), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(company.bookOf("anna"), company.bookOf("ben"), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(company.bookOf("copy"), company.bookOf("ben"), patienceMs);
        QSet<QString> codes;
        for (const QString &line : casesOf(company.bookOf("ben")))
            codes.insert(line.section(' ', 2, 2));
        QCOMPARE(codes.size(), 5);
        const bool isTold = !first->waitFor("a number of its own", 1000).isEmpty() ||
                            !copy->waitFor("a number of its own", 1000).isEmpty();
        QVERIFY2(isTold, qPrintable(first->everything() + '\n' + copy->everything()));
    }
};

QTEST_GUILESS_MAIN(tst_CopiedProfile)
#include "tst_CopiedProfile.moc"
