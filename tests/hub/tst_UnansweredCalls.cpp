#include "model/domain/Case.h"
#include "model/domain/Interaction.h"
#include "sync/hub/UnansweredCalls.h"
#include "tests/hub/Asking.h"
#include "tests/support/HubOnLoopback.h"

using namespace ringbook;
using namespace ringbook::hub;
using namespace ringbook::test;
using model::Call;
using model::FollowUp;
using model::Interaction;
using Direction = model::AgentCall::Direction;

namespace {

constexpr TimeMs at = 1'795'000'000'000;
const CallPlace place{.book = "main", .queue = "Support line", .users = {{"101", 20}}};

Call inbound(const QString &id, const QString &e164, Call::Outcome outcome)
{
    return {.id = id,
            .caller = {.raw = e164, .e164 = e164},
            .called = {.name = "Main number"},
            .startedAt = at,
            .endedAt = at + 20 * secondMs,
            .outcome = outcome};
}

Call outbound(const QString &id, const QString &e164, Call::Outcome outcome)
{
    Call call{.id = id,
              .direction = Direction::Outbound,
              .called = {.raw = e164, .e164 = e164},
              .callerAgent = "101",
              .startedAt = at,
              .endedAt = at + 20 * secondMs,
              .outcome = outcome};
    if (outcome == Call::Outcome::Answered)
        call.segments = {{.agent = "101", .from = at}};
    return call;
}

/// A hub's database without a hub; calls are filed by a batch of their own each.
struct Book
{
    HubData data{2};
    SystemClock clock;
    model::Connection db = std::move(*data.database().open());

    Status file(const Call &call, const CallPlace &where = place)
    {
        return db.atomically([&] {
            WriteBatch batch(db, clock.now());
            if (const Status filed = fileCall(batch, call, where); !filed)
                return filed;
            return batch.keep();
        });
    }

    template <typename T>
    QVector<T> all(const char *kind, T (*from)(Id<T>, const model::Fields &)) const
    {
        const auto rows = db.all("SELECT id FROM record WHERE kind = :kind ORDER BY id", {{":kind", kind}});
        QVector<T> all;
        for (const model::Row &row : *rows) {
            const Id<T> id{row.number("id")};
            const Books books(const_cast<model::Connection &>(db));
            all.append(
                from(id, books.record(books.book("main")->id, {QLatin1String(kind), id.value})->fields));
        }
        return all;
    }
    QVector<Interaction> interactions() const { return all("interaction", &model::interactionFrom); }
    QVector<FollowUp> callBacks() const { return all("follow_up", &model::followUpFrom); }
};

} // namespace

