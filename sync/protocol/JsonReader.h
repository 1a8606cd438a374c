#pragma once

#include "model/core/Result.h"
#include "sync/protocol/Messages.h"

#include <QByteArrayView>

#include <concepts>
#include <simdjson.h>

namespace ringbook::sync {

/// One JSON object being read, member by member. The first thing that is wrong is remembered as a sentence
/// that names the member, and everything asked afterwards gives a default; so a message is read in one go and
/// judged at its end. Lives on the stack, inside readJson().
class JsonReader
{
public:
    JsonReader(simdjson::dom::element element, QString &trouble);

    bool has(const char *name) const;
    bool failed() const { return !m_trouble.isEmpty(); }
    void refuse(
        const QString &what) const; ///< "what" is the rest of a sentence that begins with this object's place

    QString text(const char *name, int maxBytes = maxFieldTextBytes) const;
    QString textOr(const char *name, const QString &otherwise) const; ///< missing or null: otherwise
    qint64 number(const char *name) const;
    qint64 count(const char *name) const; ///< a number that is not negative
    qint64 numberOr(const char *name, qint64 otherwise) const;
    std::optional<qint64> maybeNumber(const char *name) const; ///< missing or null: nothing
    bool flagOr(const char *name, bool otherwise) const;
    qint64 id(const char *name) const; ///< decimal text of a positive 63-bit integer
    qint64 idOr(const char *name, qint64 otherwise) const;
    QVector<QString> texts(const char *name, int atMost) const;

    template <std::invocable<const JsonReader &> Read>
    void object(const char *name, Read read) const
    {
        simdjson::dom::element element;
        if (member(name, element))
            read(JsonReader(element, *this, name, -1));
    }

    template <std::invocable<const JsonReader &> Read>
    void each(const char *name, int atMost, Read read) const
    {
        simdjson::dom::array array;
        if (!list(name, atMost, array))
            return;
        int index = 0;
        for (const auto element : array) {
            read(JsonReader(element, *this, name, index++));
            if (failed())
                return;
        }
    }

    simdjson::dom::object members() const { return m_object; }
    QString place(const QString &member = {}) const; ///< "ops[3].fields", for a sentence

private:
    JsonReader(simdjson::dom::element element, const JsonReader &parent, const char *name, int index);
    bool member(const char *name, simdjson::dom::element &element) const;
    bool present(const char *name, simdjson::dom::element &element) const;
    bool list(const char *name, int atMost, simdjson::dom::array &array) const;
    void refuseMember(const char *name, const char *what) const;

    simdjson::dom::object m_object;
    QString &m_trouble;
    const JsonReader *m_parent = nullptr;
    const char *m_name = "";
    int m_index = -1;
};

/// Parses at most `maxBytes` of JSON that must be one object, at most maxJsonDepth deep.
Result<simdjson::dom::element> parseJson(QByteArrayView bytes, qint64 maxBytes);

/// Text without NUL (no database takes it) and at most `maxBytes` long; else the reason.
const char *textTrouble(std::string_view text, qint64 maxBytes);

/// Fault::Protocol with a sentence if the bytes are not what `read` expects.
template <typename Read>
auto readJson(QByteArrayView bytes, qint64 maxBytes, Read read)
    -> Result<decltype(read(std::declval<JsonReader &>()))>
{
    const auto root = parseJson(bytes, maxBytes);
    if (!root)
        return root.error();
    QString trouble;
    const JsonReader reader(*root, trouble);
    auto value = read(reader);
    if (reader.failed())
        return Error{Fault::Protocol, trouble};
    return value;
}

} // namespace ringbook::sync
