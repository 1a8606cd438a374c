#include "sync/hub/store/SteadyConnection.h"

#include <QLoggingCategory>

namespace ringbook::hub {

namespace {

Q_LOGGING_CATEGORY(log, "ringbook.hub.database")

constexpr std::chrono::seconds longSilence{5};
constexpr std::chrono::seconds pause{1};

} // namespace

Status SteadyConnection::open()
{
    auto db = m_database.open();
    if (!db)
        return db.error();
    m_db = std::move(*db);
    return Done{};
}

bool SteadyConnection::renewIfLost()
{
    const Moment now = std::chrono::steady_clock::now();
    const bool wasSilent = now - std::exchange(m_usedAt, now) > longSilence;
    if (wasSilent && m_db->engine() == model::Engine::Postgres)
        (void)m_db->one("SELECT 1 AS one");
    if (!m_db->isLost() || now - m_triedAt < pause)
        return false;
    m_triedAt = now;
    const Status opened = open();
    if (!opened)
        qCWarning(log, "cannot reach the database: %s", qPrintable(opened.error().detail.simplified()));
    else
        qCInfo(log, "the database is back");
    return opened.has_value();
}

} // namespace ringbook::hub
