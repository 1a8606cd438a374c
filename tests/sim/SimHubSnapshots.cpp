#include "model/db/Migrator.h"
#include "sync/hub/snapshot/CompactCopy.h"
#include "sync/hub/snapshot/Frames.h"
#include "sync/hub/snapshot/HotSet.h"
#include "sync/hub/snapshot/Mirror.h"
#include "sync/protocol/Codec.h"
#include "tests/sim/SimHub.h"

#include <QBuffer>
#include <QFile>

namespace ringbook::sim {

namespace {

const QString book = QStringLiteral("main");
const QString mirrorFile = QStringLiteral("/hub/mirror.db");
const QString unfinishedFile = QStringLiteral("/hub/new.db");
const std::atomic<bool> neverStopped = false;

constexpr qint64 snapshotsKept = 2;
constexpr qint64 newChanges = 20; ///< are worth another one

/// So that a file has more than one frame: it goes on where it was cut off.
Status addBallast(model::Connection &db)
{
    return db.script(QStringLiteral("CREATE TABLE IF NOT EXISTS ballast AS SELECT zeroblob(%1) AS ballast")
                         .arg(sync::snapshotFrameBytes));
}

Result<hub::Mirror> openMirror()
{
    auto mirror = hub::Mirror::open(mirrorFile, neverStopped);
    if (!mirror)
        return mirror;
    if (const Status ready = addBallast(mirror->db()); !ready)
        return ready.error();
    return mirror;
}

Result<model::Cursor> keepUp(hub::Mirror &mirror, model::Connection &hub)
{
    const auto at = mirror.follow(hub, book, 0);
    if (!at)
        return at;
    const Status cleaned = mirror.clean();
    return cleaned ? at : cleaned.error();
}

Result<sync::SnapshotFile> pack(model::Connection &db, QHash<QString, QByteArray> &frames)
{
    if (const Status copied = hub::copyCompact(db, unfinishedFile, neverStopped); !copied)
        return copied.error();
    QBuffer packed;
    packed.open(QIODevice::ReadWrite);
    auto file = hub::packFrames(unfinishedFile, packed, neverStopped);
    QFile::remove(unfinishedFile);
    qint64 at = 0;
    for (const sync::SnapshotFrame &frame : file ? file->frames : QVector<sync::SnapshotFrame>()) {
        frames.insert(frame.digest, packed.data().mid(at, frame.bytes));
        at += frame.bytes;
    }
    return file;
}

} // namespace

Status SimHub::keepUpMirror()
{
    auto mirror = openMirror();
    if (!mirror)
        return mirror.error();
    const auto at = keepUp(*mirror, m_running->reader);
    return at ? Status(Done{}) : at.error();
}

Result<SimHub::Snapshot> SimHub::makeSnapshot()
{
    auto mirror = openMirror();
    if (!mirror)
        return mirror.error();
    const auto at = keepUp(*mirror, m_running->reader);
    const auto schema = model::schemaVersion(mirror->db());
    if (!at || !schema)
        return at ? schema.error() : at.error();
    Snapshot made{{.at = *at, .schema = *schema, .madeAt = m_clock.now()}, {}};
    const auto whole = pack(mirror->db(), made.frames);
    if (!whole)
        return whole.error();
    made.manifest.book = *whole;
    if (!m_hotSets)
        return made;
    const auto hot = hub::hotSetOf(mirrorFile, m_clock.now(), neverStopped);
    const auto packed = hot ? pack(hot->db(), made.frames) : hot.error();
    if (!packed)
        return packed.error();
    made.manifest.hot = *packed;
    return made;
}

void SimHub::makeSnapshotSoon()
{
    if (std::exchange(m_running->making, true))
        return;
    later(m_world.dice.between(50, 8'000), [this] {
        m_running->making = false;
        auto made = makeSnapshot();
        if (died())
            return;
        ++m_world.happened[made ? "snapshots made" : "snapshots not made"];
        if (made)
            m_running->snapshots.append(std::move(*made));
        if (m_running->snapshots.size() > snapshotsKept)
            m_running->snapshots.removeFirst();
    });
}

/// Those of another log, or from before somebody was erased, are none.
void SimHub::offerSnapshot(const Sender &from, const Reply &reply)
{
    const auto now = hub::Books(m_running->reader).book(book);
    m_running->snapshots.removeIf([&](const Snapshot &kept) {
        return now && (kept.manifest.at.epoch != now->head.epoch || kept.manifest.at.seq < now->erased);
    });
    const auto &kept = m_running->snapshots;
    if (kept.isEmpty() || m_head.seq - kept.last().manifest.at.seq > newChanges)
        makeSnapshotSoon();
    if (kept.isEmpty())
        return reply({.status = 404, .retryAfterMs = 5'000});
    sync::SnapshotManifest manifest = kept.last().manifest;
    if (from.schema < m_schema) { // as of a newer program, whose books are others
        ++manifest.schema;
        ++m_world.happened["snapshots too new"];
    }
    reply({.status = 200, .body = sync::encode(manifest)});
}

void SimHub::tellFrame(const QByteArray &digest, const Reply &reply)
{
    for (const Snapshot &kept : std::as_const(m_running->snapshots))
        if (const auto frame = kept.frames.constFind(QString::fromLatin1(digest));
            frame != kept.frames.cend())
            return reply({.status = 200, .body = *frame, .contentType = "application/octet-stream"});
    reply({.status = 404});
}

} // namespace ringbook::sim
