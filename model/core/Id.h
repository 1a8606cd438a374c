#pragma once

#include <QHash>
#include <QString>

#include <compare>
#include <optional>

namespace ringbook {

/// The number of a record of type T: 24 bits of device number, 39 bits of that device's own counter, so that
/// a device makes ids without a network and they never collide. 0 is no record. On the wire an id is decimal
/// text.
template <typename T>
struct Id
{
    qint64 value = 0;

    explicit operator bool() const { return value != 0; }
    auto operator<=>(const Id &) const = default;
    friend size_t qHash(Id id, size_t seed = 0) noexcept { return ::qHash(id.value, seed); }
};

constexpr int deviceBits = 24;
constexpr int counterBits = 39;
constexpr qint64 maxDevice = (qint64(1) << deviceBits) - 1;
constexpr qint64 maxCounter = (qint64(1) << counterBits) - 1;

constexpr qint64 makeId(qint64 device, qint64 counter)
{
    return device << counterBits | counter;
}
constexpr qint64 deviceOf(qint64 id)
{
    return id >> counterBits;
}
constexpr qint64 counterOf(qint64 id)
{
    return id & maxCounter;
}

/// The id in decimal text, or nothing if the text is anything but a positive 63-bit integer without sign or
/// padding.
inline std::optional<qint64> idFromText(const QString &text)
{
    bool isNumber = false;
    const qint64 value = text.toLongLong(&isNumber);
    if (!isNumber || value <= 0 || QString::number(value) != text)
        return std::nullopt;
    return value;
}

} // namespace ringbook
