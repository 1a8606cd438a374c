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

std::optional<ShapedLine> ShapedLine::inOrder(const QString &text, const QRawFont &font)
{
    const QList<quint32> glyphs = font.glyphIndexesForString(text);
    if (glyphs.size() != text.size() || glyphs.contains(0))
        return std::nullopt;
    ShapedLine line;
    QList<QPointF> positions;
    positions.reserve(glyphs.size());
    for (const QPointF &advance : font.advancesForGlyphIndexes(glyphs)) {
        positions.append({line.m_width, 0});
        line.m_width += advance.x();
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

void ShapedLine::append(const ShapedLine &next, qreal width)
{
    const QPointF shift(m_width + (width - next.m_width) / 2, 0);
    for (const QGlyphRun &run : next.m_runs) {
        const bool goesOn = !m_runs.isEmpty() && m_runs.last().rawFont() == run.rawFont();
        QGlyphRun whole = goesOn ? m_runs.takeLast() : QGlyphRun(run);
        QList<quint32> glyphs = goesOn ? whole.glyphIndexes() : QList<quint32>();
        QList<QPointF> positions = goesOn ? whole.positions() : QList<QPointF>();
        glyphs += run.glyphIndexes();
        for (const QPointF &position : run.positions())
            positions += position + shift;
        whole.setGlyphIndexes(glyphs);
        whole.setPositions(positions);
        m_runs.append(whole);
    }
    m_width += width;
}

void ShapedLine::draw(QPainter &painter, const QPointF &left) const
{
    for (const QGlyphRun &run : m_runs)
        painter.drawGlyphRun(left, run);
}

} // namespace ringbook::ui
