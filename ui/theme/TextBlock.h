#pragma once

#include "ui/theme/Type.h"

#include <QColor>
#include <QVector>

class QPainter;

namespace ringbook::ui {

/// Plain text laid out once and drawn often: wrapped, also inside a word that is too long, elided after the
/// last line, read from its own side. A cheap value. UI thread only.
class TextBlock
{
public:
    struct Room
    {
        qreal width = 0;
        int maxLines = 1;
        Qt::LayoutDirection direction = Qt::LeftToRight; ///< of the window: where short lines begin
    };

    TextBlock() = default;
    TextBlock(const QString &text, const Face &face, const Room &room);

    void draw(QPainter &painter, const QPointF &topLeft, const QColor &colour) const;

    int lineCount() const { return int(m_lines.size()); }
    int height() const { return lineCount() * m_lineHeight; }
    qreal width() const; ///< of the widest line, in whole pixels
    bool isCut() const { return m_isCut; }

    /// No more than this much of a text is looked at for each line.
    static constexpr int maxLettersALine = 400;

private:
    void wrap(const QString &text, const Face &face);
    void wrapQuickly(const QString &text, const QVector<qreal> &advances, const Face &face);
    ShapedLine restWithin(QString rest, const Face &face) const;

    QVector<ShapedLine> m_lines;
    Room m_room;
    qreal m_firstBaseline = 0;
    int m_lineHeight = 0;
    bool m_isCut = false;
};

} // namespace ringbook::ui
