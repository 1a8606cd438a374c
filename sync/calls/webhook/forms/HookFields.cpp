#include "sync/calls/webhook/forms/HookFields.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace ringbook::calls {

namespace {

using Field = HookFields::Field;

Error wrong(const QString &what)
{
    return {Fault::Protocol, what};
}

QString decoded(QByteArray text)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text.replace('+', ' ')));
}

Result<HookFields> tooMany()
{
    return wrong(QStringLiteral("a request has at most %1 fields").arg(maxHookFields));
}

Result<HookFields> readForm(const QByteArray &body)
{
    QVector<Field> fields;
    if (body.count('&') >= maxHookFields)
        return tooMany();
    for (const QByteArray &pair : body.split('&')) {
        const qsizetype equals = pair.indexOf('=');
        if (equals > 0)
            fields.append({decoded(pair.first(equals)), decoded(pair.sliced(equals + 1))});
    }
    return HookFields(fields);
}

void addValue(QVector<Field> &fields, const QString &name, const QJsonValue &value)
{
    if (value.isString() || value.isBool() || value.isDouble())
        fields.append({name, value.toVariant().toString()});
}

Result<HookFields> readJson(const QByteArray &body)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(body, &error);
    if (!document.isObject())
        return wrong(QStringLiteral("not a JSON object (%1)").arg(error.errorString()));
    QVector<Field> fields;
    const QJsonObject object = document.object();
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QJsonArray values = member->isArray() ? member->toArray() : QJsonArray{*member};
        for (const QJsonValue &value : values)
            addValue(fields, member.key(), value);
        if (fields.size() > maxHookFields)
            return tooMany();
    }
    return HookFields(fields);
}

} // namespace

QString HookFields::text(QLatin1String name) const
{
    for (const Field &field : m_fields)
        if (field.first.compare(name, Qt::CaseInsensitive) == 0)
            return field.second.size() <= maxHookText ? field.second.trimmed() : QString();
    return {};
}

QStringList HookFields::texts(QLatin1String name) const
{
    QStringList texts;
    const QString list = name + QLatin1String("[]");
    for (const Field &field : m_fields) {
        const bool isNamed = field.first.compare(name, Qt::CaseInsensitive) == 0 ||
                             field.first.compare(list, Qt::CaseInsensitive) == 0;
        if (isNamed && field.second.size() <= maxHookText && !field.second.trimmed().isEmpty())
            texts += field.second.trimmed();
    }
    return texts;
}

bool HookFields::flag(QLatin1String name) const
{
    const QString value = text(name).toLower();
    return value == u"true" || value == u"1" || value == u"yes";
}

bool saysJson(const QByteArray &body, const QByteArray &contentType)
{
    const QByteArray type = contentType.split(';').first().trimmed().toLower();
    if (type == "application/x-www-form-urlencoded")
        return false;
    return type == "application/json" || type.endsWith("+json") || body.trimmed().startsWith('{');
}

Result<HookFields> readHookFields(const QByteArray &body, const QByteArray &contentType)
{
    if (body.size() > maxHookBytes)
        return wrong(QStringLiteral("a request has at most %1 bytes").arg(maxHookBytes));
    if (contentType.trimmed().toLower().startsWith("multipart/"))
        return wrong(QStringLiteral("a request is JSON or application/x-www-form-urlencoded, not multipart"));
    return saysJson(body, contentType) ? readJson(body) : readForm(body);
}

} // namespace ringbook::calls
