#pragma once

#include "ui/theme/GlyphMasks.h"

#include <QList>
#include <QPointF>
#include <QRawFont>
#include <QRegion>
#include <QRgb>
#include <QTransform>

#include <array>
#include <optional>
#include <span>

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

/// The picture behind a painter, where letters can be put into it directly: that takes a fifth of the time
/// that QPainter needs, and letters are a third of what a card costs. UI thread only; not for longer than the
/// painter's state.
class GlyphCanvas
{
public:
    static constexpr int stepBytes = GlyphMask::step * int(sizeof(QRgb));

    /// Nothing where the painter writes on no picture of its own, turns, shears, mixes or clips: it has to
    /// draw itself.
    static std::optional<GlyphCanvas> of(QPainter &painter);

    /// In the painter's pen. False if it cannot, and nothing is drawn.
    bool draw(const PlacedGlyphs &letters, const QPointF &left);

private:
    GlyphCanvas(QImage &picture, const QPainter &painter);
    void put(const GlyphMask &mask, const QPoint &pixel);
    void blend(const GlyphMask &mask, const QRect &box, const QRect &part);

    uchar *m_picture;
    qsizetype m_rowBytes;
    QTransform m_toDevice;
    QRegion m_clip;                       ///< in device pixels, never beyond the picture
    std::span<const QRect> m_clipRects;   ///< of m_clip, which copies share
    int m_light;                          ///< of the ink, 0 to 255
    std::array<quint16, stepBytes> m_ink; ///< the bytes of its QRgb, over and over
};

} // namespace ringbook::ui
