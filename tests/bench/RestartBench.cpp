#include "model/core/Clock.h"
#include "tests/bench/Asker.h"
#include "tests/bench/FreshHub.h"
#include "tests/bench/Streams.h"

#include <QJsonDocument>

#include <algorithm>
#include <cmath>

namespace ringbook::bench {

namespace {

/// What the stop told each desk: when to come back, shortest first.
QVector<qint64> returnsMs(const Streams &streams, int desks)
{
    QVector<qint64> returns;
    for (int desk = 0; desk < desks; ++desk) {
        const QByteArray &said = streams.said(desk);
        const qsizetype at = said.indexOf("data:", said.indexOf("event: bye")) + 5;
        const QByteArray data = said.mid(at, said.indexOf('\n', at) - at).trimmed();
        returns.append(QJsonDocument::fromJson(data).object()["after_ms"].toInteger());
    }
    std::sort(returns.begin(), returns.end());
    return returns;
}

/// Each desk at its moment: its stream, hello, and the changes it missed.
Status comeBack(FreshHub &hub, const QVector<qint64> &returns)
{
    const SystemClock clock;
    const qint64 begun = clock.monotonicNs();
    const QByteArray changes = hub.opsPath().replace("/ops", "/changes?after=0");
    Streams streams(hub.url());
    for (qsizetype desk = 0; desk < returns.size(); ++desk) {
        const QByteArray &token = hub.desks()[size_t(desk)].token;
        const qint64 early = returns[desk] - (clock.monotonicNs() - begun) / 1'000'000;
        if (early > 0)
            streams.waitForAll("nobody says this", int(early));
        streams.open(token);
        if (Asker(hub.url(), token).ask("GET", changes).isEmpty())
            return Error{Fault::Failed, "a desk did not get what it missed"};
    }
    return streams.waitForAll("event: hello") ? Status(Done{})
                                              : Error{Fault::Failed, "a desk was not greeted"};
}

Status push(FreshHub &hub, qint64 counter)
{
    const FreshHub::Desk &desk = hub.desks().front();
    Asker asker(hub.url(), desk.token);
    if (asker.ask("POST", hub.opsPath(), hub.newCustomers(desk, counter, 500)).isEmpty())
        return Error{Fault::Failed, "a push was not taken"};
    return Done{};
}

double msSince(qint64 begunNs)
{
    return double(SystemClock().monotonicNs() - begunNs) / 1e6;
}

} // namespace

/// All desks listen; the hub is told to stop, and started again at once. From the word to stop until each
/// desk is live and has read the 500 changes it lacks. The floor is the same without anybody waiting for his
/// moment.
Result<QJsonObject> benchRestart(const BenchOptions &options)
{
    openFilesFor(options.desks);
    const auto hub = FreshHub::start(options, options.desks);
    if (!hub)
        return hub.error();
    if (const Status pushed = push(**hub, 1); !pushed)
        return pushed.error();
    Streams streams((*hub)->url());
    for (const FreshHub::Desk &desk : (*hub)->desks())
        streams.open(desk.token);
    if (!streams.waitForAll("event: hello"))
        return Error{Fault::Failed, "not every desk was greeted"};

    const qint64 begun = SystemClock().monotonicNs();
    (*hub)->program().terminate();
    if (!streams.waitForAll("event: bye") || (*hub)->program().waitForEnd() != 0)
        return Error{Fault::Failed, "the hub did not say good-bye"};
    if (const Status served = (*hub)->serve(); !served)
        return served.error();
    const double startedMs = msSince(begun);
    if (const Status back = comeBack(**hub, returnsMs(streams, options.desks)); !back)
        return back.error();
    const double allMs = msSince(begun);

    const qint64 rawBegun = SystemClock().monotonicNs();
    if (const Status back = comeBack(**hub, QVector<qint64>(options.desks)); !back)
        return back.error();
    const double rawMs = startedMs + msSince(rawBegun);
    return QJsonObject{{"desks", options.desks},
                       {"hub_is_back_ms", std::round(startedMs)},
                       {"all_live_ms", std::round(allMs)},
                       {"raw", std::round(rawMs)},
                       {"ratio", std::round(allMs / rawMs * 100) / 100}};
}

} // namespace ringbook::bench
