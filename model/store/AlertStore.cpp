#include "model/store/AlertStore.h"

#include "model/store/Reading.h"

namespace ringbook::model {

Result<QVector<Alert>> AlertStore::alertsOf(Id<Customer> customer, TimeMs now, int limit) const
{
    return listOf(
        m_db.all("SELECT * FROM alert WHERE customer = :customer AND (until IS NULL OR until > :now) "
                 "ORDER BY id DESC LIMIT :limit",
                 {{":customer", customer.value}, {":now", now}, {":limit", limit}}),
        readAlert);
}

} // namespace ringbook::model
