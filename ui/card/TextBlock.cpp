#include "ui/card/TextBlock.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace ringbook::ui {

namespace {

std::shared_ptr<QTextLayout> laidOut(const QString &text, const Face &face, const TextBlock::Room &room)
{
    auto layout = std::make_shared<QTextLayout>(text, face.font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    option.setAlignment((room.direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) |
                        Qt::AlignAbsolute);
    layout->setTextOption(option);
    layout->setCacheEnabled(true);
    layout->beginLayout();
    for (int count = 0; count <= room.maxLines; ++count) {
        QTextLine line = layout->createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(room.width);
        line.setPosition({0, count * face.lineHeight + (face.lineHeight - line.height()) / 2});
    }
    layout->endLayout();
    return layout;
}

QString tidy(const QString &text, int maxLines)
{
    QString tidied = text.left(qsizetype(maxLines) * TextBlock::maxLettersALine);
    return tidied.replace(QLatin1Char('\n'), QChar::LineSeparator);
}

} // namespace

TextBlock::TextBlock(const QString &text, const Face &face, const Room &room) : m_lineHeight(face.lineHeight)
{
    const QString tidied = tidy(text, room.maxLines);
    if (tidied.isEmpty() || room.width <= 0)
        return;
    m_layout = laidOut(tidied, face, room);
    if (m_layout->lineCount() <= room.maxLines)
        return;
    m_isCut = true;
    const int lastStart = m_layout->lineAt(room.maxLines - 1).textStart();
    QString rest = tidied.mid(lastStart);
    rest.replace(QChar::LineSeparator, QLatin1Char(' '));
    // Room for the dots is kept, so that the elided text cannot wrap again.
    m_layout = laidOut(tidied.left(lastStart) + face.metrics.elidedText(rest, Qt::ElideRight, room.width - 1),
                       face, room);
}

void TextBlock::draw(QPainter &painter, const QPointF &topLeft, const QColor &colour) const
{
    if (!m_layout)
        return;
    painter.setPen(colour);
    m_layout->draw(&painter, topLeft);
}

qreal TextBlock::width() const
{
    qreal widest = 0;
    for (int i = 0; i < lineCount(); ++i)
        widest = std::max(widest, m_layout->lineAt(i).naturalTextWidth());
    return std::ceil(widest);
}

} // namespace ringbook::ui
