#pragma once

#include "ui/theme/GlyphCanvas.h"
#include "ui/theme/Letters.h"

#include <QFont>
#include <QString>

#include <optional>

class QPainter;
class QTextLine;

namespace ringbook::ui {

/// One line of plain text as its font writes it: choosing and placing the glyphs costs several times what
/// drawing them does, so it is done once and both measuring and drawing use it. The side a text stands on is
/// the window's; the way it is read is its own: an Arabic name in a German window. A cheap value.
class ShapedLine
{
public:
    ShapedLine() = default;
    ShapedLine(const QString &text, const QFont &font);
    /// Glyph beside glyph, in the order of the letters: several times quicker, and right only where no letter
    /// changes or moves another, or the font has not got one: nothing then. With a `digitWidth` each of 0 to
    /// 9 stands in the middle of so many pixels.
    static std::optional<ShapedLine> inOrder(const QString &text, Letters &letters, qreal digitWidth = 0);
    /// A line of a wrapped text. Moves it: only its glyphs are of use after that.
    explicit ShapedLine(QTextLine &line);

    qreal width() const { return m_width; }

    /// In the painter's pen. `left` is at the left whatever the text's direction, on the baseline.
    void draw(QPainter &painter, const QPointF &left) const;

private:
    QList<PlacedGlyphs> m_runs;
    qreal m_width = 0;
};

} // namespace ringbook::ui
