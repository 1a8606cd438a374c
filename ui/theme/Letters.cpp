#include "ui/theme/Letters.h"

namespace ringbook::ui {

namespace {

bool isIsolate(QChar letter)
{
    constexpr ushort leftToRight = 0x2066, firstStrong = 0x2068, end = 0x2069;
    const ushort code = letter.unicode();
    return code == leftToRight || code == firstStrong || code == end;
}

} // namespace

bool Letters::standsByItself(QChar letter)
{
    constexpr ushort firstMark = 0x300, lastMark = 0x36f;   // combining
    constexpr ushort firstCount = 0x483, lastCount = 0x489; // combining, Cyrillic
    constexpr ushort lastCyrillic = 0x52f;
    constexpr ushort firstSign = 0x2010, firstOver = 0x20d0, lastOver = 0x20ff, lastSign = 0x27bf;
    const ushort code = letter.unicode();
    if (code <= lastCyrillic)
        return (code < firstMark || code > lastMark) && (code < firstCount || code > lastCount);
    return code >= firstSign && code <= lastSign && (code < firstOver || code > lastOver);
}

Letters::Letter Letters::ask(QChar letter) const
{
    if (isIsolate(letter))
        return {.kind = Kind::Silent};
    if (!standsByItself(letter) || !letter.isPrint())
        return {.kind = Kind::Shaped};
    const QList<quint32> glyphs = m_font.glyphIndexesForString(letter);
    if (glyphs.size() != 1 || glyphs.first() == 0)
        return {.kind = Kind::Shaped};
    return {Kind::Plain, glyphs.first(), m_font.advancesForGlyphIndexes(glyphs).first().x()};
}

} // namespace ringbook::ui
