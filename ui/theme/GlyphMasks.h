#pragma once

#include "ui/theme/Paged.h"

#include <QRawFont>
#include <QRect>

#include <memory>
#include <vector>

namespace ringbook::ui {

/// How much of each pixel one letter covers.
struct GlyphMask
{
    static constexpr int step = 4; ///< its width is a multiple of that

    QRect box;                   ///< from the pixel on the baseline where the letter stands
    std::vector<uchar> coverage; ///< row by row, four equal bytes a pixel: one for each byte of a QRgb
};

/// The masks of one font's letters. Made from what QPainter draws, so that nobody sees which of the two has
/// drawn. UI thread only.
class GlyphMasks
{
public:
    /// A letter stands in one of so many places between two pixels, as with Qt's raster engine.
    static constexpr int places = 4;
    /// What places are reckoned in: so many a pixel.
    static constexpr int unitBits = 6;
    static constexpr int units = 1 << unitBits;
    /// No mask is wider or higher, in device pixels.
    static constexpr int maxSide = 256;

    /// Those of that font at so many device pixels a logical one in ink about so light, 0 to 255. They live
    /// as long as the program; the masks, until they are asked for again here.
    static GlyphMasks &of(const QRawFont &font, qreal scale, int light);

    /// For a letter at that unit of the line. Null for one that has colours of its own or is too large.
    const GlyphMask *mask(quint32 glyph, int unit);

private:
    GlyphMasks(const QRawFont &font, qreal scale, int light) : m_font(font), m_scale(scale), m_light(light) {}

    static constexpr int maxGlyphs = 1 << 16; ///< of one font: OpenType numbers them by 16 bits

    struct Slot
    {
        bool isMade = false;
        std::unique_ptr<const GlyphMask> mask;
    };

    std::unique_ptr<const GlyphMask> make(quint32 glyph, int place) const;

    QRawFont m_font;
    qreal m_scale;
    int m_light;
    Paged<Slot, size_t(maxGlyphs) * places> m_slots; ///< by glyph and place
    int m_made = 0;
};

} // namespace ringbook::ui
