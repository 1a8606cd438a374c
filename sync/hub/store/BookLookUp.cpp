#include "model/db/ReadMany.h"
#include "sync/hub/store/Books.h"
#include "sync/hub/store/RecordText.h"
#include "sync/protocol/RecordJson.h"

namespace ringbook::hub {

namespace {

constexpr int ownersLookedAt = 200; ///< contact points with one number; who comes behind is not found by it

/// Of one customer, by the index record_about_customer.
struct Kind
{
    const char *name;
    const char *order; ///< the first ones are taken
    int most;
};

constexpr Kind kinds[] = {
    {"contact_point", "(CAST(body AS {{json}}) ->> 'not_theirs_since') IS NOT NULL, seq DESC",
     sync::maxFoundRecords},
    {"alert", "seq DESC", sync::maxFoundRecords},
    {"case", "COALESCE(CAST(body AS {{json}}) ->> 'status', 'new') IN ('resolved', 'closed'), seq DESC",
     sync::maxFoundRecords},
    {"follow_up", "COALESCE(CAST(body AS {{json}}) ->> 'state', 'open') <> 'open', seq DESC",
     sync::maxFoundRecords},
    {"interaction", "CAST(COALESCE(CAST(body AS {{json}}) ->> 'started_at', '0') AS {{id}}) DESC",
     sync::maxFoundInteractions},
};

struct Found
{
    QVector<model::Change> records = {};
    QSet<model::RecordKey> keys = {};

    Status take(const Result<model::Rows> &rows)
    {
        if (!rows)
            return rows.error();
        for (const model::Row &row : *rows) {
            const auto record = readWhole(row);
            if (!record)
                return record.error();
            if (row.flag("deleted") || keys.contains(record->record))
                continue;
            keys.insert(record->record);
            records.append(*record);
        }
        return Done{};
    }

    QSet<qint64> named(const char *field) const
    {
        QSet<qint64> ids;
        for (const model::Change &record : records)
            ids.insert(record.fields.value(QLatin1String(field)).toLongLong());
        ids.remove(0);
        return ids;
    }

    QVector<qint64> idsOf(const char *kind) const
    {
        QVector<qint64> ids;
        for (const model::Change &record : records)
            if (record.record.kind == QLatin1String(kind))
                ids.append(record.record.id);
        return ids;
    }
};

/// Each of these columns has an index; the plus keeps SQLite from going through the whole book instead.
const QString naming = QStringLiteral("SELECT * FROM record WHERE +book = ? AND deleted = 0 AND %1 %2 "
                                      "AND kind = '%3' ORDER BY %4 LIMIT %5");

/// Those who have the number today first.
Result<QSet<qint64>> ownersOf(const model::Connection &db, qint64 book, const QString &e164)
{
    const QString sql = naming.arg("e164", "= ?", "contact_point", kinds[0].order).arg(ownersLookedAt);
    Found points;
    if (const Status taken = points.take(db.allInOrder(sql, QVector<QVariant>{book, e164})); !taken)
        return taken.error();
    QSet<qint64> owners;
    for (const model::Change &point : points.records)
        if (const auto owner = point.fields.value(QStringLiteral("customer")).toLongLong();
            owner && owners.size() < sync::maxFoundCustomers)
            owners.insert(owner);
    return owners;
}

Status readCustomers(const model::Connection &db, qint64 book, const QSet<qint64> &ids, Found &found)
{
    return ids.isEmpty() ? Done{}
                         : found.take(model::readMany(db, "record", "book = ? AND kind = 'customer'", {book},
                                                      "id", ids));
}

Status readNotes(const model::Connection &db, qint64 book, Found &found)
{
    QVector<QVariant> values{book};
    for (const qint64 file : found.idsOf("case"))
        values.append(QString::number(file));
    if (values.size() == 1)
        return Done{};
    const QString marks = QStringList(values.size() - 1, QStringLiteral("?")).join(u',');
    const QString sql =
        naming.arg("about_case", "IN (" + marks + ')', "case_note", "seq DESC").arg(sync::maxFoundNotes);
    return found.take(db.allInOrder(sql, values));
}

Status fill(const model::Connection &db, qint64 book, const QSet<qint64> &owners, Found &found)
{
    if (const Status read = readCustomers(db, book, owners, found); !read)
        return read;
    const auto customers = found.idsOf("customer");
    if (const Status read = readCustomers(db, book, found.named("organisation"), found); !read)
        return read;
    for (const Kind &kind : kinds) {
        const QString sql = naming.arg("about_customer", "= ?", kind.name, kind.order).arg(kind.most);
        for (const qint64 customer : customers)
            if (const Status taken =
                    found.take(db.allInOrder(sql, QVector<QVariant>{book, QString::number(customer)}));
                !taken)
                return taken;
    }
    return readNotes(db, book, found);
}

} // namespace

Result<QVector<LogEntry>> Books::found(qint64 book, const QString &e164) const
{
    const auto owners = ownersOf(m_db, book, e164);
    if (!owners)
        return owners.error();
    Found found;
    if (const Status filled = fill(m_db, book, *owners, found); !filled)
        return filled.error();
    QVector<LogEntry> entries;
    for (const model::Change &record : std::as_const(found.records))
        entries.append({record.seq, sync::encode(record)});
    return entries;
}

Result<QVector<qint64>> Books::customersWith(qint64 book, const QString &e164) const
{
    const auto rows = m_db.all(
        R"(
        SELECT DISTINCT about_customer FROM record
        WHERE +book = :book AND deleted = 0 AND e164 = :e164 AND kind = 'contact_point'
            AND about_customer IS NOT NULL AND (CAST(body AS {{json}}) ->> 'not_theirs_since') IS NULL
        LIMIT 2)",
        {{":book", book}, {":e164", e164}});
    if (!rows)
        return rows.error();
    QVector<qint64> customers;
    for (const model::Row &row : *rows)
        customers.append(row.text("about_customer").toLongLong());
    return customers;
}

Result<Books::States> Books::openCallBacks(qint64 book, const QString &e164) const
{
    const auto rows = m_db.all(
        R"(
        SELECT * FROM record
        WHERE +book = :book AND deleted = 0 AND e164 = :e164 AND kind = 'follow_up'
            AND COALESCE(CAST(body AS {{json}}) ->> 'state', 'open') = 'open'
        ORDER BY id)",
        {{":book", book}, {":e164", e164}});
    if (!rows)
        return rows.error();
    States open;
    for (const model::Row &row : *rows) {
        const auto state = readState(row.text("kind"), row);
        if (!state)
            return state.error();
        open.append({{row.text("kind"), row.number("id")}, *state});
    }
    return open;
}

} // namespace ringbook::hub
