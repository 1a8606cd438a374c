#pragma once

#include "ui/theme/Theme.h"
#include "ui/theme/Type.h"

#include <QPainter>

namespace ringbook::ui {

// The few things every painted widget and delegate draws. All of them meet the device's pixel grid at every
// scale.

/// The rectangle with its edges on device pixels.
QRectF snapped(const QPainter &painter, const QRectF &rect);

/// How wide a line of `logical` pixels is, in logical pixels: a whole number of device pixels, one at 100-199
/// %, two from 200 %.
qreal hairlineWidth(const QPainter &painter, int logical = 1);

/// A line along one edge of the rectangle, inside it.
void drawHairline(QPainter &painter, const QRectF &rect, Qt::Edge edge, const QColor &colour,
                  int logical = 1);

struct BoxLook
{
    QColor ground = {}; ///< invalid: none
    QColor edge = {};   ///< invalid: none
    qreal radius = size::radius;
    int edgeWidth = 1;
    QColor bar = {}; ///< invalid: none; along the leading edge
    Qt::LayoutDirection direction = Qt::LeftToRight;
};
void drawBox(QPainter &painter, const QRectF &rect, const BoxLook &look);

/// The ground of the current row; where there are no grounds, a line around it.
void drawSelection(QPainter &painter, const QRectF &rect, const Theme &theme);

/// One line of plain text, elided at its end, centred in the rectangle's height. Returns the width it took.
qreal drawLine(QPainter &painter, const QRectF &rect, const Face &face, const QColor &colour,
               const QString &text, Qt::Alignment alignment = Qt::AlignLeading);

/// The same with all digits equally wide; not elided.
void drawTabular(QPainter &painter, const QRectF &rect, const Face &face, const QColor &colour,
                 const QString &text, Qt::Alignment alignment = Qt::AlignLeading);

/// Draws the letters of names, sentences and numbers where nobody sees it, in the inks of text at so many
/// device pixels a logical one, and in every place between two pixels that a letter can have: their pictures
/// are kept, and drawing one for the first time costs a hundred times more.
void drawLetters(const Face &face, const Theme &theme, qreal scale);

struct ChipLook
{
    QString text = {};
    Tone tone = Tone::Neutral;
};
QSizeF chipSize(const Type &type, const QString &text);
void drawChip(QPainter &painter, const QRectF &rect, const Theme &theme, const Type &type,
              const ChipLook &chip);

/// The little keyboard cap. `ink` is the text's colour, the cap's edge a weaker one.
QSizeF keyHintSize(const Type &type, const QString &keys);
void drawKeyHint(QPainter &painter, const QRectF &rect, const Type &type, const QColor &ink,
                 const QColor &edge, const QString &keys);

} // namespace ringbook::ui
