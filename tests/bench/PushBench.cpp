#include "model/core/Clock.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Routes.h"
#include "tests/bench/Asker.h"
#include "tests/bench/FreshHub.h"
#include "tests/bench/RawStore.h"
#include "tests/bench/Used.h"

#include <algorithm>
#include <cmath>
#include <thread>

namespace ringbook::bench {

namespace {

/// One desk's work: each push is sent when the one before it was answered.
struct Pusher
{
    Asker asker;
    std::vector<QByteArray> bodies;
    int done = 0;

    void run(const QByteArray &path)
    {
        for (const QByteArray &body : bodies)
            if (!asker.ask("POST", path, body).isEmpty())
                ++done;
    }
};

double secondsOf(const auto &work)
{
    const SystemClock clock;
    const qint64 begun = clock.monotonicNs();
    work();
    return double(clock.monotonicNs() - begun) / 1e9;
}

/// Ops a second in commits of `group`; 0 if one failed.
double rawRate(RawStore &store, int group, int ops)
{
    bool isGood = true;
    const double seconds = secondsOf([&] {
        for (int done = 0; done < ops && isGood; done += group)
            isGood = store.commit(group).has_value();
    });
    return isGood ? double(ops) / seconds : 0;
}

struct Spent
{
    double opsPerSecond = 0;
    double cpuUsPerOp = 0; ///< of the hub, without its database's server
    double opsPerCommit = 0;
};

qint64 commitsOf(Asker &asker)
{
    const QByteArray metrics = asker.ask("GET", sync::pathOf(sync::Operation::Metrics));
    const qsizetype at = metrics.indexOf("\nringbook_commits_total ");
    return metrics.mid(at + 1).split('\n').first().split(' ').last().toLongLong();
}

Result<Spent> hubRate(FreshHub &hub, const BenchOptions &options)
{
    std::vector<Pusher> pushers;
    for (const FreshHub::Desk &desk : hub.desks()) {
        pushers.push_back({Asker(hub.url(), desk.token), {}});
        for (int n = 0; n < options.rounds; ++n)
            pushers.back().bodies.push_back(hub.newCustomers(desk, qint64(n) * options.ops + 1, options.ops));
    }
    Asker observer(hub.url(), {});
    const qint64 commitsBefore = commitsOf(observer);
    const double cpuBefore = cpuSeconds(hub.program().pid());
    const double seconds = secondsOf([&] {
        std::vector<std::thread> threads;
        for (Pusher &pusher : pushers)
            threads.emplace_back([&] { pusher.run(hub.opsPath()); });
        for (std::thread &thread : threads)
            thread.join();
    });
    qint64 done = 0;
    for (const Pusher &pusher : pushers)
        done += pusher.done;
    if (done != qint64(pushers.size()) * options.rounds)
        return Error{Fault::Failed, "some pushes were not taken"};
    const double ops = double(done) * options.ops;
    return Spent{.opsPerSecond = ops / seconds,
                 .cpuUsPerOp = (cpuSeconds(hub.program().pid()) - cpuBefore) * 1e6 / ops,
                 .opsPerCommit = ops / double(std::max<qint64>(1, commitsOf(observer) - commitsBefore))};
}

} // namespace

/// The floor commits ten ops at once on SQLite if each desk sends one, else what one desk sends; on
/// PostgreSQL all that all desks have in flight.
Result<QJsonObject> benchPush(const BenchOptions &options)
{
    const auto hub = FreshHub::start(options, options.desks);
    if (!hub)
        return hub.error();
    const bool isPostgres = !options.database.isEmpty();
    const int group = isPostgres ? options.desks * options.ops : std::max(10, options.ops);
    const int total = options.desks * options.rounds * options.ops;
    const auto store = RawStore::open((*hub)->folder(), options.database);
    if (!store)
        return store.error();
    rawRate(**store, group, total / 10); // warms up
    const double raw = rawRate(**store, group, total);
    const auto ours = hubRate(**hub, options);
    if (!ours)
        return ours.error();
    return QJsonObject{{"engine", isPostgres ? "postgresql" : "sqlite"},
                       {"desks", options.desks},
                       {"ops_a_push", options.ops},
                       {"ops_per_s", std::round(ours->opsPerSecond)},
                       {"hub_cpu_us_an_op", std::round(ours->cpuUsPerOp * 10) / 10},
                       {"ops_a_commit", std::round(ours->opsPerCommit * 10) / 10},
                       {"raw_group", group},
                       {"raw", std::round(raw)},
                       {"ratio", std::round(ours->opsPerSecond / std::max(1.0, raw) * 1000) / 1000}};
}

} // namespace ringbook::bench
