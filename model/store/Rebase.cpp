#include "model/store/Rebase.h"

#include "model/store/FieldsText.h"

#include <algorithm>

namespace ringbook::model {

namespace {

Fields valuesOf(const QMap<QString, FieldEdit> &edits)
{
    Fields fields;
    for (auto edit = edits.begin(); edit != edits.end(); ++edit)
        fields.insert(edit.key(), edit->value);
    return fields;
}

RecordKey keyOf(const Row &row)
{
    return {row.text("kind"), row.number("id")};
}

QVariant shadowText(const std::optional<Fields> &fields)
{
    return fields ? QVariant(textOf(*fields)) : QVariant();
}

} // namespace

std::optional<Fields> folded(std::optional<Fields> record, Action action, const Fields &fields)
{
    if (removes(action))
        return std::nullopt;
    if (!record)
        record.emplace();
    for (auto field = fields.begin(); field != fields.end(); ++field)
        if (field->isValid())
            record->insert(field.key(), field.value());
        else
            record->remove(field.key());
    return record;
}

Status Rebase::addOwn(const Op &op)
{
    if (isBlank(op))
        return Done{};
    const Fields fields = valuesOf(op.edits);
    const auto added =
        m_db.run("INSERT INTO own_op VALUES (:counter, :kind, :id, :action, :fields) ON CONFLICT DO NOTHING",
                 {{":counter", op.counter},
                  {":kind", op.record.kind},
                  {":id", op.record.id},
                  {":action", name(op.action)},
                  {":fields", textOf(fields)}});
    if (!added)
        return added.error();
    if (*added == 0)
        return Done{};
    if (const auto kept = keepShadow(op.record); !kept)
        return kept;
    const auto newer = m_db.one(
        "SELECT count(*) AS count FROM own_op WHERE kind = :kind AND id = :id AND counter > :counter",
        {{":kind", op.record.kind}, {":id", op.record.id}, {":counter", op.counter}});
    if (!newer)
        return newer.error();
    if (newer->number("count") > 0) // after a crash one that came back may still be in the outbox
        return rebuild(op.record);
    return removes(op.action) ? m_tables.remove(op.record) : m_tables.put(op.record, fields);
}

/// The first own op of a record: what is shown now is what the hub has confirmed.
Status Rebase::keepShadow(const RecordKey &key)
{
    const auto there = m_db.one("SELECT count(*) AS count FROM shadow WHERE kind = :kind AND id = :id",
                                {{":kind", key.kind}, {":id", key.id}});
    if (!there)
        return there.error();
    if (there->number("count") > 0)
        return Done{};
    const auto now = m_tables.read(key);
    if (!now)
        return now.error();
    const auto kept = m_db.run("INSERT INTO shadow VALUES (:kind, :id, :fields)",
                               {{":kind", key.kind}, {":id", key.id}, {":fields", shadowText(*now)}});
    return kept ? Status(Done{}) : kept.error();
}

Status Rebase::takeOwn(const Unconfirmed &own)
{
    const auto rows = m_db.all("SELECT counter, kind, id FROM own_op");
    if (!rows)
        return rows.error();
    QHash<qint64, RecordKey> unconfirmed;
    for (const Op &op : own.ops)
        if (!isBlank(op))
            unconfirmed.insert(op.counter, op.record);

    QSet<qint64> here;
    for (const Row &row : *rows) {
        const qint64 counter = row.number("counter");
        here.insert(counter);
        if (counter > own.newest || unconfirmed.value(counter) == keyOf(row))
            continue;
        if (const auto gone =
                m_db.run("DELETE FROM own_op WHERE counter = :counter", {{":counter", counter}});
            !gone)
            return gone.error();
        m_touched.insert(keyOf(row));
    }
    for (const Op &op : own.ops)
        if (!here.contains(op.counter))
            if (const auto added = addOwn(op); !added)
                return added;

    const auto shadows = m_db.all("SELECT kind, id FROM shadow");
    if (!shadows)
        return shadows.error();
    for (const Row &row : *shadows)
        m_shadowed.insert(keyOf(row));
    return Done{};
}

void Rebase::keepSums(SumsSoFar &sums, qint64 seen)
{
    m_sums = &sums;
    m_seen = seen;
}

/// Of a record without own ops. One that was just created was not there before: it need not be looked for.
Status Rebase::sumUp(const Change &change)
{
    if (!m_sums || !m_sums->cover(change.record))
        return Done{};
    if (change.action == Action::Create && change.seq > m_seen) {
        m_sums->sums.replace(change.record, std::nullopt, change.fields);
        return Done{};
    }
    const auto before = m_tables.read(change.record);
    if (!before)
        return before.error();
    m_sums->sums.replace(change.record, *before, folded(*before, change.action, change.fields));
    return Done{};
}

Status Rebase::confirm(const Change &change)
{
    if (m_shadowed.isEmpty() || !m_shadowed.contains(change.record)) {
        if (const auto summed = sumUp(change); !summed)
            return summed;
        return removes(change.action) ? m_tables.remove(change.record)
                                      : m_tables.put(change.record, change.fields);
    }
    const auto confirmed = shadow(change.record);
    if (!confirmed)
        return confirmed.error();
    m_touched.insert(change.record);
    const auto after = folded(*confirmed, change.action, change.fields);
    if (m_sums && m_sums->cover(change.record))
        m_sums->sums.replace(change.record, *confirmed, after);
    return setShadow(change.record, after);
}

Result<std::optional<Fields>> Rebase::confirmed(const RecordKey &key) const
{
    const auto there = shadow(key);
    return there || there.error().fault != Fault::NotFound ? there : m_tables.read(key);
}

Status Rebase::confirmRow(const Change &row)
{
    return row.action == Action::Create ? confirm(row) : confirmKnownRow(row);
}

Status Rebase::confirmKnownRow(const Change &row)
{
    const auto corrected =
        correct(row.record, removes(row.action) ? std::nullopt : std::optional(row.fields));
    return corrected ? Status(Done{}) : corrected.error();
}

Result<bool> Rebase::correct(const RecordKey &key, const std::optional<Fields> &confirmed)
{
    const bool isShadowed = m_shadowed.contains(key);
    const auto here = isShadowed ? shadow(key) : m_tables.read(key);
    if (!here)
        return here.error();
    const bool isSame = here->has_value() == confirmed.has_value() &&
                        (!*here || digestOf(key, **here) == digestOf(key, *confirmed));
    if (isSame)
        return false;
    if (m_sums && m_sums->cover(key))
        m_sums->sums.replace(key, *here, confirmed);
    if (isShadowed)
        m_touched.insert(key);
    const auto put = isShadowed ? setShadow(key, confirmed) : m_tables.replace(key, confirmed);
    return put ? Result<bool>(true) : put.error();
}

Result<QSet<RecordKey>> Rebase::settle()
{
    for (const RecordKey &key : std::as_const(m_touched))
        if (const auto rebuilt = rebuild(key); !rebuilt)
            return rebuilt.error();
    return m_touched;
}

Status Rebase::rebuild(const RecordKey &key)
{
    auto record = shadow(key);
    if (!record)
        return record.error();
    const auto ops =
        m_db.all("SELECT action, fields FROM own_op WHERE kind = :kind AND id = :id ORDER BY counter",
                 {{":kind", key.kind}, {":id", key.id}});
    if (!ops)
        return ops.error();
    for (const Row &op : *ops)
        *record = folded(std::move(*record), actionFromName(op.text("action")).value_or(Action::Set),
                         fieldsFromText(op.text("fields")));
    if (const auto replaced = m_tables.replace(key, *record); !replaced || !ops->isEmpty())
        return replaced;
    const auto gone = m_db.run("DELETE FROM shadow WHERE kind = :kind AND id = :id",
                               {{":kind", key.kind}, {":id", key.id}});
    return gone ? Status(Done{}) : gone.error();
}

Status Rebase::setShadow(const RecordKey &key, const std::optional<Fields> &fields)
{
    const auto kept = m_db.run("UPDATE shadow SET fields = :fields WHERE kind = :kind AND id = :id",
                               {{":kind", key.kind}, {":id", key.id}, {":fields", shadowText(fields)}});
    return kept ? Status(Done{}) : kept.error();
}

Result<std::optional<Fields>> Rebase::shadow(const RecordKey &key) const
{
    const auto row = m_db.one("SELECT fields FROM shadow WHERE kind = :kind AND id = :id",
                              {{":kind", key.kind}, {":id", key.id}});
    if (!row)
        return row.error();
    return row->isNull("fields") ? std::optional<Fields>()
                                 : std::optional(fieldsFromText(row->text("fields")));
}

} // namespace ringbook::model
