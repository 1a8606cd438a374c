#pragma once

#include "model/db/Connection.h"
#include "model/domain/Candidate.h"
#include "model/domain/Erasure.h"

namespace ringbook::model {

/// How many a number may lead to before only the first ones are looked at.
constexpr int maxOwnersLookedAt = 200;

/// Customers and the ways to reach them. Reads only, like every store: writing is Book's.
class CustomerStore
{
public:
    explicit CustomerStore(Connection &db) : m_db(db) {}

    Result<Customer> customer(Id<Customer> id) const;
    Result<std::optional<Erasure>> erasure(Id<Customer> id) const; ///< nothing: they were not erased
    Result<QString> nameOf(Id<Customer> id) const;                 ///< empty if there is no such customer

    Result<QVector<ContactPoint>> contactPoints(Id<Customer> customer) const; ///< those no longer theirs last

    /// Whose number this is (theirs still): open cases first, then who was in touch last. At most `limit`.
    Result<QVector<Candidate>> owners(const QString &e164, int limit) const;
    Result<int> ownerCount(const QString &e164) const;
    /// The same for a number that has no E.164 form (an extension, "4711"), as it was written down.
    Result<QVector<Candidate>> ownersOfText(const QString &number, int limit) const;

    Result<int> count() const;
    /// Somebody with a history; NotFound where nobody has one.
    Result<Id<Customer>> anybody() const;

private:
    Connection &m_db;
};

} // namespace ringbook::model
