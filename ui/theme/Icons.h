#pragma once

#include <QColor>
#include <QPixmap>
#include <QRectF>

class QPainter;

namespace ringbook::ui {

/// Our own line drawings, 18 px grid, 1.6 px stroke; files of these names in resources/icons.
enum class Icon {
    Phone,
    PhoneIn,
    PhoneOut,
    PhoneMissed,
    PhoneDown,
    Note,
    Complaint,
    Service,
    Return,
    Information,
    Visit,
    Mail,
    Letter,
    Chat,
    Fax,
    Web,
    Social,
    FollowUp,
    Maintenance,
    People,
    Person,
    Organisation,
    Cases,
    Help,
    Day,
    Search,
    Plus,
    Check,
    Chevron,
    Close,
    Warning,
    Lock,
};

/// The drawing in one colour, `side` logical pixels square. Kept in a cache by drawing, size, scale and
/// colour; UI thread only.
QPixmap iconPixmap(Icon icon, const QColor &colour, int side, qreal scale, bool mirrored = false);

/// Draws it centred; mirrored when the painter goes right to left and the drawing points somewhere.
void drawIcon(QPainter &painter, const QRectF &rect, Icon icon, const QColor &colour, int side);

} // namespace ringbook::ui
