#include "sync/hub/snapshot/CompactCopy.h"

#include <QFile>

#include <sqlite3.h>

namespace ringbook::hub {

namespace {

constexpr int stepsBetweenLooks = 100'000; // a millisecond or so

} // namespace

void heed(const model::Connection &db, const std::atomic<bool> &isStopped)
{
    sqlite3_progress_handler(
        static_cast<sqlite3 *>(db.sqliteHandle()), stepsBetweenLooks,
        [](void *stopped) { return int(static_cast<const std::atomic<bool> *>(stopped)->load()); },
        const_cast<std::atomic<bool> *>(&isStopped));
}

Error hubStops()
{
    return {Fault::Busy, QStringLiteral("the hub stops")};
}

/// Needs no check: VACUUM reads all rows and writes each page and each index anew from them, so it finds the
/// damage there is and makes none.
Status copyCompact(model::Connection &db, const QString &path, const std::atomic<bool> &isStopped)
{
    QFile::remove(path);
    const auto usual = db.one("PRAGMA synchronous");
    if (!usual)
        return usual.error();
    if (const Status hurried = db.script(QStringLiteral("PRAGMA synchronous = OFF")); !hurried)
        return hurried;
    const auto copied = db.all("VACUUM INTO :file", {{":file", path}});
    const Status restored =
        db.script(QStringLiteral("PRAGMA synchronous = %1").arg(usual->number("synchronous")));
    if (isStopped)
        return hubStops();
    return copied ? restored : copied.error();
}

} // namespace ringbook::hub
