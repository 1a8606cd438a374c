#include "model/store/CustomerStore.h"

#include "model/store/Reading.h"

namespace ringbook::model {

namespace {

/// What makes a candidate of each customer that `owner` (customer, shared) names.
const QString candidatesOf = R"(
    SELECT customer.*, organisation.name AS organisation_name, owner.shared AS shared,
        (SELECT count(*) FROM case_file WHERE case_file.customer = customer.id
            AND coalesce(status, 'new') NOT IN ('resolved', 'closed')) AS open_cases,
        (SELECT min(due_at) FROM case_file WHERE case_file.customer = customer.id
            AND coalesce(status, 'new') NOT IN ('resolved', 'closed')) AS case_due_at,
        (SELECT min(due_at) FROM follow_up WHERE follow_up.customer = customer.id
            AND coalesce(state, 'open') = 'open') AS follow_up_due_at,
        (SELECT max(started_at) FROM interaction WHERE interaction.customer = customer.id) AS last_contact_at
    FROM (%1) AS owner
    CROSS JOIN customer ON customer.id = owner.customer
    LEFT JOIN customer AS organisation ON organisation.id = customer.organisation
    ORDER BY open_cases > 0 DESC, last_contact_at DESC, customer.id
    LIMIT :limit
)";

std::optional<TimeMs> earlier(std::optional<TimeMs> one, std::optional<TimeMs> other)
{
    if (one && other)
        return std::min(*one, *other);
    return one ? one : other;
}

Candidate readCandidate(const Row &row)
{
    return {.customer = readCustomer(row),
            .organisationName = row.text("organisation_name"),
            .shared = sharedFromName(row.text("shared")).value_or(ContactPoint::Shared::No),
            .openCases = int(row.number("open_cases")),
            .nextDueAt = earlier(row.maybeNumber("case_due_at"), row.maybeNumber("follow_up_due_at")),
            .lastContactAt = row.maybeNumber("last_contact_at")};
}

} // namespace

Result<Customer> CustomerStore::customer(Id<Customer> id) const
{
    return oneOf(m_db.one("SELECT * FROM customer WHERE id = :id", {{":id", id.value}}), readCustomer);
}

Result<std::optional<Erasure>> CustomerStore::erasure(Id<Customer> id) const
{
    const auto row =
        m_db.one("SELECT author, at FROM erasure WHERE kind = 'customer' AND id = :id", {{":id", id.value}});
    if (!row && row.error().fault == Fault::NotFound)
        return std::optional<Erasure>();
    if (!row)
        return row.error();
    return std::optional(Erasure{{row->number("author")}, row->number("at")});
}

Result<QString> CustomerStore::nameOf(Id<Customer> id) const
{
    const auto row = m_db.one("SELECT name FROM customer WHERE id = :id", {{":id", id.value}});
    if (!row && row.error().fault == Fault::NotFound)
        return QString();
    return row ? Result(row->text("name")) : row.error();
}

Result<QVector<ContactPoint>> CustomerStore::contactPoints(Id<Customer> customer) const
{
    return listOf(m_db.all("SELECT * FROM contact_point WHERE customer = :customer "
                           "ORDER BY not_theirs_since IS NOT NULL, id",
                           {{":customer", customer.value}}),
                  readContactPoint);
}

Result<QVector<Candidate>> CustomerStore::owners(const QString &e164, int limit) const
{
    static const QString sql =
        candidatesOf.arg("SELECT customer, min(coalesce(shared, 'no')) AS shared FROM contact_point "
                         "WHERE e164 = :number AND not_theirs_since IS NULL GROUP BY customer LIMIT :most");
    return listOf(m_db.all(sql, {{":number", e164}, {":most", maxOwnersLookedAt}, {":limit", limit}}),
                  readCandidate);
}

Result<int> CustomerStore::ownerCount(const QString &e164) const
{
    return countOf(m_db.one("SELECT count(DISTINCT contact_point.customer) AS count FROM contact_point "
                            "CROSS JOIN customer ON customer.id = contact_point.customer "
                            "WHERE e164 = :number AND not_theirs_since IS NULL",
                            {{":number", e164}}));
}

Result<QVector<Candidate>> CustomerStore::ownersOfText(const QString &number, int limit) const
{
    static const QString sql =
        candidatesOf.arg("SELECT customer, min(coalesce(shared, 'no')) AS shared FROM contact_point "
                         "WHERE value = :number COLLATE NOCASE AND e164 IS NULL AND channel = 'phone' "
                         "AND not_theirs_since IS NULL GROUP BY customer LIMIT :most");
    return listOf(m_db.all(sql, {{":number", number}, {":most", maxOwnersLookedAt}, {":limit", limit}}),
                  readCandidate);
}

Result<int> CustomerStore::count() const
{
    return countOf(m_db.one("SELECT count(*) AS count FROM customer"));
}

Result<Id<Customer>> CustomerStore::anybody() const
{
    const auto row = m_db.one("SELECT customer FROM interaction WHERE customer IS NOT NULL LIMIT 1");
    if (!row)
        return row.error();
    return Id<Customer>{row->number("customer")};
}

} // namespace ringbook::model
