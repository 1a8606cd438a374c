#include "tests/sim/SimDeskRunning.h"

namespace ringbook::sim {

namespace {

const QString book = QStringLiteral("main");

} // namespace

void SimDesk::wrong(Wrong kind, const QString &what)
{
    m_world.findings.add(
        kind, QStringLiteral("%1 at %2 ms: %3").arg(m_machine).arg(m_world.schedule.now()).arg(what));
}

void SimDesk::notice(const sync::Input &input)
{
    using namespace sync;
    if (const auto *begun = std::get_if<input::SnapshotBegun>(&input)) {
        const bool goesOn = begun->wanted.size() < m_frames;
        m_world.happened["snapshots gone on with"] += goesOn ? 1 : 0;
    } else if (std::holds_alternative<input::BookShown>(input)) {
        ++m_world.happened["snapshots shown"];
    } else if (std::holds_alternative<input::SnapshotFailed>(input)) {
        ++m_world.happened["snapshots given up"];
    } else if (const auto *kept = std::get_if<input::FrameKept>(&input)) {
        m_world.happened["frames damaged"] += kept->isGood ? 0 : 1;
        if (m_world.dice.chance(m_options.diesAtFrame)) {
            ++m_world.happened["deaths at a frame"];
            m_world.disk.die(m_machine);
        }
    } else if (const auto *sums = std::get_if<input::SumsCompared>(&input)) {
        m_world.happened["sums compared"] += sums->sameSeq ? 1 : 0;
        if (!sums->differing.isEmpty())
            wrong(Wrong::Diverged, "its sums are not those of the hub at the same seq");
    }
}

void SimDesk::notice(const sync::effect::MeetLog &)
{
    if (const auto cursor = m_running->screens->book.cursor())
        m_oldEpoch = cursor->epoch;
    ++m_world.happened["other logs met by snapshot"];
}

void SimDesk::notice(const sync::effect::BeginSnapshot &begin)
{
    m_frames = (begin.hot ? *begin.manifest.hot : begin.manifest.book).frames.size();
    ++m_world.happened[begin.hot ? "hot sets begun" : "snapshots begun"];
}

void SimDesk::noticeKept(bool acknowledged)
{
    const auto pending = m_running->desk.pending(book);
    if (!pending)
        return;
    for (const model::Op &op : *pending)
        m_world.ledger.kept(m_device, op, acknowledged);
    if (!pending->isEmpty())
        m_lastCounter = std::max(m_lastCounter, pending->last().counter);
}

/// Whatever happened to this machine, what was said to be saved is there.
void SimDesk::noticeForgotten()
{
    const auto pending = m_running->desk.pending(book);
    const auto confirmed = m_running->desk.confirmed(book);
    if (!pending || !confirmed)
        return;
    QSet<qint64> there = tray();
    for (const auto &ops : {*pending, *confirmed})
        for (const model::Op &op : ops)
            there.insert(op.counter);
    const auto &kept = m_world.ledger.allKept();
    for (auto op = kept.lower_bound({m_device, 0}); op != kept.end() && op->first.first == m_device; ++op)
        if (op->second.acknowledged && !there.contains(op->first.second) &&
            !m_world.ledger.isNearErased(op->second.op.record))
            wrong(Wrong::Lost, QStringLiteral("op %1 was saved and is gone").arg(op->first.second));
}

QSet<qint64> SimDesk::tray() const
{
    QSet<qint64> counters;
    if (const auto refused = m_running->desk.refused(book))
        for (const auto &kept : *refused)
            counters.insert(kept.op.counter);
    return counters;
}

QSet<qint64> SimDesk::pending() const
{
    QSet<qint64> counters;
    if (const auto ops = m_running->desk.pending(book))
        for (const model::Op &op : *ops)
            counters.insert(op.counter);
    return counters;
}

/// A part of a book has nothing of what is not in it but own ops.
bool SimDesk::isOwn(const model::RecordKey &key) const
{
    const auto &kept = m_world.ledger.allKept();
    for (auto op = kept.lower_bound({m_device, 0}); op != kept.end() && op->first.first == m_device; ++op)
        if (op->second.op.record == key)
            return true;
    return false;
}

void SimDesk::checkView()
{
    if (m_running)
        check(m_world.ledger.records());
}

void SimDesk::check(const QVector<model::RecordKey> &keys)
{
    if (keys.isEmpty() || m_isBehind || m_running->files.isBehind())
        return;
    const auto cursor = m_running->screens->book.place();
    if (!cursor)
        return wrong(Wrong::Failed, "the cursor cannot be read");
    if (cursor->byRows)
        return; // it catches up: some records are newer than others
    if (!m_oldEpoch.isEmpty() && cursor->epoch == m_oldEpoch)
        return; // it is of a log that is no more
    if (m_isMoving && cursor->epoch.isEmpty())
        return; // of none: what came back since is in the next one
    const auto partial = m_running->screens->book.isPartial();
    if (!partial)
        return wrong(Wrong::Failed, "whether the book is whole cannot be read");
    const QSet<qint64> refused = m_isMoving ? m_trayOfOld : tray();
    for (const model::RecordKey &key : QSet<model::RecordKey>(keys.begin(), keys.end())) {
        const auto there = m_running->screens->book.record(key);
        if (m_world.ledger.isNearErased(key)) {
            const auto erased = m_world.ledger.erasedAt(key, cursor->epoch);
            if (there && *there && erased && *erased <= cursor->seq)
                wrong(Wrong::Remains, print(key) + " is shown");
            continue;
        }
        if (*partial && there && (!*there || isOwn(key)))
            continue;
        const auto wanted = m_world.ledger.shown(key, *cursor, m_device, refused);
        if (!there)
            wrong(Wrong::Failed, print(key) + " cannot be read: " + there.error().detail);
        else if (*there != wanted &&
                 *there != m_world.ledger.shown(key, *cursor, m_device, refused, pending()))
            wrong(Wrong::Flickered, QStringLiteral("%1 at seq %2%5 shows %3 instead of %4")
                                        .arg(print(key))
                                        .arg(cursor->seq)
                                        .arg(print(*there), print(wanted), *partial ? " of a part" : ""));
    }
}

void SimDesk::checkRest(const model::Cursor &head, const model::BucketSums &sums)
{
    if (!m_running)
        return wrong(Wrong::Stuck, "is not up");
    const sync::SyncState state = m_running->engine.state();
    if (state.link != sync::SyncState::Link::Live || state.waiting != 0)
        wrong(Wrong::Stuck, QStringLiteral("link %1, %2 waiting, “%3”")
                                .arg(int(state.link))
                                .arg(state.waiting)
                                .arg(state.problem));
    m_isBehind = false;
    checkView();
    const auto partial = m_running->screens->book.isPartial();
    if (!partial || *partial)
        wrong(Wrong::Stuck, "has only a part of the book");
    const auto cursor = m_running->screens->book.cursor();
    if (!cursor || *cursor != head)
        wrong(Wrong::Diverged,
              QStringLiteral("is at seq %1, the hub at %2").arg(cursor ? cursor->seq : -1).arg(head.seq));
    const auto own = m_running->screens->book.sums();
    if (!own || !*own || **own != sums)
        wrong(Wrong::Diverged, "its sums are not those of the hub");
    const QSet<qint64> refused = tray();
    const auto &kept = m_world.ledger.allKept();
    for (auto op = kept.lower_bound({m_device, 0}); op != kept.end() && op->first.first == m_device; ++op) {
        const int times = m_world.ledger.timesLogged(head.epoch, op->first);
        const bool inTray = refused.contains(op->first.second);
        if (m_world.ledger.isNearErased(op->second.op.record))
            continue;
        if (times == 0 && !inTray)
            wrong(Wrong::Lost,
                  QStringLiteral("op %1 is neither in the log nor in the tray").arg(op->first.second));
        if (times > 0 && inTray)
            wrong(Wrong::Doubled,
                  QStringLiteral("op %1 is in the log and in the tray").arg(op->first.second));
    }
}

} // namespace ringbook::sim
