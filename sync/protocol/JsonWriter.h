#pragma once

#include <QByteArray>
#include <QString>

namespace ringbook::sync {

/// Writes JSON text in one pass, without a tree. Commas and escapes are its business; matching begin and end
/// the caller's. UTF-8, no white space, so equal calls give equal bytes.
class JsonWriter
{
public:
    JsonWriter() { m_bytes.reserve(512); }

    JsonWriter &beginObject();
    JsonWriter &endObject();
    JsonWriter &beginArray();
    JsonWriter &endArray();
    JsonWriter &key(QByteArrayView name); ///< then exactly one value
    JsonWriter &text(const QString &value);
    JsonWriter &number(qint64 value);
    JsonWriter &boolean(bool value);
    JsonWriter &null();
    JsonWriter &raw(QByteArrayView json); ///< a value that is JSON text already

    JsonWriter &member(QByteArrayView name, const QString &value) { return key(name).text(value); }
    JsonWriter &member(QByteArrayView name, qint64 value) { return key(name).number(value); }
    JsonWriter &id(QByteArrayView name, qint64 value) { return member(name, QString::number(value)); }

    QByteArray take() { return std::move(m_bytes); }

private:
    void separate();
    void quote(QByteArrayView utf8);

    QByteArray m_bytes;
    bool m_first = true;
};

} // namespace ringbook::sync
