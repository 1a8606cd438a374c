#include "model/core/Clock.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Routes.h"
#include "tests/bench/Asker.h"
#include "tests/bench/Bench.h"
#include "tests/bench/HubRig.h"

#include <QUrl>

#include <cmath>
#include <sqlite3.h>

namespace ringbook::bench {

namespace {

/// Every page of the log by the wire; how many bytes came.
Result<qint64> readFeed(Asker &asker, const sync::BookGrant &grant)
{
    const QByteArray path = sync::pathOf(sync::Operation::ReadChanges, {{"book", grant.book}}) + '?';
    qint64 bytes = 0;
    for (qint64 after = 0; after < grant.head; after += sync::changesPerPage) {
        const QByteArray page =
            asker.ask("GET", path + sync::encode(sync::ChangesQuery{.after = after, .epoch = grant.epoch}));
        if (page.isEmpty())
            return Error{Fault::Failed, QStringLiteral("no page after %1").arg(after)};
        bytes += page.size();
    }
    return bytes;
}

/// The floor: the same pages out of the same file by SQLite's own interface; how many bytes they have.
qint64 readRaw(const QString &path)
{
    sqlite3 *db = nullptr;
    sqlite3_stmt *page = nullptr;
    sqlite3_open_v2(path.toUtf8().constData(), &db, SQLITE_OPEN_READWRITE, nullptr);
    sqlite3_exec(db, "PRAGMA cache_size = -65536", nullptr, nullptr, nullptr);
    sqlite3_prepare_v2(db,
                       "SELECT seq, wire FROM change_log WHERE book = 1 AND seq > ? ORDER BY seq LIMIT 1000",
                       -1, &page, nullptr);
    qint64 bytes = 0;
    std::string body;
    for (qint64 after = -1, last = 0; last != after;) {
        after = last;
        body.clear();
        sqlite3_bind_int64(page, 1, after);
        while (sqlite3_step(page) == SQLITE_ROW) {
            last = sqlite3_column_int64(page, 0);
            body.append(static_cast<const char *>(sqlite3_column_blob(page, 1)),
                        size_t(sqlite3_column_bytes(page, 1)));
        }
        sqlite3_reset(page);
        bytes += qint64(body.size());
    }
    sqlite3_finalize(page);
    sqlite3_close(db);
    return bytes;
}

} // namespace

Result<QJsonObject> benchFeed(const BenchOptions &options)
{
    const auto rig = HubRig::start(options.folder, options.customers);
    if (!rig)
        return rig.error();
    Asker asker(QUrl((*rig)->url()));
    const auto session = signIn(asker);
    if (!session)
        return session.error();
    const sync::BookGrant &grant = session->books.first();

    const SystemClock clock;
    QVector<double> ours, raw, cpu;
    qint64 bytes = 0;
    for (int round = -1; round < options.rounds; ++round) { // the first one only warms up
        const qint64 begun = clock.monotonicNs();
        if (readRaw((*rig)->database()) == 0)
            return Error{Fault::Failed, "the log cannot be read"};
        const qint64 middle = clock.monotonicNs();
        const double cpuBefore = (*rig)->cpuSeconds();
        const auto read = readFeed(asker, grant);
        if (!read)
            return read.error();
        bytes = *read;
        if (round < 0)
            continue;
        raw.append(double(grant.head) * 1e9 / double(middle - begun));
        ours.append(double(grant.head) * 1e9 / double(clock.monotonicNs() - middle));
        cpu.append(double(grant.head) / std::max(0.01, (*rig)->cpuSeconds() - cpuBefore));
    }
    return QJsonObject{{"rows", grant.head},
                       {"bytes", bytes},
                       {"rows_per_s", std::round(median(ours))},
                       {"rows_per_hub_cpu_s", std::round(median(cpu))},
                       {"raw", std::round(median(raw))},
                       {"ratio", std::round(median(ours) / median(raw) * 100) / 100}};
}

} // namespace ringbook::bench
