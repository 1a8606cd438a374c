#include "ui/widgets/FieldMark.h"

#include "ui/theme/Paint.h"

#include <QEvent>

namespace ringbook::ui {

namespace {

constexpr int gap = 2;
constexpr int overlap = 6; ///< of a corner
constexpr QChar unequal = u'≠';

} // namespace

FieldMark::FieldMark(QWidget &field, Place place)
    : Painted(field.parentWidget()),
      m_field(field),
      m_place(place)
{
    hide();
    field.installEventFilter(this);
}

void FieldMark::mark(const QString &words)
{
    setText(words);
    setToolTip(plainForToolTip(words));
    follow();
    raise();
}

void FieldMark::draw(QPainter &painter, const QRectF &rect, const Theme &theme, const Type &type)
{
    const QRectF box(rect.center().x() - side / 2.0, rect.center().y() - side / 2.0, side, side);
    drawBox(painter, box,
            {.ground = groundOf(theme, Tone::Warn),
             .edge = edgeOf(theme, Tone::Warn),
             .radius = size::smallRadius,
             .edgeWidth = theme.lineWidth});
    drawLine(painter, box, type[TextRole::Strong], inkOf(theme, Tone::Warn), unequal, Qt::AlignHCenter);
}

/// In the margin at the height of the field's first line.
void FieldMark::follow()
{
    const QRect field = m_field.geometry();
    const bool isMargin = m_place == Place::Margin;
    const bool isLeft = isMargin == (layoutDirection() == Qt::LeftToRight);
    const int beside = isMargin ? gap + side : overlap;
    const int x = isLeft ? field.left() - beside : field.right() + 1 + beside - side;
    const int body = type()[TextRole::Body].lineHeight;
    const int lineHeight = field.height() < 2 * body ? field.height() : body;
    const int y = isMargin ? field.top() + (lineHeight - side) / 2 : field.top() - overlap;
    setGeometry(x, y, side, side);
    setVisible(!text().isEmpty() && !m_field.isHidden());
}

bool FieldMark::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::ShowToParent:
    case QEvent::HideToParent: follow(); break;
    default: break;
    }
    return Painted::eventFilter(watched, event);
}

void FieldMark::changeEvent(QEvent *event)
{
    Painted::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange || event->type() == QEvent::StyleChange)
        follow();
}

void FieldMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    draw(painter, rect(), theme(), type());
}

} // namespace ringbook::ui
