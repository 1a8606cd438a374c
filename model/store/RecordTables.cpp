#include "model/store/RecordTables.h"

#include "model/db/WithoutCount.h"
#include "model/store/FieldsText.h"

#include <algorithm>

namespace ringbook::model {

namespace {

/// More sets of fields than this in one kind and the oldest is made anew when it comes again.
constexpr size_t maxUpsertsPerKind = 64;

QString quoted(const QString &column)
{
    return '"' + column + '"';
}

bool namesSame(const QStringList &names, const Fields &fields)
{
    return names.size() == fields.size() &&
           std::equal(names.begin(), names.end(), fields.keyBegin(), fields.keyEnd());
}

/// INSERT … ON CONFLICT for these columns; the last parameter is `extra` if there is any.
QString upsertSql(const KindSpec &kind, const QStringList &columns, bool hasExtra)
{
    QString names = "id";
    QString values = "?";
    QStringList changes;
    for (const QString &column : columns) {
        names += ", " + quoted(column);
        values += ", ?";
        changes += QStringLiteral("%1 = excluded.%1").arg(quoted(column));
    }
    if (hasExtra) {
        const int last = int(columns.size()) + 2;
        names += ", extra";
        values += QStringLiteral(", json_patch('{}', ?%1)").arg(last);
        changes += QStringLiteral("extra = json_patch(coalesce(extra, '{}'), ?%1)").arg(last);
    }
    return QStringLiteral("INSERT INTO %1 (%2) VALUES (%3) ON CONFLICT (id) DO %4")
        .arg(QLatin1String(kind.table), names, values,
             changes.isEmpty() ? QString("NOTHING") : "UPDATE SET " + changes.join(", "));
}

} // namespace

Fields fieldsOf(const Row &row, const KindSpec &kind)
{
    Fields fields;
    auto name = kind.names().begin();
    for (const FieldSpec &field : kind.fields) {
        const QVariant value = row.value(field.name);
        if (value.isValid())
            fields.insert(*name, field.type == FieldType::Boolean ? QVariant(value.toBool()) : value);
        ++name;
    }
    if (const QString extra = row.text("extra"); !extra.isEmpty())
        fields.insert(fieldsFromText(extra));
    return fields;
}

Result<std::optional<Fields>> RecordTables::read(const RecordKey &key) const
{
    const KindSpec *kind = kindSpec(key.kind);
    const auto row =
        kind ? m_db.one("SELECT * FROM " + QLatin1String(kind->table) + " WHERE id = :id", {{":id", key.id}})
             : m_db.one("SELECT fields FROM other_record WHERE kind = :kind AND id = :id",
                        {{":kind", key.kind}, {":id", key.id}});
    if (!row && row.error().fault == Fault::NotFound)
        return std::optional<Fields>();
    if (!row)
        return row.error();
    return std::optional(kind ? fieldsOf(*row, *kind) : fieldsFromText(row->text("fields")));
}

Status RecordTables::put(const RecordKey &key, const Fields &fields)
{
    const KindSpec *kind = kindSpec(key.kind);
    if (!kind)
        return putOther(key, fields);

    const Upsert &upsert = upsertOf(*kind, fields);
    Fields extra;
    m_values.clear();
    m_values.emplace_back(key.id);
    size_t position = 0;
    for (auto field = fields.begin(); field != fields.end(); ++field)
        if (upsert.known[position++])
            m_values.push_back(field.value());
        else
            extra.insert(field.key(), field.value());
    if (upsert.hasExtra)
        m_values.emplace_back(textOf(extra));
    return withoutCount(m_db.runInOrder(upsert.sql, m_values));
}

const RecordTables::Upsert &RecordTables::upsertOf(const KindSpec &kind, const Fields &fields)
{
    auto &upserts = m_upserts[&kind];
    const auto made =
        std::ranges::find_if(upserts, [&](const Upsert &one) { return namesSame(one.fields, fields); });
    if (made != upserts.end())
        return *made;

    if (upserts.size() >= maxUpsertsPerKind)
        upserts.erase(upserts.begin());
    Upsert upsert;
    QStringList columns;
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        const bool isKnown = kind.field(field.key());
        upsert.fields.append(field.key());
        upsert.known.push_back(isKnown);
        upsert.hasExtra |= !isKnown;
        if (isKnown)
            columns.append(field.key());
    }
    upsert.sql = upsertSql(kind, columns, upsert.hasExtra);
    upserts.push_back(std::move(upsert));
    return upserts.back();
}

Status RecordTables::putOther(const RecordKey &key, const Fields &fields)
{
    return withoutCount(m_db.run("INSERT INTO other_record VALUES (:kind, :id, json_patch('{}', :fields)) "
                                 "ON CONFLICT (kind, id) DO UPDATE SET fields = json_patch(fields, :fields)",
                                 {{":kind", key.kind}, {":id", key.id}, {":fields", textOf(fields)}}));
}

Status RecordTables::replace(const RecordKey &key, const std::optional<Fields> &fields)
{
    if (const auto removed = remove(key); !removed || !fields)
        return removed;
    return put(key, *fields);
}

Status RecordTables::remove(const RecordKey &key)
{
    if (const KindSpec *kind = kindSpec(key.kind))
        return withoutCount(
            m_db.run("DELETE FROM " + QLatin1String(kind->table) + " WHERE id = :id", {{":id", key.id}}));
    return withoutCount(m_db.run("DELETE FROM other_record WHERE kind = :kind AND id = :id",
                                 {{":kind", key.kind}, {":id", key.id}}));
}

/// Without its trigger the table of customers is emptied at once, not name by name.
Status RecordTables::clear()
{
    return m_db.atomically([&]() -> Status {
        const auto trigger = m_db.one("SELECT sql FROM sqlite_master WHERE name = 'customer_name_removed'");
        if (!trigger)
            return trigger.error();
        QString script = "DROP TRIGGER customer_name_removed;"
                         "INSERT INTO customer_name (customer_name) VALUES ('delete-all');"
                         "DELETE FROM other_record;";
        for (const KindSpec &kind : allKinds())
            script += QStringLiteral("DELETE FROM %1;").arg(QLatin1String(kind.table));
        return m_db.script(script + trigger->text("sql"));
    });
}

} // namespace ringbook::model
