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

Result<QVector<FollowUp>> FollowUpStore::openCallBacks(TimeMs until, int limit) const
{
    return listOf(
        m_db.all("SELECT * FROM follow_up WHERE coalesce(state, 'open') = 'open' AND due_at < :until "
                 "AND coalesce(kind, 'callback') = 'callback' ORDER BY due_at LIMIT :limit",
                 {{":until", until}, {":limit", limit}}),
        readFollowUp);
}

Result<int> FollowUpStore::openCallBackCount(TimeMs until) const
{
    const auto row =
        m_db.one("SELECT count(*) AS count FROM follow_up WHERE coalesce(state, 'open') = 'open' "
                 "AND due_at < :until AND coalesce(kind, 'callback') = 'callback'",
                 {{":until", until}});
    return row ? Result<int>(int(row->number("count"))) : row.error();
}

Result<QVector<FollowUp>> FollowUpStore::unidentified(const QString &e164, int limit) const
{
    return listOf(m_db.all("SELECT * FROM follow_up WHERE e164 = :e164 AND customer IS NULL LIMIT :limit",
                           {{":e164", e164}, {":limit", limit}}),
                  readFollowUp);
}

} // namespace ringbook::model
