#pragma once

#include "model/db/Connection.h"
#include "model/domain/Case.h"

namespace ringbook::model {

/// Cases and the notes on them.
class CaseStore
{
public:
    explicit CaseStore(Connection &db) : m_db(db) {}

    Result<Case> theCase(Id<Case> id) const;
    Result<Case> byCode(const QString &canonicalCode) const;

    /// Those without a due time, the newest first, then by due time; if there are too many, half of each.
    Result<QVector<Case>> open(int limit) const;
    Result<QVector<Case>> openOf(Id<Customer> customer, int limit) const;
    /// Begun in calls from a number that was nobody's, open or not; nearest due first.
    Result<QVector<Case>> unidentified(const QString &number, int limit) const;
    Result<int> openCountOf(Id<Customer> customer) const;
    Result<int> openCount() const;

    Result<QVector<CaseNote>> notes(Id<Case> id) const; ///< oldest first

private:
    Connection &m_db;
};

} // namespace ringbook::model
