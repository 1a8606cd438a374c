#include "tests/support/EngineTalk.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::sync;

namespace {

constexpr qint64 lengthMs = 30 * dayMs;
const QString keeps = QStringLiteral("keep lease until ");
const QString tells = QStringLiteral("POST /v1/books/main/erased");

bool has(const QStringList &lines, const QString &begin)
{
    return std::ranges::any_of(lines, [&](const QString &line) { return line.startsWith(begin); });
}

/// A desk that was started on a Tuesday, with the lease that its file has.
struct Desk : EngineTalk
{
    explicit Desk(model::Lease kept = {}, const QString &ownHub = {})
    {
        now.wall = noon;
        onEffect = [this](const Effect &effect) {
            if (const auto *keep = std::get_if<effect::KeepLease>(&effect))
                inFile = keep->lease;
        };
        first = say(input::Start{.book = "main",
                                 .token = ownHub.isEmpty() ? "token" : "",
                                 .user = 9,
                                 .cursor = {"e1", 5},
                                 .lease = kept,
                                 .ownHub = ownHub});
    }

    QStringList page(qint64 leaseMs = lengthMs)
    {
        int id = 0;
        for (const effect::Send &request : std::as_const(requests))
            id = request.asksForPage ? request.id : id;
        return answerTo(
            id, encode(ChangesPage{
                    .book = "main", .epoch = "e1", .from = 5, .to = 5, .head = 5, .leaseMs = leaseMs}));
    }
    model::Lease inFile = {};
    bool isLocked() const { return state().lockedSince.has_value(); }

    /// The cable is out from now on.
    void lose()
    {
        say(input::StreamEnded{"gone"});
        noAnswer(lastId);
    }

    static constexpr TimeMs noon = 1'795'525'620'000;
    QStringList first;
};

} // namespace

