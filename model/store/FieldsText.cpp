#include "model/store/FieldsText.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace ringbook::model {

namespace {

QVariant plain(const QJsonValue &value)
{
    return value.isNull() || value.isUndefined() ? QVariant() : value.toVariant();
}

QString textOf(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject objectFrom(const QString &text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

} // namespace

QString textOf(const Fields &fields)
{
    QJsonObject object;
    for (auto field = fields.begin(); field != fields.end(); ++field)
        object.insert(field.key(), QJsonValue::fromVariant(field.value()));
    return textOf(object);
}

Fields fieldsFromText(const QString &text)
{
    Fields fields;
    const QJsonObject object = objectFrom(text);
    for (auto member = object.begin(); member != object.end(); ++member)
        fields.insert(member.key(), plain(member.value()));
    return fields;
}

QString textOf(const QMap<QString, FieldEdit> &edits)
{
    QJsonObject object;
    for (auto edit = edits.begin(); edit != edits.end(); ++edit)
        object.insert(edit.key(), QJsonArray{QJsonValue::fromVariant(edit->value), edit->base});
    return textOf(object);
}

QMap<QString, FieldEdit> editsFromText(const QString &text)
{
    QMap<QString, FieldEdit> edits;
    const QJsonObject object = objectFrom(text);
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QJsonArray pair = member.value().toArray();
        edits.insert(member.key(), {plain(pair.at(0)), pair.at(1).toInteger()});
    }
    return edits;
}

} // namespace ringbook::model
