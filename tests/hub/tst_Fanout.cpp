#include "sync/hub/CallBoard.h"
#include "sync/hub/verbs/OpenStream.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/EventStream.h"
#include "sync/protocol/RecordJson.h"

#include <QtTest>

using namespace ringbook;
using namespace ringbook::hub;

namespace {

BookChanges changes(qint64 from, int bytes)
{
    const model::Change change{.seq = from + 1,
                               .record = {"customer", 5},
                               .fields = {{"notes", QString(bytes, 'x')}},
                               .device = 2,
                               .counter = 1,
                               .author = 20,
                               .madeAt = 1};
    return {.book = "main",
            .region = "DE",
            .epoch = "e1",
            .from = from,
            .to = from + 1,
            .wires = {sync::encode(change)}};
}

QVector<sync::StreamEvent> taken(StreamQueue &queue)
{
    sync::EventStreamParser parser;
    return *parser.feed(queue.take().join());
}

model::AgentCall call(const QString &id, model::AgentCall::State state)
{
    return {.callId = id, .state = state};
}

} // namespace

class tst_Fanout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smallChangesGoOutAsTheyAre()
    {
        Fanout fanout;
        const auto queue = fanout.subscribe(20, {"main"}, [] {});

        fanout.publish(changes(7, 10));

        const auto events = taken(*queue);
        QCOMPARE(events.size(), 1);
        QCOMPARE(events[0].name, "changes");
        const auto page = *sync::readChangesPage(events[0].data);
        QCOMPARE(page.from, 7);
        QCOMPARE(page.to, 8);
        QCOMPARE(page.changes.size(), 1);
    }

    void largeChangesAreOnlyAnnounced()
    {
        Fanout fanout;
        const auto queue = fanout.subscribe(20, {"main"}, [] {});

        fanout.publish(changes(7, sync::inlineEventBytes));

        const auto events = taken(*queue);
        QCOMPARE(events[0].name, "poke");
        QCOMPARE(*sync::readPoke(events[0].data), (sync::Poke{"main", "e1", 8}));
    }

    void booksThatAreNotTheirsAreNotTold()
    {
        Fanout fanout;
        const auto queue = fanout.subscribe(20, {"south"}, [] {});

        fanout.publish(changes(7, 10));

        QVERIFY(queue->take().isEmpty());
    }

    void streamThatIsGoneIsForgotten()
    {
        Fanout fanout;
        int woken = 0;
        auto queue = fanout.subscribe(20, {"main"}, [&] { ++woken; });

        queue.reset();
        fanout.publish(changes(7, 10));

        QCOMPARE(woken, 0);
    }

    void callsGoToWhoseTheyAre()
    {
        Fanout fanout;
        CallBoard board(fanout);
        board.setSeats({{.user = 20, .extension = "101"}, {.user = 30, .extension = "102"}});
        const auto anna = fanout.subscribe(20, {}, [] {});
        const auto ben = fanout.subscribe(30, {}, [] {});

        board.apply("101", call("c1", model::AgentCall::State::Ringing));
        board.apply("999", call("c2", model::AgentCall::State::Ringing));

        QCOMPARE(anna->take().size(), 1);
        QVERIFY(ben->take().isEmpty());
        QCOMPARE(board.callsOf(20).size(), 1);
        QVERIFY(board.callsOf(30).isEmpty());
    }

    void callsThatAreOverLeaveTheBoard()
    {
        Fanout fanout;
        CallBoard board(fanout);
        board.setSeats({{.user = 20, .extension = "101"}});

        board.apply("101", call("c1", model::AgentCall::State::Ringing));
        board.apply("101", call("c1", model::AgentCall::State::Over));

        QVERIFY(board.callsOf(20).isEmpty());
    }

    void helloSaysWhereTheBooksAreAndWhatRings()
    {
        Fanout fanout;
        CallBoard board(fanout);
        const SystemClock clock;
        const PresenceBoard presence(fanout, clock);
        fanout.setBook({"main", "DE", "e1", 7});
        fanout.setBook({"south", "DE", "e2", 9});
        board.setSeats({{.user = 20, .extension = "101"}});
        board.apply("101", call("c1", model::AgentCall::State::Ringing));

        const auto stream =
            OpenStream(fanout, board, presence, clock, true).open({.user = 20, .books = {"main"}}, [] {});

        sync::EventStreamParser parser;
        const auto events = *parser.feed(stream.hello);
        QCOMPARE(events.size(), 1);
        const auto hello = *sync::readHello(events[0].data);
        QCOMPARE(hello.books, (QVector<sync::BookGrant>{{"main", "DE", "e1", 7}}));
        QCOMPARE(hello.calls.size(), 1);
        QVERIFY(hello.simulator);
        fanout.publish(changes(7, 10));
        QCOMPARE(taken(*stream.queue).size(), 1);
    }

    /// Another hub's work may be read from the database and announced as well.
    void whatWasToldIsNotToldAgain()
    {
        Fanout fanout;
        const auto queue = fanout.subscribe(20, {"main"}, [] {});

        fanout.publish(changes(0, 3));
        fanout.publish(changes(0, 3));

        QCOMPARE(taken(*queue).size(), 1);
    }

    /// A PBX gone mad would otherwise keep the agent from everything else: a desk takes no longer hello.
    void helloCarriesTheNewestOfVeryManyCalls()
    {
        Fanout fanout;
        CallBoard board(fanout);
        board.setSeats({{.user = 20, .extension = "101"}});
        const SystemClock clock;
        const PresenceBoard presence(fanout, clock);
        for (int n = 1; n <= sync::maxCallsPerAgent + 5; ++n) {
            auto ringing = call(QString::number(n), model::AgentCall::State::Ringing);
            ringing.startedAt = n;
            board.apply("101", ringing);
        }

        const auto hello = OpenStream(fanout, board, presence, clock, false).open({.user = 20}, [] {}).hello;

        sync::EventStreamParser parser;
        const auto calls = sync::readHello(parser.feed(hello)->first().data)->calls;
        QCOMPARE(calls.size(), sync::maxCallsPerAgent);
        QCOMPARE(calls.first().startedAt, sync::maxCallsPerAgent + 5);
    }
};

QTEST_APPLESS_MAIN(tst_Fanout)
#include "tst_Fanout.moc"
