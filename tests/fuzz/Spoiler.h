#pragma once

#include "tests/sim/Dice.h"

#include <QByteArray>
#include <QVector>

namespace ringbook::fuzz {

/// Makes bad input of good examples: cut, doubled, mixed, with bytes changed and words in it that are known
/// to hurt.
class Spoiler
{
public:
    Spoiler(quint64 seed, QVector<QByteArray> examples) : m_dice(seed), m_examples(std::move(examples)) {}

    QByteArray next();

private:
    QByteArray someExample() { return m_dice.oneOf(m_examples); }
    void spoil(QByteArray &bytes);

    sim::Dice m_dice;
    QVector<QByteArray> m_examples;
};

} // namespace ringbook::fuzz
