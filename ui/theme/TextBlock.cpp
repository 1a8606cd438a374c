#include "ui/theme/TextBlock.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace ringbook::ui {

namespace {

QTextOption wrapped(const QString &text)
{
    QTextOption option(Qt::AlignLeft | Qt::AlignAbsolute);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    return option;
}

} // namespace

TextBlock::TextBlock(const QString &text, const Face &face, const Room &room)
    : m_room(room),
      m_firstBaseline(face.baseline(face.lineHeight / 2.0)),
      m_lineHeight(face.lineHeight)
{
    const QString looked = text.left(qsizetype(room.maxLines) * maxLettersALine);
    if (looked.isEmpty() || room.width <= 0)
        return;
    const bool isOneLine = !looked.contains(u'\n') && !looked.contains(QChar::LineSeparator);
    if (isOneLine && (room.maxLines == 1 || face.width(looked) <= room.width)) {
        m_lines.append(face.lineWithin(looked, room.width));
        m_isCut = face.width(looked) > room.width + 0.5;
        return;
    }
    wrap(QString(looked).replace(u'\n', QChar::LineSeparator), face);
}

void TextBlock::wrap(const QString &text, const Face &face)
{
    QTextLayout layout(text, face.fontFor(text));
    layout.setTextOption(wrapped(text));
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(m_room.width);
        const bool isLast = lineCount() + 1 == m_room.maxLines;
        m_isCut = isLast && line.textStart() + line.textLength() < text.size();
        if (m_isCut) {
            QString rest = text.mid(line.textStart());
            m_lines.append(face.lineWithin(rest.replace(QChar::LineSeparator, u' '), m_room.width));
        } else {
            m_lines.append(ShapedLine(line));
        }
        if (isLast)
            break;
    }
    layout.endLayout();
}

void TextBlock::draw(QPainter &painter, const QPointF &topLeft, const QColor &colour) const
{
    painter.setPen(colour);
    qreal baseline = std::round(topLeft.y()) + m_firstBaseline;
    for (const ShapedLine &line : m_lines) {
        const bool isAtTheRight = m_room.direction == Qt::RightToLeft;
        const qreal left = isAtTheRight ? topLeft.x() + m_room.width - line.width() : topLeft.x();
        line.draw(painter, {left, baseline});
        baseline += m_lineHeight;
    }
}

qreal TextBlock::width() const
{
    qreal widest = 0;
    for (const ShapedLine &line : m_lines)
        widest = std::max(widest, line.width());
    return std::ceil(widest);
}

} // namespace ringbook::ui
