#include "model/store/DeskFile.h"
#include "sync/hub/Administration.h"
#include "sync/protocol/Codec.h"
#include "tests/journeys/Company.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QtTest>

using namespace ringbook;
using namespace ringbook::tests;

namespace {

constexpr int patienceMs = 90'000;
const QString callersNumber = QStringLiteral("+493023125147");
constexpr int manyCustomers = 25'000; ///< more than a desk reads from the log, where it has a choice

/// A company that has been at it for a while.
class LargeCompany : public Company
{
public:
    LargeCompany()
    {
        hub->kill();
        fill();
        startHub(QString("127.0.0.1:%1").arg(port()));
    }

    /// As soon as the hub has a file; until then somebody has to ask.
    std::optional<sync::SnapshotManifest> snapshot(const QString &who)
    {
        const auto desk = model::DeskFile::open(profile(who) + "/desk.db");
        QNetworkRequest request(QUrl(hubUrl() + "/v1/books/main/snapshot"));
        request.setRawHeader("Authorization", "Bearer " + desk->identity()->token.toLatin1());
        const std::unique_ptr<QNetworkReply> reply(m_network.get(request));
        QSignalSpy(reply.get(), &QNetworkReply::finished).wait();
        const auto manifest = sync::readSnapshotManifest(reply->readAll());
        return manifest ? std::optional(*manifest) : std::nullopt;
    }
    bool hasSnapshot(const QString &who) { return snapshot(who).has_value(); }

private:
    void fill()
    {
        const SystemClock clock;
        auto admin = hub::Administration::open(hub::Database::inFile(place.folder() + "/hub.db"), clock);
        if (!admin)
            qFatal("no hub data");
        QVector<hub::NewRecord> records;
        for (int n = 1; n <= manyCustomers; ++n)
            records.append({.key = {"customer", 1'000'000 + n},
                            .fields = {{"name", QString("Customer %1").arg(n)},
                                       {"notes", QString(500, u'n')}}, // large enough for a hot set
                            .at = clock.now()});
        records.append(
            {.key = {"contact_point", 2'000'001},
             .fields = {{"customer", qint64(1'000'001)}, {"channel", "phone"}, {"e164", callersNumber}},
             .at = clock.now()});
        records.append(
            {.key = {"interaction", 3'000'001}, // too long ago for a hot set
             .fields = {{"customer", qint64(1'000'001)}, {"started_at", clock.now() - 365 * dayMs}},
             .at = clock.now()});
        if (!admin->addRecords("main", records))
            qFatal("the book is not filled");
    }

    QNetworkAccessManager m_network;
};

} // namespace

