#pragma once

#include "model/db/Connection.h"
#include "model/domain/Interaction.h"
#include "model/domain/SetUp.h"

namespace ringbook::model {

/// Contacts, for the rules that look at the latest ones.
class InteractionStore
{
public:
    explicit InteractionStore(Connection &db) : m_db(db) {}

    Result<Interaction> interaction(Id<Interaction> id) const;

    /// Newest first, started at `since` or later.
    Result<QVector<Interaction>> recentOf(Id<Customer> customer, TimeMs since, int limit) const;
    /// The same for a number that is nobody's yet.
    Result<QVector<Interaction>> recentUnidentified(const QString &number, TimeMs since, int limit) const;

    /// When this agent last had to do with the customer, among the customer's latest contacts.
    Result<std::optional<TimeMs>> lastWith(Id<Customer> customer, Id<User> agent) const;

private:
    Connection &m_db;
};

} // namespace ringbook::model
