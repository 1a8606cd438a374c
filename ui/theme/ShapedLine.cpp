#include "ui/theme/ShapedLine.h"

#include <QGlyphRun>
#include <QPainter>
#include <QTextLayout>

namespace ringbook::ui {

namespace {

constexpr qreal anyWidth = 1 << 22; ///< wider than any line; what Qt's text engine still counts in

QTextOption unwrapped(const QString &text)
{
    QTextOption option(Qt::AlignLeft | Qt::AlignAbsolute);
    option.setWrapMode(QTextOption::NoWrap);
    option.setFlags(QTextOption::IncludeTrailingSpaces);
    option.setTextDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    return option;
}

bool isDigit(QChar letter)
{
    return letter >= u'0' && letter <= u'9';
}

void drawBy(QPainter &painter, const PlacedGlyphs &letters, const QPointF &left)
{
    QGlyphRun run;
    run.setRawFont(letters.font);
    run.setGlyphIndexes(letters.glyphs);
    run.setPositions(letters.places);
    painter.drawGlyphRun(left, run);
}

} // namespace

ShapedLine::ShapedLine(const QString &text, const QFont &font)
{
    QTextLayout layout(text, font);
    layout.setTextOption(unwrapped(text));
    layout.beginLayout();
    QTextLine line = layout.createLine();
    if (line.isValid()) {
        line.setLineWidth(anyWidth);
        *this = ShapedLine(line);
    }
    layout.endLayout();
}

std::optional<ShapedLine> ShapedLine::inOrder(const QString &text, Letters &letters, qreal digitWidth)
{
    ShapedLine line;
    PlacedGlyphs run{.font = letters.font()};
    run.glyphs.reserve(text.size());
    run.places.reserve(text.size());
    for (const QChar letter : text) {
        const Letters::Letter &known = letters.of(letter);
        if (known.kind == Letters::Kind::Shaped)
            return std::nullopt;
        if (known.kind == Letters::Kind::Silent)
            continue;
        const qreal width = digitWidth > 0 && isDigit(letter) ? digitWidth : known.advance;
        run.glyphs.append(known.glyph);
        run.places.append({line.m_width + (width - known.advance) / 2, 0});
        line.m_width += width;
    }
    line.m_runs.append(run);
    return line;
}

ShapedLine::ShapedLine(QTextLine &line)
{
    line.setPosition({0, -line.ascent()});
    for (const QGlyphRun &run : line.glyphRuns())
        m_runs.append({run.rawFont(), run.glyphIndexes(), run.positions()});
    m_width = line.naturalTextWidth();
}

void ShapedLine::draw(QPainter &painter, const QPointF &left) const
{
    auto canvas = GlyphCanvas::of(painter);
    for (const PlacedGlyphs &run : m_runs)
        if (!canvas || !canvas->draw(run, left))
            drawBy(painter, run, left);
}

} // namespace ringbook::ui
