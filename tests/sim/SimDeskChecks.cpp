#include "tests/sim/SimDeskRunning.h"

namespace ringbook::sim {

namespace {

const QString book = QStringLiteral("main");
constexpr int mostDeathsAtFrame = 2;

/// What a move to another number leaves as it is.
QString likeness(const model::Op &op)
{
    QStringList words{op.record.kind, model::name(op.action), QString::number(op.madeAt)};
    for (auto edit = op.edits.begin(); edit != op.edits.end(); ++edit) {
        const bool mayBeId = edit->value.typeId() != QMetaType::QString && edit->value.toLongLong() > 5;
        words.append(edit.key() + u'=' + (mayBeId ? QString() : edit->value.toString()));
    }
    return words.join(u' ');
}

} // namespace

void SimDesk::wrong(Wrong kind, const QString &what)
{
    m_world.trace(m_machine, [&] { return nameOf(kind) + ": " + what; });
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
        if (m_deathsAtFrame < mostDeathsAtFrame && m_world.dice.chance(m_options.diesAtFrame)) {
            ++m_deathsAtFrame;
            ++m_world.happened["deaths at a frame"];
            m_world.disk.die(m_machine);
        }
    } else if (const auto *cleaned = std::get_if<input::Cleaned>(&input)) {
        notice(*cleaned);
    } else if (std::holds_alternative<input::Moved>(input)) {
        ++m_world.happened["profiles moved"];
        noticeMove();
    } else if (const auto *sums = std::get_if<input::SumsCompared>(&input)) {
        m_world.happened["sums compared"] += sums->sameSeq ? 1 : 0;
        if (!sums->differing.isEmpty())
            wrong(Wrong::Diverged, "its sums are not those of the hub at the same seq");
    }
}

void SimDesk::notice(const sync::input::Cleaned &cleaned)
{
    const auto isErased = [&](qint64 customer) {
        const auto at = m_world.ledger.erasedAt({"customer", customer}, cleaned.upTo.epoch);
        return at && *at <= cleaned.upTo.seq;
    };
    const auto files = m_world.disk.imageOf(m_machine);
    for (const qint64 customer : m_world.ledger.erasedCustomers())
        for (auto file = files.begin(); file != files.end(); ++file)
            if (isErased(customer) && file->contains(markerOf(customer).toUtf8()))
                wrong(Wrong::Remains, QStringLiteral("says that it is clean up to %1, customer %2 is in %3")
                                          .arg(cleaned.upTo.seq)
                                          .arg(customer)
                                          .arg(file.key()));
}

void SimDesk::notice(const sync::effect::MeetLog &)
{
    if (const auto cursor = m_running->screens->book.cursor())
        m_options.oldEpoch = cursor->epoch;
    ++m_world.happened["other logs met by snapshot"];
}

/// The hub no longer knows what became of it; what the log says anyhow need not be said again.
void SimDesk::notice(const sync::effect::RefuseOp &refuse)
{
    const auto cursor = m_running->screens ? m_running->screens->book.cursor() : Result(model::Cursor());
    if (!refuse.isPerhapsDone || !cursor)
        return;
    for (const auto &[counter, kept] : m_world.ledger.keptBy(m_options.number)) {
        const auto there = m_world.ledger.confirmed(kept.op.record, cursor->epoch, cursor->seq);
        const auto &edits = kept.op.edits;
        const auto holds = [&](const auto &edit) {
            return there && there->value(edit.first) == edit.second.value;
        };
        const bool isDone = model::removes(kept.op.action)
                                ? !there
                                : std::all_of(edits.constKeyValueBegin(), edits.constKeyValueEnd(), holds);
        if (counter == refuse.counter && isDone)
            m_world.ledger.tookForDone(m_options.number, counter);
    }
}

/// A book that has read of a log does not show them before the hub has said whether it has them.
void SimDesk::notice(const sync::effect::OfferAgain &offer)
{
    for (const qint64 counter : confirmed())
        if (counter >= offer.from)
            m_offeredAgain.insert(counter);
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
        if (op.counter > m_lastCounter)
            m_world.trace(m_machine, [&op] {
                return QStringLiteral("saves op %1 of %2").arg(op.counter).arg(print(op.record));
            });
    for (const model::Op &op : *pending)
        m_world.ledger.kept(m_options.number, m_device, op, acknowledged);
    if (!pending->isEmpty())
        m_lastCounter = std::max(m_lastCounter, pending->last().counter);
}

