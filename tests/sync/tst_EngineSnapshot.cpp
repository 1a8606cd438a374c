#include "sync/protocol/Problems.h"
#include "tests/support/EngineTalk.h"

#include <QCryptographicHash>
#include <QTest>

using namespace ringbook;
using namespace ringbook::sync;

using Link = SyncState::Link;

namespace {

constexpr qint64 frameBytes = 1000;
const QString askForSnapshot = QStringLiteral("GET /v1/books/main/snapshot");

SnapshotFile fileOf(const QByteArray &name, int frames)
{
    SnapshotFile file{.bytes = frames * snapshotFrameBytes};
    for (int n = 0; n < frames; ++n)
        file.frames.append(
            {QString::fromLatin1(
                 QCryptographicHash::hash(name + QByteArray::number(n), QCryptographicHash::Sha256).toHex()),
             frameBytes});
    return file;
}

SnapshotManifest manifestAt(qint64 seq, int frames = 2, bool hot = true, const QString &epoch = "e1")
{
    SnapshotManifest manifest{.at = {epoch, seq}, .schema = 1, .book = fileOf("book", frames)};
    if (hot)
        manifest.hot = fileOf("hot", 1);
    return manifest;
}

/// An engine and a desk's disk on which everything is done at once.
struct Talk : EngineTalk
{
    Talk()
    {
        onEffect = [this](const Effect &effect) {
            if (const auto *begin = std::get_if<effect::BeginSnapshot>(&effect))
                round = begin->round;
        };
    }

    /// A hub that is far ahead is heard of.
    QStringList hear(qint64 seq, qint64 head)
    {
        start(seq);
        outbox({});
        return answer(page(seq, seq + 1, head));
    }
    QStringList offer(const SnapshotManifest &manifest)
    {
        return answerTo(idOf("/snapshot"), encode(manifest));
    }
    int idOf(const QByteArray &path) const
    {
        int id = 0;
        for (const effect::Send &send : requests)
            if (send.request.path.contains(path))
                id = send.id;
        return id;
    }
    QStringList begun(const QVector<int> &wanted) { return say(input::SnapshotBegun{round, wanted}); }
    QStringList kept(int frame, bool good = true) { return say(input::FrameKept{round, frame, good}); }
    QStringList made(qint64 seq) { return say(input::BookMade{round, {epoch, seq}}); }
    QStringList shown() { return say(input::BookShown{}); }
    QStringList cannot(Fault fault) { return say(input::SnapshotFailed{round, {fault, "It cannot be."}}); }

    /// One file, frame by frame, up to the moment it is made.
    QStringList fetch(int frames)
    {
        QVector<int> wanted;
        for (int frame = 0; frame < frames; ++frame)
            wanted.append(frame);
        begun(wanted);
        QStringList lines;
        for (int frame = 0; frame < frames; ++frame) {
            answerTo(idOf("/frames/") - (frames - 1) + frame, "packed");
            lines = kept(frame);
        }
        return lines;
    }

    int round = 0;
};

} // namespace

