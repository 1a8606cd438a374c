#pragma once

#include "model/db/Connection.h"
#include "model/domain/Case.h"

namespace ringbook::model {

/// What was promised to customers.
class FollowUpStore
{
public:
    explicit FollowUpStore(Connection &db) : m_db(db) {}

    Result<FollowUp> followUp(Id<FollowUp> id) const;

    /// Not done yet, nearest due time first.
    Result<QVector<FollowUp>> openOf(Id<Customer> customer, int limit) const;

private:
    Connection &m_db;
};

} // namespace ringbook::model