/// What this desk has of its own is sent under its new number: all of it, but for ids and codes.
void SimDesk::noticeMove()
{
    const qint64 before = m_device;
    m_device = m_running->desk.identity()->device;
    if (m_device == before)
        return;
    m_world.trace(m_machine, [this] { return QStringLiteral("is device %1 now").arg(m_device); });
    m_offeredAgain.clear();
    QSet<qint64> stays = tray();
    const auto confirmed = m_running->desk.confirmed(QStringLiteral("%1@%2").arg(book).arg(before));
    for (const model::Op &op : confirmed ? *confirmed : QVector<model::Op>())
        stays.insert(op.counter);
    const auto pending = m_running->desk.pending(book);
    QStringList now;
    for (const model::Op &op : pending ? *pending : QVector<model::Op>())
        now.append(likeness(op));
    QVector<qint64> gone;
    for (const auto &[counter, kept] : m_world.ledger.keptBy(m_options.number)) {
        if (kept.device != before || stays.contains(counter) || kept.isOld)
            continue;
        gone.append(counter);
        if (kept.acknowledged && !now.removeOne(likeness(kept.op)))
            wrong(Wrong::Lost, QStringLiteral("op %1 did not move along").arg(counter));
    }
    m_world.ledger.moved(m_options.number, gone);
    noticeKept(true);
}

/// What can no longer be done under a number it had is sent under the one it has.
void SimDesk::noticeBroughtAlong()
{
    if (m_world.disk.isDead(m_machine))
        return;
    const QSet<qint64> refused = tray();
    QHash<qint64, QSet<qint64>> aside;
    const auto isAside = [&](qint64 device, qint64 counter) {
        if (!aside.contains(device)) {
            const QString ofThen = QStringLiteral("%1@%2").arg(book).arg(device);
            const auto pending = m_running->desk.pending(ofThen);
            const auto confirmed = m_running->desk.confirmed(ofThen);
            for (const auto &ops : {pending, confirmed})
                for (const model::Op &op : ops ? *ops : QVector<model::Op>())
                    aside[device].insert(op.counter);
        }
        return aside[device].contains(counter);
    };
    const auto pending = m_running->desk.pending(book);
    QStringList now;
    for (const model::Op &op : pending ? *pending : QVector<model::Op>())
        now.append(likeness(op));
    QVector<qint64> gone;
    for (const auto &[counter, kept] : m_world.ledger.keptBy(m_options.number)) {
        const bool isHere = kept.device == m_device || refused.contains(counter) || kept.isOld;
        if (isHere || isAside(kept.device, counter))
            continue;
        gone.append(counter);
        ++m_world.happened["ops brought along"];
        if (!now.removeOne(likeness(kept.op)) && !m_world.ledger.isNearErased(kept.op.record))
            wrong(Wrong::Lost, QStringLiteral("op %1 was not brought along").arg(counter));
    }
    m_world.ledger.broughtAlong(m_options.number, gone);
    noticeKept(true);
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
    for (const auto &[counter, kept] : m_world.ledger.keptBy(m_options.number))
        if (kept.acknowledged && !kept.isOld && !there.contains(counter) && kept.device == m_device &&
            !m_world.ledger.isNearErased(kept.op.record))
            wrong(Wrong::Lost, QStringLiteral("op %1 was saved and is gone").arg(counter));
}

QSet<qint64> SimDesk::tray() const
{
    QSet<qint64> counters;
    if (const auto refused = m_running->desk.refused(book))
        for (const auto &kept : *refused)
            counters.insert(kept.op.counter);
    return counters;
}

/// What the hub answered when it no longer knew what it had answered first: the agent decides.
QSet<qint64> SimDesk::forgottenByHub() const
{
    QSet<qint64> counters;
    if (const auto refused = m_running->desk.refused(book))
        for (const auto &kept : *refused)
            if (kept.reason.contains(QLatin1String("too long ago")))
                counters.insert(kept.op.counter);
    return counters;
}