class tst_EngineSnapshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSnapshotIsTakenWhereTheLogIsDear_data()
    {
        QTest::addColumn<qint64>("here");
        QTest::addColumn<qint64>("there");
        QTest::addColumn<bool>("cheaper");
        const auto row = [](const char *name, qint64 here, qint64 there, bool cheaper) {
            QTest::newRow(name) << here << there << cheaper;
        };
        row("nothing there", 0, 0, false);
        row("a small book", 0, 20'000, false);
        row("a large one", 0, 20'001, true);
        row("a day away", 2'180'000, 2'200'000, false);
        row("three weeks away", 1'800'000, 2'200'000, false);
        row("a year away", 1'300'000, 2'200'000, true);
        row("at the share", 60'000, 100'000, false);
        row("just beyond", 59'999, 100'000, true);
        row("ahead", 50'000, 10, false);
    }

    void aSnapshotIsTakenWhereTheLogIsDear()
    {
        QFETCH(qint64, here);
        QFETCH(qint64, there);
        QTEST(isSnapshotCheaper(here, there), "cheaper");
    }

    void aNewDeskGetsTheHotSetAndThenTheWholeBook()
    {
        Talk talk;
        QCOMPARE(talk.hear(0, 50'000), QStringList{askForSnapshot});
        QCOMPARE(talk.offer(manifestAt(49'000)), QStringList{"begin hot set"});

        QCOMPARE(talk.fetch(1), QStringList{"make book"});
        QCOMPARE(talk.made(49'000), (QStringList{"load outbox", "show book"}));
        talk.outbox({});
        QCOMPARE(talk.shown(), (QStringList{"begin book", "load outbox", pullFrom(49'000)}));
        const int pull = talk.lastId;

        QVERIFY(talk.begun({0, 1}).first().startsWith("GET /v1/books/main/frames/"));
        QCOMPARE(talk.answerTo(pull, talk.page(49'000, 50'000)), QStringList{"apply 49000-50000"});
        talk.applied(50'000);
        QCOMPARE(talk.state().fetched, 0);
        QCOMPARE(talk.state().toFetch, 2 * frameBytes);
        talk.answerTo(pull + 1, "packed");
        talk.answerTo(pull + 2, "packed");
        talk.kept(1);
        QCOMPARE(talk.state().fetched, frameBytes);

        QCOMPARE(talk.kept(0), QStringList{"make book"});
        QVERIFY(talk.made(49'000).contains(pullFrom(49'000, 2000)));
        QCOMPARE(talk.answer(talk.page(49'000, 50'000)), QStringList{"apply 49000-50000"});
        QVERIFY(talk.applied(50'000).contains("show book"));
        QVERIFY(talk.shown().contains("drop snapshot"));
        QCOMPARE(talk.state().toFetch, 0);
        QCOMPARE(talk.state().problem, QString());
    }

    void atMostThreeFramesAreUnderWay()
    {
        Talk talk;
        talk.hear(0, 50'000);
        talk.offer(manifestAt(49'000, 9, false));

        QCOMPARE(talk.begun({0, 1, 2, 3, 4, 5, 6, 7, 8}).size(), 3);
        const int first = talk.lastId - 2;
        QCOMPARE(talk.answerTo(first, "packed").size(), 2); // one to the disk, one from the hub
        QCOMPARE(talk.answerTo(first + 1, "packed").size(), 2);
        QCOMPARE(talk.answerTo(first + 2, "packed").size(), 2);
        QCOMPARE(talk.answerTo(first + 3, "packed").size(), 2);
        QCOMPARE(talk.answerTo(first + 4, "packed").size(), 2);
        QCOMPARE(talk.answerTo(first + 5, "packed"),
                 QStringList{"keep frame 5"}); // a slow disk is waited for
        QCOMPARE(talk.kept(0).size(), 1);
    }

    void whatIsHereFromBeforeIsNotFetchedAgain()
    {
        Talk talk;
        talk.hear(0, 50'000);
        talk.offer(manifestAt(49'000, 3, false));

        QCOMPARE(talk.begun({2}).size(), 1);
        QCOMPARE(talk.state().fetched, 2 * frameBytes);
        talk.answer("packed");
        QCOMPARE(talk.kept(2), QStringList{"make book"});
    }

    void aCutLineGoesOnWhereItWas()
    {
        Talk talk;
        talk.hear(0, 50'000);
        talk.offer(manifestAt(49'000, 4, false));
        talk.begun({0, 1, 2, 3});
        const int first = talk.lastId - 2;
        talk.answerTo(first, "packed");
        talk.kept(0);

        talk.noAnswer(first + 1);
        QCOMPARE(talk.state().link, Link::Offline);
        const auto lines = talk.wait(backoffMostMs);

        QCOMPARE(lines.filter("frames").size(), 3);
        QVERIFY(lines.filter(manifestAt(1, 4).book.frames[0].digest).isEmpty());
        QVERIFY(lines.filter("changes").isEmpty());
    }

    void aHubWithoutOneIsReadChangeByChange()
    {
        Talk talk;
        talk.hear(0, 50'000);

        QCOMPARE(talk.problem(404, problem::noSnapshot), QStringList{pullFrom(0)});
        QVERIFY(talk.state().problem.startsWith("The hub has no ready-made book"));
        QCOMPARE(talk.answer(talk.page(0, 1000, 50'000)).last(), "apply 0-1000");
        QVERIFY(talk.wait(minuteMs).filter("snapshot").isEmpty());
    }

    void aHubThatMakesOneIsAskedAgain()
    {
        Talk talk;
        talk.hear(0, 50'000);

        talk.answer("{}", 404, 5000);
        QVERIFY(talk.wait(4000).filter("snapshot").isEmpty());
        QCOMPARE(talk.wait(1001).filter("snapshot").size(), 1);
    }

    void whatThisDeskCannotTakeIsReadChangeByChange()
    {
        Talk talk;
        talk.hear(0, 50'000);
        talk.offer(manifestAt(49'000));

        QCOMPARE(talk.cannot(Fault::TooNew), (QStringList{"drop snapshot", pullFrom(0)}));
        QCOMPARE(talk.state().problem, "It cannot be.");
        QVERIFY(talk.begun({0}).isEmpty()); // too late
    }

    void aFrameThatComesDamagedIsFetchedAgainAFewTimes()
    {
        Talk talk;
        talk.hear(0, 50'000);
        talk.offer(manifestAt(49'000, 1, false));
        talk.begun({0});
        for (int time = 0; time < snapshotTries; ++time) {
            talk.answer("packed");
            QCOMPARE(talk.kept(0, false), QStringList());
            QCOMPARE(talk.wait(backoffMostMs).filter("frames").size(), 1);
        }
        talk.answer("packed");

        QVERIFY(talk.kept(0, false).filter("changes").size() == 1);
        QCOMPARE(talk.state().problem, "A part of the book came damaged.");
        QVERIFY(talk.wait(snapshotPauseMs - 1000).filter("snapshot").isEmpty());
    }

    void aFrameOfAnOlderSnapshotLeadsToTheNewOne()
    {
        Talk talk;
        talk.hear(0, 50'000);
        talk.offer(manifestAt(49'000, 2, false));
        talk.begun({0, 1});

        const auto lines = talk.problem(404, problem::notFound);
        QCOMPARE(lines.filter("cancel").size(), 1); // the other one
        QCOMPARE(talk.wait(backoffMostMs).filter(askForSnapshot).size(), 1);
        QCOMPARE(talk.offer(manifestAt(49'500, 2, false)), QStringList{"begin book"});
    }

    void anOldSnapshotIsOfNoHelpToABookThatIsFurther()
    {
        Talk talk;
        talk.hear(30'000, 100'000);
        QCOMPARE(talk.lastId, talk.requests.last().id);

        const auto lines = talk.offer(manifestAt(31'000));

        QCOMPARE(lines.filter("begin").size(), 0);
        QCOMPARE(lines.filter("changes").size(), 1);
    }

    void afterAResetTheOldBookIsSeenUntilTheNewOneIsThere()
    {
        Talk talk;
        talk.goLive(60'000);
        talk.say(input::Tick{});
        talk.event("poke", encode(Poke{.book = QStringLiteral("main"), .head = 60'001}));
        const Reset reset{.reason = QStringLiteral("epoch"), .epoch = QStringLiteral("e2"), .head = 59'000};
        talk.epoch = QStringLiteral("e2");

        QCOMPARE(talk.answer(encode(Problem{.status = 409, .type = problem::reset, .reset = reset}), 409),
                 QStringList{"meet log e2"});
        QVERIFY(talk.say(input::LogMet{reset}).contains(askForSnapshot));
        QCOMPARE(talk.offer(manifestAt(58'000, 1, true, "e2")), QStringList{"begin book"});
        QCOMPARE(talk.fetch(1), QStringList{"make book"});
        QVERIFY(talk.made(58'000).filter("show").isEmpty());
        talk.answer(talk.page(58'000, 59'000));
        QCOMPARE(talk.applied(59'000), QStringList{"show book"});
        talk.shown();

        QCOMPARE(talk.state().link, Link::Live);
    }

    void afterAResetWithoutASnapshotTheBookIsEmptiedAndReadAgain()
    {
        Talk talk;
        talk.goLive(60'000);
        talk.event("poke", encode(Poke{.book = QStringLiteral("main"), .head = 60'001}));
        const Reset reset{.reason = QStringLiteral("epoch"), .epoch = QStringLiteral("e2"), .head = 59'000};
        talk.answer(encode(Problem{.status = 409, .type = problem::reset, .reset = reset}), 409);
        talk.say(input::LogMet{reset});

        QCOMPARE(talk.answer("{}", 404, 2000), QStringList()); // one is being made
        QVERIFY(talk.wait(2000).contains(askForSnapshot));
        QCOMPARE(talk.problem(404, problem::noSnapshot), QStringList{"clear book for e2"});
    }

    void ownOpsAreConfirmedOnlyOnceTheBookThatHasThemIsSeen()
    {
        Talk talk;
        talk.start(30'000);
        talk.outbox(EngineTalk::ops(1, 1));
        talk.answer(talk.page(30'000, 30'001, 100'000));
        talk.offer(manifestAt(99'000, 1));
        talk.fetch(1);
        talk.made(99'000);
        talk.outbox(EngineTalk::ops(1, 1));

        QVERIFY(talk.answerTo(talk.idOf("/ops"), talk.answers({{1, Verdict::Applied, 90'000}}, 100'000))
                    .filter("confirm")
                    .isEmpty());
        talk.answerTo(talk.idOf("/changes"), talk.page(99'000, 100'000));
        QCOMPARE(talk.applied(100'000).filter("show").size(), 1);

        QVERIFY(talk.shown().contains("confirm 1"));
    }

    void aBookThatIsFoundPartialIsMadeWhole()
    {
        Talk talk;
        talk.say(input::Start{.book = QStringLiteral("main"),
                              .token = QStringLiteral("token"),
                              .user = 9,
                              .cursor = {QStringLiteral("e1"), 50'000},
                              .isPartial = true});
        talk.outbox({});

        QVERIFY(talk.offer(manifestAt(49'000)).contains("begin book"));
    }

    void aPartialBookThatCanGetNoSnapshotGrowsByRows()
    {
        Talk talk;
        talk.hear(0, 50'000);
        talk.offer(manifestAt(49'000));
        talk.fetch(1);
        talk.made(49'000);
        talk.shown();

        QVERIFY(talk.cannot(Fault::Damaged).contains("grow book"));
        const auto lines = talk.say(input::BookGrows{{QStringLiteral("e1"), 0, true}});

        QVERIFY(!lines.filter("/v1/books/main/rows?after=0").isEmpty());
        QVERIFY(lines.filter("snapshot").isEmpty());
        talk.say(input::PageApplied{{QStringLiteral("e1"), 50'000}, false});
        talk.wait(snapshotPauseMs);
        QVERIFY(talk.hear(50'000, 50'010).filter("snapshot").isEmpty());
    }

    void aPartialBookWaitsForRoomOnTheDisk()
    {
        Talk talk;
        talk.hear(0, 50'000);
        talk.offer(manifestAt(49'000));
        talk.fetch(1);
        talk.made(49'000);
        talk.shown();

        QCOMPARE(talk.cannot(Fault::DiskFull), QStringList{"drop snapshot"});
        QCOMPARE(talk.state().problem, "It cannot be.");
    }

    void leftoversGoOnceTheBookIsWhole()
    {
        Talk talk;
        talk.say(input::Start{.book = QStringLiteral("main"),
                              .token = QStringLiteral("token"),
                              .user = 9,
                              .cursor = {QStringLiteral("e1"), 5},
                              .hasLeftovers = true});
        talk.outbox({});

        QVERIFY(talk.answer(talk.page(5, 5)).contains("drop snapshot"));
    }
};

QTEST_GUILESS_MAIN(tst_EngineSnapshot)
#include "tst_EngineSnapshot.moc"
