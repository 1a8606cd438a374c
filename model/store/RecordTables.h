#pragma once

#include "model/db/Connection.h"
#include "model/domain/Kinds.h"
#include "model/domain/Record.h"

#include <QHash>
#include <QStringList>

#include <optional>
#include <vector>

namespace ringbook::model {

/// Writes and reads records of any kind in a book's tables, driven by Kinds.h. Fields this program does not
/// know go to the column `extra`, kinds it does not know to the table other_record, so that nothing is lost.
class RecordTables
{
public:
    explicit RecordTables(Connection &db) : m_db(db) {}

    Result<std::optional<Fields>> read(const RecordKey &key) const; ///< NULL fields left out

    Status put(const RecordKey &key, const Fields &fields); ///< these fields; the others stay
    Status replace(const RecordKey &key, const std::optional<Fields> &fields); ///< nothing: no such record
    Status remove(const RecordKey &key);
    Status clear();

private:
    /// One upsert: for records of one kind that name the same fields.
    struct Upsert
    {
        QStringList fields = {};      ///< as they come, sorted
        std::vector<bool> known = {}; ///< for each: has a column
        bool hasExtra = false;
        QString sql = {};
    };

    const Upsert &upsertOf(const KindSpec &kind, const Fields &fields);
    Status putOther(const RecordKey &key, const Fields &fields);

    Connection &m_db;
    QHash<const KindSpec *, std::vector<Upsert>> m_upserts;
    std::vector<QVariant> m_values; ///< kept for its memory
};

/// A row of a kind's table as fields, NULL left out.
Fields fieldsOf(const Row &row, const KindSpec &kind);

} // namespace ringbook::model
