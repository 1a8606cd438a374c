#include "model/store/ConflictStore.h"

#include "model/store/Reading.h"

namespace ringbook::model {

Result<QVector<Conflict>> ConflictStore::open(int limit) const
{
    return listOf(
        m_db.all(
            "SELECT * FROM conflict WHERE coalesce(state, 'open') = 'open' ORDER BY id DESC LIMIT :limit",
            {{":limit", limit}}),
        readConflict);
}

Result<QVector<Conflict>> ConflictStore::openOn(const RecordKey &record) const
{
    return listOf(m_db.all("SELECT * FROM conflict WHERE record = :id AND kind = :kind "
                           "AND coalesce(state, 'open') = 'open' ORDER BY id DESC",
                           {{":id", record.id}, {":kind", record.kind}}),
                  readConflict);
}

} // namespace ringbook::model
