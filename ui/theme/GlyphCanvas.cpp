#include "ui/theme/GlyphCanvas.h"

#include <QImage>
#include <QPaintEngine>
#include <QPainter>

#include <algorithm>
#include <cstring>

namespace ringbook::ui {

namespace {

constexpr size_t maxLetters = 512; ///< in one run; longer ones are the painter's

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

/// As Qt's raster engine reckons: always to the left, but for one unit. Without std::floor, which is a call
/// into a library where processors may be old.
int unitsOf(qreal x)
{
    const qreal wanted = x * GlyphMasks::units;
    const int towardsZero = int(wanted);
    return towardsZero - int(wanted < towardsZero) + 1;
}

bool isPlain(const QPainter &painter)
{
    const QTransform toDevice = painter.deviceTransform();
    return !painter.hasClipping() && painter.opacity() == 1 &&
           painter.compositionMode() == QPainter::CompositionMode_SourceOver &&
           painter.pen().brush().style() == Qt::SolidPattern && painter.pen().color().alpha() == 255 &&
           toDevice.type() <= QTransform::TxScale && toDevice.m11() > 0 && toDevice.m11() == toDevice.m22();
}

/// The colour's way to the ink, as far as the letter covers it: exactly divided by 255 and rounded, modulo
/// 2^16 on the way.
uchar mixed(uchar colour, quint16 ink, uchar coverage)
{
    const auto sum = quint16(quint16(ink - colour) * coverage + colour * 255 + 128);
    return uchar(quint32(sum) * 257 >> 16);
}

/// The bytes of a step at once: compilers make a few vector instructions of it.
void mixStep(uchar *colours, const quint16 *ink, const uchar *coverage)
{
    uchar step[GlyphCanvas::stepBytes];
    std::memcpy(step, colours, sizeof step);
    for (size_t at = 0; at < sizeof step; ++at)
        step[at] = mixed(step[at], ink[at], coverage[at]);
    std::memcpy(colours, step, sizeof step);
}

} // namespace

std::optional<GlyphCanvas> GlyphCanvas::of(QPainter &painter)
{
    QImage *picture = isPlain(painter) ? pictureOf(painter) : nullptr;
    return picture ? std::optional(GlyphCanvas(*picture, painter)) : std::nullopt;
}

GlyphCanvas::GlyphCanvas(QImage &picture, const QPainter &painter)
    : m_picture(picture.bits()),
      m_rowBytes(picture.bytesPerLine()),
      m_toDevice(painter.deviceTransform()),
      m_clip(painter.paintEngine()->systemClip().isEmpty()
                 ? QRegion(picture.rect())
                 : painter.paintEngine()->systemClip() & picture.rect()),
      m_clipRects(m_clip.begin(), m_clip.end()),
      m_light(qGray(painter.pen().color().rgb()))
{
    const QRgb ink = painter.pen().color().rgb();
    std::array<uchar, sizeof ink> bytes;
    std::memcpy(bytes.data(), &ink, sizeof ink);
    for (size_t at = 0; at < m_ink.size(); ++at)
        m_ink[at] = bytes[at % sizeof ink];
}

bool GlyphCanvas::draw(const PlacedGlyphs &letters, const QPointF &left)
{
    struct Placed
    {
        const GlyphMask *mask;
        int x, y; // a QPoint would be filled with noughts, for each of many places
    };
    std::array<Placed, maxLetters> placed;
    const size_t count = size_t(letters.glyphs.size());
    if (count > placed.size())
        return false;
    GlyphMasks &masks = GlyphMasks::of(letters.font, m_toDevice.m11(), m_light);
    const QPointF origin = m_toDevice.map(left);
    for (size_t at = 0; at < count; ++at) {
        const QPointF place = origin + letters.places[qsizetype(at)] * m_toDevice.m11();
        const int x = unitsOf(place.x());
        const GlyphMask *mask = masks.mask(letters.glyphs[qsizetype(at)], x);
        if (!mask)
            return false;
        placed[at] = {mask, x >> GlyphMasks::unitBits, qRound(place.y())};
    }
    for (size_t at = 0; at < count; ++at)
        put(*placed[at].mask, {placed[at].x, placed[at].y});
    return true;
}

void GlyphCanvas::put(const GlyphMask &mask, const QPoint &pixel)
{
    const QRect box = mask.box.translated(pixel);
    for (const QRect &rect : m_clipRects) {
        const QRect part(QPoint(std::max(box.left(), rect.left()), std::max(box.top(), rect.top())),
                         QPoint(std::min(box.right(), rect.right()), std::min(box.bottom(), rect.bottom())));
        if (part.isValid()) // QRect's own & is a call into a library, 2 000 times a card
            blend(mask, box, part);
    }
}

/// `part` of where the mask stands, a step at a time where it is all of it. What the loop needs is at hand: a
/// byte that is written might be any member.
void GlyphCanvas::blend(const GlyphMask &mask, const QRect &box, const QRect &part)
{
    constexpr auto pixelBytes = qsizetype(sizeof(QRgb));
    const quint16 *ink = m_ink.data();
    const qsizetype rowBytes = m_rowBytes, maskRowBytes = box.width() * pixelBytes;
    const qsizetype bytes = part.width() * pixelBytes, wholeSteps = bytes / stepBytes * stepBytes;
    uchar *row = m_picture + part.y() * rowBytes + part.x() * pixelBytes;
    const uchar *coverage =
        mask.coverage.data() + (part.y() - box.y()) * maskRowBytes + (part.x() - box.x()) * pixelBytes;
    for (int left = part.height(); left > 0; --left, row += rowBytes, coverage += maskRowBytes) {
        qsizetype at = 0;
        for (; at < wholeSteps; at += stepBytes)
            mixStep(row + at, ink, coverage + at);
        for (; at < bytes; ++at)
            row[at] = mixed(row[at], ink[at % stepBytes], coverage[at]);
    }
}

} // namespace ringbook::ui
