#include "tests/hub/Asking.h"
#include "tests/support/HubOnLoopback.h"
#include "tests/support/Unpacked.h"

using namespace ringbook;
using namespace ringbook::test;

namespace {

constexpr int patienceMs = 30'000; // of a thread that gives way to all others

void addCustomers(Http &http, qint64 from, int count)
{
    QVector<model::Op> ops;
    for (int i = 0; i < count; ++i)
        ops.append(newCustomer(http.session.device, from + i, "Ana"));
    http.push(ops);
}

Result<sync::SnapshotManifest> manifest(Http &http)
{
    return sync::readSnapshotManifest(http.send("GET", "/v1/books/main/snapshot").body);
}

QByteArray pathOf(const sync::SnapshotFrame &frame)
{
    return "/v1/books/main/frames/" + frame.digest.toLatin1();
}

} // namespace

/// Snapshots over HTTP.
class tst_SnapshotRoutes : public QObject
{
    Q_OBJECT

    std::unique_ptr<HubOnLoopback> m_hub;
    std::unique_ptr<Http> m_http;
    sync::SnapshotFrame m_frame;

private Q_SLOTS:
    void initTestCase()
    {
        m_hub = std::make_unique<HubOnLoopback>();
        m_http = std::make_unique<Http>(m_hub->url());
        m_http->signIn("anna");
        addCustomers(*m_http, 1, 100);
        QVERIFY(m_http->send("GET", "/v1/books/main/snapshot").header("Retry-After").toInt() > 0);
        QTRY_VERIFY_WITH_TIMEOUT(manifest(*m_http), patienceMs);
        m_frame = manifest(*m_http)->book.frames.first();
    }

    void init() { m_http->headers.clear(); }

    void aFrameIsWhatTheManifestSaysForEver()
    {
        const Fetched frame = m_http->send("GET", pathOf(m_frame));

        QCOMPARE(frame.status, 200);
        QCOMPARE(frame.body.size(), m_frame.bytes);
        QCOMPARE(QCryptographicHash::hash(frame.body, QCryptographicHash::Sha256).toHex(),
                 m_frame.digest.toLatin1());
        QCOMPARE(frame.header("Content-Type"), "application/octet-stream");
        QCOMPARE(frame.header("Accept-Ranges"), "bytes");
        QVERIFY(frame.header("Cache-Control").contains("immutable"));
        QVERIFY(frame.header("Cache-Control").contains("private"));
    }

    void aFetchThatWasCutGoesOn_data()
    {
        QTest::addColumn<QByteArray>("range");
        QTest::addColumn<qint64>("first");
        QTest::addColumn<qint64>("count"); // from the end if negative
        QTest::addColumn<int>("status");
        QTest::newRow("the rest") << QByteArray("bytes=100-") << qint64(100) << qint64(-1) << 206;
        QTest::newRow("some") << QByteArray("bytes=10-19") << qint64(10) << qint64(10) << 206;
        QTest::newRow("more than there is")
            << QByteArray("bytes=10-99999999") << qint64(10) << qint64(-1) << 206;
        QTest::newRow("the first byte") << QByteArray("bytes=0-0") << qint64(0) << qint64(1) << 206;
        QTest::newRow("behind the end") << QByteArray("bytes=99999999-") << qint64(0) << qint64(0) << 416;
        QTest::newRow("no last bytes") << QByteArray("bytes=-0") << qint64(0) << qint64(0) << 416;
        for (const char *nonsense : {"bytes=5-2", "bytes=-", "bytes=a-b", "bytes=1-2,4-5", "lines=1-2",
                                     "bytes", "bytes=--5", "bytes=9999999999999999999-", ""})
            QTest::newRow(nonsense) << QByteArray(nonsense) << qint64(0) << qint64(-1) << 200;
    }

    void aFetchThatWasCutGoesOn()
    {
        QFETCH(QByteArray, range);
        QFETCH(qint64, first);
        QFETCH(qint64, count);
        QFETCH(int, status);
        const QByteArray whole = m_http->send("GET", pathOf(m_frame)).body;
        m_http->headers = {{"Range", range}};

        const Fetched part = m_http->send("GET", pathOf(m_frame));

        QCOMPARE(part.status, status);
        const QByteArray size = QByteArray::number(whole.size());
        if (status == 416) {
            QCOMPARE(part.header("Content-Range"), "bytes */" + size);
            return;
        }
        QCOMPARE(part.body, count < 0 ? whole.sliced(first) : whole.sliced(first, count));
        if (status == 206)
            QCOMPARE(part.header("Content-Range"), "bytes " + QByteArray::number(first) + '-' +
                                                       QByteArray::number(first + part.body.size() - 1) +
                                                       '/' + size);
    }

