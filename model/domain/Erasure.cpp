#include "model/domain/Erasure.h"

namespace ringbook::model {

namespace {

/// Those who do not know a field keep the id it refers to as text.
qint64 referenceIn(const QVariant &value)
{
    return value.typeId() == QMetaType::QString ? idFromText(value.toString()).value_or(0)
                                                : value.toLongLong();
}

} // namespace

QVector<RecordKey> ownersOf(const RecordKey &key, const Fields &fields)
{
    QVector<RecordKey> owners;
    for (const QString &kind : {QStringLiteral("customer"), QStringLiteral("case")})
        if (const qint64 id = referenceIn(fields.value(kind)))
            owners.append({kind, id});
    if (key.kind == QLatin1String("conflict"))
        owners.append({fields.value(QStringLiteral("kind")).toString(),
                       referenceIn(fields.value(QStringLiteral("record")))});
    return owners;
}

QVector<RecordKey> ownersOf(const Op &op)
{
    Fields fields;
    for (auto edit = op.edits.begin(); edit != op.edits.end(); ++edit)
        fields.insert(edit.key(), edit->value);
    return ownersOf(op.record, fields);
}

} // namespace ringbook::model
