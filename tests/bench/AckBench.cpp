#include "model/core/Clock.h"
#include "tests/bench/Asker.h"
#include "tests/bench/FreshHub.h"
#include "tests/bench/Measured.h"
#include "tests/bench/RawStore.h"

#include <cmath>

namespace ringbook::bench {

/// One desk sends one op to a hub that has nothing else to do; the floor is one durable commit of the same
/// rows.
Result<QJsonObject> benchAck(const BenchOptions &options)
{
    const auto hub = FreshHub::start(options, 1);
    if (!hub)
        return hub.error();
    const auto store = RawStore::open((*hub)->folder(), options.database);
    if (!store)
        return store.error();
    const FreshHub::Desk &desk = (*hub)->desks().front();
    Asker asker((*hub)->url(), desk.token);
    const SystemClock clock;
    Measured acknowledged, raw;
    for (int round = -20; round < options.rounds; ++round) { // the first ones only warm up
        const QByteArray body = (*hub)->newCustomers(desk, round + 21, 1);
        const qint64 begun = clock.monotonicNs();
        if (!(*store)->commit(1))
            return Error{Fault::Failed, "the raw commit failed"};
        const qint64 middle = clock.monotonicNs();
        if (asker.ask("POST", (*hub)->opsPath(), body).isEmpty())
            return Error{Fault::Failed, QStringLiteral("push %1 was not taken").arg(round)};
        const qint64 ended = clock.monotonicNs();
        if (round < 0)
            continue;
        raw.add(double(middle - begun) / 1000);
        acknowledged.add(double(ended - middle) / 1000);
    }
    QJsonObject result = acknowledged.json();
    result["engine"] = options.database.isEmpty() ? "sqlite" : "postgresql";
    result["raw"] = std::round(raw.percentile(50)) / 1000;
    result["raw_p99_ms"] = std::round(raw.percentile(99)) / 1000;
    result["ratio"] = std::round(acknowledged.percentile(50) / raw.percentile(50) * 100) / 100;
    return result;
}

} // namespace ringbook::bench
