#include "sync/client/Engine.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Problems.h"

#include <QTest>
#include <QUrl>

#include <map>
#include <random>

using namespace ringbook;
using namespace ringbook::sync;

namespace {

/// A hub in a few lines, strict about order; enough to see whether an engine gets everything there and back.
struct SmallHub
{
    QString epoch = QStringLiteral("e1");
    QVector<model::Change> log = {};
    qint64 lastCounter = 0;
    QMap<qint64, qint64> seqOfCounter = {};

    qint64 head() const { return log.size(); }

    void colleagueWrites()
    {
        log.append({.seq = head() + 1, .record = {QStringLiteral("team"), head() + 1}, .device = 3});
    }

    HttpAnswer changes(const QByteArray &query) const
    {
        const auto asked = readChangesQuery(query);
        if ((!asked->epoch.isEmpty() && asked->epoch != epoch) || asked->after > head())
            return problem({.status = 409,
                            .type = QStringLiteral("reset"),
                            .reset = Reset{QStringLiteral("epoch"), epoch, head()}});
        const qint64 to = std::min(head(), asked->after + 7);
        return {.status = 200, .body = encode(page(asked->after, to))};
    }

    ChangesPage page(qint64 from, qint64 to) const
    {
        return {.book = QStringLiteral("main"),
                .epoch = epoch,
                .from = from,
                .to = to,
                .head = head(),
                .changes = log.mid(from, to - from)};
    }

    HttpAnswer push(const QByteArray &body)
    {
        const auto request = readPushRequest(body);
        if (request->epoch != epoch)
            return problem({.status = 409,
                            .type = QStringLiteral("reset"),
                            .reset = Reset{QStringLiteral("epoch"), epoch, head()}});
        if (request->ops.first().counter > lastCounter + 1)
            return problem({.status = 409, .type = QStringLiteral("gap"), .expected = lastCounter + 1});
        PushReply reply{.epoch = epoch};
        for (const model::Op &op : request->ops)
            reply.answers.append(take(op));
        reply.head = head();
        return {.status = 200, .body = encode(reply)};
    }

    OpAnswer take(const model::Op &op)
    {
        if (op.counter <= lastCounter)
            return {op.counter, Verdict::Duplicate, seqOfCounter.value(op.counter)};
        lastCounter = op.counter;
        log.append({.seq = head() + 1, .record = op.record, .device = 2, .counter = op.counter});
        seqOfCounter.insert(op.counter, head());
        return {op.counter, Verdict::Applied, head()};
    }

    /// From a backup: the last entries are gone, and the log has another name.
    void loseTail(qsizetype entries)
    {
        log.resize(std::max<qsizetype>(0, log.size() - entries));
        epoch += QLatin1Char('x');
        seqOfCounter.clear();
        lastCounter = 0;
        for (const model::Change &change : log) {
            if (change.device != 2)
                continue;
            lastCounter = change.counter;
            seqOfCounter.insert(change.counter, change.seq);
        }
    }

    static HttpAnswer problem(const Problem &problem)
    {
        return {.status = problem.status, .body = encode(problem)};
    }
};

/// One desk, its engine and the hub on a simulated clock and a network that loses, delays, cuts and doubles.
class Walk
{
public:
    explicit Walk(unsigned seed) : m_dice(seed), m_engine([this] { return chance(); })
    {
        say(input::Start{QStringLiteral("main"), QStringLiteral("t"), {}});
    }

    void run(qint64 ms, bool faults, double savesPerSecond)
    {
        m_faults = faults;
        for (const qint64 end = m_now.ms + ms; m_now.ms < end;) {
            const qint64 step = nextAt(end) - m_now.ms;
            m_now.ms += step;
            m_now.wall += step;
            while (!m_later.empty() && m_later.begin()->first <= m_now.ms) {
                const auto what = m_later.begin()->second;
                m_later.erase(m_later.begin());
                what();
            }
            say(input::Tick{});
            if (chance() < savesPerSecond * double(step) / 1000)
                save();
            if (chance() < savesPerSecond * double(step) / 1000)
                colleagueSaves();
            if (faults && m_streamOpen && chance() < 0.01)
                endStream();
        }
    }

    SmallHub hub;
    int requests = 0;
    qint64 counter = 0;
    QMap<qint64, model::Op> pending;
    QMap<qint64, model::Op> confirmed;
    int refused = 0;
    model::Cursor cursor;
    bool missed = false; ///< a page did not continue the book without a gap

    SyncState state() const { return m_engine.state(); }
    bool isArmed() const { return m_engine.nextTimer().has_value(); }

private:
    double chance() { return std::uniform_real_distribution(0.0, 1.0)(m_dice); }
    qint64 delay() { return qint64(chance() * (m_faults ? 3000 : 20)); }

    qint64 nextAt(qint64 end)
    {
        qint64 at = std::min(end, m_now.ms + 1000);
        if (const auto timer = m_engine.nextTimer())
            at = std::min(at, std::max(*timer, m_now.ms + 1));
        if (!m_later.empty())
            at = std::min(at, std::max(m_later.begin()->first, m_now.ms + 1));
        return at;
    }

