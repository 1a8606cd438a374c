#pragma once

#include "model/core/Clock.h"
#include "model/db/Connection.h"

namespace ringbook::hub {

/// Which telephone rings for a user today.
struct Seat
{
    qint64 user = 0;
    QString name = {};
    QString extension = {}; ///< empty: none
    QString own = {};       ///< as their account says
    QString takenBy = {};   ///< the name of who sits at their own telephone; empty: nobody else does

    bool operator==(const Seat &) const = default;
};

constexpr TimeMs seatLifeMs = 16 * hourMs; ///< a long shift; then everybody has their own telephone again

/// Whose telephone is whose: what the accounts say, but for those who sit elsewhere today. A telephone is
/// one user's, and a user has one.
class Seats
{
public:
    explicit Seats(model::Connection &db) : m_db(db) {}

    Result<QVector<Seat>> all(TimeMs takenAfter = 0) const; ///< of everybody who may sign in
    Status dropOld(TimeMs takenBy);
    /// Whoever sat there does no more.
    Status take(qint64 user, const QString &extension, TimeMs now);
    Status clear(const QString &extension); ///< it is whose account says so again
    Status leave(qint64 user);              ///< for their own telephone

    Result<qint64> changes() const; ///< grows whenever it changed whose telephone is whose
    Status noteChange();

private:
    model::Connection &m_db;
};

} // namespace ringbook::hub
