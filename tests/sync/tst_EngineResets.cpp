#include "sync/protocol/Problems.h"
#include "tests/support/EngineTalk.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::sync;
using Link = SyncState::Link;

/// A log that is another one, or not what the desk thought: restored hubs, copied profiles, ops nobody can
/// read.
class tst_EngineResets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aResetEmptiesTheBookAndReadsFromTheBeginning()
    {
        EngineTalk talk;
        talk.start(5);
        talk.outbox(talk.ops(1, 1));
        const Problem reset{.status = 409,
                            .type = QStringLiteral("reset"),
                            .reset = Reset{QStringLiteral("epoch"), QStringLiteral("e2"), 3}};
        talk.epoch = QStringLiteral("e2");

        QCOMPARE(talk.answer(encode(reset), 409), QStringList{"clear book for e2"});
        const auto lines = talk.say(input::BookCleared{{QStringLiteral("e2"), 0}});

        QVERIFY(lines.contains("GET /v1/books/main/changes?after=0&epoch=e2&limit=1000"));
        QCOMPARE(talk.state().waiting, 1);
    }

    void answersAboutAnotherLogCountForNothing()
    {
        EngineTalk talk;
        talk.goLive(5);
        QCOMPARE(talk.outbox(talk.ops(1, 1)), QStringList{pushOf + "1"});
        const int push = talk.lastId;
        const QByteArray late = talk.answers({{1, Verdict::Applied, 6, {}}}, 6);
        talk.epoch = QStringLiteral("e2");
        talk.say(input::BookCleared{{QStringLiteral("e2"), 0}});

        QStringList lines = talk.answerTo(push, late);
        lines += talk.applied(8);

        QCOMPARE(lines.filter("confirm"), QStringList());
    }

    void aResetIsHandedOnWithAllTheHubSays()
    {
        EngineTalk talk;
        talk.start(5);
        talk.outbox({});
        const Reset reset{QStringLiteral("epoch"), QStringLiteral("e2"), 3, 7, 2};
        std::optional<Reset> handedOn;
        talk.onEffect = [&](const Effect &effect) {
            if (const auto *clear = std::get_if<effect::ClearBook>(&effect))
                handedOn = clear->reset;
        };

        talk.answer(encode(Problem{.status = 409, .type = QStringLiteral("reset"), .reset = reset}), 409);

        QCOMPARE(handedOn, std::optional(reset));
    }

    void aLogThatDoesNotReachBackIsMadeUpForByRows()
    {
        EngineTalk talk;
        talk.start(5);
        const QString rows = "GET /v1/books/main/rows?after=%1&epoch=e1&limit=1000";
        const Problem tooOld{.status = 409,
                             .type = QStringLiteral("reset"),
                             .reset = Reset{QStringLiteral("too_old"), QStringLiteral("e1"), 40}};

        QCOMPARE(talk.answer(encode(tooOld), 409), QStringList{rows.arg(5)});
        QCOMPARE(talk.answer(talk.rows(5, 20, 40)), (QStringList{rows.arg(20), "apply 5-20"}));
        talk.say(input::PageApplied{{talk.epoch, 20, true}});
        QCOMPARE(talk.state().link, Link::CatchingUp);
        QVERIFY(talk.answer(talk.rows(20, 40, 40)).contains("apply 20-40"));
        talk.applied(40);

        QCOMPARE(talk.wait(helloSeconds * secondMs).last(), pullFrom(40) + "&wait=25");
    }

    void resetsDoNotRunHot()
    {
        EngineTalk talk;
        talk.start(5);
        talk.outbox({});
        const QByteArray reset =
            encode(Problem{.status = 409,
                           .type = QStringLiteral("reset"),
                           .reset = Reset{QStringLiteral("epoch"), QStringLiteral("e2"), 3}});
        int resets = 0;
        for (int second = 0; second < 600; ++second) {
            auto lines = talk.wait(1000);
            for (int i = 0; i < 10 && !lines.isEmpty(); ++i) {
                if (lines.contains("clear book for e2")) {
                    ++resets;
                    lines = talk.say(input::BookCleared{{QStringLiteral("e2"), 0}});
                } else {
                    lines = talk.answer(reset, 409);
                }
            }
        }

        QVERIFY(resets >= 5);
        QVERIFY(resets <= 11);
        QVERIFY2(talk.requests.size() < 60, qPrintable(QString::number(talk.requests.size())));
    }

    void aGapIsClosedByWhatIsStillHereAndFilledWhereNothingIs()
    {
        EngineTalk talk(0);
        talk.goLive(5);
        talk.say(input::Kept{});
        talk.outbox(talk.ops(9, 9));
        const QByteArray gap = encode(Problem{.status = 409, .type = QStringLiteral("gap"), .expected = 6});

        QVERIFY(talk.answer(gap, 409).contains("offer again from 6"));
        talk.outbox(talk.ops(8, 9));
        QCOMPARE(talk.wait(500), QStringList{pushOf + "8,9"});
        QVERIFY(!talk.answer(gap, 409).contains("offer again from 6"));
        talk.outbox(talk.ops(8, 9));
        QCOMPARE(talk.wait(500), QStringList{pushOf + "6e,7e"});
        talk.answer(talk.answers({{6, Verdict::Refused}, {7, Verdict::Refused}}, 5));

        QCOMPARE(talk.outbox(talk.ops(8, 9)), QStringList{pushOf + "8,9"});
    }

    void aCopiedProfileSendsWhatTheHubHasAlreadyAndMovesTheRest()
    {
        EngineTalk talk(0);
        talk.goLive(5);
        talk.say(input::Kept{});
        talk.outbox(talk.ops(7, 9));
        const QByteArray copied =
            encode(Problem{.status = 409, .type = QLatin1String(problem::clonedProfile), .differs = 8});

        QVERIFY(talk.answer(copied, 409).contains("offer again from 1"));
        talk.outbox(talk.ops(7, 9));
        QVERIFY(talk.state().problem.contains("copy of this profile"));
        QCOMPARE(talk.wait(500), QStringList{pushOf + "7,8,9"});
        QVERIFY(!talk.answer(copied, 409).contains("offer again from 1"));
        talk.wait(1000);
        QCOMPARE(talk.outbox(talk.ops(7, 9)), QStringList{pushOf + "7"});
        talk.answer(talk.answers({{7, Verdict::Duplicate, 4}}, 5));
        QCOMPARE(talk.outbox(talk.ops(8, 9)), QStringList{"POST /v1/device"});
        const auto lines =
            talk.answer(encode(SessionReply{.token = QStringLiteral("own"), .device = 12, .user = 9}));
        QVERIFY(lines.contains("move to device 12"));
        QCOMPARE(talk.state().waiting, 2);
        QCOMPARE(talk.wait(60'000), QStringList{"load outbox"}); // and nothing to the hub
        talk.outbox({});
        talk.say(input::Moved{QStringLiteral("own"), QStringLiteral("It has a number of its own.")});

        QCOMPARE(talk.requests.last().request.token, "own");
        QCOMPARE(talk.state().problem, "It has a number of its own.");
        talk.answer(talk.page(5, 5));
        QCOMPARE(talk.outbox(talk.ops(10, 11)), QStringList{pushOf + "10,11"});
    }

    void aCopiedProfileIsNotMovedBeforeAllThatWasSentCameBack()
    {
        EngineTalk talk(0);
        talk.goLive(5);
        talk.say(input::Kept{});
        talk.outbox(talk.ops(7, 8));
        talk.answer(talk.answers({{7, Verdict::Applied, 6}, {8, Verdict::Applied, 7}}, 7));
        talk.outbox(talk.ops(7, 9));
        const QByteArray copied =
            encode(Problem{.status = 409, .type = QLatin1String(problem::clonedProfile), .differs = 9});
        talk.answer(copied, 409);
        talk.outbox(talk.ops(7, 9));
        talk.wait(500);
        talk.answer(copied, 409);
        talk.wait(1000);
        talk.outbox(talk.ops(7, 9));
        talk.answer(talk.answers({{7, Verdict::Duplicate, 6}, {8, Verdict::Duplicate, 7}}, 7));
        talk.outbox(talk.ops(7, 9));

        QVERIFY(!talk.wait(500).contains("POST /v1/device"));
        talk.event(changesEvent, talk.page(5, 7));
        talk.applied(7);

        QVERIFY(talk.outbox(talk.ops(9, 9)).contains("POST /v1/device"));
    }

    void whatWasDoneUnderAFormerNumberGoesFirstAndUnderThatNumber()
    {
        EngineTalk talk(0);
        talk.goLive(5);
        const QString formerOps = "POST /v1/books/main/devices/4/ops ";
        talk.say(input::Kept{});

        QCOMPARE(talk.outbox(talk.ops(20, 21), {4, "old secret", talk.ops(7, 9)}),
                 QStringList{formerOps + "7,8,9"});
        QCOMPARE(readPushRequest(talk.requests.last().request.body)->deviceSecret, "old secret");
        const auto lines = talk.answer(
            talk.answers({{7, Verdict::Duplicate, 4}, {8, Verdict::Refused}, {9, Verdict::Expired}}, 5));

        QVERIFY(lines.contains("confirm 7,9 of device 4"));
        QVERIFY(lines.contains("bring along 8 to 8 of device 4"));
        QCOMPARE(talk.outbox(talk.ops(20, 22)), QStringList{pushOf + "20,21,22"});
    }

    void whatIsMissingBeforeFormerOpsIsFilled()
    {
        EngineTalk talk(0);
        talk.goLive(5);
        const QString formerOps = "POST /v1/books/main/devices/4/ops ";
        const model::FormerOps former{4, "old secret", talk.ops(7, 8)};
        talk.say(input::Kept{});
        talk.outbox({}, former);

        QVERIFY(talk.answer(encode(Problem{.status = 409, .type = QStringLiteral("gap"), .expected = 5}), 409)
                    .contains(formerOps + "5e,6e"));
        talk.answer(talk.answers({{5, Verdict::Refused}, {6, Verdict::Refused}}, 5));

        QCOMPARE(talk.outbox({}, former), QStringList{formerOps + "7,8"});
    }

    void formerOpsThatCannotBeDoneUnderTheirNumberAreBroughtAlong_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("expected");
        const QString all = QStringLiteral("to %1 of device 4").arg(maxCounter);
        QTest::newRow("another did") << QByteArray(problem::clonedProfile) << 409 << "bring along 8 " + all;
        QTest::newRow("unknown") << QByteArray(problem::strangeDevice) << 403 << "bring along 7 " + all;
    }

    void formerOpsThatCannotBeDoneUnderTheirNumberAreBroughtAlong()
    {
        QFETCH(QByteArray, type);
        QFETCH(int, status);
        QFETCH(QString, expected);
        EngineTalk talk(0);
        talk.goLive(5);
        talk.say(input::Kept{});
        talk.outbox({}, {4, "old secret", talk.ops(7, 9)});
        Problem problem{.status = status, .type = QString::fromLatin1(type)};
        if (status == 409)
            problem.differs = 8;

        QVERIFY(talk.answer(encode(problem), status).contains(expected));
    }

    void anOlderHubIsNotAskedAgainAboutFormerOpsAndTakesWhatIsNew()
    {
        EngineTalk talk(0);
        talk.goLive(5);
        const model::FormerOps former{4, "old secret", talk.ops(7, 9)};
        talk.say(input::Kept{});
        talk.outbox(talk.ops(20, 20), former);

        talk.problem(404, problem::notFound);
        talk.outbox(talk.ops(20, 20), former);

        QCOMPARE(talk.wait(500), QStringList{pushOf + "20"});
        QCOMPARE(talk.state().waiting, 1);
    }

    void aHubThatGivesNoNumbersIsAskedOnlyNowAndThen()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.say(input::Kept{});
        talk.outbox(talk.ops(1, 1));
        const auto second = [&] {
            talk.say(input::StreamBytes{heartbeat()});
            const auto lines = talk.wait(1000) + talk.outbox(talk.ops(1, 1));
            if (lines.contains("POST /v1/device"))
                talk.problem(404, problem::notFound);
            return lines;
        };
        talk.problem(409, problem::clonedProfile);
        talk.outbox(talk.ops(1, 1));
        talk.wait(500);
        talk.problem(409, problem::clonedProfile);

        int asked = 0;
        for (int i = 0; i < 200; ++i)
            asked += int(second().count("POST /v1/device"));

        QVERIFY2(asked >= 2 && asked <= 4, qPrintable(QString::number(asked)));
        QCOMPARE(talk.state().link, Link::Live);
        QCOMPARE(talk.state().waiting, 1);
        QVERIFY(talk.state().problem.contains("registered anew"));
    }

    void anOpTheHubCannotReadIsFoundByHalvesAndPassedOver()
    {
        EngineTalk talk;
        talk.goLive(5);
        talk.say(input::Kept{});
        auto ops = talk.ops(1, 6);
        talk.outbox(ops);
        QStringList refused;
        qint64 seq = 5;
        for (int i = 0; i < 40 && !ops.isEmpty(); ++i) {
            const auto push = readPushRequest(talk.requests.last().request.body);
            const auto bad = [](const model::Op &op) { return op.counter == 4 && !op.edits.isEmpty(); };
            if (std::ranges::any_of(push->ops, bad)) {
                talk.problem(400, problem::invalid, "ops is odd");
                continue;
            }
            QVector<OpAnswer> answers;
            for (const model::Op &op : push->ops)
                answers.append({op.counter, Verdict::Applied, ++seq});
            for (const QString &line : talk.answer(talk.answers(answers, seq)))
                if (line.startsWith("refuse"))
                    refused.append(line);
            ops.remove(0, push->ops.size());
            talk.outbox(ops);
        }

        QCOMPARE(refused, QStringList{"refuse 4: ops is odd"});
        QVERIFY(ops.isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_EngineResets)
#include "tst_EngineResets.moc"
