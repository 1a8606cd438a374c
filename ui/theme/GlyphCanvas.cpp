#include "ui/theme/GlyphCanvas.h"

#include "ui/theme/GlyphMasks.h"

#include <QImage>
#include <QPaintEngine>
#include <QPainter>

#include <array>
#include <cmath>
#include <memory>

namespace ringbook::ui {

namespace {

constexpr int maxLetters = 512; ///< in one run; longer ones are the painter's

/// Of the picture, if the painter writes on one that is nobody else's.
QImage *pictureOf(const QPainter &painter)
{
    const QPaintEngine *engine = painter.paintEngine();
    if (!engine || engine->type() != QPaintEngine::Raster ||
        engine->paintDevice()->devType() != QInternal::Image)
        return nullptr;
    auto *picture = static_cast<QImage *>(engine->paintDevice());
    const bool isKnown =
        picture->format() == QImage::Format_RGB32 || picture->format() == QImage::Format_ARGB32_Premultiplied;
    return isKnown && picture->isDetached() ? picture : nullptr;
}

using Pixman = std::unique_ptr<pixman_image_t, decltype(&pixman_image_unref)>;

struct Spot
{
    QPoint pixel;
    int place;
};

/// As Qt's raster engine reckons, in 64ths of a pixel: always to the left, but for one 64th.
Spot spotOf(const QPointF &point)
{
    constexpr int units = 64;
    const int x = int(std::floor(point.x() * units)) + 1;
    const int pixel = int(std::floor(double(x) / units));
    return {{pixel, qRound(point.y())}, (x - pixel * units) * GlyphMasks::places / units};
}

bool isPlain(const QPainter &painter)
{
    const QTransform toDevice = painter.deviceTransform();
    return !painter.hasClipping() && painter.opacity() == 1 &&
           painter.compositionMode() == QPainter::CompositionMode_SourceOver &&
           painter.pen().brush().style() == Qt::SolidPattern && toDevice.type() <= QTransform::TxScale &&
           toDevice.m11() > 0 && toDevice.m11() == toDevice.m22();
}

void clip(pixman_image_t *picture, const QRegion &clip)
{
    pixman_region32_t region;
    pixman_region32_init(&region);
    for (const QRect &rect : clip)
        pixman_region32_union_rect(&region, &region, rect.x(), rect.y(), unsigned(rect.width()),
                                   unsigned(rect.height()));
    pixman_image_set_clip_region32(picture, &region);
    pixman_region32_fini(&region);
}

} // namespace

std::optional<GlyphCanvas> GlyphCanvas::of(QPainter &painter)
{
    QImage *picture = isPlain(painter) ? pictureOf(painter) : nullptr;
    return picture ? std::optional(GlyphCanvas(*picture, painter)) : std::nullopt;
}

GlyphCanvas::GlyphCanvas(QImage &picture, const QPainter &painter)
    : m_picture(picture),
      m_toDevice(painter.deviceTransform()),
      m_clip(painter.paintEngine()->systemClip()),
      m_ink(painter.pen().color().rgba64().premultiplied()),
      m_light(qGray(painter.pen().color().rgb()))
{
}

bool GlyphCanvas::draw(const PlacedGlyphs &letters, const QPointF &left)
{
    if (letters.glyphs.size() > maxLetters)
        return false;
    GlyphMasks &masks = GlyphMasks::of(letters.font, m_toDevice.m11(), m_light);
    std::array<pixman_glyph_t, maxLetters> placed;
    for (qsizetype at = 0; at < letters.glyphs.size(); ++at) {
        const Spot spot = spotOf(m_toDevice.map(left + letters.places[at]));
        const void *mask = masks.mask(letters.glyphs[at], spot.place);
        if (!mask)
            return false;
        placed[size_t(at)] = {spot.pixel.x(), spot.pixel.y(), mask};
    }
    compose(placed.data(), int(letters.glyphs.size()));
    return true;
}

void GlyphCanvas::compose(pixman_glyph_t *placed, int count)
{
    const Pixman picture(pixman_image_create_bits(PIXMAN_a8r8g8b8, m_picture.width(), m_picture.height(),
                                                  reinterpret_cast<uint32_t *>(m_picture.bits()),
                                                  int(m_picture.bytesPerLine())),
                         &pixman_image_unref);
    if (!m_clip.isEmpty())
        clip(picture.get(), m_clip);
    const pixman_color_t colour{m_ink.red(), m_ink.green(), m_ink.blue(), m_ink.alpha()};
    const Pixman ink(pixman_image_create_solid_fill(&colour), &pixman_image_unref);
    pixman_composite_glyphs_no_mask(PIXMAN_OP_OVER, ink.get(), picture.get(), 0, 0, 0, 0, GlyphMasks::cache(),
                                    count, placed);
}

} // namespace ringbook::ui
