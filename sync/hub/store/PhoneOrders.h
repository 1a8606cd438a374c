#pragma once

#include "model/core/Clock.h"
#include "model/db/Connection.h"

namespace ringbook::hub {

/// What an agent had the telephone system dial, or pass a call on to.
struct PhoneOrder
{
    TimeMs at = 0;
    qint64 account = 0;
    QString command = {}; ///< as on the wire
    QString number = {};  ///< as it was wanted
    QString e164 = {};    ///< empty: none, such as a colleague's extension

    bool operator==(const PhoneOrder &) const = default;
};

constexpr TimeMs keepPhoneOrdersMs = 90 * dayMs;
constexpr int mostPhoneOrdersListed = 10'000;

/// Kept for when somebody asks who called there; see the table's migration.
class PhoneOrders
{
public:
    explicit PhoneOrders(model::Connection &db) : m_db(db) {}

    Status keep(const PhoneOrder &order);            ///< and forgets what is too old
    Result<QVector<PhoneOrder>> since(TimeMs) const; ///< the newest first
    Status forget(const QString &e164);              ///< whose number it was is erased

private:
    model::Connection &m_db;
};

} // namespace ringbook::hub