QSet<qint64> SimDesk::confirmed() const
{
    QSet<qint64> counters;
    if (const auto ops = m_running->desk.confirmed(book))
        for (const model::Op &op : *ops)
            counters.insert(op.counter);
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

QSet<qint64> SimDesk::waiting() const
{
    return m_isMoving ? m_waitingOfOld : pending();
}

/// A part of a book has nothing of what is not in it but own ops.
bool SimDesk::isOwn(const model::RecordKey &key) const
{
    const auto own = m_world.ledger.keptBy(m_options.number);
    return std::ranges::any_of(own, [&](const auto &kept) { return kept.second.op.record == key; });
}

void SimDesk::checkView()
{
    if (m_running)
        check(m_world.ledger.records());
}

void SimDesk::check(const QVector<model::RecordKey> &keys)
{
    if (keys.isEmpty() || !m_running->screens || m_isBehind || m_running->files.isBehind())
        return;
    const auto cursor = m_running->screens->book.place();
    if (!cursor)
        return wrong(Wrong::Failed, "the cursor cannot be read");
    if (cursor->byRows)
        return; // it catches up: some records are newer than others
    if (!m_options.oldEpoch.isEmpty() && cursor->epoch == m_options.oldEpoch)
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
        const auto wanted = m_world.ledger.shown(key, *cursor, m_options.number, refused);
        if (!there)
            wrong(Wrong::Failed, print(key) + " cannot be read: " + there.error().detail);
        else if (*there != wanted &&
                 *there != m_world.ledger.shown(key, *cursor, m_options.number, refused, waiting()) &&
                 !isOfferedAgain(key, *cursor) && !isPerhapsForgotten(key, *cursor) &&
                 !isTakenForAnothers(key, *cursor, *there))
            wrong(Wrong::Flickered, QStringLiteral("%1 at seq %2%5 shows %3 instead of %4")
                                        .arg(print(key))
                                        .arg(cursor->seq)
                                        .arg(print(*there), print(wanted), *partial ? " of a part" : ""));
    }
}

/// What the book has already is on top of it once more until the hub has said so.
bool SimDesk::isOfferedAgain(const model::RecordKey &key, const model::Cursor &cursor) const
{
    const QSet<qint64> waiting = this->waiting();
    const auto own = m_world.ledger.keptBy(m_options.number);
    return std::ranges::any_of(own, [&](const auto &one) {
        return one.second.op.record == key && waiting.contains(one.first) &&
               m_world.ledger.timesLogged(cursor.epoch, one.second) > 0;
    });
}

/// What a restored hub has lost is here only while the desk keeps it.
bool SimDesk::isPerhapsForgotten(const model::RecordKey &key, const model::Cursor &cursor) const
{
    const auto own = m_world.ledger.keptBy(m_options.number);
    return std::ranges::any_of(own, [&](const auto &one) {
        return one.second.op.record == key && one.second.isOld &&
               m_world.ledger.timesLogged(cursor.epoch, one.second) == 0;
    });
}

/// A log that begins anew may know another machine's ops under these counters; the hub has yet to say so.
bool SimDesk::isTakenForAnothers(const model::RecordKey &key, const model::Cursor &cursor,
                                 const Ledger::Record &there) const
{
    if (!m_options.isCopied)
        return false;
    QSet<qint64> unsure = tray() + confirmed() + m_offeredAgain;
    for (const auto &[counter, kept] : m_world.ledger.keptBy(m_options.number))
        if (kept.device != m_device)
            unsure.insert(counter); // the one that has the number offers it again
    return there == m_world.ledger.shown(key, cursor, m_options.number, unsure, waiting());
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
    if (!m_running->screens)
        return wrong(Wrong::Stuck, "has no book open");
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
    const QSet<qint64> forgotten = forgottenByHub();
    for (const auto &[counter, kept] : m_world.ledger.keptBy(m_options.number)) {
        const int times = m_world.ledger.timesLogged(head.epoch, kept);
        const bool inTray = refused.contains(counter);
        if (m_world.ledger.isNearErased(kept.op.record))
            continue;
        const bool isOthers = kept.isGivenUp ? m_world.ledger.isHandedOn(m_options.number, kept)
                                             : m_world.ledger.isMovedAlong(kept);
        if (times == 0 && !inTray && !isOthers && !kept.isOld)
            wrong(Wrong::Lost, QStringLiteral("op %1 (%2 %3) is neither in the log nor in the tray")
                                   .arg(counter)
                                   .arg(kept.op.record.id)
                                   .arg(likeness(kept.op)));
        if (times > 0 && inTray && !forgotten.contains(counter) &&
            !m_world.ledger.isAlsoKept(m_options.number, kept))
            wrong(Wrong::Doubled, QStringLiteral("op %1 is in the log and in the tray").arg(counter));
    }
}

} // namespace ringbook::sim
