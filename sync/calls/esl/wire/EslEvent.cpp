#include "sync/calls/esl/wire/EslEvent.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace ringbook::calls {

namespace {

QString textOf(const QJsonValue &value)
{
    if (value.isArray())
        return value.toArray().at(0).toString();
    if (value.isDouble())
        return QString::number(value.toInteger());
    return value.toString();
}

void keep(EslEvent &event, const QString &key, const QString &value)
{
    if (event.fields.size() < maxEslFields && value.size() <= maxEslValueLength)
        event.fields[key] = value;
}

EslEvent eventFrom(const QJsonObject &object)
{
    EslEvent event;
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (member.key() == QLatin1String("_body"))
            event.body = member->toString().left(maxEslValueLength);
        else
            keep(event, member.key(), textOf(*member));
    }
    return event;
}

QJsonObject objectFrom(const QByteArray &json)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::IllegalUTF8String)
        return document.object();
    return QJsonDocument::fromJson(QString::fromUtf8(json).toUtf8()).object();
}

/// Percent-encoded headers, an empty line, and perhaps a body with a length of its own.
EslEvent eventFromPlain(const QByteArray &body)
{
    EslParser parser;
    EslEvent event;
    const auto frames = parser.take(body + "\n\n");
    if (frames.isEmpty())
        return event;
    for (const auto &[key, value] : frames.first().headers)
        keep(event, key, QString::fromUtf8(QByteArray::fromPercentEncoding(value.toUtf8())));
    event.body = QString::fromUtf8(frames.first().body).left(maxEslValueLength);
    return event;
}

} // namespace

QString EslEvent::text(const QString &key) const
{
    const QString value = fields.value(key);
    return value == QLatin1String("_undef_") ? QString() : value;
}

bool EslEvent::isTrue(const QString &key) const
{
    const QString value = text(key);
    return value == QLatin1String("true") || value == QLatin1String("yes");
}

std::optional<EslEvent> eslEventOf(const EslFrame &frame)
{
    const QString type = frame.text("Content-Type");
    if (type == QLatin1String("text/event-json"))
        return eslEventFromJson(frame.body);
    if (type == QLatin1String("text/event-plain"))
        return eventFromPlain(frame.body);
    return std::nullopt;
}

std::optional<EslEvent> eslEventFromJson(const QByteArray &json)
{
    const QJsonObject object = objectFrom(json);
    if (object.isEmpty())
        return std::nullopt;
    return eventFrom(object);
}

std::optional<QVector<EslEvent>> eslRowsFromJson(const QByteArray &json)
{
    const QJsonObject list = objectFrom(json);
    if (!list.contains(QLatin1String("row_count")))
        return std::nullopt;
    QVector<EslEvent> rows;
    const auto values = list.value(QLatin1String("rows")).toArray();
    for (const QJsonValue &value : values) {
        if (rows.size() < maxEslRows)
            rows += eventFrom(value.toObject());
    }
    return rows;
}

} // namespace ringbook::calls
