#include "model/store/CaseStore.h"

#include "model/store/Reading.h"

#include <algorithm>

namespace ringbook::model {

Result<Case> CaseStore::theCase(Id<Case> id) const
{
    return oneOf(m_db.one("SELECT * FROM case_file WHERE id = :id", {{":id", id.value}}), readCase);
}

Result<Case> CaseStore::byCode(const QString &canonicalCode) const
{
    return oneOf(m_db.one("SELECT * FROM case_file WHERE code = :code ORDER BY id LIMIT 1",
                          {{":code", canonicalCode}}),
                 readCase);
}

Result<QVector<Case>> CaseStore::open(int limit) const
{
    const auto undated =
        listOf(m_db.all("SELECT * FROM case_file INDEXED BY case_file_undated WHERE due_at IS NULL "
                        "AND coalesce(status, 'new') NOT IN ('resolved', 'closed') "
                        "ORDER BY opened_at DESC LIMIT :limit",
                        {{":limit", limit}}),
               readCase);
    if (!undated)
        return undated;
    const auto dated = listOf(m_db.all("SELECT * FROM case_file WHERE due_at IS NOT NULL "
                                       "AND coalesce(status, 'new') NOT IN ('resolved', 'closed') "
                                       "ORDER BY due_at LIMIT :limit",
                                       {{":limit", limit}}),
                              readCase);
    if (!dated)
        return dated;
    const auto first = undated->mid(0, std::max<qsizetype>(limit / 2, limit - dated->size()));
    return first + dated->mid(0, limit - first.size());
}

Result<QVector<Case>> CaseStore::openOf(Id<Customer> customer, int limit) const
{
    return listOf(m_db.all("SELECT * FROM case_file WHERE customer = :customer "
                           "AND coalesce(status, 'new') NOT IN ('resolved', 'closed') "
                           "ORDER BY due_at NULLS LAST LIMIT :limit",
                           {{":customer", customer.value}, {":limit", limit}}),
                  readCase);
}

Result<QVector<Case>> CaseStore::unidentified(const QString &number, int limit) const
{
    return listOf(m_db.all("SELECT * FROM case_file WHERE customer IS NULL AND interaction IN "
                           "(SELECT id FROM interaction WHERE party_number = :number AND customer IS NULL) "
                           "ORDER BY due_at NULLS LAST, id LIMIT :limit",
                           {{":number", number}, {":limit", limit}}),
                  readCase);
}

Result<int> CaseStore::openCountOf(Id<Customer> customer) const
{
    return countOf(m_db.one("SELECT count(*) AS count FROM case_file WHERE customer = :customer "
                            "AND coalesce(status, 'new') NOT IN ('resolved', 'closed')",
                            {{":customer", customer.value}}));
}

Result<int> CaseStore::openCount() const
{
    return countOf(m_db.one("SELECT count(*) AS count FROM case_file "
                            "WHERE coalesce(status, 'new') NOT IN ('resolved', 'closed')"));
}

Result<QVector<CaseNote>> CaseStore::notes(Id<Case> id) const
{
    return listOf(
        m_db.all("SELECT * FROM case_note WHERE \"case\" = :id ORDER BY at, id", {{":id", id.value}}),
        readCaseNote);
}

} // namespace ringbook::model
