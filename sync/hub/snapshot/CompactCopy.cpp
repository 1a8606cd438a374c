#include "sync/hub/snapshot/CompactCopy.h"

#include <QFile>

#include <sqlite3.h>

namespace ringbook::hub {

namespace {

constexpr int stepsBetweenLooks = 100'000; // a millisecond or so

Status checked(const QString &path, const std::atomic<bool> &isStopped)
{
    const auto db = model::Connection::openSqlite(path, {.readOnly = true});
    if (!db)
        return db.error();
    heed(*db, isStopped);
    const auto check = db->one("SELECT quick_check AS result FROM pragma_quick_check(1)");
    if (!check)
        return check.error();
    if (check->text("result") != QLatin1String("ok"))
        return Error{Fault::Damaged, check->text("result")};
    return Done{};
}

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

Status copyCompact(const model::Connection &db, const QString &path, const std::atomic<bool> &isStopped)
{
    QFile::remove(path);
    const auto copied = db.all("VACUUM INTO :file", {{":file", path}});
    const Status done = copied ? checked(path, isStopped) : copied.error();
    return isStopped ? hubStops() : done;
}

} // namespace ringbook::hub
