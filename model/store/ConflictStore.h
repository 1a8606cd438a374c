#pragma once

#include "model/db/Connection.h"
#include "model/domain/Conflict.h"

namespace ringbook::model {

class ConflictStore
{
public:
    explicit ConflictStore(Connection &db) : m_db(db) {}

    // Open ones, newest first.
    Result<QVector<Conflict>> open(int limit) const;
    Result<QVector<Conflict>> openOf(Id<struct User> author, int limit) const; ///< who wrote either value
    Result<QVector<Conflict>> openOn(const RecordKey &record) const;
    /// About a customer, their ways to be reached or their cases.
    Result<QVector<Conflict>> openAbout(Id<struct Customer> customer, int limit) const;
    Result<Conflict> openOne(Id<Conflict> id) const; ///< NotFound: settled, or never there

private:
    Connection &m_db;
};

} // namespace ringbook::model
