#include "sync/client/Engine.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Problems.h"
#include "sync/protocol/Routes.h"

#include <algorithm>

namespace ringbook::sync {

const SnapshotFile &Engine::snapshotFile() const
{
    return m_snapshot.hot ? *m_snapshot.manifest->hot : m_snapshot.manifest->book;
}

qint64 Engine::snapshotBytes() const
{
    qint64 bytes = 0;
    for (const SnapshotFrame &frame : snapshotFile().frames)
        bytes += frame.bytes;
    return bytes;
}

bool Engine::isSnapshotCheaper(qint64 here, qint64 there) const
{
    return sync::isSnapshotCheaper(here, there, m_cheap);
}

bool Engine::wantsSnapshot() const
{
    return m_snapshot.isPartial || m_snapshot.meets || isSnapshotCheaper(m_pull.cursor.seq, m_pull.wanted);
}

bool Engine::mayAskForSnapshot() const
{
    return m_snapshot.step == SnapshotStep::None && wantsSnapshot() && m_now.ms >= m_snapshot.notBefore;
}

/// A hot set is kept up to date while the whole book is fetched; any other book waits for it.
bool Engine::feedWaits() const
{
    switch (m_snapshot.step) {
    case SnapshotStep::None:
        return m_snapshot.meets || (m_snapshot.failures > 0 && !m_snapshot.isPartial && wantsSnapshot());
    case SnapshotStep::Asking:
    case SnapshotStep::Beginning:
    case SnapshotStep::Fetching: return !m_snapshot.isPartial || m_snapshot.meets;
    case SnapshotStep::Making:
    case SnapshotStep::Showing: return true;
    case SnapshotStep::Following: return false;
    }
    return false;
}

bool Engine::isFollowing() const
{
    return m_snapshot.step == SnapshotStep::Following || m_snapshot.step == SnapshotStep::Showing;
}

void Engine::planSnapshot()
{
    if (m_pull.clearing)
        return;
    if (m_snapshot.step == SnapshotStep::None) {
        if (mayAskForSnapshot())
            askForManifest();
        else if (m_pull.caughtUp && !wantsSnapshot())
            m_snapshot.problem.clear();
    } else if (m_snapshot.step == SnapshotStep::Fetching) {
        fetchFrames();
    }
    const bool isThere = m_snapshot.step == SnapshotStep::Following && m_pull.cursor.seq >= m_snapshot.showAt;
    if (isThere && !m_pull.applying && m_now.ms >= m_pull.notBefore) {
        m_snapshot.step = SnapshotStep::Showing;
        m_effects.append(effect::ShowBook{});
    }
    if (m_snapshot.hasLeftovers && m_pull.caughtUp && m_snapshot.step == SnapshotStep::None &&
        !wantsSnapshot()) {
        m_snapshot.hasLeftovers = false;
        m_effects.append(effect::DropSnapshot{});
    }
}

void Engine::askForManifest()
{
    m_snapshot.step = SnapshotStep::Asking;
    m_snapshot.id =
        send({.path = pathOf(Operation::ReadSnapshot, {{QStringLiteral("book"), m_book}}), .token = m_token});
}

void Engine::manifestAnswered(const HttpAnswer &answer)
{
    m_snapshot.step = SnapshotStep::None;
    if (sessionEnded(answer))
        return;
    if (answer.status == 404)
        return noSnapshot(answer.retryAfterMs);
    if (answer.status != 200)
        return snapshotFailed(answer);
    const auto manifest = readSnapshotManifest(answer.body);
    if (!manifest)
        return readByLog(nonsense(manifest.error()));
    reached();
    const QString &epoch = m_pull.cursor.epoch;
    if (!epoch.isEmpty() && manifest->at.epoch != epoch) {
        m_pull.must = true; // the feed says whose log is another one
        return snapshotDelayed(QStringLiteral("The hub's ready-made book is of another log."));
    }
    if (!fits(*manifest))
        return noSnapshot({});
    m_snapshot.manifest = *manifest;
    const bool isEmpty = m_pull.cursor.seq == 0 && !m_snapshot.meets && !m_snapshot.isPartial;
    beginSnapshot(isEmpty && manifest->hot);
}

/// An old one may be of no help.
bool Engine::fits(const SnapshotManifest &manifest) const
{
    return m_snapshot.isPartial || m_snapshot.meets || isSnapshotCheaper(m_pull.cursor.seq, manifest.at.seq);
}

void Engine::beginSnapshot(bool hot)
{
    m_snapshot.step = SnapshotStep::Beginning;
    m_snapshot.hot = hot;
    m_snapshot.hasLeftovers = true;
    m_effects.append(effect::BeginSnapshot{++m_snapshot.round, *m_snapshot.manifest, hot});
}

void Engine::take(const input::SnapshotBegun &begun)
{
    if (begun.round != m_snapshot.round || m_snapshot.step != SnapshotStep::Beginning)
        return;
    const SnapshotFile &file = snapshotFile();
    m_snapshot.step = SnapshotStep::Fetching;
    m_snapshot.wanted = begun.wanted;
    m_snapshot.keeping = 0;
    m_snapshot.fetched = snapshotBytes();
    for (const int frame : begun.wanted)
        m_snapshot.fetched -= file.frames[frame].bytes;
}

void Engine::fetchFrames()
{
    const SnapshotFile &file = snapshotFile();
    while (!m_snapshot.wanted.isEmpty() && m_now.ms >= m_snapshot.notBefore &&
           m_snapshot.underWay.size() < maxFramesUnderWay && m_snapshot.keeping < maxFramesKept) {
        const int frame = m_snapshot.wanted.takeFirst();
        const PathParts parts{{QStringLiteral("book"), m_book},
                              {QStringLiteral("digest"), file.frames[frame].digest}};
        const int id = send(
            {.path = pathOf(Operation::ReadFrame, parts), .token = m_token, .timeoutMs = frameTimeoutMs});
        m_snapshot.underWay.insert(id, frame);
    }
    const bool isWhole =
        m_snapshot.wanted.isEmpty() && m_snapshot.underWay.isEmpty() && m_snapshot.keeping == 0;
    if (!isWhole || m_pull.applying)
        return;
    m_snapshot.step = SnapshotStep::Making;
    m_effects.append(effect::MakeBook{m_snapshot.round});
}

void Engine::frameAnswered(int frame, const HttpAnswer &answer)
{
    if (answer.status == 200) {
        ++m_snapshot.keeping;
        m_effects.append(effect::KeepFrame{m_snapshot.round, frame, answer.body});
        return reached();
    }
    m_snapshot.wanted.prepend(frame);
    if (sessionEnded(answer))
        return;
    if (answer.status == 404) // of a snapshot that the hub keeps no more: there is another one
        endSnapshot();
    snapshotFailed(answer);
}

void Engine::snapshotFailed(const HttpAnswer &answer)
{
    if (answer.status == 0 && m_stream.phase != StreamPhase::Open)
        return failLink(failureOf(answer));
    snapshotDelayed(troubleOf(failureOf(answer)), answer.retryAfterMs);
}

void Engine::take(const input::FrameKept &kept)
{
    if (kept.round != m_snapshot.round || m_snapshot.step != SnapshotStep::Fetching)
        return;
    --m_snapshot.keeping;
    if (!kept.isGood) {
        m_snapshot.wanted.append(kept.frame);
        return snapshotDelayed(QStringLiteral("A part of the book came damaged."));
    }
    const SnapshotFile &file = snapshotFile();
    m_snapshot.fetched += file.frames[kept.frame].bytes;
    m_snapshot.failures = 0;
    m_snapshot.backoff.reset();
    m_snapshot.problem.clear();
}

/// Who sees a book already sees the new one when it has everything that the hub had by now, so that nothing
/// goes back in time.
void Engine::take(const input::BookMade &made)
{
    if (made.round != m_snapshot.round || m_snapshot.step != SnapshotStep::Making)
        return;
    const bool isSeen = m_pull.cursor.seq > 0 || m_snapshot.isPartial || m_snapshot.meets;
    m_snapshot.step = SnapshotStep::Following;
    m_snapshot.before = m_pull.cursor;
    m_pull.wanted = std::max({m_pull.wanted, made.cursor.seq, m_pull.cursor.seq});
    m_snapshot.showAt = isSeen ? m_pull.wanted : made.cursor.seq;
    beginAgain(made.cursor);
}

void Engine::take(const input::BookShown &)
{
    m_snapshot.step = SnapshotStep::None;
    m_snapshot.isPartial = m_snapshot.hot;
    m_snapshot.meets.reset();
    m_snapshot.problem.clear();
    m_snapshot.failures = 0;
    m_lookUps.told.clear();
    m_outbox.stale = true;
    confirmArrived();
    if (m_snapshot.hot)
        return beginSnapshot(false);
    m_snapshot.notBefore = m_now.ms + snapshotPauseMs;
    m_snapshot.hasLeftovers = true;
    endSnapshot();
}

/// A reset, of which the book is told only when another takes its place.
void Engine::take(const input::LogMet &met)
{
    m_snapshot.meets = met.reset;
    m_pull.wanted = met.reset.head;
    m_pull.caughtUp = false;
    m_outbox.answered.clear();
    beginAgain({met.reset.epoch, 0});
}

void Engine::take(const input::SnapshotFailed &failed)
{
    if (failed.round != m_snapshot.round)
        return;
    m_effects.append(effect::DropSnapshot{}); // what people write needs the room more
    if (failed.error.fault != Fault::DiskFull || !m_snapshot.isPartial || m_snapshot.meets)
        return readByLog(failed.error.detail);
    endSnapshot(); // by log the whole book takes as much room
    m_snapshot.problem = failed.error.detail;
    m_snapshot.notBefore = m_now.ms + snapshotPauseMs;
}

/// What is fetched goes on later.
void Engine::snapshotDelayed(const QString &problem, std::optional<qint64> retryAfterMs)
{
    if (++m_snapshot.failures > snapshotTries)
        return readByLog(problem);
    m_snapshot.problem = problem;
    const qint64 jitter = m_snapshot.backoff.next(m_random());
    m_snapshot.notBefore = m_now.ms + std::max(backoffFirstMs, retryAfterMs.value_or(jitter));
}

/// While the hub makes one, who has a book to look at waits for it.
void Engine::noSnapshot(std::optional<qint64> retryAfterMs)
{
    const bool waits = retryAfterMs && (m_snapshot.isPartial || m_snapshot.meets);
    if (waits && ++m_snapshot.failures <= snapshotTries) {
        m_snapshot.notBefore = m_now.ms + std::max(backoffFirstMs, *retryAfterMs);
        return;
    }
    readByLog(QStringLiteral("The hub has no ready-made book, so it is read change by change."),
              std::max(backoffFirstMs, retryAfterMs.value_or(snapshotPauseMs)));
}

void Engine::readByLog(const QString &problem, qint64 pauseMs)
{
    endSnapshot();
    m_snapshot.failures = 0;
    m_snapshot.problem = problem;
    m_snapshot.notBefore = m_now.ms + pauseMs;
    m_pull.must = true;
    if (!m_snapshot.isPartial && !m_snapshot.meets)
        return;
    m_pull.clearing = true;
    m_pull.caughtUp = false;
    m_pull.queue.clear();
    if (m_snapshot.meets)
        m_effects.append(effect::ClearBook{*m_snapshot.meets});
    else
        m_effects.append(effect::GrowBook{});
}

/// It keeps what people see, so that nothing goes back in time.
void Engine::take(const input::BookGrows &grows)
{
    beginAgain(grows.cursor);
}

void Engine::endSnapshot()
{
    const QList<int> ids = m_snapshot.underWay.keys() + QList<int>{m_snapshot.id};
    for (const int id : ids)
        if (m_deadlines.remove(id))
            m_effects.append(effect::Cancel{id});
    m_snapshot.id = 0;
    m_snapshot.underWay.clear();
    m_snapshot.wanted.clear();
    m_snapshot.manifest.reset();
    ++m_snapshot.round;
    if (isFollowing()) {
        beginAgain(m_snapshot.before);
        m_effects.append(effect::DropSnapshot{});
    }
    m_snapshot.step = SnapshotStep::None;
}

} // namespace ringbook::sync
