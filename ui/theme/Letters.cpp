#include "ui/theme/Letters.h"

namespace ringbook::ui {

Letters::Letter Letters::of(QChar letter)
{
    if (const auto known = m_known.constFind(letter.unicode()); known != m_known.constEnd())
        return *known;
    const QList<quint32> glyphs = m_font.glyphIndexesForString(letter);
    const bool isThere = glyphs.size() == 1 && glyphs.first() != 0;
    const Letter found =
        isThere ? Letter{glyphs.first(), m_font.advancesForGlyphIndexes(glyphs).first().x()} : Letter{};
    return *m_known.insert(letter.unicode(), found);
}

} // namespace ringbook::ui
