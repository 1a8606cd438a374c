#pragma once

#include <QtGlobal>

#include <random>

namespace ringbook::sim {

/// All chance of one run, from its seed.
class Dice
{
public:
    explicit Dice(quint64 seed) : m_generator(seed) {}

    quint64 next() { return m_generator(); }
    double fraction() { return double(next() >> 11) / double(quint64(1) << 53); } ///< [0, 1)
    bool chance(double probability) { return fraction() < probability; }
    qint64 upTo(qint64 most) { return qint64(fraction() * double(most + 1)); } ///< 0 … most
    qint64 between(qint64 least, qint64 most) { return least + upTo(most - least); }

    template <typename List>
    auto oneOf(const List &list)
    {
        return *(std::begin(list) + upTo(qint64(std::size(list)) - 1));
    }

private:
    std::mt19937_64 m_generator;
};

} // namespace ringbook::sim
