#include "sync/protocol/Problems.h"
#include "tests/support/EngineTalk.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::sync;
using Link = SyncState::Link;

namespace {

const QString pullFrom0 = QStringLiteral("GET /v1/books/main/changes?after=0&limit=1000");

QStringList afterAnHour(EngineTalk &talk)
{
    talk.now.ms += hourMs;
    talk.now.wall += hourMs;
    return talk.say(input::TryNow{});
}

QByteArray sumsAt(qint64 seq)
{
    return encode(SumsReply{.epoch = QStringLiteral("e1"), .seq = seq});
}

QByteArray bucketAt(qint64 seq, int bucket)
{
    return encode(BucketReply{.epoch = QStringLiteral("e1"), .seq = seq, .bucket = bucket});
}

} // namespace

class tst_Engine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutATokenItWaitsForSomebodyToSignIn()
    {
        EngineTalk talk;

        QCOMPARE(talk.say(input::Start{.book = QStringLiteral("main")}), QStringList{"load outbox"});
        talk.outbox({});

        QCOMPARE(talk.state().link, Link::SignedOut);
        QCOMPARE(talk.wait(hourMs), QStringList());
    }

    void signingInKeepsTheSessionAndConnects()
    {
        EngineTalk talk;
        talk.say(input::Start{});
        talk.outbox({});

        QCOMPARE(talk.say(input::SignIn{{.login = QStringLiteral("anna")}}), QStringList{"POST /v1/session"});
        const auto lines = talk.answer(
            encode(SessionReply{.token = QStringLiteral("t"),
                                .device = 5,
                                .user = 9,
                                .books = {{QStringLiteral("main"), {}, QStringLiteral("e1"), 3}}}));

        QCOMPARE(lines, (QStringList{"keep session of anna", "no simulator", "load outbox", "open stream",
                                     pullFrom0}));
        QCOMPARE(talk.requests.last().request.token, "t");
    }

    void aWrongPasswordIsToldInTheHubsWords()
    {
        EngineTalk talk;
        talk.say(input::SignIn{{.login = QStringLiteral("anna")}});

        const auto lines = talk.problem(401, problem::unauthorized, "Login or password is wrong.");

        QVERIFY(lines.contains("refused: Login or password is wrong."));
        QCOMPARE(talk.state().link, Link::SignedOut);
        QCOMPARE(talk.state().problem, "Login or password is wrong.");
    }

    void aPageOfAnotherServerIsNoSession()
    {
        EngineTalk talk;
        talk.say(input::SignIn{});

        const auto lines = talk.answer("<html>Welcome to the hotel</html>");

        QVERIFY(lines.first().startsWith("refused: What answers there is not a Ringbook hub"));
        QCOMPARE(talk.state().link, Link::SignedOut);
    }

    void somebodyElseCannotTakeTheDeskOver()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.say(input::SignIn{{.login = QStringLiteral("ben")}});

        const auto lines = talk.answer(
            encode(SessionReply{.token = QStringLiteral("t"),
                                .device = 5,
                                .user = 10,
                                .books = {{QStringLiteral("main"), {}, QStringLiteral("e1"), 5}}}));

        QVERIFY(lines.first().startsWith("refused: "));
        QVERIFY(!lines.contains("keep session of ben"));
        QCOMPARE(talk.requests.last().request.token, "token");
    }

    void whileFullPagesComeQuicklyTheyBecomeLonger()
    {
        EngineTalk talk;
        talk.start(1);
        talk.outbox({});

        QCOMPARE(talk.answer(talk.page(1, 1001, 9000)).first(), pullFrom(1001, 2000));
        talk.applied(1001);
        QCOMPARE(talk.answer(talk.page(1001, 3001, 9000)).first(), pullFrom(3001, maxChangesPerPage));
        talk.applied(3001);
        QCOMPARE(talk.answer(talk.page(3001, 7001, 9000)).first(), pullFrom(7001, maxChangesPerPage));
    }

    void onASlowLinePagesStayShort()
    {
        EngineTalk talk;
        talk.start(1);
        talk.outbox({});

        talk.wait(quickPageMs + 1);

        QCOMPARE(talk.answer(talk.page(1, 1001, 9000)).first(), pullFrom(1001));
    }

    void afterALongPageThatDidNotComeAShortOneIsAskedFor()
    {
        EngineTalk talk;
        talk.goLive(1);
        talk.event(pokeEvent, encode(Poke{QStringLiteral("main"), QStringLiteral("e1"), 9000}));
        QCOMPARE(talk.answer(talk.page(1, 1001, 9000)).first(), pullFrom(1001, 2000));
        talk.applied(1001);

        talk.noAnswer(talk.lastId);

        QCOMPARE(talk.wait(30 * secondMs), QStringList{pullFrom(1001)});
    }

    void itCatchesUpPageByPageAndIsLive()
    {
        EngineTalk talk;
        QCOMPARE(talk.start(), (QStringList{"load outbox", "open stream", pullFrom0}));
        talk.outbox({});
        QCOMPARE(talk.state().link, Link::Connecting);

        QCOMPARE(talk.answer(talk.page(0, 3, 5)), (QStringList{pullFrom(3), "apply 0-3"}));
        QCOMPARE(talk.state().link, Link::CatchingUp);
        QCOMPARE(talk.state().behind, 5);
        QCOMPARE(talk.applied(3), QStringList());
        QCOMPARE(talk.answer(talk.page(3, 5)), QStringList{"apply 3-5"});
        talk.applied(5);
        talk.hello(5);

        QCOMPARE(talk.state().link, Link::Live);
        QCOMPARE(talk.state().problem, QString());
    }

    void anEmptyBookLearnsWhichLogItIsOf()
    {
        EngineTalk talk;
        talk.start();
        talk.outbox({});

        QCOMPARE(talk.answer(talk.page(0, 0)), QStringList{"apply 0-0"});
        talk.applied(0);
        talk.hello(0);

        QCOMPARE(talk.state().link, Link::Live);
        QCOMPARE(talk.state().problem, QString());
    }

    void onlyOnePageIsFetchedAheadOfTheOneBeingApplied()
    {
        EngineTalk talk;
        talk.start();
        talk.outbox({});
        talk.answer(talk.page(0, 3, 9));

        QCOMPARE(talk.answer(talk.page(3, 6, 9)), QStringList());

        QCOMPARE(talk.applied(3), (QStringList{pullFrom(6), "apply 3-6"}));
    }

    void aPageFetchedAheadIsOfNoUseAfterTheDiskFailed()
    {
        EngineTalk talk;
        talk.start();
        talk.outbox({});
        talk.answer(talk.page(0, 3, 6));
        const int ahead = talk.lastId;

        talk.say(input::StorageFailed{});
        QCOMPARE(talk.answerTo(ahead, talk.page(3, 6)), QStringList());

        QVERIFY(talk.wait(5'000).contains(pullFrom(0)));
    }

    void whatIsKeptIsPushedAtOnceAndLeavesWhenItComesBack()
    {
        EngineTalk talk;
        talk.goLive(5);

        QCOMPARE(talk.say(input::Kept{}), QStringList{"load outbox"});
        QCOMPARE(talk.outbox(talk.ops(1, 2)), QStringList{pushOf + "1,2"});
        QCOMPARE(talk.state().waiting, 2);
        QCOMPARE(talk.answer(talk.answers({{1, Verdict::Applied, 6}, {2, Verdict::Merged, 7}}, 7)),
                 QStringList{"load outbox"});
        QCOMPARE(talk.outbox(talk.ops(1, 2)), QStringList());

        QCOMPARE(talk.event(changesEvent, talk.page(5, 7)), QStringList{"apply 5-7"});
        QCOMPARE(talk.applied(7), (QStringList{"confirm 1,2", "load outbox"}));
        talk.outbox({});

        QCOMPARE(talk.state().waiting, 0);
    }

    void onlyOnePushIsUnderWay()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.say(input::Kept{});
        talk.outbox(talk.ops(1, 1));

        talk.say(input::Kept{});

        QCOMPARE(talk.outbox(talk.ops(1, 2)), QStringList());
    }

    void aPushHoldsToTheLimitOfOps()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.say(input::Kept{});

        talk.outbox(talk.ops(1, maxOpsPerPush + 10));

        QCOMPARE(readPushRequest(talk.requests.last().request.body)->ops.size(), maxOpsPerPush);
    }

    void aPushHoldsToTheLimitOfBytes()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.say(input::Kept{});
        auto ops = talk.ops(1, 40);
        for (model::Op &op : ops)
            op.edits[QStringLiteral("name")].value = QString(60'000, u'x');

        talk.outbox(ops);

        const auto push = readPushRequest(talk.requests.last().request.body);
        QVERIFY(push);
        QVERIFY(push->ops.size() > 10 && push->ops.size() < 20);
    }

    void anOpLargerThanARequestIsPassedOver()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.say(input::Kept{});
        auto ops = talk.ops(1, 2);
        for (int i = 0; i < 30; ++i)
            ops[0].edits.insert(QStringLiteral("f%1").arg(i), {.value = QString(60'000, u'x')});

        QCOMPARE(talk.outbox(ops), QStringList{pushOf + "1e"});
        const auto lines = talk.answer(talk.answers({{1, Verdict::Applied, 6}}, 6));

        QCOMPARE(lines, (QStringList{"refuse 1: It is larger than the hub takes.", "load outbox"}));
        QCOMPARE(talk.outbox(ops.mid(1)), QStringList{pushOf + "2"});
    }

    void aRefusedOpGoesToTheTrayAndDoesNotBlockThoseBehind()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.say(input::Kept{});
        talk.outbox(talk.ops(1, 3));

        const auto lines =
            talk.answer(talk.answers({{1, Verdict::Applied, 6},
                                      {2, Verdict::Refused, 0, QStringLiteral("a closed case cannot wait")},
                                      {3, Verdict::Applied, 7}},
                                     7));

        QCOMPARE(lines, (QStringList{"refuse 2: a closed case cannot wait", "load outbox"}));
        talk.say(input::OutboxLoaded{.ops = {talk.op(1), talk.op(3)}, .waiting = 2, .refused = 1});
        QCOMPARE(talk.state().refused, 1);
        talk.event(changesEvent, talk.page(5, 7));
        QCOMPARE(talk.applied(7).first(), "confirm 1,3");
    }

    void whatIsAboutSomebodyErasedIsForgotten()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.say(input::Kept{});
        talk.outbox({talk.op(1), model::blankOp(2), talk.op(3)});

        const auto lines =
            talk.answer(talk.answers({{1, Verdict::Gone, 0, QStringLiteral("What it is about was erased.")},
                                      {2, Verdict::Refused, 0, QStringLiteral("The op changes nothing.")},
                                      {3, Verdict::Applied, 6}},
                                     6));

        QCOMPARE(lines, (QStringList{"forget 1", "forget 2", "load outbox"}));
    }

    void aLostReplyIsMadeGoodByADuplicate()
    {
        EngineTalk talk(0);
        talk.goLive(5);
        talk.say(input::Kept{});
        talk.outbox(talk.ops(1, 1));
        QVERIFY(talk.noAnswer(talk.lastId).contains("close stream"));
        QCOMPARE(talk.state().link, Link::Offline);

        // it is back at once, and the change comes before the op is offered again
        talk.wait(1);
        talk.answer(talk.page(5, 6));
        talk.applied(6);
        talk.outbox(talk.ops(1, 1));
        if (!talk.requests.last().request.path.endsWith("/ops"))
            talk.outbox(talk.ops(1, 1));
        QVERIFY(talk.requests.last().request.path.endsWith("/ops"));
        const auto lines = talk.answer(talk.answers({{1, Verdict::Duplicate, 6}}, 6));

        QCOMPARE(lines.first(), "confirm 1");
    }

    void aReplyThatComesTwiceCountsOnce()
    {
        EngineTalk talk;
        talk.start();
        talk.outbox({});
        const int pull = talk.lastId;
        QCOMPARE(talk.answer(talk.page(0, 3)), QStringList{"apply 0-3"});

        QCOMPARE(talk.answerTo(pull, talk.page(0, 3)), QStringList());
    }

    void a401SignsOutAndKeepsTheOutbox()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.say(input::Kept{});
        talk.outbox(talk.ops(1, 1));

        const auto lines = talk.problem(401, problem::unauthorized, "This device was signed out.");

        QVERIFY(lines.contains("drop token"));
        QCOMPARE(talk.state().link, Link::SignedOut);
        QCOMPARE(talk.state().problem, "This device was signed out.");
        QCOMPARE(talk.state().waiting, 1);
    }

    void nonsenseIsOfflineWithASentence_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        const EngineTalk talk;
        QTest::newRow("captive portal") << 200 << QByteArray("<html>Log in</html>");
        QTest::newRow("redirect") << 302 << QByteArray();
        QTest::newRow("proxy error") << 502 << QByteArray("<html>Bad gateway</html>");
        QTest::newRow("cut") << 200 << talk.page(5, 7).chopped(3);
        QTest::newRow("other book") << 200 << talk.page(5, 7).replace("main", "side");
        QTest::newRow("other question") << 200 << talk.page(4, 7);
        QTest::newRow("other log") << 200 << talk.page(5, 7).replace("e1", "e2");
        QTest::newRow("no progress") << 200 << talk.page(5, 5, 9);
        QTest::newRow("wrong types") << 200 << talk.page(5, 7).replace("\"team\"", "7");
        QTest::newRow("409 without a reset") << 409 << QByteArray("{}");
    }

    void nonsenseIsOfflineWithASentence()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        EngineTalk talk;
        talk.start(5);
        talk.outbox({});

        talk.answer(body, status);

        QCOMPARE(talk.state().link, Link::Offline);
        QCOMPARE(talk.state().problem.isEmpty(), status == 502);
        QVERIFY(talk.state().problem != talk.state().offlineReason); // one of them
        QVERIFY(talk.nextTimer());
        constexpr int longest = 600;
        constexpr int mostTries =
            3 * longest / int(backoffMostMs / secondMs); // half the bound each, and a few
        for (int second = 0; second < longest; ++second) {
            talk.wait(1000);
            talk.answer(body, status);
        }
        QVERIFY2(talk.requests.size() < mostTries, qPrintable(QString::number(talk.requests.size())));
    }

    void whatDiffersFromTheHubIsFetchedOnceAndTold()
    {
        EngineTalk talk;
        talk.goLive(5);
        const QString sums = "GET /v1/books/main/sums", bucket = "GET /v1/books/main/buckets/%1";

        QCOMPARE(afterAnHour(talk), QStringList{sums});
        QCOMPARE(talk.answer(sumsAt(5)), QStringList{"compare sums at 5"});
        QCOMPARE(talk.say(input::SumsCompared{true, {7, 200}}), QStringList{bucket.arg(7)});
        QCOMPARE(talk.answer(bucketAt(5, 7)), QStringList{"repair bucket 7 at 5"});
        QCOMPARE(talk.say(input::BucketRepaired{true}), QStringList{bucket.arg(200)});
        QCOMPARE(talk.answer(bucketAt(5, 200)), QStringList{"repair bucket 200 at 5"});
        QCOMPARE(talk.say(input::BucketRepaired{true}), QStringList{sums + "?repaired=2"});
        QCOMPARE(talk.answer(sumsAt(5)), QStringList{"compare sums at 5"});
        QCOMPARE(talk.say(input::SumsCompared{true, {7}}), QStringList()); // not hot: in an hour
    }

    void sumsOfAnotherSeqSayNothing()
    {
        EngineTalk talk;
        talk.goLive(5);
        afterAnHour(talk);
        talk.answer(sumsAt(6));

        QCOMPARE(talk.say(input::SumsCompared{}), QStringList());

        talk.now.ms += sumsRetryMs;
        talk.now.wall += sumsRetryMs;
        QVERIFY(talk.say(input::TryNow{}).contains("GET /v1/books/main/sums"));
    }

    void nonsenseInsteadOfSumsOrABucketDoesNoHarm()
    {
        EngineTalk talk;
        talk.goLive(5);
        afterAnHour(talk);
        QCOMPARE(talk.answer(R"({"epoch":"e1","seq":5,"sums":"AAAA"})"), QStringList());
        afterAnHour(talk);
        talk.answer(sumsAt(5));
        talk.say(input::SumsCompared{true, {7}});

        QCOMPARE(talk.answer(bucketAt(5, 8)), QStringList());
        QCOMPARE(talk.state().link, Link::Live);
    }

    void aFullDiskIsToldAndTriedAgain()
    {
        EngineTalk talk(0);
        talk.goLive(5);
        talk.event(changesEvent, talk.page(5, 6));

        talk.say(input::StorageFailed{
            .error = {Fault::DiskFull, QStringLiteral("The disk of this computer is full.")}});

        QCOMPARE(talk.state().problem, "The disk of this computer is full.");
        QCOMPARE(talk.wait(500), QStringList{pullFrom(5)});
        QCOMPARE(talk.answer(talk.page(5, 6)), QStringList{"apply 5-6"});
        talk.applied(6);
        QCOMPARE(talk.state().problem, QString());
    }

    void aDiskThatHasRoomAgainIsComplainedOfNoLongerOfflineToo()
    {
        EngineTalk talk(0);
        talk.start(5);
        talk.outbox(talk.ops(1, 1));
        talk.noAnswer(talk.lastId);

        talk.say(input::StorageFailed{
            .during = input::StorageFailed::During::Outbox,
            .error = {Fault::DiskFull, QStringLiteral("The disk of this computer is full.")}});
        QCOMPARE(talk.state().problem, "The disk of this computer is full.");

        QVERIFY(talk.wait(500).contains("load outbox"));
        talk.outbox(talk.ops(1, 1));
        QCOMPARE(talk.state().problem, QString());
        QCOMPARE(talk.state().offlineReason, "Nothing answers.");
    }

    void aBookThatCannotBeWrittenIsNotMendedByAnOutboxThatCan()
    {
        EngineTalk talk(0);
        talk.goLive(5);
        talk.event(changesEvent, talk.page(5, 6));
        talk.say(input::StorageFailed{.error = {Fault::DiskFull, QStringLiteral("full")}});

        talk.outbox({});

        QCOMPARE(talk.state().problem, "full");
    }

    void aMachineThatSleptLooksAgainAtOnce()
    {
        EngineTalk talk;
        talk.goLive(5);

        talk.now.wall += 2 * hourMs;
        const auto lines = talk.wait(1000);

        QCOMPARE(lines, (QStringList{"close stream", "load outbox", "open stream", pullFrom(5)}));
    }

    void offlineSinceStaysWhileItTriesAgain()
    {
        EngineTalk talk;
        talk.start(5);
        talk.outbox({});
        talk.noAnswer(talk.lastId);
        const auto since = talk.state().offlineSince;
        QVERIFY(since);

        for (int i = 0; i < 100; ++i) {
            talk.wait(1000);
            QCOMPARE(talk.state().link, Link::Offline);
            talk.noAnswer(talk.lastId);
        }

        QCOMPARE(talk.state().offlineSince, since);
        QCOMPARE(talk.state().offlineReason, "Nothing answers.");
        QCOMPARE(talk.state().problem, QString());
    }

    void whoAskedInVainIsTold()
    {
        EngineTalk talk;
        talk.start(5);
        talk.outbox({});
        talk.noAnswer(talk.lastId);
        QVERIFY(!talk.state().triedAt);

        talk.say(input::TryNow{});
        talk.noAnswer(talk.lastId);
        const auto tried = talk.state().triedAt;
        QVERIFY(tried);
        talk.wait(backoffMostMs);
        talk.noAnswer(talk.lastId); // by itself
        QCOMPARE(talk.state().triedAt, tried);

        talk.wait(backoffMostMs);
        talk.answer(talk.page(5, 5));
        QVERIFY(!talk.state().triedAt);
    }

    void whatAnswersAndIsNotTheHubIsSaid_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isSaid");
        QTest::newRow("a page of a hotel") << 200 << true;
        QTest::newRow("somebody else's server") << 404 << true;
        QTest::newRow("not well") << 500 << true;
        QTest::newRow("the proxy alone") << 502 << false;
        QTest::newRow("busy") << 503 << false;
        QTest::newRow("the proxy waited") << 504 << false;
        QTest::newRow("full") << 507 << true;
    }
    void whatAnswersAndIsNotTheHubIsSaid()
    {
        QFETCH(const int, status);
        QFETCH(const bool, isSaid);
        EngineTalk talk;
        talk.start(5);

        talk.answer("<html>", status);

        QCOMPARE(talk.state().link, Link::Offline);
        QCOMPARE(!talk.state().problem.isEmpty(), isSaid);
        QCOMPARE(talk.state().offlineReason.isEmpty(), isSaid);
    }

    void aRefusedSignInIsTroubleWhileOfflineToo()
    {
        EngineTalk talk;
        talk.start(5);
        talk.outbox({});
        talk.noAnswer(talk.lastId);

        talk.say(input::SignIn{});
        talk.problem(403, "denied");

        QVERIFY2(talk.state().problem.contains("another desk's"), qPrintable(talk.state().problem));
    }

    void anOldAnswerIsNoTroubleOfASignInThatReachedNobody()
    {
        EngineTalk talk;
        talk.start(5);
        talk.answer("<html>", 500);

        talk.say(input::SignIn{});
        talk.noAnswer(talk.lastId);

        QCOMPARE(talk.state().problem, QString());
    }

    void impatienceDoesNotMakeTheWaitLonger()
    {
        EngineTalk talk;
        talk.start(5);
        talk.outbox({});
        talk.noAnswer(talk.lastId);

        for (int i = 0; i < 8; ++i) {
            talk.say(input::TryNow{});
            talk.noAnswer(talk.lastId);
        }

        QVERIFY(*talk.nextTimer() - talk.now.ms <= 2 * backoffFirstMs);
    }

    void somebodyAskingEndsTheWait()
    {
        EngineTalk talk;
        talk.start(5);
        talk.outbox({});
        for (int i = 0; i < 8; ++i) {
            talk.wait(backoffMostMs);
            talk.noAnswer(talk.lastId);
        }

        QVERIFY(talk.say(input::TryNow{}).contains("open stream"));
    }

    void anAnswerThatNeverComesIsGivenUp()
    {
        EngineTalk talk;
        talk.start(5);
        talk.outbox({});

        QVERIFY(talk.wait(requestTimeoutMs * 2).contains("close stream"));

        QCOMPARE(talk.state().link, Link::Offline);
    }
};

QTEST_GUILESS_MAIN(tst_Engine)
#include "tst_Engine.moc"
