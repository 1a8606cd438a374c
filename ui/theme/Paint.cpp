#include "ui/theme/Paint.h"

#include "ui/theme/GlyphMasks.h"

#include <QImage>

#include <algorithm>
#include <cmath>

namespace ringbook::ui {

namespace {

constexpr int chipPadding = 6;
constexpr int chipHeight = 20;
constexpr int keyHintPadding = 4;
constexpr int keyHintHeight = 16;

Qt::Alignment absolute(const QPainter &painter, Qt::Alignment alignment)
{
    const bool mirrored = painter.layoutDirection() == Qt::RightToLeft && !(alignment & Qt::AlignAbsolute);
    const auto rest = alignment & ~Qt::AlignHorizontal_Mask;
    if (alignment & Qt::AlignHCenter)
        return rest | Qt::AlignHCenter | Qt::AlignAbsolute;
    const bool atTheEnd = alignment & Qt::AlignRight;
    return rest | (atTheEnd != mirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute;
}

/// Where text of that width begins, at the left whatever its direction.
qreal leftOf(const QPainter &painter, const QRectF &rect, qreal width, Qt::Alignment alignment)
{
    const auto sides = absolute(painter, alignment);
    if (sides & Qt::AlignRight)
        return rect.right() - width;
    return sides & Qt::AlignHCenter ? rect.center().x() - width / 2 : rect.left();
}

} // namespace

QRectF snapped(const QPainter &painter, const QRectF &rect)
{
    const QTransform toDevice = painter.deviceTransform();
    const QRectF device = toDevice.mapRect(rect);
    const QPointF topLeft(std::round(device.left()), std::round(device.top()));
    const QPointF bottomRight(std::round(device.right()), std::round(device.bottom()));
    return toDevice.inverted().mapRect(QRectF(topLeft, bottomRight));
}

qreal hairlineWidth(const QPainter &painter, int logical)
{
    const qreal scale = std::abs(painter.deviceTransform().m11());
    return scale <= 0 ? logical : std::max(1.0, std::floor(scale * logical + 0.01)) / scale;
}

void drawHairline(QPainter &painter, const QRectF &rect, Qt::Edge edge, const QColor &colour, int logical)
{
    const qreal width = hairlineWidth(painter, logical);
    QRectF line = snapped(painter, rect);
    switch (edge) {
    case Qt::TopEdge: line.setHeight(width); break;
    case Qt::BottomEdge: line.setTop(line.bottom() - width); break;
    case Qt::LeftEdge: line.setWidth(width); break;
    case Qt::RightEdge: line.setLeft(line.right() - width); break;
    }
    painter.fillRect(line, colour);
}

void drawSelection(QPainter &painter, const QRectF &rect, const Theme &theme)
{
    painter.fillRect(rect, theme.selection);
    if (theme.selection == theme.panel)
        drawBox(painter, rect, {.edge = theme.line, .radius = 0, .edgeWidth = theme.lineWidth});
}

qreal drawLine(QPainter &painter, const QRectF &rect, const Face &face, const QColor &colour,
               const QString &text, Qt::Alignment alignment)
{
    if (text.isEmpty() || rect.width() <= 0)
        return 0;
    const ShapedLine line = face.lineWithin(text, rect.width());
    painter.setPen(colour);
    line.draw(painter, {leftOf(painter, rect, line.width(), alignment), face.baseline(rect.center().y())});
    return line.width();
}

void drawTabular(QPainter &painter, const QRectF &rect, const Face &face, const QColor &colour,
                 const QString &text, Qt::Alignment alignment)
{
    const ShapedLine line = face.tabularLine(text);
    painter.setPen(colour);
    line.draw(painter, {leftOf(painter, rect, line.width(), alignment), face.baseline(rect.center().y())});
}

void drawLetters(const Face &face, const Theme &theme, qreal scale)
{
    const ShapedLine letters = face.line(QStringLiteral(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789äöüßéèçñ .,:;-+/()@·…"));
    QImage nowhere(1, 1, QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&nowhere);
    painter.scale(scale, scale);
    for (const QColor &ink : {theme.ink, theme.ink2, theme.ink3}) {
        painter.setPen(ink);
        for (int place = 0; place < GlyphMasks::places; ++place)
            letters.draw(painter, {place / (scale * GlyphMasks::places), 0});
    }
}

QSizeF chipSize(const Type &type, const QString &text)
{
    return {std::ceil(type[TextRole::Small].width(text)) + 2 * chipPadding, chipHeight};
}

void drawChip(QPainter &painter, const QRectF &rect, const Theme &theme, const Type &type,
              const ChipLook &chip)
{
    drawBox(painter, rect,
            {.ground = groundOf(theme, chip.tone),
             .edge = edgeOf(theme, chip.tone),
             .radius = size::smallRadius,
             .edgeWidth = theme.lineWidth});
    drawLine(painter, rect.adjusted(chipPadding, 0, -chipPadding, 0), type[TextRole::Small],
             inkOf(theme, chip.tone), chip.text, Qt::AlignHCenter);
}

QSizeF keyHintSize(const Type &type, const QString &keys)
{
    const qreal width = std::ceil(type[TextRole::Caption].width(keys)) + 2 * keyHintPadding;
    return {std::max<qreal>(width, keyHintHeight), keyHintHeight};
}

void drawKeyHint(QPainter &painter, const QRectF &rect, const Type &type, const QColor &ink,
                 const QColor &edge, const QString &keys)
{
    drawBox(painter, rect, {.edge = edge, .radius = size::smallRadius});
    drawLine(painter, rect, type[TextRole::Caption], ink, keys, Qt::AlignHCenter);
}

} // namespace ringbook::ui
