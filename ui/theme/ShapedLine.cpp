#include "ui/theme/ShapedLine.h"

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

std::optional<ShapedLine> ShapedLine::inOrder(const QString &text, const QRawFont &font, qreal digitWidth)
{
    const QList<quint32> glyphs = font.glyphIndexesForString(text);
    if (glyphs.size() != text.size() || glyphs.contains(0))
        return std::nullopt;
    const QList<QPointF> advances = font.advancesForGlyphIndexes(glyphs);
    ShapedLine line;
    QList<QPointF> positions;
    positions.reserve(glyphs.size());
    for (qsizetype at = 0; at < glyphs.size(); ++at) {
        const qreal natural = advances[at].x();
        const qreal width = digitWidth > 0 && isDigit(text[at]) ? digitWidth : natural;
        positions.append({line.m_width + (width - natural) / 2, 0});
        line.m_width += width;
    }
    QGlyphRun run;
    run.setRawFont(font);
    run.setGlyphIndexes(glyphs);
    run.setPositions(positions);
    line.m_runs.append(run);
    return line;
}

ShapedLine::ShapedLine(QTextLine &line)
{
    line.setPosition({0, -line.ascent()});
    m_runs = line.glyphRuns();
    m_width = line.naturalTextWidth();
}

void ShapedLine::draw(QPainter &painter, const QPointF &left) const
{
    for (const QGlyphRun &run : m_runs)
        painter.drawGlyphRun(left, run);
}

} // namespace ringbook::ui
