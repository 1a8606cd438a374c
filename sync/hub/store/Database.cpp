#include "sync/hub/store/Database.h"

#include "model/db/Migrator.h"
#include "sync/hub/store/Books.h"

namespace ringbook::hub {

namespace {

constexpr qint32 applicationId = 0x52424855; // "RBHU"
constexpr int cacheMegabytes = 256;

} // namespace

Status Database::prepare() const
{
    auto db = open();
    if (!db)
        return db.error();
    if (const Status migrated = model::migrate(*db, {QStringLiteral(":/sql/hub"), applicationId}); !migrated)
        return migrated;
    return db->atomically([&]() -> Status {
        const auto renewed = Books(*db).renewBrokenEpochs();
        if (!renewed)
            return renewed.error();
        return Done{};
    });
}

Result<model::Connection> Database::open() const
{
    if (!m_url.isEmpty())
        return model::Connection::openPostgres(m_url);
    return model::Connection::openSqlite(
        m_path, {.durability = model::Durability::Full, .cacheMegabytes = cacheMegabytes});
}

} // namespace ringbook::hub
