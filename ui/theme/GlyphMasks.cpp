#include "ui/theme/GlyphMasks.h"

#include <QGlyphRun>
#include <QHash>
#include <QImage>
#include <QPainter>

#include <algorithm>

namespace ringbook::ui {

namespace {

constexpr int margin = 3;          ///< in device pixels: smoothing and hinting reach beyond the outline
constexpr int maxMasks = 8 * 1024; ///< of one font: two thousand letters, some megabytes

/// What is likely under ink so light.
int groundFor(int light)
{
    return light < 128 ? 255 : 0;
}

/// The least that holds the letter, in whole steps: no pixel is reckoned in vain.
QRect coveredBox(const QImage &image, int ground)
{
    const QRgb bare = qRgb(ground, ground, ground);
    QRect box;
    for (int y = 0; y < image.height(); ++y) {
        const auto *pixels = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x)
            if (pixels[x] != bare)
                box |= QRect(x, y, 1, 1);
    }
    box.setWidth((box.width() + GlyphMask::step - 1) / GlyphMask::step * GlyphMask::step);
    return box;
}

} // namespace

GlyphMasks &GlyphMasks::of(const QRawFont &font, qreal scale, int light)
{
    constexpr int step = 36; // of lightness: no difference to the eye
    const int ink = (light + step / 2) / step * step;
    static QHash<std::pair<QRawFont, std::pair<int, int>>, GlyphMasks *> all;
    GlyphMasks *&masks = all[{font, {qRound(scale * 64), ink}}];
    if (!masks)
        masks = new GlyphMasks(font, scale, ink);
    if (masks->m_made > maxMasks) {
        masks->m_slots.clear();
        masks->m_made = 0;
    }
    return *masks;
}

const GlyphMask *GlyphMasks::mask(quint32 glyph, int unit)
{
    if (glyph >= maxGlyphs)
        return nullptr;
    const int place = (unit & (units - 1)) * places / units;
    Slot &slot = m_slots[glyph * places + quint32(place)];
    if (!slot.isMade) {
        slot = {true, make(glyph, place)};
        ++m_made;
    }
    return slot.mask.get();
}

std::unique_ptr<const GlyphMask> GlyphMasks::make(quint32 glyph, int place) const
{
    const QRectF outline = m_font.boundingRect(glyph);
    const QRect box = QRectF(outline.topLeft() * m_scale, outline.size() * m_scale)
                          .toAlignedRect()
                          .adjusted(-margin, -margin, margin, margin);
    if (std::max(box.width(), box.height()) > maxSide)
        return nullptr;
    QImage image(box.size() + QSize(GlyphMask::step, 0), QImage::Format_RGB32);
    const int ground = groundFor(m_light);
    image.fill(QColor(ground, ground, ground));
    QPainter painter(&image);
    painter.setPen(QColor(m_light, m_light, m_light));
    painter.scale(m_scale, m_scale);
    QGlyphRun letter;
    letter.setRawFont(m_font);
    letter.setGlyphIndexes({glyph});
    letter.setPositions({QPointF()});
    constexpr qreal inside = 0.5 / places; // so that no rounding moves it to the next place
    painter.drawGlyphRun(QPointF((place + inside) / places - box.x(), -box.y()) / m_scale, letter);
    painter.end();

    const QRect covered = coveredBox(image, ground);
    GlyphMask mask{.box = covered.translated(box.topLeft())};
    mask.coverage.reserve(size_t(covered.width() * covered.height()) * sizeof(QRgb));
    for (int y = covered.top(); y <= covered.bottom(); ++y) {
        const auto *pixels = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        for (int x = covered.left(); x <= covered.right(); ++x) {
            if (!qIsGray(pixels[x]))
                return nullptr;
            const int coverage = (ground - qRed(pixels[x])) * 255 / (ground - m_light);
            mask.coverage.insert(mask.coverage.end(), sizeof(QRgb), uchar(std::clamp(coverage, 0, 255)));
        }
    }
    return std::make_unique<const GlyphMask>(std::move(mask));
}

} // namespace ringbook::ui
