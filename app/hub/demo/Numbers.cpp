#include "app/hub/demo/Numbers.h"

#include <algorithm>
#include <array>

namespace ringbook::app::demo {

namespace {

enum Place { DE, FR, GB, US, placeCount };

constexpr std::array turns = {DE, FR, DE, GB, DE, DE, US, DE, FR, DE, DE, GB, DE, DE, DE, FR, DE, GB, DE, DE};

/// Of each turn: how many turns of the same place came before it in the round.
constexpr auto ranks = [] {
    std::array<int, turns.size()> ranks = {};
    std::array<int, placeCount> seen = {};
    for (size_t turn = 0; turn < turns.size(); ++turn)
        ranks[turn] = seen[turns[turn]]++;
    return ranks;
}();

constexpr auto perRound = [] {
    std::array<int, placeCount> counts = {};
    for (const Place place : turns)
        ++counts[place];
    return counts;
}();

/// The pattern with the digits of `number` in place of its #, right-aligned.
QString filled(QString pattern, qint64 number)
{
    QChar *const text = pattern.data();
    for (auto at = pattern.size() - 1; at >= 0; --at) {
        if (text[at] != u'#')
            continue;
        text[at] = QChar(char16_t(u'0' + number % 10));
        number /= 10;
    }
    return pattern;
}

} // namespace

Numbers::Numbers()
{
    const Lists lists(QStringLiteral(":/demo/numbers.txt"));
    for (const QString &place : places()) {
        QVector<Range> ranges;
        for (const QString &item : lists.items(place))
            ranges.append(readRange(item));
        m_levels.append(levelsOf(ranges));
    }
    m_beyond = readRange(lists.items(QStringLiteral("beyond")).value(0));
}

const QStringList &Numbers::places()
{
    static const QStringList names = {"DE", "FR", "GB", "US"};
    return names;
}

int Numbers::placeOf(qint64 index)
{
    return turns[size_t(index % qint64(turns.size()))];
}

Phone Numbers::phone(qint64 index) const
{
    const auto [range, number] = slotOf(index);
    return {.value = filled(range->pattern, number),
            .e164 = filled(range->dialled, number),
            .label = range->label,
            .zone = range->zone,
            .city = range->city,
            .place = placeOf(index)};
}

QString Numbers::e164(qint64 index) const
{
    const auto [range, number] = slotOf(index);
    return filled(range->dialled, number);
}

Numbers::Slot Numbers::slotOf(qint64 index) const
{
    const auto turn = size_t(index % qint64(turns.size()));
    const Place place = turns[turn];
    qint64 rank = index / qint64(turns.size()) * perRound[place] + ranks[turn];
    for (const Level &level : m_levels[place]) {
        const qint64 width = level.ranges.size();
        if (rank < level.depth * width) {
            const Range &range = level.ranges[rank % width];
            return {&range, range.first + level.above + rank / width};
        }
        rank -= level.depth * width;
    }
    return {&m_beyond, index};
}

QVector<Numbers::Level> Numbers::levelsOf(QVector<Range> ranges)
{
    QVector<Level> levels;
    for (qint64 above = 0; !ranges.isEmpty();) {
        const qint64 shortest = std::ranges::min(ranges, {}, &Range::count).count;
        levels.append({.above = above, .depth = shortest - above, .ranges = ranges});
        above = shortest;
        ranges.removeIf([above](const Range &range) { return range.count <= above; });
    }
    return levels;
}

Numbers::Range Numbers::readRange(const QString &item)
{
    const QStringList cell = cells(item);
    Range range{.pattern = cell.value(0),
                .dialled = cell.value(0),
                .first = cell.value(1).toLongLong(),
                .count = cell.value(2).toLongLong() - cell.value(1).toLongLong() + 1,
                .label = cell.value(3),
                .zone = cell.value(4),
                .city = cell.value(5)};
    range.dialled.remove(u' ');
    return range;
}

} // namespace ringbook::app::demo
