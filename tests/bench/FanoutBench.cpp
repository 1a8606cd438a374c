#include "tests/bench/FreshHub.h"
#include "tests/bench/Measured.h"
#include "tests/bench/RawStore.h"
#include "tests/bench/Streams.h"
#include "tests/support/DeskOnFiles.h"

#include <atomic>
#include <cmath>
#include <thread>

namespace ringbook::bench {

namespace {

constexpr int patienceMs = 20'000;

/// Desks that only listen, on a thread of their own.
class Audience
{
public:
    Audience(const FreshHub &hub, int count) : m_streams(hub.url())
    {
        for (int i = 0; i < count; ++i)
            m_streams.open(hub.desks()[size_t(i)].token);
        isComplete = m_streams.waitForAll("event: hello");
        m_thread = std::thread([this] {
            while (!m_isOver) {
                m_streams.waitForAll("nobody says this", 50);
                m_streams.forget();
            }
        });
    }
    ~Audience()
    {
        m_isOver = true;
        m_thread.join();
    }
    Q_DISABLE_COPY_MOVE(Audience)

    bool isComplete = false;

private:
    Streams m_streams;
    std::atomic<bool> m_isOver = false;
    std::thread m_thread;
};

double microsecondsOf(const auto &work)
{
    const SystemClock clock;
    const qint64 begun = clock.monotonicNs();
    work();
    return double(clock.monotonicNs() - begun) / 1000;
}

} // namespace

/// From the commit in desk A's file to the commit in desk B's, over the hub, with so many other desks that
/// listen. The floor is two raw commits: the hub's and desk B's.
Result<QJsonObject> benchFanout(const BenchOptions &options)
{
    const int others = std::max(0, options.desks - 2);
    const auto hub = FreshHub::start(options, others);
    if (!hub)
        return hub.error();
    const Audience audience(**hub, others);
    if (!audience.isComplete)
        return Error{Fault::Failed, "not every desk was greeted"};
    const auto store = RawStore::open((*hub)->folder(), options.database);
    const auto file = RawStore::inFile((*hub)->folder() + "/desk.db");
    if (!store)
        return store.error();

    test::DeskOnFiles anna((*hub)->url().toString());
    test::DeskOnFiles ben((*hub)->url().toString());
    Turning turning;
    for (test::DeskOnFiles *desk : {&anna, &ben}) {
        QObject::connect(&*desk->client, &sync::SyncClient::stateChanged, [&] { turning.again(); });
        desk->signIn((*hub)->book().name, "bench");
        if (!turning.until([&] { return desk->isLive(); }, patienceMs))
            return Error{Fault::Failed, "a desk did not get live"};
    }
    QVector<model::RecordKey> arrived;
    QObject::connect(&*ben.client, &sync::SyncClient::recordsChanged,
                     [&](const QVector<model::RecordKey> &records) {
                         arrived += records;
                         turning.again();
                     });
    Measured measured, raw;
    for (int round = -20; round < options.rounds; ++round) { // the first ones only warm up
        arrived.clear();
        const model::RecordKey key = anna.saveCustomer(QStringLiteral("Ana Costa %1").arg(round));
        const double us =
            microsecondsOf([&] { turning.until([&] { return arrived.contains(key); }, patienceMs); });
        if (!arrived.contains(key))
            return Error{Fault::Failed, QStringLiteral("save %1 did not reach the second desk").arg(round)};
        const double rawUs = microsecondsOf([&] {
            (void)(*store)->commit(1);
            (void)(*file)->commit(1);
        });
        if (round < 0)
            continue;
        measured.add(us);
        raw.add(rawUs);
    }
    QJsonObject result = measured.json();
    result["engine"] = options.database.isEmpty() ? "sqlite" : "postgresql";
    result["desks"] = options.desks;
    result["raw"] = std::round(raw.percentile(50)) / 1000;
    result["ratio"] = std::round(measured.percentile(50) / raw.percentile(50) * 100) / 100;
    return result;
}

} // namespace ringbook::bench
