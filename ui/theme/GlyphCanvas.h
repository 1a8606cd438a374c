#pragma once

#include <QList>
#include <QPointF>
#include <QRawFont>
#include <QRegion>
#include <QRgba64>
#include <QTransform>

#include <optional>
#include <pixman.h>

class QImage;
class QPainter;

namespace ringbook::ui {

/// Letters of one font and where they stand, from the line's left on the baseline.
struct PlacedGlyphs
{
    QRawFont font;
    QList<quint32> glyphs;
    QList<QPointF> places;
};

/// The picture behind a painter, where letters can be put into it directly: pixman needs a third of the time
/// that QPainter does, and letters are a third of what a card costs. UI thread only; not for longer than the
/// painter's state.
class GlyphCanvas
{
public:
    /// Nothing where the painter writes on no picture of its own, turns, shears, mixes or clips: it has to
    /// draw itself.
    static std::optional<GlyphCanvas> of(QPainter &painter);

    /// In the painter's pen. False if it cannot, and nothing is drawn.
    bool draw(const PlacedGlyphs &letters, const QPointF &left);

private:
    GlyphCanvas(QImage &picture, const QPainter &painter);
    void compose(pixman_glyph_t *placed, int count);

    QImage &m_picture;
    QTransform m_toDevice;
    QRegion m_clip; ///< in device pixels; empty: none
    QRgba64 m_ink;  ///< premultiplied
    int m_light;    ///< of the ink, 0 to 255
};

} // namespace ringbook::ui