    void later(std::function<void()> what) { m_later.emplace(m_now.ms + delay(), std::move(what)); }

    void save()
    {
        ++counter;
        pending.insert(counter, {.counter = counter,
                                 .record = {QStringLiteral("team"), counter},
                                 .edits = {{QStringLiteral("name"), {}}}});
        say(input::Kept{});
    }

    void colleagueSaves()
    {
        hub.colleagueWrites();
        fanOut();
    }

    void fanOut()
    {
        if (!m_streamOpen || (m_faults && chance() < 0.2))
            return;
        const auto event =
            chance() < 0.8
                ? encodeEvent(changesEvent, encode(hub.page(hub.head() - 1, hub.head())))
                : encodeEvent(pokeEvent, encode(Poke{QStringLiteral("main"), hub.epoch, hub.head()}));
        later([this, event, stream = m_stream] {
            if (stream == m_stream && m_streamOpen)
                say(input::StreamBytes{event});
        });
    }

    void endStream()
    {
        m_streamOpen = false;
        say(input::StreamEnded{QStringLiteral("cut")});
    }

    void say(const Input &input)
    {
        m_inbox.append(input);
        if (std::exchange(m_working, true))
            return;
        while (!m_inbox.isEmpty())
            for (const Effect &effect : m_engine.handle(m_inbox.takeFirst(), m_now))
                std::visit([this](const auto &what) { carryOut(what); }, effect);
        m_working = false;
    }

    void carryOut(const effect::Send &send)
    {
        ++requests;
        if (m_faults && chance() < 0.15) // lost on the way there
            return later([this, id = send.id] {
                say(input::Answered{id, {.failure = QStringLiteral("lost")}});
            });
        later([this, send] {
            const qint64 before = hub.head();
            const QByteArray path = send.request.path;
            HttpAnswer answer = path.contains("/sums")      ? SmallHub::problem({.status = 404})
                                : path.contains("/changes") ? hub.changes(path.mid(path.indexOf('?') + 1))
                                                            : hub.push(send.request.body);
            if (hub.head() > before)
                fanOut();
            if (m_faults && chance() < 0.3)
                answer = spoiled(answer);
            later([this, id = send.id, answer] { say(input::Answered{id, answer}); });
        });
    }

    HttpAnswer spoiled(const HttpAnswer &answer)
    {
        switch (int(chance() * 4)) {
        case 0: return {.failure = QStringLiteral("lost on the way back")};
        case 1: return {.status = answer.status, .body = answer.body.first(answer.body.size() / 2)};
        case 2: return {.status = 503, .retryAfterMs = 2000};
        default: return {.status = 200, .body = "<html>"};
        }
    }

    void carryOut(const effect::Cancel &) {}
    void carryOut(const effect::OpenStream &)
    {
        ++requests;
        later([this, stream = ++m_stream] {
            if (stream != m_stream)
                return;
            if (m_faults && chance() < 0.3)
                return endStream();
            m_streamOpen = true;
            say(input::StreamOpened{200, "text/event-stream"});
            if (!(m_faults && chance() < 0.2)) // else something buffers it
                say(input::StreamBytes{encodeEvent(
                    helloEvent,
                    encode(Hello{.books = {{QStringLiteral("main"), {}, hub.epoch, hub.head()}}}))});
            beat(stream);
        });
    }
    void beat(int stream)
    {
        m_later.emplace(m_now.ms + heartbeatSeconds * secondMs, [this, stream] {
            if (stream != m_stream || !m_streamOpen)
                return;
            say(input::StreamBytes{heartbeat()});
            beat(stream);
        });
    }
    void carryOut(const effect::CloseStream &)
    {
        ++m_stream;
        m_streamOpen = false;
    }
    void carryOut(const effect::LoadOutbox &load)
    {
        if (m_faults && chance() < 0.05)
            return say(input::StorageFailed{.during = input::StorageFailed::During::Outbox});
        say(input::OutboxLoaded{.ops = pending.values().mid(0, load.limit),
                                .waiting = int(pending.size()),
                                .saves = int(pending.size())});
    }
    void carryOut(const effect::ApplyPage &apply)
    {
        if (m_faults && chance() < 0.1)
            return say(input::StorageFailed{});
        if (apply.page.from != cursor.seq || apply.page.changes.size() != apply.page.to - apply.page.from)
            missed = true;
        for (const model::Change &change : apply.page.changes)
            if (change.device == 2)
                confirm(change.counter);
        cursor = {apply.page.epoch, apply.page.to};
        m_later.emplace(m_now.ms, [this, applied = cursor] { say(input::PageApplied{applied}); });
    }
    void confirm(qint64 counter)
    {
        if (pending.contains(counter))
            confirmed.insert(counter, pending.take(counter));
    }
    void carryOut(const effect::ConfirmOps &confirmOps)
    {
        for (const qint64 counter : confirmOps.counters)
            confirm(counter);
    }
    void carryOut(const effect::RefuseOp &) { ++refused; }
    void carryOut(const effect::ForgetOp &) {}
    void carryOut(const effect::ConfirmFormer &) {}
    void carryOut(const effect::BringAlong &) {}
    void carryOut(const effect::OfferAgain &offer)
    {
        for (const qint64 counter : confirmed.keys())
            if (counter >= offer.from)
                pending.insert(counter, confirmed.take(counter));
    }
    void carryOut(const effect::ClearBook &clear)
    {
        for (const qint64 counter : confirmed.keys())
            if (clear.reset.done && counter > *clear.reset.done)
                pending.insert(counter, confirmed.take(counter));
        cursor = {clear.reset.epoch, 0};
        say(input::BookCleared{cursor});
    }
    void carryOut(const effect::GrowBook &) {}
    void carryOut(const effect::MeetLog &) {}
    void carryOut(const effect::BeginSnapshot &) {}
    void carryOut(const effect::KeepFrame &) {}
    void carryOut(const effect::MakeBook &) {}
    void carryOut(const effect::ShowBook &) {}
    void carryOut(const effect::DropSnapshot &) {}
    void carryOut(const effect::CompareSums &) {}
    void carryOut(const effect::RepairBucket &) {}
    void carryOut(const effect::KeepSession &) {}
    void carryOut(const effect::MoveDesk &) {}
    void carryOut(const effect::DropToken &) {}
    void carryOut(const effect::KeepLease &) {}
    void carryOut(const effect::RefuseSignIn &) {}
    void carryOut(const effect::ShowCall &) {}
    void carryOut(const effect::ReplaceCalls &) {}
    void carryOut(const effect::ShowPresence &) {}
    void carryOut(const effect::ForgetPresence &) {}
    void carryOut(const effect::AddFound &) {}
    void carryOut(const effect::ShowLookUps &) {}
    void carryOut(const effect::ShowPhone &) {}
    void carryOut(const effect::OfferSimulator &) {}

