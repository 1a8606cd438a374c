#include "model/domain/Conflict.h"

#include "model/domain/FieldValue.h"
#include "model/domain/Kinds.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace ringbook::model {

namespace {

/// From the JSON text a conflict keeps a value in.
QVariant valueFrom(const QString &json, const FieldSpec *field)
{
    const QVariant value = QJsonDocument::fromJson("[" + json.toUtf8() + "]").array().first().toVariant();
    if (!value.isValid() || value.isNull())
        return {};
    switch (field ? field->type : FieldType::Text) {
    case FieldType::Text: return value.toString();
    case FieldType::Boolean: return value.toBool();
    case FieldType::Integer:
    case FieldType::Reference: return value.toLongLong();
    }
    return {};
}

} // namespace

const FieldSpec *fieldOf(const Conflict &conflict)
{
    const KindSpec *kind = kindSpec(conflict.record.kind);
    return kind ? kind->field(conflict.field) : nullptr;
}

QVariant keptValue(const Conflict &conflict)
{
    return valueFrom(conflict.kept, fieldOf(conflict));
}

QVariant lostValue(const Conflict &conflict)
{
    return valueFrom(conflict.lost, fieldOf(conflict));
}

bool isSameValue(const QVariant &value, const QVariant &other)
{
    return value == other || (value.toString().isEmpty() && other.toString().isEmpty());
}

Fields fieldsOf(const Conflict &conflict)
{
    return {
        {u"kind"_s, fieldValue(conflict.record.kind)},
        {u"record"_s, fieldValue(Id<void>{conflict.record.id})},
        {u"field"_s, fieldValue(conflict.field)},
        {u"kept"_s, fieldValue(conflict.kept)},
        {u"lost"_s, fieldValue(conflict.lost)},
        {u"kept_by"_s, fieldValue(conflict.keptBy)},
        {u"lost_by"_s, fieldValue(conflict.lostBy)},
        {u"kept_at"_s, momentValue(conflict.keptAt)},
        {u"lost_at"_s, momentValue(conflict.lostAt)},
        {u"state"_s, fieldValue(conflict.state)},
    };
}

Conflict conflictFrom(Id<Conflict> id, const Fields &fields)
{
    const FieldReader reader(fields);
    Conflict conflict{.id = id};
    reader.read(u"kind"_s, conflict.record.kind);
    reader.read(u"record"_s, conflict.record.id);
    reader.read(u"field"_s, conflict.field);
    reader.read(u"kept"_s, conflict.kept);
    reader.read(u"lost"_s, conflict.lost);
    reader.read(u"kept_by"_s, conflict.keptBy);
    reader.read(u"lost_by"_s, conflict.lostBy);
    reader.read(u"kept_at"_s, conflict.keptAt);
    reader.read(u"lost_at"_s, conflict.lostAt);
    reader.read(u"state"_s, conflict.state);
    return conflict;
}

} // namespace ringbook::model