    void theLastBytesCanBeHad()
    {
        const QByteArray whole = m_http->send("GET", pathOf(m_frame)).body;
        m_http->headers = {{"Range", "bytes=-7"}};

        QCOMPARE(m_http->send("GET", pathOf(m_frame)).body, whole.last(7));
    }

    void onlyFramesAreToldInParts()
    {
        m_http->headers = {{"Range", "bytes=0-3"}};

        QCOMPARE(m_http->send("GET", "/v1/health").status, 200);
    }

    void whoMayNotHaveItIsTold_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("isSignedIn");
        QTest::addColumn<int>("status");
        const QByteArray digest = m_frame.digest.toLatin1();
        const auto row = [](const char *name, const QByteArray &path, bool isSignedIn, int status) {
            QTest::newRow(name) << path << isSignedIn << status;
        };
        row("a stranger", "main/snapshot", false, 401);
        row("a stranger's frame", "main/frames/" + digest, false, 401);
        row("foreign book", "other/snapshot", true, 403);
        row("foreign book's frame", "other/frames/" + digest, true, 403);
        row("no such frame", "main/frames/" + QByteArray(64, 'a'), true, 404);
        row("short", "main/frames/" + digest.first(63), true, 404);
        row("capitals", "main/frames/" + digest.toUpper() + "", true, 404);
        row("a path", "main/frames/..%2F..%2Fhub.db", true, 404);
        row("a book that is a path", "..%2Fmain/snapshot", true, 403);
        row("nul", "main/frames/%00", true, 404);
        row("no UTF-8", "main/frames/%ff%fe", true, 404);
        row("long", "main/frames/" + QByteArray(6000, 'a'), true, 404);
    }

    void whoMayNotHaveItIsTold()
    {
        QFETCH(QByteArray, path);
        QFETCH(bool, isSignedIn);
        QFETCH(int, status);
        Http stranger(m_hub->url());

        const Fetched fetched = (isSignedIn ? *m_http : stranger).send("GET", "/v1/books/" + path);

        QCOMPARE(fetched.status, status);
        QCOMPARE(sync::readProblem(fetched.body)->status, status);
    }

    void aFieldThatIsCalledLikeAnErasureWithdrawsNothing()
    {
        const auto before = *manifest(*m_http);
        const QByteArray customer =
            "/v1/books/main/customer/" + QByteArray::number(makeId(m_http->session.device, 1));
        const DeskStream desk(*m_http);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.events.isEmpty(), patienceMs);
        m_http->headers = {{"If-Match", m_http->send("GET", customer).header("ETag")}};
        QCOMPARE(m_http->send("PATCH", customer, R"({"do":"erase"})").status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(desk.events.last().name, QByteArray(sync::changesEvent), patienceMs);

        const auto after = manifest(*m_http);

        QVERIFY(after);
        QCOMPARE(after->at.seq, before.at.seq);
        QCOMPARE(m_http->send("GET", pathOf(m_frame)).status, 200);
    }

    void whoIsErasedBySomebodyElseIsNotInWhatIsOffered()
    {
        const auto before = *manifest(*m_http);
        SystemClock clock;
        auto office = hub::Administration::open(m_hub->data().database(), clock);

        QCOMPARE(*office->erase("main", makeId(m_http->session.device, 2)), 1);

        QTRY_COMPARE_WITH_TIMEOUT(m_http->send("GET", pathOf(m_frame)).status, 404, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(manifest(*m_http), patienceMs);
        QVERIFY(manifest(*m_http)->at.seq > before.at.seq);
        m_frame = manifest(*m_http)->book.frames.first();
    }

    /// Whatever it was at when the power went, the next one is whole.
    void aHubThatIsKilledInTheMiddleBeginsAgain()
    {
        const HubData data(1);
        HubProcess hub(data);
        Http http(hub.url());
        http.signIn("anna");
        for (int i = 0; i < 4; ++i)
            addCustomers(http, 1 + 500 * i, 500);
        for (int round = 0; round < 4; ++round) {
            (void)http.send("GET", "/v1/books/main/snapshot");
            QTest::qWait(round * 25);
            hub.kill();
            hub.start();
        }

        QTRY_VERIFY_WITH_TIMEOUT(manifest(http), patienceMs);
        const auto made = *manifest(http);
        const QTemporaryDir folder;
        QFile file(folder.filePath("book.db"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write(unpacked(made.book, [&](const QString &digest) {
            return http.send("GET", "/v1/books/main/frames/" + digest.toLatin1()).body;
        })) > 0);
        file.close();
        const auto book = *model::Book::open(file.fileName());
        QCOMPARE(recordsOf(book).size(), made.at.seq);
        QCOMPARE(made.at.seq, 2001); // and anna herself
    }
};

QTEST_GUILESS_MAIN(tst_SnapshotRoutes)
#include "tst_SnapshotRoutes.moc"