    std::mt19937 m_dice;
    bool m_faults = false;
    Instant m_now{.wall = 1795000000000, .ms = 1000};
    std::multimap<qint64, std::function<void()>> m_later;
    int m_stream = 0;
    bool m_streamOpen = false;
    QVector<Input> m_inbox;
    bool m_working = false;
    Engine m_engine;
};

/// Everything is everywhere, exactly once.
void settled(const Walk &walk, const char *when)
{
    QVERIFY2(walk.pending.isEmpty(), when);
    QCOMPARE(walk.refused, 0);
    QCOMPARE(walk.cursor.seq, walk.hub.head());
    QCOMPARE(walk.state().link, SyncState::Link::Live);
    QCOMPARE(walk.state().waiting, 0);
    QCOMPARE(walk.state().problem, QString());
    QVERIFY(!walk.missed);
    QMap<qint64, int> times;
    for (const model::Change &change : walk.hub.log) {
        if (change.device != 2)
            continue;
        ++times[change.counter];
        QCOMPARE(change.record.kind, "team"); // no filler in place of an op
    }
    QCOMPARE(times.size(), walk.counter);
    for (const int count : times)
        QCOMPARE(count, 1);
}

} // namespace

class tst_EngineFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void afterAnyFaultsEverythingArrivesWithoutANewStimulus_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 20; ++seed)
            QTest::addRow("seeds from %u", seed * 10) << seed * 10;
    }

    void afterAnyFaultsEverythingArrivesWithoutANewStimulus()
    {
        QFETCH(unsigned, seed);
        for (unsigned i = 0; i < 3; ++i) {
            Walk walk(seed + i);
            walk.run(20'000, false, 3);
            walk.run(120'000, true, 2);
            QVERIFY(walk.isArmed());
            walk.run(300'000, false, 0);
            settled(walk, qPrintable(QStringLiteral("seed %1").arg(seed + i)));
            if (QTest::currentTestFailed())
                return;
        }
    }

    void whatAHubLostIsOfferedAgain_data() { afterAnyFaultsEverythingArrivesWithoutANewStimulus_data(); }

    void whatAHubLostIsOfferedAgain()
    {
        QFETCH(unsigned, seed);
        for (unsigned i = 0; i < 3; ++i) {
            Walk walk(seed + i);
            walk.run(30'000, false, 3);
            walk.hub.loseTail(20);
            walk.run(60'000, true, 2);
            walk.run(10'000, false, 2);
            walk.run(600'000, false, 0);
            settled(walk, qPrintable(QStringLiteral("seed %1").arg(seed + i)));
            if (QTest::currentTestFailed())
                return;
        }
    }

    void anIdleDeskIsQuiet()
    {
        Walk walk(7);
        walk.run(60'000, false, 1);
        walk.run(60'000, false, 0);
        const int before = walk.requests;

        walk.run(hourMs, false, 0);

        QCOMPARE(walk.requests - before, 1); // the sums, once an hour
    }
};

QTEST_GUILESS_MAIN(tst_EngineFaults)
#include "tst_EngineFaults.moc"
