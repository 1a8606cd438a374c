#include "model/store/FollowUpStore.h"

#include "model/store/Reading.h"

namespace ringbook::model {

Result<FollowUp> FollowUpStore::followUp(Id<FollowUp> id) const
{
    return oneOf(m_db.one("SELECT * FROM follow_up WHERE id = :id", {{":id", id.value}}), readFollowUp);
}

Result<QVector<FollowUp>> FollowUpStore::openOf(Id<Customer> customer, int limit) const
{
    return listOf(
        m_db.all("SELECT * FROM follow_up WHERE customer = :customer AND coalesce(state, 'open') = 'open' "
                 "ORDER BY due_at LIMIT :limit",
                 {{":customer", customer.value}, {":limit", limit}}),
        readFollowUp);
}

} // namespace ringbook::model
