#pragma once

#include <QString>

#include <array>
#include <optional>

// Enumerators as the wire and the files call them: one array of names, in the enum's order.

namespace ringbook::model {

template <typename E, size_t count>
QString nameAmong(const std::array<const char *, count> &names, E value)
{
    return QLatin1String(names.at(size_t(value)));
}

template <typename E, size_t count>
std::optional<E> valueAmong(const std::array<const char *, count> &names, const QString &name)
{
    for (size_t i = 0; i < count; ++i)
        if (name == QLatin1String(names[i]))
            return E(i);
    return std::nullopt;
}

} // namespace ringbook::model
