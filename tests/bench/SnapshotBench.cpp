#include "model/core/Clock.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Routes.h"
#include "tests/bench/Asker.h"
#include "tests/bench/Bench.h"
#include "tests/bench/FreshHub.h"
#include "tests/bench/HubRig.h"
#include "tests/bench/Measured.h"
#include "tests/bench/ThreadTime.h"

#include <QDir>

#include <libpq-fe.h>
#include <sqlite3.h>
#include <thread>
#include <zstd.h>

namespace ringbook::bench {

namespace {

using namespace std::chrono_literals;

constexpr auto patience = 30min; // the book's file is made of the whole log the first time

/// What somebody waited, and what the processor did: on a machine that others use too the hub's thread, which
/// gives way to all, waits longer than the floor's.
struct Spent
{
    double seconds = 0;
    double cpuSeconds = 0;
};

double secondsSince(qint64 begun)
{
    return double(SystemClock().monotonicNs() - begun) / 1e9;
}

double rounded(double number)
{
    return std::round(number * 100) / 100;
}

QDir snapshotsOf(const HubRig &rig)
{
    return QDir(rig.snapshots() + "/main");
}

/// The hub again, with a desk that is signed in and whatever the hub keeps its snapshots up with.
struct Served
{
    std::unique_ptr<HubRig> rig;
    std::unique_ptr<Asker> asker;
    sync::SessionReply session;
    qint64 counter = 0;

    Result<sync::SnapshotManifest> snapshot()
    {
        const QByteArray path = sync::pathOf(sync::Operation::ReadSnapshot, {{"book", "main"}});
        for (auto waited = 0ms; waited < patience; waited += 50ms) {
            const QByteArray manifest = asker->ask("GET", path);
            if (!manifest.isEmpty())
                return sync::readSnapshotManifest(manifest);
            std::this_thread::sleep_for(50ms);
        }
        return Error{Fault::Failed, "there is no snapshot; the hub's log says why"};
    }

    bool push(Measured &measured)
    {
        const QByteArray path = sync::pathOf(sync::Operation::PushOps, {{"book", "main"}});
        const QByteArray body = pushOfNewCustomers(session.books.first().epoch, session.device, ++counter, 1);
        const SystemClock clock;
        const qint64 begun = clock.monotonicNs();
        if (asker->ask("POST", path, body).isEmpty())
            return false;
        measured.add(double(clock.monotonicNs() - begun) / 1000);
        return true;
    }
};

Result<Served> serve(const BenchOptions &options)
{
    auto rig = HubRig::start(options.folder, options.customers, options.database);
    if (!rig)
        return rig.error();
    Served served{.rig = std::move(*rig)};
    served.asker = std::make_unique<Asker>(QUrl(served.rig->url()));
    const auto session = signIn(*served.asker);
    if (!session)
        return session.error();
    served.session = *session;
    return served;
}

/// The hub again, without the snapshots it has made.
Status serveWithout(Served &served, const BenchOptions &options)
{
    const QDir folder = snapshotsOf(*served.rig);
    served = {};
    for (const QString &name : folder.entryList({"*.json", "*.frames"}))
        QFile::remove(folder.filePath(name));
    auto fresh = serve(options);
    if (!fresh)
        return fresh.error();
    served = std::move(*fresh);
    return Done{};
}

/// The same, and the book's file has all that was pushed.
Status serveCaughtUp(Served &served, const BenchOptions &options)
{
    if (const Status ready = serveWithout(served, options); !ready)
        return ready;
    if (const auto made = served.snapshot(); !made)
        return made.error();
    return serveWithout(served, options);
}

bool vacuumInto(const QString &from, const QString &to)
{
    sqlite3 *db = nullptr;
    bool done = sqlite3_open(from.toUtf8().constData(), &db) == SQLITE_OK;
    sqlite3_busy_timeout(db, 5000); // the hub may be closing it
    const QString sql = QStringLiteral("PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;"
                                       "VACUUM INTO '%1'")
                            .arg(to);
    done = done && sqlite3_exec(db, sql.toUtf8().constData(), nullptr, nullptr, nullptr) == SQLITE_OK;
    sqlite3_close(db);
    return done;
}

/// Packed by so many bytes as a snapshot is.
class ZstdFrames
{
public:
    explicit ZstdFrames(QFile &file) : m_file(file) {}
    ~ZstdFrames() { ZSTD_freeCCtx(m_context); }
    Q_DISABLE_COPY_MOVE(ZstdFrames)

