#pragma once

#include "model/db/Connection.h"
#include "model/domain/SetUp.h"

namespace ringbook::model {

/// What the administrator set up: small tables, read whole.
class SetUpStore
{
public:
    explicit SetUpStore(Connection &db) : m_db(db) {}

    Result<QString> userName(Id<User> id) const; ///< empty if there is no such user
    Result<QVector<User>> users() const;         ///< by name
    Result<bool> isLead(Id<User> id) const;      ///< looks after others: a lead or an administrator
    Result<QVector<Team>> teams() const;
    Result<QVector<Queue>> queues() const;
    Result<QVector<Category>> categories() const;
    Result<QVector<OutcomeCode>> outcomes() const; ///< by position

private:
    Connection &m_db;
};

} // namespace ringbook::model