class tst_UnansweredCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatACallMeans_data()
    {
        QTest::addColumn<int>("direction");
        QTest::addColumn<int>("outcome");
        QTest::addColumn<int>("means");
        const auto row = [](const char *name, Direction direction, Call::Outcome outcome, CallBack means) {
            QTest::newRow(name) << int(direction) << int(outcome) << int(means);
        };
        row("missed", Direction::Inbound, Call::Outcome::Missed, CallBack::Wanted);
        row("abandoned", Direction::Inbound, Call::Outcome::Abandoned, CallBack::Wanted);
        row("rejected", Direction::Inbound, Call::Outcome::Rejected, CallBack::Wanted);
        row("answered", Direction::Inbound, Call::Outcome::Answered, CallBack::Done);
        row("called", Direction::Outbound, Call::Outcome::Answered, CallBack::Done);
        row("called in vain", Direction::Outbound, Call::Outcome::Missed, CallBack::TriedInVain);
        row("not dialled", Direction::Outbound, Call::Outcome::Failed, CallBack::None);
        row("a colleague's", Direction::Internal, Call::Outcome::Missed, CallBack::None);
        row("a colleague's talk", Direction::Internal, Call::Outcome::Answered, CallBack::None);
        row("merged", Direction::Inbound, Call::Outcome::Merged, CallBack::None);
        row("nobody looked", Direction::Inbound, Call::Outcome::Unknown, CallBack::None);
    }
    void whatACallMeans()
    {
        QFETCH(int, direction);
        QFETCH(int, outcome);

        QTEST(int(callBackAfter({.direction = Direction(direction), .outcome = Call::Outcome(outcome)})),
              "means");
    }

    void aMissedCallIsWrittenDownAndToBeCalledBack()
    {
        Book book;

        QVERIFY(book.file(inbound("c1", "+493023125901", Call::Outcome::Missed)));

        const auto interactions = book.interactions();
        QCOMPARE(interactions.size(), 1);
        QCOMPARE(interactions[0].partyNumber, "+493023125901");
        QCOMPARE(interactions[0].callId, "c1");
        QCOMPARE(interactions[0].outcome, "missed");
        QCOMPARE(interactions[0].queue, "Support line");
        QVERIFY(!interactions[0].answeredAt && !interactions[0].agent);
        const auto callBacks = book.callBacks();
        QCOMPARE(callBacks.size(), 1);
        QCOMPARE(callBacks[0].e164, "+493023125901");
        QCOMPARE(callBacks[0].calls, 1);
        QCOMPARE(callBacks[0].state, FollowUp::State::Open);
    }

    void eachCallIsWrittenDownOnce()
    {
        Book book;
        const Call call = inbound("c1", "+493023125901", Call::Outcome::Missed);

        for (int hub = 0; hub < 3; ++hub)
            QVERIFY(book.file(call));

        QCOMPARE(book.interactions().size(), 1);
        QCOMPARE(book.callBacks().size(), 1);
        QCOMPARE(book.callBacks()[0].calls, 1);
    }

    void whoCallsTwiceIsCalledBackOnce()
    {
        Book book;

        QVERIFY(book.file(inbound("c1", "+493023125901", Call::Outcome::Missed)));
        QVERIFY(book.file(inbound("c2", "+493023125901", Call::Outcome::Abandoned)));

        QCOMPARE(book.interactions().size(), 2);
        QCOMPARE(book.callBacks().size(), 1);
        QCOMPARE(book.callBacks()[0].calls, 2);
    }

    void whoHidesTheNumberCannotBeCalledBack()
    {
        Book book;
        Call call = inbound("c1", "+493023125901", Call::Outcome::Missed);
        call.caller = {.withheld = true};

        QVERIFY(book.file(call));

        QCOMPARE(book.interactions().size(), 1);
        QCOMPARE(book.interactions()[0].partyNumber, "");
        QCOMPARE(book.callBacks().size(), 0);
    }

    void whoeverSpeaksWithThemHasCalledBack_data()
    {
        QTest::addColumn<bool>("isOurCall");
        QTest::newRow("we call") << true;
        QTest::newRow("they call again") << false;
    }
    void whoeverSpeaksWithThemHasCalledBack()
    {
        QFETCH(bool, isOurCall);
        Book book;
        QVERIFY(book.file(inbound("c1", "+493023125901", Call::Outcome::Missed)));
        Call talk = isOurCall ? outbound("c2", "+493023125901", Call::Outcome::Answered)
                              : inbound("c2", "+493023125901", Call::Outcome::Answered);
        talk.segments = {{.agent = "101", .from = at}};

        QVERIFY(book.file(talk));

        QCOMPARE(book.callBacks()[0].state, FollowUp::State::Done);
        QCOMPARE(book.callBacks()[0].doneBy, Id<model::User>{20});
        QCOMPARE(book.interactions().size(), 1); // the talk is its agent's to file
    }

    void aTryInVainIsCounted()
    {
        Book book;
        QVERIFY(book.file(inbound("c1", "+493023125901", Call::Outcome::Missed)));

        QVERIFY(book.file(outbound("c2", "+493023125901", Call::Outcome::Missed)));

        QCOMPARE(book.callBacks()[0].state, FollowUp::State::Open);
        QCOMPARE(book.callBacks()[0].tries, 1);
    }

    void afterACallBackTheNextMissedCallWaitsAnew()
    {
        Book book;
        QVERIFY(book.file(inbound("c1", "+493023125901", Call::Outcome::Missed)));
        QVERIFY(book.file(outbound("c2", "+493023125901", Call::Outcome::Answered)));

        QVERIFY(book.file(inbound("c3", "+493023125901", Call::Outcome::Missed)));

        QCOMPARE(book.callBacks().size(), 2);
    }

    void itIsTheCustomersIfTheNumberIsTheirsAlone()
    {
        Book book;
        const auto give = [&](qint64 customer, qint64 point) {
            return book.db.atomically([&] {
                WriteBatch batch(book.db, book.clock.now());
                const auto main = batch.book("main");
                const Author author{.role = "admin"};
                const auto put = [&](const char *kind, qint64 id,
                                     const QMap<QString, model::FieldEdit> &edits) {
                    (void)batch.order(*main, {.record = {kind, makeId(1, id)}, .edits = edits, .madeAt = at},
                                      author, at);
                };
                put("customer", customer, {{"name", {"Kessler", 0}}});
                put("contact_point", point,
                    {{"customer", {makeId(1, customer), 0}}, {"e164", {"+493023125901", 0}}});
                return batch.keep();
            });
        };
        QVERIFY(give(500, 501));
        QVERIFY(book.file(inbound("c1", "+493023125901", Call::Outcome::Missed)));
        QCOMPARE(book.interactions()[0].customer.value, makeId(1, 500));
        QCOMPARE(book.callBacks()[0].customer.value, makeId(1, 500));

        QVERIFY(book.file(outbound("c2", "+493023125901", Call::Outcome::Answered)));
        QVERIFY(give(600, 601));
        QVERIFY(book.file(inbound("c3", "+493023125901", Call::Outcome::Missed)));

        QVERIFY(!book.callBacks()[1].customer);
    }

    void aBookThatIsNotThereIsNoFailure()
    {
        Book book;

        QVERIFY(book.file(inbound("c1", "+493023125901", Call::Outcome::Missed), {.book = "nowhere"}));

        QCOMPARE(book.interactions().size(), 0);
    }

    void aSimulatedCallThatNobodyTakesReachesTheDesks()
    {
        HubOnLoopback hub;
        Http anna(hub.url());
        anna.signIn("anna");
        DeskStream stream(anna);
        QTRY_VERIFY(!stream.events.isEmpty());
        anna.send("POST", "/v1/simulator/calls",
                  R"({"number":"+493023125901","to":["101"],"queue":"Repairs"})");
        QTRY_VERIFY(!stream.calls().isEmpty());

        anna.send("POST", "/v1/simulator/calls/" + stream.calls().last().callId.toUtf8() + "/hangup",
                  "{\"extension\":\"\"}");

        const auto kinds = [&] {
            QStringList kinds;
            for (const sync::StreamEvent &event : stream.events) {
                if (event.name != sync::changesEvent)
                    continue;
                const auto page = sync::readChangesPage(event.data);
                for (const model::Change &change : page->changes)
                    kinds += change.record.kind;
            }
            return kinds;
        };
        QTRY_COMPARE(kinds(), QStringList({"interaction", "follow_up"}));
    }
};

QTEST_GUILESS_MAIN(tst_UnansweredCalls)
#include "tst_UnansweredCalls.moc"