    void pack(QByteArrayView bytes)
    {
        m_file.write(m_out.constData(),
                     qint64(ZSTD_compressCCtx(m_context, m_out.data(), size_t(m_out.size()), bytes.data(),
                                              size_t(bytes.size()), 3)));
    }
    void collect(QByteArrayView bytes)
    {
        m_part.append(bytes);
        if (m_part.size() >= sync::snapshotFrameBytes)
            packCollected();
    }
    bool finish()
    {
        packCollected();
        return m_file.flush();
    }

private:
    void packCollected()
    {
        if (!m_part.isEmpty())
            pack(m_part);
        m_part.resize(0);
    }

    QFile &m_file;
    ZSTD_CCtx *m_context = ZSTD_createCCtx();
    QByteArray m_part;
    QByteArray m_out{qsizetype(ZSTD_compressBound(2 * sync::snapshotFrameBytes)), Qt::Uninitialized};
};

bool zstdInto(const QString &from, const QString &to)
{
    QFile file(from);
    QFile packed(to);
    if (!file.open(QIODevice::ReadOnly) || !packed.open(QIODevice::WriteOnly))
        return false;
    ZstdFrames frames(packed);
    while (!file.atEnd())
        frames.pack(file.read(sync::snapshotFrameBytes));
    return frames.finish();
}

/// What PostgreSQL itself has to hand a book over with: its records, as bytes, packed as they come.
bool copyInto(const QString &url, const QString &to)
{
    std::unique_ptr<PGconn, decltype(&PQfinish)> db(PQconnectdb(url.toUtf8().constData()), PQfinish);
    const std::unique_ptr<PGresult, decltype(&PQclear)> begun(
        PQexec(db.get(),
               "COPY (SELECT record.kind, record.id, record.body FROM record "
               "JOIN book ON book.id = record.book WHERE book.name = 'main') TO STDOUT (FORMAT binary)"),
        PQclear);
    QFile file(to);
    if (PQresultStatus(begun.get()) != PGRES_COPY_OUT || !file.open(QIODevice::WriteOnly))
        return false;
    ZstdFrames packed(file);
    char *row = nullptr;
    int bytes = 0;
    while ((bytes = PQgetCopyData(db.get(), &row, 0)) > 0) {
        packed.collect({row, bytes});
        PQfreemem(row);
    }
    return bytes == -1 && packed.finish();
}

/// The floor: the same by the engine itself. COPY is most of all the work of another process, so of its
/// processor time only the packing is known here.
Result<Spent> rawSpent(const Served &served, const BenchOptions &options)
{
    const QDir folder = snapshotsOf(*served.rig);
    const QString copy = folder.filePath("raw.db");
    const QString packed = folder.filePath("raw.zst");
    const qint64 begun = SystemClock().monotonicNs();
    const qint64 cpuBegun = threadTimeUs();
    const bool done = options.database.isEmpty()
                          ? vacuumInto(folder.filePath("mirror.db"), copy) && zstdInto(copy, packed)
                          : copyInto(options.database, packed);
    const Spent spent{secondsSince(begun), double(threadTimeUs() - cpuBegun) / 1e6};
    QFile::remove(copy);
    QFile::remove(packed);
    return done ? Result<Spent>(spent) : Error{Fault::Failed, "the raw copy failed"};
}

/// Also what the hub needed to open the book's file and to read on, which is little.
Result<Spent> quietSpent(Served &served)
{
    const double cpuBegun = served.rig->cpuSeconds();
    const qint64 begun = SystemClock().monotonicNs();
    const auto made = served.snapshot();
    if (!made)
        return made.error();
    return Spent{secondsSince(begun), served.rig->cpuSeconds() - cpuBegun};
}

/// Pushes one op after the other until `isDone`.
Status pushUntil(Served &served, Measured &measured, const std::function<bool()> &isDone)
{
    while (!isDone())
        if (!served.push(measured))
            return Error{Fault::Failed, "a push was not taken"};
    return Done{};
}

/// The times of commits while a snapshot is made, which is how long they go on.
Status pushMeanwhile(Served &served, Measured &measured)
{
    Asker other(QUrl(served.rig->url()), served.session.token.toLatin1());
    const QByteArray path = sync::pathOf(sync::Operation::ReadSnapshot, {{"book", "main"}});
    int asked = 0;
    return pushUntil(served, measured,
                     [&] { return ++asked % 20 == 1 && !other.ask("GET", path).isEmpty(); });
}

} // namespace

/// A hub writes a book's snapshot; the floor is VACUUM INTO and zstd -3 of the same file, or, for a hub on
/// PostgreSQL, COPY of the book's records and zstd -3. Then again while
/// one desk pushes as fast as it is answered, compared with the same when nothing else goes on.
Result<QJsonObject> benchSnapshot(const BenchOptions &options)
{
    auto served = serve(options);
    if (!served)
        return served.error();
    const auto first = quietSpent(*served);
    if (!first)
        return first.error();
    QVector<double> ours, raw, oursCpu, rawCpu;
    Measured idle, meanwhile;
    for (int round = 0; round < options.rounds; ++round) {
        const auto floor = rawSpent(*served, options);
        if (!floor)
            return floor.error();
        raw.append(floor->seconds);
        rawCpu.append(floor->cpuSeconds);
        if (const Status ready = serveCaughtUp(*served, options); !ready)
            return ready.error();
        const auto spent = quietSpent(*served);
        if (!spent)
            return spent.error();
        ours.append(spent->seconds);
        oursCpu.append(spent->cpuSeconds);
        const qint64 begun = SystemClock().monotonicNs();
        const auto isLongEnough = [&] { return secondsSince(begun) > spent->seconds; };
        if (const Status pushed = pushUntil(*served, idle, isLongEnough); !pushed)
            return pushed.error();
        if (const Status ready = serveWithout(*served, options); !ready)
            return ready.error();
        if (const Status pushed = pushMeanwhile(*served, meanwhile); !pushed)
            return pushed.error();
    }
    const auto manifest = served->snapshot();
    if (!manifest)
        return manifest.error();
    const bool isSqlite = options.database.isEmpty();
    QJsonObject result{{"engine", isSqlite ? "sqlite" : "postgresql"},
                       {"raw_is", isSqlite ? "VACUUM INTO and zstd -3 of the book's file"
                                           : "binary COPY of the book's records and zstd -3"},
                       {"rows", manifest->at.seq},
                       {"bytes", manifest->book.bytes},
                       {"hot_bytes", manifest->hot.value_or(sync::SnapshotFile()).bytes},
                       {"first_s", rounded(first->seconds)},
                       {"s", rounded(median(ours))},
                       {"raw", rounded(median(raw))},
                       {"ratio", rounded(median(ours) / median(raw))},
                       {"cpu_s", rounded(median(oursCpu))},
                       {"raw_cpu_s", rounded(median(rawCpu))},
                       {"cpu_ratio", rounded(median(oursCpu) / median(rawCpu))},
                       {"commit_ratio", rounded(meanwhile.percentile(99) / idle.percentile(99))}};
    for (const auto &[prefix, times] : {std::pair("idle_", idle), std::pair("meanwhile_", meanwhile)}) {
        const QJsonObject part = times.json(QLatin1String(prefix));
        for (auto member = part.begin(); member != part.end(); ++member)
            result.insert(member.key(), member.value());
    }
    return result;
}

} // namespace ringbook::bench
