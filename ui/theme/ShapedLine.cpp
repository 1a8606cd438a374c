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

ShapedLine::ShapedLine(QTextLine &line)
{
    line.setPosition({0, -line.ascent()});
    m_runs = line.glyphRuns();
    m_width = line.naturalTextWidth();
}

void ShapedLine::append(const ShapedLine &next, qreal width)
{
    const QPointF shift(m_width + (width - next.m_width) / 2, 0);
    for (QGlyphRun run : next.m_runs) {
        QList<QPointF> positions = run.positions();
        for (QPointF &position : positions)
            position += shift;
        run.setPositions(positions);
        m_runs.append(run);
    }
    m_width += width;
}

void ShapedLine::draw(QPainter &painter, const QPointF &left) const
{
    for (const QGlyphRun &run : m_runs)
        painter.drawGlyphRun(left, run);
}

} // namespace ringbook::ui
