#pragma once

#include "ui/theme/Paged.h"

#include <QRawFont>

namespace ringbook::ui {

/// Glyph and advance of single letters, asked of the font once. UI thread only.
class Letters
{
public:
    enum class Kind : quint8 {
        Unasked,
        Shaped, ///< changes or moves another one, or the font has not got it: not to be placed by itself
        Silent, ///< keeps a name from turning what is around it; in a line that all goes to the right,
                ///< nothing
        Plain,  ///< stands beside the others as it is
    };

    struct Letter
    {
        Kind kind = Kind::Unasked;
        quint32 glyph = 0;
        qreal advance = 0; ///< logical pixels
    };

    explicit Letters(const QRawFont &font) : m_font(font) {}

    const QRawFont &font() const { return m_font; }
    const Letter &of(QChar letter)
    {
        Letter &known = m_known[letter.unicode()];
        if (known.kind == Kind::Unasked)
            known = ask(letter);
        return known;
    }

    /// Whether letters like this one are left as they are by those beside them, in whatever font.
    static bool standsByItself(QChar letter);

private:
    Letter ask(QChar letter) const;

    QRawFont m_font;
    Paged<Letter, 1 << 16> m_known; ///< by UTF-16 code
};

} // namespace ringbook::ui
