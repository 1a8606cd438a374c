#include "model/store/InteractionStore.h"

#include "model/store/Reading.h"

namespace ringbook::model {

namespace {

/// Farther back nobody looks for the last time an agent spoke with a customer.
constexpr int contactsLookedAt = 500;

} // namespace

Result<Interaction> InteractionStore::interaction(Id<Interaction> id) const
{
    return oneOf(m_db.one("SELECT * FROM interaction WHERE id = :id", {{":id", id.value}}), readInteraction);
}

Result<QVector<Interaction>> InteractionStore::recentOf(Id<Customer> customer, TimeMs since, int limit) const
{
    return listOf(m_db.all("SELECT * FROM interaction WHERE customer = :customer AND started_at >= :since "
                           "ORDER BY started_at DESC, id DESC LIMIT :limit",
                           {{":customer", customer.value}, {":since", since}, {":limit", limit}}),
                  readInteraction);
}

Result<QVector<Interaction>> InteractionStore::recentUnidentified(const QString &number, TimeMs since,
                                                                  int limit) const
{
    return listOf(m_db.all("SELECT * FROM interaction WHERE party_number = :number AND started_at >= :since "
                           "AND customer IS NULL ORDER BY started_at DESC, id DESC LIMIT :limit",
                           {{":number", number}, {":since", since}, {":limit", limit}}),
                  readInteraction);
}

Result<std::optional<TimeMs>> InteractionStore::lastWith(Id<Customer> customer, Id<User> agent) const
{
    const auto row =
        m_db.one("SELECT max(started_at) AS at FROM (SELECT agent, started_at FROM interaction "
                 "WHERE customer = :customer ORDER BY started_at DESC LIMIT :latest) AS latest "
                 "WHERE agent = :agent",
                 {{":customer", customer.value}, {":latest", contactsLookedAt}, {":agent", agent.value}});
    if (!row)
        return row.error();
    return row->maybeNumber("at");
}

} // namespace ringbook::model
