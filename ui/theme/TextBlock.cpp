#include "ui/theme/TextBlock.h"

#include <QPainter>
#include <QTextBoundaryFinder>
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

/// Where lines may end: after those letters.
QVector<bool> breaksAfter(const QString &text)
{
    QVector<bool> breaks(text.size());
    QTextBoundaryFinder finder(QTextBoundaryFinder::Line, text);
    for (qsizetype at = finder.toNextBoundary(); at > 0; at = finder.toNextBoundary())
        breaks[at - 1] = true;
    return breaks;
}

/// Behind the last letter of the line that begins at `start`; spaces at its end hang over.
qsizetype endOfLine(const QString &text, qsizetype start, qreal room, const QVector<qreal> &advances,
                    const QVector<bool> &breaks)
{
    qreal width = 0;
    qsizetype end = start;
    for (qsizetype at = start; at < text.size(); ++at) {
        if (text[at] == QChar::LineSeparator)
            return at + 1;
        width += advances[at];
        if (width > room && !text[at].isSpace())
            return end > start ? end : std::max(at, start + 1);
        if (breaks[at])
            end = at + 1;
    }
    return text.size();
}

QString withoutEnd(const QString &line)
{
    qsizetype end = line.size();
    while (end > 0 && line[end - 1].isSpace())
        --end;
    return line.left(end);
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

void TextBlock::wrapQuickly(const QString &text, const QVector<qreal> &advances, const Face &face)
{
    const QVector<bool> breaks = breaksAfter(text);
    for (qsizetype start = 0; start < text.size() && lineCount() < m_room.maxLines;) {
        const qsizetype end = endOfLine(text, start, m_room.width, advances, breaks);
        m_isCut = lineCount() + 1 == m_room.maxLines && end < text.size();
        if (m_isCut)
            m_lines.append(restWithin(text.mid(start), face));
        else
            m_lines.append(face.line(withoutEnd(text.mid(start, end - start))));
        start = end;
    }
}

ShapedLine TextBlock::restWithin(QString rest, const Face &face) const
{
    return face.lineWithin(rest.replace(QChar::LineSeparator, u' '), m_room.width);
}

void TextBlock::wrap(const QString &text, const Face &face)
{
    if (const auto advances = face.advances(text))
        return wrapQuickly(text, *advances, face);
    QTextLayout layout(text, face.fontFor(text));
    layout.setTextOption(wrapped(text));
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(m_room.width);
        const bool isLast = lineCount() + 1 == m_room.maxLines;
        m_isCut = isLast && line.textStart() + line.textLength() < text.size();
        m_lines.append(m_isCut ? restWithin(text.mid(line.textStart()), face) : ShapedLine(line));
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
