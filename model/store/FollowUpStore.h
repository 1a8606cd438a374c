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

    /// Of everybody: due before `until`, nearest due time first.
    Result<QVector<FollowUp>> openCallBacks(TimeMs until, int limit) const;
    Result<int> openCallBackCount(TimeMs until) const;
    /// With a number that is nobody's yet.
    Result<QVector<FollowUp>> unidentified(const QString &e164, int limit) const;

private:
    Connection &m_db;
};

} // namespace ringbook::model
