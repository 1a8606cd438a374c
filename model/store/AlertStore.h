#pragma once

#include "model/db/Connection.h"
#include "model/domain/Customer.h"

namespace ringbook::model {

class AlertStore
{
public:
    explicit AlertStore(Connection &db) : m_db(db) {}

    /// Those that hold at `now`, newest first.
    Result<QVector<Alert>> alertsOf(Id<Customer> customer, TimeMs now, int limit) const;

private:
    Connection &m_db;
};

} // namespace ringbook::model
