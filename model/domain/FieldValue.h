#pragma once

#include "model/core/Id.h"
#include "model/domain/Record.h"

#include <optional>
#include <utility>

// How the members of a record's struct become field values and come back; for the .cpp files of this folder.
// Names of fields are u"…"_s: made once, by the compiler, for bulk reads and writes make millions of maps.

namespace ringbook::model {

using namespace Qt::StringLiterals;

inline QVariant fieldValue(const QString &text)
{
    return text.isEmpty() ? QVariant() : QVariant(text);
}
inline QVariant fieldValue(bool flag)
{
    return flag;
}
inline QVariant fieldValue(qint64 number)
{
    return qlonglong(number);
}

template <typename T>
QVariant fieldValue(Id<T> id)
{
    return id ? QVariant(qlonglong(id.value)) : QVariant();
}

template <typename T>
QVariant fieldValue(const std::optional<T> &number)
{
    return number ? QVariant(qlonglong(*number)) : QVariant();
}

/// A moment that every such record has; 0 means that nobody has set it yet.
inline QVariant momentValue(TimeMs moment)
{
    return moment ? QVariant(qlonglong(moment)) : QVariant();
}

/// A count that few such records have; 0 is none.
inline QVariant countValue(int count)
{
    return count ? QVariant(qlonglong(count)) : QVariant();
}

/// The whole number a field holds; nothing if it holds none.
inline std::optional<qint64> wholeNumber(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::LongLong:
    case QMetaType::Int:
    case QMetaType::Bool: return value.toLongLong();
    default: return std::nullopt;
    }
}

/// Reads one record's fields into members; what is missing or of another type leaves the member as it is.
class FieldReader
{
public:
    explicit FieldReader(const Fields &fields) : m_fields(fields) {}

    void read(const QString &field, QString &member) const
    {
        if (const QVariant value = at(field); value.typeId() == QMetaType::QString)
            member = value.toString();
    }

    void read(const QString &field, bool &member) const
    {
        if (const auto number = wholeNumber(at(field)))
            member = *number != 0;
    }

    void read(const QString &field, qint64 &member) const
    {
        if (const auto number = wholeNumber(at(field)))
            member = *number;
    }

    void read(const QString &field, int &member) const
    {
        if (const auto number = wholeNumber(at(field)); number && std::in_range<int>(*number))
            member = int(*number);
    }

    template <typename T>
    void read(const QString &field, std::optional<T> &member) const
    {
        if (const auto number = wholeNumber(at(field)); number && std::in_range<T>(*number))
            member = T(*number);
    }

    template <typename T>
    void read(const QString &field, Id<T> &member) const
    {
        if (const auto number = wholeNumber(at(field)); number && *number > 0)
            member = Id<T>{*number};
    }

    /// An enumerator by its name on the wire; a name this program does not know leaves the member as it is.
    template <typename E>
    void read(const QString &field, E &member, std::optional<E> (*fromName)(const QString &)) const
    {
        if (const auto known = fromName(at(field).toString()))
            member = *known;
    }

private:
    QVariant at(const QString &field) const { return m_fields.value(field); }

    const Fields &m_fields;
};

} // namespace ringbook::model
