#include "sync/calls/recording/Replay.h"

#include "sync/calls/ami/AmiConnector.h"
#include "sync/calls/recording/AmiPlayer.h"

#include <QEventLoop>

#include <algorithm>

namespace ringbook::calls {

namespace {

constexpr int stuckAfterMs = 5'000; ///< without anything being played
constexpr int lastWaitMs = 500;     ///< for calls that wait for late news when the recording ends
constexpr TimeMs afterwards = 10 * secondMs;
constexpr AmiTiming timing{.bootWaitMs = 20, .firstRetryMs = 10};

void shift(std::optional<TimeMs> &time)
{
    if (time)
        *time -= RecordedClock::epoch;
}

model::Call sinceBeginning(model::Call call)
{
    call.startedAt -= RecordedClock::epoch;
    shift(call.answeredAt);
    shift(call.endedAt);
    for (model::Leg &leg : call.legs) {
        leg.offeredAt -= RecordedClock::epoch;
        shift(leg.ringingAt);
        shift(leg.endedAt);
    }
    for (model::Segment &segment : call.segments) {
        segment.from -= RecordedClock::epoch;
        shift(segment.to);
    }
    for (model::Hold &hold : call.holds) {
        hold.from -= RecordedClock::epoch;
        shift(hold.to);
    }
    for (model::Transfer &transfer : call.transfers)
        transfer.at -= RecordedClock::epoch;
    if (call.parked) {
        call.parked->at -= RecordedClock::epoch;
        shift(call.parked->takenAt);
    }
    return call;
}

} // namespace

Result<Replayed> replay(const Recording &recording, PbxSettings settings)
{
    AmiPlayer player(recording, AmiPlayer::Pace::Lockstep);
    settings.host = QStringLiteral("127.0.0.1");
    settings.port = player.serverPort();
    settings.tls = false;
    settings.user = AmiPlayer::user;
    settings.secret = AmiPlayer::secret;
    AmiConnector connector(player.clock, settings, timing);
    Replayed replayed;
    QEventLoop loop;
    QTimer stuck;
    player.isTaken = [&](qint64 sent) { return connector.bytesTaken() >= sent && !connector.isAsking(); };
    QObject::connect(&connector, &CallSource::callEnded, &loop,
                     [&](const model::Call &call) { replayed.calls += sinceBeginning(call); });
    QObject::connect(&player.finished, &QTimer::timeout, &loop, [&] {
        stuck.stop();
        if (connector.calls().ids().isEmpty())
            return loop.exit(0);
        player.clock.set(player.clock.now() - RecordedClock::epoch + afterwards);
        QTimer::singleShot(lastWaitMs, &loop, [&loop] { loop.exit(0); });
    });
    QObject::connect(&stuck, &QTimer::timeout, &loop, [&, last = TimeMs(-1)]() mutable {
        if (std::exchange(last, player.clock.now()) == player.clock.now())
            loop.exit(1);
    });
    stuck.start(stuckAfterMs);
    if (const Status started = connector.start(); !started)
        return started.error();
    if (loop.exec() != 0)
        return Error{
            Fault::Protocol,
            connector.link().problem.isEmpty()
                ? QStringLiteral("The recording cannot be played to its end.")
                : QStringLiteral("The recording cannot be played: %1.").arg(connector.link().problem)};
    replayed.unfinished = int(connector.calls().ids().size());
    std::ranges::stable_sort(replayed.calls, {}, &model::Call::startedAt);
    return replayed;
}

} // namespace ringbook::calls
