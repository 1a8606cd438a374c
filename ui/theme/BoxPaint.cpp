#include "ui/theme/Paint.h"

#include <QHash>
#include <QImage>

#include <cmath>

namespace ringbook::ui {

namespace {

constexpr int maxKeptImages = 256;

/// What the corners of a box look like; all boxes of one look share them.
struct CornerLook
{
    QRgb ground = 0; ///< premultiplied or not does not matter: it only tells looks apart
    QRgb edge = 0;
    int radius = 0; ///< in 64ths of a device pixel
    int edgeWidth = 0;
    int scale = 0; ///< in 64ths

    bool operator==(const CornerLook &) const = default;
    friend size_t qHash(const CornerLook &look, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, look.ground, look.edge, look.radius, look.edgeWidth, look.scale);
    }
};

QRgb rgbaOf(const QColor &colour)
{
    return colour.isValid() ? colour.rgba() : 0;
}

QRectF barPart(const QRectF &rect, Qt::LayoutDirection direction)
{
    if (direction == Qt::RightToLeft)
        return {rect.right() - size::bar, rect.top(), size::bar, rect.height()};
    return {rect.left(), rect.top(), size::bar, rect.height()};
}

/// Shape by shape; exact for every size, and slow.
void drawShapes(QPainter &painter, const QRectF &outer, const BoxLook &look, qreal edgeWidth)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    if (look.ground.isValid()) {
        painter.setBrush(look.ground);
        painter.drawRoundedRect(outer, look.radius, look.radius);
    }
    if (look.edge.isValid()) {
        const qreal half = edgeWidth / 2;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(look.edge, edgeWidth));
        painter.drawRoundedRect(outer.adjusted(half, half, -half, -half), look.radius - half,
                                look.radius - half);
    }
    painter.restore();
}

/// A box just big enough to have four whole corners, `side` device pixels each.
QImage cornersOf(const BoxLook &look, qreal edgeWidth, int side, qreal scale)
{
    QImage image(2 * side, 2 * side, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    drawShapes(painter, QRectF(0, 0, 2 * side / scale, 2 * side / scale), look, edgeWidth);
    return image;
}

const QImage &keptCorners(const BoxLook &look, qreal edgeWidth, int side, qreal scale)
{
    static QHash<CornerLook, QImage> kept;
    if (kept.size() >= maxKeptImages)
        kept.clear();
    const CornerLook key{rgbaOf(look.ground), rgbaOf(look.edge), qRound(look.radius * scale * 64),
                         qRound(edgeWidth * scale), qRound(scale * 64)};
    QImage &image = kept[key];
    if (image.isNull())
        image = cornersOf(look, edgeWidth, side, scale);
    return image;
}

/// Corners from the kept image, all that is straight as plain rectangles.
void drawParts(QPainter &painter, const QRectF &outer, const BoxLook &look, qreal edgeWidth, int side,
               qreal scale)
{
    const qreal corner = side / scale;
    const QImage &corners = keptCorners(look, edgeWidth, side, scale);
    const auto place = [&](qreal x, qreal y, int column, int row) {
        painter.drawImage(QRectF(x, y, corner, corner), corners,
                          QRectF(column * side, row * side, side, side));
    };
    place(outer.left(), outer.top(), 0, 0);
    place(outer.right() - corner, outer.top(), 1, 0);
    place(outer.left(), outer.bottom() - corner, 0, 1);
    place(outer.right() - corner, outer.bottom() - corner, 1, 1);
    const qreal inset = look.edge.isValid() ? edgeWidth : 0;
    if (look.ground.isValid()) {
        painter.fillRect(outer.adjusted(inset, corner, -inset, -corner), look.ground);
        const QRectF top(outer.left() + corner, outer.top() + inset, outer.width() - 2 * corner,
                         corner - inset);
        painter.fillRect(top, look.ground);
        painter.fillRect(top.translated(0, outer.height() - corner - inset), look.ground);
    }
    if (inset <= 0)
        return;
    const QRectF across = outer.adjusted(corner, 0, -corner, 0);
    const QRectF along = outer.adjusted(0, corner, 0, -corner);
    painter.fillRect(QRectF(across.left(), outer.top(), across.width(), inset), look.edge);
    painter.fillRect(QRectF(across.left(), outer.bottom() - inset, across.width(), inset), look.edge);
    painter.fillRect(QRectF(outer.left(), along.top(), inset, along.height()), look.edge);
    painter.fillRect(QRectF(outer.right() - inset, along.top(), inset, along.height()), look.edge);
}

void drawPlainBox(QPainter &painter, const QRectF &outer, const BoxLook &look)
{
    const qreal edgeWidth = hairlineWidth(painter, look.edgeWidth);
    const qreal scale = std::abs(painter.deviceTransform().m11());
    const int side = static_cast<int>(std::ceil(look.radius * scale));
    const bool hasStraightParts = scale > 0 && std::min(outer.width(), outer.height()) * scale >= 2 * side;
    if (hasStraightParts)
        drawParts(painter, outer, look, edgeWidth, side, scale);
    else
        drawShapes(painter, outer, look, edgeWidth);
}

} // namespace

void drawBox(QPainter &painter, const QRectF &rect, const BoxLook &look)
{
    const QRectF outer = snapped(painter, rect);
    drawPlainBox(painter, outer, look);
    if (!look.bar.isValid())
        return;
    painter.save();
    painter.setClipRect(snapped(painter, barPart(outer, look.direction)), Qt::IntersectClip);
    drawPlainBox(painter, outer, {.ground = look.bar, .radius = look.radius});
    painter.restore();
}

} // namespace ringbook::ui
