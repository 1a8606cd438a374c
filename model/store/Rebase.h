#pragma once

#include "model/db/Connection.h"
#include "model/domain/Digest.h"
#include "model/store/Book.h"
#include "model/store/RecordTables.h"

#include <QSet>

namespace ringbook::model {

/// A record after one more change; nothing: there is no such record.
std::optional<Fields> folded(std::optional<Fields> record, Action action, const Fields &fields);

/// Keeps, beside each record with own ops, what the hub has confirmed of it, and puts the ops back on top
/// when that changes. Made for one transaction and used within it.
class Rebase
{
public:
    Rebase(Connection &db, RecordTables &tables) : m_db(db), m_tables(tables) {}

    /// An own op, on top of what there is. Does nothing if it is there already.
    Status addOwn(const Op &op);

    /// From here on the own ops are these, and the newer ones that are here already.
    Status takeOwn(const Unconfirmed &own);
    /// From here on confirm() keeps these sums; what it confirms beyond `seen` is new here.
    void keepSums(SumsSoFar &sums, qint64 seen);
    /// What the hub ordered.
    Status confirm(const Change &change);
    /// What the hub holds, as a feed by rows says it.
    Status confirmRow(const Change &row);
    Status confirmKnownRow(const Change &row); ///< the same of a record that may be here already
    Result<std::optional<Fields>> confirmed(const RecordKey &key) const;
    /// What the hub holds; own ops stay on top. Whether it was something else here.
    Result<bool> correct(const RecordKey &key, const std::optional<Fields> &confirmed);
    /// Rebuilds what takeOwn() and confirm() touched; returns those records.
    Result<QSet<RecordKey>> settle();

private:
    Status keepShadow(const RecordKey &key);
    Status rebuild(const RecordKey &key);
    Result<std::optional<Fields>> shadow(const RecordKey &key) const;
    Status setShadow(const RecordKey &key, const std::optional<Fields> &fields);
    Status sumUp(const Change &change);

    Connection &m_db;
    RecordTables &m_tables;
    QSet<RecordKey> m_shadowed;
    QSet<RecordKey> m_touched;
    SumsSoFar *m_sums = nullptr;
    qint64 m_seen = 0;
};

} // namespace ringbook::model
