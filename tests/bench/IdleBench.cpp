#include "model/core/Clock.h"
#include "tests/bench/Asker.h"
#include "tests/bench/FreshHub.h"
#include "tests/bench/Measured.h"
#include "tests/bench/Streams.h"
#include "tests/bench/Used.h"

#include <cmath>

namespace ringbook::bench {

/// So many desks listen to a hub and nothing happens: what each costs in memory; then one change, and when
/// the last has it. The floor writes the same bytes to as many sockets, one after the other.
Result<QJsonObject> benchIdle(const BenchOptions &options)
{
    openFilesFor(options.desks);
    const auto hub = FreshHub::start(options, options.desks + 1);
    if (!hub)
        return hub.error();
    const FreshHub::Desk &writer = (*hub)->desks().back();
    Asker asker((*hub)->url(), writer.token);
    if (asker.ask("POST", (*hub)->opsPath(), (*hub)->newCustomers(writer, 1, 1)).isEmpty())
        return Error{Fault::Failed, "the first push was not taken"};
    const qint64 before = residentBytes((*hub)->program().pid());
    Streams streams((*hub)->url());
    for (int i = 0; i < options.desks; ++i)
        streams.open((*hub)->desks()[size_t(i)].token);
    if (!streams.waitForAll("event: hello"))
        return Error{Fault::Failed, "not every desk was greeted"};
    const qint64 after = residentBytes((*hub)->program().pid());

    const SystemClock clock;
    Measured broadcast, raw;
    for (int round = 0; round < options.rounds; ++round) {
        streams.forget();
        const qint64 begun = clock.monotonicNs();
        if (asker.ask("POST", (*hub)->opsPath(), (*hub)->newCustomers(writer, round + 2, 1)).isEmpty() ||
            !streams.waitForAll("event: changes"))
            return Error{Fault::Failed, QStringLiteral("change %1 did not reach everybody").arg(round)};
        broadcast.add(double(clock.monotonicNs() - begun) / 1000);
        raw.add(rawBroadcastUs(options.desks, streams.said(0).size()));
    }
    QJsonObject result = broadcast.json("last_desk_");
    result["tls"] = options.tls;
    result["desks"] = options.desks;
    result["bytes_a_desk"] = std::round(double(after - before) / options.desks);
    result["raw"] = std::round(raw.percentile(50)) / 1000;
    result["ratio"] = std::round(broadcast.percentile(50) / raw.percentile(50) * 100) / 100;
    return result;
}

} // namespace ringbook::bench
