#include "model/domain/Digest.h"

#include <QtEndian>

#include <array>
#include <charconv>

namespace ringbook::model {

namespace {

/// FNV-1a over UTF-16 units, stirred at the end so that sums of digests do not cancel out.
class Hash
{
public:
    void add(QStringView text)
    {
        for (const QChar unit : text)
            step(unit.unicode());
        step(0); // no text contains it
    }
    void add(qint64 number) ///< as its decimal text
    {
        std::array<char, 24> digits;
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
        for (const char *digit = digits.data(); digit != end; ++digit)
            step(uchar(*digit));
        step(0);
    }

    quint64 value() const
    {
        quint64 stirred = (m_hash ^ (m_hash >> 30)) * 0xbf58476d1ce4e5b9U;
        stirred = (stirred ^ (stirred >> 27)) * 0x94d049bb133111ebU;
        return stirred ^ (stirred >> 31);
    }

private:
    void step(quint64 unit) { m_hash = (m_hash ^ unit) * 0x100000001b3U; }

    quint64 m_hash = 0xcbf29ce484222325U;
};

} // namespace

quint64 digestOf(const RecordKey &key, const Fields &fields)
{
    Hash hash;
    hash.add(key.kind);
    hash.add(key.id);
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        if (!field->isValid())
            continue;
        hash.add(field.key());
        if (field->typeId() == QMetaType::QString)
            hash.add(*static_cast<const QString *>(field->constData()));
        else if (field->typeId() == QMetaType::Bool)
            hash.add(field->toBool() ? u"true" : u"false");
        else
            hash.add(field->toLongLong());
    }
    return hash.value();
}

std::optional<BucketSums> BucketSums::fromBytes(const QByteArray &bytes)
{
    BucketSums sums;
    if (bytes.size() != qsizetype(sizeof sums.m_sums))
        return std::nullopt;
    qFromLittleEndian<quint64>(bytes.constData(), bucketCount, sums.m_sums.data());
    return sums;
}

QByteArray BucketSums::bytes() const
{
    QByteArray bytes(qsizetype(sizeof m_sums), '\0');
    qToLittleEndian<quint64>(m_sums.data(), bucketCount, bytes.data());
    return bytes;
}

void BucketSums::replace(const RecordKey &key, const std::optional<Fields> &before,
                         const std::optional<Fields> &after)
{
    quint64 &sum = m_sums[size_t(bucketOf(key.id))];
    if (before)
        sum -= digestOf(key, *before);
    if (after)
        sum += digestOf(key, *after);
}

void BucketSums::empty(int bucket)
{
    m_sums[size_t(bucket)] = 0;
}

BucketSums &BucketSums::operator+=(const BucketSums &other)
{
    for (size_t i = 0; i < m_sums.size(); ++i)
        m_sums[i] += other.m_sums[i];
    return *this;
}

BucketSums &BucketSums::operator-=(const BucketSums &other)
{
    for (size_t i = 0; i < m_sums.size(); ++i)
        m_sums[i] -= other.m_sums[i];
    return *this;
}

QVector<int> BucketSums::differing(const BucketSums &other) const
{
    QVector<int> buckets;
    for (size_t i = 0; i < m_sums.size(); ++i)
        if (m_sums[i] != other.m_sums[i])
            buckets.append(int(i));
    return buckets;
}

} // namespace ringbook::model