class tst_EngineLease : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheHubSaysIsKeptAndEndsWhereItIsNotHeardOf()
    {
        Desk desk;
        QVERIFY(desk.page().contains(keeps + QString::number(Desk::noon + lengthMs)));
        desk.lose();

        desk.wait(lengthMs - 4 * dayMs);
        QVERIFY(!desk.state().locksAt && !desk.isLocked());
        desk.wait(dayMs + minuteMs);
        QCOMPARE(desk.state().locksAt, Desk::noon + lengthMs);
        desk.wait(3 * dayMs - 2 * minuteMs);
        QVERIFY(!desk.isLocked());
        desk.wait(2 * minuteMs);
        QCOMPARE(desk.state().lockedSince, Desk::noon);
    }

    void withoutALeaseNothingIsLocked()
    {
        Desk desk;
        desk.page(0);
        desk.lose();

        desk.wait(1000 * dayMs);

        QVERIFY(!desk.isLocked());
    }

    void itUnlocksWhenTheHubIsHeardOf()
    {
        Desk desk(
            {.heardAt = Desk::noon - 31 * dayMs, .lengthMs = lengthMs, .latest = Desk::noon - 31 * dayMs});
        QVERIFY(desk.isLocked());
        QVERIFY(has(desk.first, keeps)); // a clock put back before the next start does not open it

        const auto said = desk.page(0); // a hub that does not say it again

        QVERIFY(!desk.isLocked());
        QVERIFY(said.contains(keeps + QString::number(Desk::noon + lengthMs)));
    }

    void aClockSetBackGainsNothing()
    {
        Desk desk({.heardAt = Desk::noon, .lengthMs = lengthMs, .latest = Desk::noon + 29 * dayMs});
        desk.now.wall = Desk::noon;
        desk.say(input::Tick{});
        QVERIFY(!desk.isLocked());

        desk.now.ms += dayMs + minuteMs; // by the monotonic clock; the wall's stands
        desk.say(input::Tick{});

        QVERIFY(desk.isLocked());
    }

    void sittingsWithTheClockPutBackEachTimeComeToAnEnd()
    {
        model::Lease kept{.heardAt = Desk::noon, .lengthMs = dayMs, .latest = Desk::noon};
        int sittings = 0;
        for (bool isLocked = false; !isLocked; ++sittings) {
            Desk desk(kept);
            desk.lose();
            desk.now.ms += 4 * minuteMs;
            desk.say(input::Tick{});
            isLocked = desk.isLocked();
            kept = desk.inFile;
            QVERIFY(sittings <= dayMs / keepLeaseOfflineMs);
        }
    }

    void aLockedBookIsOpenedByItsOwnHubOnly()
    {
        const model::Lease over{
            .heardAt = Desk::noon - 31 * dayMs, .lengthMs = lengthMs, .latest = Desk::noon - 31 * dayMs};
        Desk elsewhere(over, "https://hub.example:8750");

        const auto lines = elsewhere.say(input::SignIn{{.login = "anna", .password = "any"}});

        QVERIFY(lines.filter("/v1/session").isEmpty());
        QCOMPARE(lines.filter("https://hub.example:8750").size(), 1);
        QVERIFY(elsewhere.isLocked());

        Desk athome(over);
        QVERIFY(
            !athome.say(input::SignIn{{.login = "anna", .password = "any"}}).filter("/v1/session").isEmpty());
        model::Lease runs = over;
        runs.heardAt = Desk::noon;
        Desk moved(runs, "https://hub.example:8750");
        QVERIFY(
            !moved.say(input::SignIn{{.login = "anna", .password = "any"}}).filter("/v1/session").isEmpty());
    }

    void aClockSetForwardLocksOnlyUntilTheHubIsHeardOf()
    {
        Desk desk;
        desk.page();
        desk.lose();
        desk.now.wall += 400 * dayMs;
        desk.say(input::Tick{});
        QVERIFY(desk.isLocked());
        desk.now.wall -= 400 * dayMs;
        desk.say(input::Tick{});
        QVERIFY(desk.isLocked());

        desk.wait(hourMs);
        desk.wait(minuteMs); // it tries again
        desk.page();

        QVERIFY(!desk.isLocked());
    }

    void itIsWrittenOnceAnHour()
    {
        Desk desk;
        QVERIFY(has(desk.page(), keeps));
        desk.hello(5);
        int written = 0;
        for (int i = 0; i < 12 * 10; ++i) {
            desk.now.ms += 30 * secondMs;
            desk.now.wall += 30 * secondMs;
            written += has(desk.say(input::StreamBytes{": \n\n"}), keeps) ? 1 : 0;
        }
        QCOMPARE(written, 1);
        QVERIFY(!desk.isLocked());
    }

    void heartbeatsAloneKeepItOpen()
    {
        Desk desk;
        desk.page();
        desk.hello(5);
        for (int i = 0; i < 2 * 31 * 24 * 120; ++i) {
            desk.now.ms += 30 * secondMs;
            desk.now.wall += 30 * secondMs;
            desk.say(input::StreamBytes{": \n\n"});
            QVERIFY(!desk.isLocked());
        }
    }

    void whatIsCleanIsToldUntilItIsAnswered_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isTold");
        QTest::newRow("busy") << QByteArray() << 503 << false;
        QTest::newRow("a hotel") << QByteArray("<html>Sign in to our network</html>") << 200 << false;
        QTest::newRow("something else") << encode(ErasureAck{1, "e1", 4}) << 200 << false;
        QTest::newRow("the hub") << encode(ErasureAck{1, "e1", 5}) << 200 << true;
    }

    void whatIsCleanIsToldUntilItIsAnswered()
    {
        QFETCH(QByteArray, answer);
        QFETCH(int, status);
        QFETCH(bool, isTold);
        Desk desk;
        desk.page();
        const auto said = desk.say(input::Cleaned{{"e1", 5}});
        QVERIFY2(has(said, tells), qPrintable(said.join('\n')));
        desk.answerTo(desk.lastId, answer, status);
        QVERIFY(!has(desk.say(input::Tick{}), tells));

        desk.now.ms += blockedMs;
        desk.now.wall += blockedMs;

        QCOMPARE(has(desk.say(input::Tick{}), tells), !isTold);
    }

    void anOlderHubIsNotToldAgain()
    {
        Desk desk;
        desk.page();
        desk.say(input::Cleaned{{"e1", 5}});
        desk.answerTo(desk.lastId, {}, 404);

        desk.now.ms += 2 * blockedMs;
        desk.now.wall += 2 * blockedMs;

        QVERIFY(!has(desk.say(input::Tick{}), tells));
    }

    void itWaitsForTheHub()
    {
        Desk desk;
        QVERIFY(!has(desk.say(input::Cleaned{{"e1", 5}}), tells));
    }
};

QTEST_GUILESS_MAIN(tst_EngineLease)
#include "tst_EngineLease.moc"
