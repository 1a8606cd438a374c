#include "model/store/ConflictStore.h"

#include "model/store/Reading.h"

namespace ringbook::model {

namespace {

const QString openOnes = R"(SELECT * FROM conflict WHERE coalesce(state, 'open') = 'open')";
const QString newestFirst = " ORDER BY id DESC LIMIT :limit";

} // namespace

Result<QVector<Conflict>> ConflictStore::open(int limit) const
{
    return listOf(m_db.all(openOnes + newestFirst, {{":limit", limit}}), readConflict);
}

Result<QVector<Conflict>> ConflictStore::openOf(Id<User> author, int limit) const
{
    return listOf(m_db.all(openOnes + " AND (kept_by = :author OR lost_by = :author)" + newestFirst,
                           {{":author", author.value}, {":limit", limit}}),
                  readConflict);
}

Result<QVector<Conflict>> ConflictStore::openOn(const RecordKey &record) const
{
    return listOf(m_db.all(openOnes + " AND record = :id AND kind = :kind" + newestFirst,
                           {{":id", record.id}, {":kind", record.kind}, {":limit", -1}}),
                  readConflict);
}

Result<QVector<Conflict>> ConflictStore::openAbout(Id<Customer> customer, int limit) const
{
    return listOf(m_db.all(openOnes +
                               " AND record IN (SELECT :customer"
                               " UNION ALL SELECT id FROM contact_point WHERE customer = :customer"
                               " UNION ALL SELECT id FROM case_file WHERE customer = :customer)" +
                               newestFirst,
                           {{":customer", customer.value}, {":limit", limit}}),
                  readConflict);
}

Result<Conflict> ConflictStore::openOne(Id<Conflict> id) const
{
    return oneOf(m_db.one(openOnes + " AND id = :id", {{":id", id.value}}), readConflict);
}

} // namespace ringbook::model
