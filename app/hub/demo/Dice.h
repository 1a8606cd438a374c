#pragma once

#include <QVector>

namespace ringbook::app::demo {

/// What a row of dice is thrown for, so that no two facts of one record hang together.
enum class Throw : quint64 {
    Organisation = 1,
    Person,
    Household,
    ContactPoints,
    Caller,
    Contact,
    Case,
    CaseNote,
    FollowUp,
    Alert,
};

/// SplitMix64. The same seed, purpose and index always throw the same, so a record can be made again at any
/// time instead of being kept.
class Dice
{
public:
    Dice(quint64 seed, Throw purpose, qint64 index)
        : m_state((seed + 1) * 0x9E3779B97F4A7C15u ^ quint64(purpose) * 0xD1B54A32D192ED03u ^
                  quint64(index) * 0xABC98388FB8FAC03u)
    {
        next();
    }

    quint64 next()
    {
        quint64 z = m_state += 0x9E3779B97F4A7C15u;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
        z = (z ^ z >> 27) * 0x94D049BB133111EBu;
        return z ^ z >> 31;
    }

    /// 0 to sides - 1.
    qint64 below(qint64 sides) { return qint64((next() >> 32) * quint64(sides) >> 32); }
    qint64 between(qint64 first, qint64 last) { return first + below(last - first + 1); }
    bool percent(int chance) { return below(100) < chance; }
    double fraction() { return double(next() >> 11) * 0x1.0p-53; }

    template <typename T>
    const T &of(const QVector<T> &choices)
    {
        return choices[below(choices.size())];
    }

private:
    quint64 m_state;
};

} // namespace ringbook::app::demo
