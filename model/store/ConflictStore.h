#pragma once

#include "model/db/Connection.h"
#include "model/domain/Conflict.h"

namespace ringbook::model {

class ConflictStore
{
public:
    explicit ConflictStore(Connection &db) : m_db(db) {}

    Result<QVector<Conflict>> open(int limit) const; ///< newest first
    Result<QVector<Conflict>> openOn(const RecordKey &record) const;

private:
    Connection &m_db;
};

} // namespace ringbook::model
