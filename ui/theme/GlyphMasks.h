#pragma once

#include <QHash>
#include <QRawFont>

#include <pixman.h>

namespace ringbook::ui {

/// How much of each pixel the letters of one font cover. Made from what QPainter draws, so that nobody sees
/// which of the two has drawn. UI thread only.
class GlyphMasks
{
public:
    /// A letter stands in one of so many places between two pixels, as with Qt's raster engine.
    static constexpr int places = 4; // a power of two
    /// No mask is wider or higher, in device pixels.
    static constexpr int maxSide = 256;

    /// Those of that font at so many device pixels a logical one in ink about so light, 0 to 255. They live
    /// as long as the program.
    static GlyphMasks &of(const QRawFont &font, qreal scale, int light);

    /// Shared by all fonts; keeps what it has as long as the program lives.
    static pixman_glyph_cache_t *cache();

    /// Null for a letter that has colours of its own or is too large, and for new ones once there are some
    /// ten thousand.
    const void *mask(quint32 glyph, int place);

private:
    GlyphMasks(const QRawFont &font, qreal scale, int light) : m_font(font), m_scale(scale), m_light(light) {}

    const void *make(quint32 glyph, int place) const;

    QRawFont m_font;
    qreal m_scale;
    int m_light;
    QHash<quint32, const void *> m_made; ///< by glyph and place
};

} // namespace ringbook::ui
