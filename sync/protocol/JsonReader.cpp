#include "sync/protocol/JsonReader.h"

#include "model/core/Id.h"

namespace ringbook::sync {

using simdjson::dom::element;

namespace {

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// Its buffers are kept for the next message of this thread.
simdjson::dom::parser &threadParser()
{
    thread_local simdjson::dom::parser parser;
    return parser;
}

} // namespace

Result<element> parseJson(QByteArrayView bytes, qint64 maxBytes)
{
    if (bytes.isEmpty())
        return Error{Fault::Protocol, QStringLiteral("the message is empty")};
    if (bytes.size() > maxBytes)
        return Error{Fault::Protocol, QStringLiteral("the message is larger than %1 bytes").arg(maxBytes)};
    simdjson::dom::parser &parser = threadParser();
    if (parser.capacity() < size_t(bytes.size()) || parser.max_depth() != maxJsonDepth)
        if (parser.allocate(size_t(bytes.size()) + simdjson::SIMDJSON_PADDING, maxJsonDepth))
            return Error{Fault::Failed, QStringLiteral("no memory to read a message")};
    element root;
    if (const auto failure = parser.parse(bytes.data(), size_t(bytes.size())).get(root))
        return Error{
            Fault::Protocol,
            QStringLiteral("not JSON we can read: %1").arg(QLatin1String(simdjson::error_message(failure)))};
    return root;
}

const char *textTrouble(std::string_view text, qint64 maxBytes)
{
    if (qint64(text.size()) > maxBytes)
        return "is too long";
    if (text.find('\0') != std::string_view::npos)
        return "contains the character NUL";
    return nullptr;
}

JsonReader::JsonReader(element element, QString &trouble) : m_trouble(trouble)
{
    if (element.get(m_object))
        refuse(QStringLiteral("is not an object"));
}

JsonReader::JsonReader(element element, const JsonReader &parent, const char *name, int index)
    : m_trouble(parent.m_trouble),
      m_parent(&parent),
      m_name(name),
      m_index(index)
{
    if (element.get(m_object))
        refuse(QStringLiteral("is not an object"));
}

QString JsonReader::place(const QString &member) const
{
    QString own = m_parent ? m_parent->place(QLatin1String(m_name)) : QString();
    if (m_index >= 0)
        own += QStringLiteral("[%1]").arg(m_index);
    if (member.isEmpty())
        return own.isEmpty() ? QStringLiteral("the message") : own;
    return own.isEmpty() ? member : own + QLatin1Char('.') + member;
}

void JsonReader::refuse(const QString &what) const
{
    if (m_trouble.isEmpty())
        m_trouble = place() + QLatin1Char(' ') + what;
}

void JsonReader::refuseMember(const char *name, const char *what) const
{
    if (m_trouble.isEmpty())
        m_trouble = place(QLatin1String(name)) + QLatin1Char(' ') + QLatin1String(what);
}

bool JsonReader::present(const char *name, element &element) const
{
    return !failed() && !m_object.at_key(name).get(element) && !element.is_null();
}

bool JsonReader::has(const char *name) const
{
    element element;
    return present(name, element);
}

bool JsonReader::member(const char *name, element &element) const
{
    if (failed())
        return false;
    if (present(name, element))
        return true;
    refuseMember(name, "is missing");
    return false;
}

QString JsonReader::text(const char *name, int maxBytes) const
{
    element element;
    if (!member(name, element))
        return {};
    std::string_view text;
    if (element.get(text)) {
        refuseMember(name, "is not text");
        return {};
    }
    if (const char *trouble = textTrouble(text, maxBytes)) {
        refuseMember(name, trouble);
        return {};
    }
    return textOf(text);
}

QString JsonReader::textOr(const char *name, const QString &otherwise) const
{
    return has(name) ? text(name) : otherwise;
}

qint64 JsonReader::number(const char *name) const
{
    element element;
    int64_t number = 0;
    if (member(name, element) && element.get(number))
        refuseMember(name, "is not a whole number");
    return number;
}

qint64 JsonReader::count(const char *name) const
{
    const qint64 count = number(name);
    if (count < 0)
        refuseMember(name, "is negative");
    return count;
}

qint64 JsonReader::numberOr(const char *name, qint64 otherwise) const
{
    return has(name) ? number(name) : otherwise;
}

std::optional<qint64> JsonReader::maybeNumber(const char *name) const
{
    return has(name) ? std::optional(number(name)) : std::nullopt;
}

bool JsonReader::flagOr(const char *name, bool otherwise) const
{
    element element;
    bool flag = otherwise;
    if (present(name, element) && element.get(flag))
        refuseMember(name, "is neither true nor false");
    return flag;
}

qint64 JsonReader::id(const char *name) const
{
    const auto id = idFromText(text(name));
    if (!id)
        refuseMember(name, "is not the decimal text of an id");
    return id.value_or(0);
}

qint64 JsonReader::idOr(const char *name, qint64 otherwise) const
{
    return has(name) ? id(name) : otherwise;
}

bool JsonReader::list(const char *name, int atMost, simdjson::dom::array &array) const
{
    element element;
    if (!member(name, element))
        return false;
    if (element.get(array)) {
        refuseMember(name, "is not a list");
        return false;
    }
    if (qint64(array.size()) > atMost) { // saturates at 16 777 215, far above every limit
        refuseMember(name, "has too many entries");
        return false;
    }
    return true;
}

QVector<QString> JsonReader::texts(const char *name, int atMost) const
{
    QVector<QString> texts;
    simdjson::dom::array array;
    if (!list(name, atMost, array))
        return texts;
    for (const auto element : array) {
        std::string_view text;
        if (element.get(text) || textTrouble(text, maxFieldTextBytes))
            refuseMember(name, "holds something that is not text");
        texts.append(textOf(text));
    }
    return texts;
}

} // namespace ringbook::sync