class tst_Snapshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewDeskGetsTheBookAsAFileWhileAnotherGoesOnWriting()
    {
        LargeCompany company;
        const auto anna = company.desk("anna", company.hubUrl());
        QTRY_VERIFY_WITH_TIMEOUT(company.hasSnapshot("anna"), patienceMs);

        Program ben("ringbook-desk-process", {company.profile("ben"), company.hubUrl()});
        ben.waitFor("^started");
        ben.tell("sign-in ben demo");
        for (int n = 0; n < 40; ++n) {
            anna->tell(QString("rename %1 Renamed %2").arg(1'000'001 + n * 600).arg(n));
            anna->tell(QString("customer Fresh %1").arg(n));
            QVERIFY(!anna->waitFor("^saved").isEmpty());
        }

        QVERIFY(!ben.waitFor("^moved to the hot set", patienceMs).isEmpty());
        QVERIFY(!ben.waitFor("^moved to the whole book", patienceMs).isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(company.bookOf("ben").count("Fresh"), 40, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(company.bookOf("anna"), company.bookOf("ben"), patienceMs);
        ben.tell("rename 1000002 From the new desk");
        QTRY_VERIFY_WITH_TIMEOUT(company.bookOf("anna").contains("From the new desk"), patienceMs);
        QCOMPARE(company.bookOf("anna").count("conflict"), 0);
    }

    void aCallerWhoIsNotInTheHotSetIsLookedUpWhileTheBookIsOnItsWay()
    {
        LargeCompany company;
        const auto anna = company.desk("anna", company.hubUrl());
        QTRY_VERIFY_WITH_TIMEOUT(company.hasSnapshot("anna"), patienceMs);
        Cable cable(company.port());
        QByteArrayList frames;
        const auto manifest = company.snapshot("anna");
        for (const sync::SnapshotFrame &frame : manifest->book.frames)
            frames.append(frame.digest.toLatin1());
        cable.hold(frames);
        Program ben("ringbook-desk-process", {company.profile("ben"), cable.url()});
        ben.waitFor("^started");
        ben.tell("sign-in ben demo");
        QVERIFY(!ben.waitFor("^moved to the hot set", patienceMs).isEmpty());

        ben.tell("rings " + callersNumber);

        QCOMPARE(ben.waitFor("^card"), "card  history=0");
        QVERIFY(!ben.waitFor("^card Customer 1 history=1").isEmpty());
        cable.letThrough();
        QVERIFY(!ben.waitFor("^moved to the whole book", patienceMs).isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(company.bookOf("anna"), company.bookOf("ben"), patienceMs);
    }

    void aDeskThatIsKilledWhileTheBookComesGoesOn()
    {
        LargeCompany company;
        const auto anna = company.desk("anna", company.hubUrl());
        QTRY_VERIFY_WITH_TIMEOUT(company.hasSnapshot("anna"), patienceMs);
        for (int round = 0; round < 5; ++round) {
            Program ben("ringbook-desk-process", {company.profile("ben"), company.hubUrl()});
            ben.waitFor("^started");
            ben.tell("sign-in ben demo");
            if (round > 0)
                ben.waitFor(round % 2 ? "^state catching-up" : "^moved");
            ben.kill();
        }

        const auto ben = company.desk("ben", company.hubUrl());

        QTRY_COMPARE_WITH_TIMEOUT(company.bookOf("ben"), company.bookOf("anna"), patienceMs);
        QCOMPARE(company.bookOf("ben").count("customer "), manyCustomers);
        QTRY_COMPARE_WITH_TIMEOUT(QDir(company.profile("ben"))
                                      .entryList({"book*"}, QDir::AllEntries)
                                      .filter(".db")
                                      .filter(QRegularExpression("db$"))
                                      .size(),
                                  1, patienceMs);
    }

    void unsentWorkSurvivesAResetThatBringsAnotherBook()
    {
        LargeCompany company;
        const auto anna = company.desk("anna", company.hubUrl());
        anna->tell("customer Kept by the backup");
        anna->waitFor("^saved");
        QVERIFY(!anna->waitFor("^state live waiting=0", patienceMs).isEmpty());
        const QString backup = company.folder.filePath("monday.backup");
        company.administer({"backup", backup});
        anna->tell("customer Lost by the hub");
        anna->waitFor("^saved");
        QVERIFY(!anna->waitFor("^state live waiting=0", patienceMs).isEmpty());

        company.hub->kill();
        anna->tell("rename 1000007 Renamed in between");
        anna->waitFor("^saved");
        QVERIFY(QDir(company.place.folder()).removeRecursively());
        company.administer({"restore", backup});
        company.startHub(QString("127.0.0.1:%1").arg(company.port()));

        QVERIFY(!anna->waitFor("^moved to the whole book", patienceMs).isEmpty());
        const auto ben = company.desk("ben", company.hubUrl());
        QTRY_COMPARE_WITH_TIMEOUT(company.bookOf("ben"), company.bookOf("anna"), patienceMs);
        const QString book = company.bookOf("anna");
        for (const char *kept : {"Kept by the backup", "Lost by the hub", "Renamed in between"})
            QCOMPARE(book.count(kept), 1);
        QCOMPARE(book.count("customer "), manyCustomers + 2);
    }
};

QTEST_GUILESS_MAIN(tst_Snapshot)
#include "tst_Snapshot.moc"
