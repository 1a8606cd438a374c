#pragma once

#include "model/domain/Record.h"

#include <QByteArray>

#include <array>
#include <optional>

namespace ringbook::model {

constexpr int bucketCount = 256;

inline int bucketOf(qint64 recordId)
{
    return int(recordId & (bucketCount - 1));
}

/// What a record holds, as one number; empty fields do not count. A whole number and its decimal text are the
/// same, because a program that does not know a reference keeps it as text.
quint64 digestOf(const RecordKey &key, const Fields &fields);

/// The digests of a book's records, summed by bucket: two files with the same sums hold the same.
class BucketSums
{
public:
    static std::optional<BucketSums> fromBytes(const QByteArray &bytes);
    QByteArray bytes() const; ///< 256 numbers of 64 bits, the lowest byte first

    /// One record became another; nothing: there is no such record.
    void replace(const RecordKey &key, const std::optional<Fields> &before,
                 const std::optional<Fields> &after);
    void empty(int bucket);
    BucketSums &operator+=(const BucketSums &other);
    BucketSums &operator-=(const BucketSums &other);

    QVector<int> differing(const BucketSums &other) const;

    bool operator==(const BucketSums &) const = default;

private:
    std::array<quint64, bucketCount> m_sums = {};
};

} // namespace ringbook::model
