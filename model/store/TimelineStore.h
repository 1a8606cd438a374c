#pragma once

#include "model/db/Connection.h"
#include "model/domain/SetUp.h"
#include "model/domain/TimelineEntry.h"

namespace ringbook::model {

/// Counting stops here: "99+".
constexpr int maxCountedEntries = 100;

/// The history of one customer over interactions, cases, notes on them and follow-ups, newest first, as one
/// query of four short index ranges. Records without a time are not in it.
class TimelineStore
{
public:
    TimelineStore(Connection &db, Id<User> me) : m_db(db), m_me(me) {}

    Result<TimelinePart> page(Id<Customer> customer, std::optional<TimelineMark> after, int limit) const;
    /// The newest of what was with a number that is nobody's; there is no next page.
    Result<TimelinePart> strangersPage(const QString &number, int limit) const;

    /// How many entries of others there are since a moment, up to maxCountedEntries.
    Result<int> countOfOthersSince(Id<Customer> customer, TimeMs since) const;

private:
    Result<TimelinePart> partOf(const Result<Rows> &rows, int limit) const;

    Connection &m_db;
    Id<User> m_me;
};

} // namespace ringbook::model
