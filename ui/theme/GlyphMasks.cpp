#include "ui/theme/GlyphMasks.h"

#include <QGlyphRun>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <memory>

namespace ringbook::ui {

namespace {

constexpr int margin = 3; ///< in device pixels: smoothing and hinting reach beyond the outline

using Mask = std::unique_ptr<pixman_image_t, decltype(&pixman_image_unref)>;

/// What is likely under ink so light.
int groundFor(int light)
{
    return light < 128 ? 255 : 0;
}

/// The least that holds the letter, so that no pixel is reckoned in vain; one pixel of a blank.
QRect coveredBox(const QImage &image, int ground)
{
    const QRgb bare = qRgb(ground, ground, ground);
    QRect box;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixel(x, y) != bare)
                box |= QRect(x, y, 1, 1);
    return box.isEmpty() ? QRect(0, 0, 1, 1) : box;
}

/// Nothing if there is any colour in it.
Mask coverage(const QImage &image, const QRect &box, int ink)
{
    const int ground = groundFor(ink);
    Mask mask(pixman_image_create_bits(PIXMAN_a8, box.width(), box.height(), nullptr, 0),
              &pixman_image_unref);
    auto *covered = reinterpret_cast<uchar *>(pixman_image_get_data(mask.get()));
    for (int y = 0; y < box.height(); ++y, covered += pixman_image_get_stride(mask.get())) {
        const auto *pixels = reinterpret_cast<const QRgb *>(image.constScanLine(box.y() + y)) + box.x();
        for (int x = 0; x < box.width(); ++x) {
            if (!qIsGray(pixels[x]))
                return {nullptr, &pixman_image_unref};
            covered[x] = uchar(std::clamp((ground - qRed(pixels[x])) * 255 / (ground - ink), 0, 255));
        }
    }
    return mask;
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
    return *masks;
}

pixman_glyph_cache_t *GlyphMasks::cache()
{
    static pixman_glyph_cache_t *const cache = [] {
        auto *made = pixman_glyph_cache_create();
        pixman_glyph_cache_freeze(made); // thawing would throw masks away that m_made has
        return made;
    }();
    return cache;
}

/// pixman's own table is looked up four times as slowly.
const void *GlyphMasks::mask(quint32 glyph, int place)
{
    const quint32 key = glyph * places + quint32(place);
    const auto kept = m_made.constFind(key);
    return kept != m_made.constEnd() ? *kept : *m_made.insert(key, make(glyph, place));
}

const void *GlyphMasks::make(quint32 glyph, int place) const
{
    const QRectF outline = m_font.boundingRect(glyph);
    const QRect box = QRectF(outline.topLeft() * m_scale, outline.size() * m_scale)
                          .toAlignedRect()
                          .adjusted(-margin, -margin, margin, margin);
    if (std::max(box.width(), box.height()) > maxSide)
        return nullptr;
    QImage image(box.size(), QImage::Format_RGB32);
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
    const Mask mask = coverage(image, covered, m_light);
    const QPoint origin = -box.topLeft() - covered.topLeft();
    auto *const font = const_cast<GlyphMasks *>(this); // no more than a key
    auto *const key = reinterpret_cast<void *>(quintptr(glyph) * places + quintptr(place) + 1);
    return mask ? pixman_glyph_cache_insert(cache(), font, key, origin.x(), origin.y(), mask.get()) : nullptr;
}

} // namespace ringbook::ui
