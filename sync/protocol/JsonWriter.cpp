#include "sync/protocol/JsonWriter.h"

#include <array>
#include <charconv>

namespace ringbook::sync {

namespace {

bool mustEscape(char byte)
{
    return static_cast<unsigned char>(byte) < 0x20 || byte == '"' || byte == '\\';
}

void appendEscaped(QByteArray &bytes, char byte)
{
    static const char hex[] = "0123456789abcdef";
    switch (byte) {
    case '"': bytes += "\\\""; return;
    case '\\': bytes += "\\\\"; return;
    case '\n': bytes += "\\n"; return;
    case '\r': bytes += "\\r"; return;
    case '\t': bytes += "\\t"; return;
    }
    bytes += "\\u00";
    bytes += hex[byte >> 4];
    bytes += hex[byte & 15];
}

} // namespace

void JsonWriter::separate()
{
    if (!m_first)
        m_bytes += ',';
    m_first = false;
}

JsonWriter &JsonWriter::beginObject()
{
    separate();
    m_bytes += '{';
    m_first = true;
    return *this;
}

JsonWriter &JsonWriter::endObject()
{
    m_bytes += '}';
    m_first = false;
    return *this;
}

JsonWriter &JsonWriter::beginArray()
{
    separate();
    m_bytes += '[';
    m_first = true;
    return *this;
}

JsonWriter &JsonWriter::endArray()
{
    m_bytes += ']';
    m_first = false;
    return *this;
}

JsonWriter &JsonWriter::key(QByteArrayView name)
{
    separate();
    quote(name);
    m_bytes += ':';
    m_first = true;
    return *this;
}

JsonWriter &JsonWriter::text(const QString &value)
{
    separate();
    quote(value.toUtf8());
    return *this;
}

void JsonWriter::quote(QByteArrayView utf8)
{
    m_bytes += '"';
    qsizetype done = 0;
    for (qsizetype at = 0; at < utf8.size(); ++at) {
        if (!mustEscape(utf8.at(at)))
            continue;
        m_bytes.append(utf8.sliced(done, at - done));
        appendEscaped(m_bytes, utf8.at(at));
        done = at + 1;
    }
    m_bytes.append(utf8.sliced(done));
    m_bytes += '"';
}

JsonWriter &JsonWriter::number(qint64 value)
{
    std::array<char, 20> digits;
    const auto written = std::to_chars(digits.begin(), digits.end(), value);
    return raw({digits.data(), written.ptr - digits.data()});
}

JsonWriter &JsonWriter::boolean(bool value)
{
    return raw(value ? "true" : "false");
}

JsonWriter &JsonWriter::null()
{
    return raw("null");
}

JsonWriter &JsonWriter::raw(QByteArrayView json)
{
    separate();
    m_bytes.append(json);
    return *this;
}

} // namespace ringbook::sync
