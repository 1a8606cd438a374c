#include "ui/theme/Icons.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <array>
#include <cmath>

namespace ringbook::ui {

namespace {

struct Drawing
{
    Icon icon;
    const char *file;
    bool points; ///< has a direction that follows the reading direction
};

constexpr std::array drawings = {
    Drawing{Icon::Phone, "phone", false},
    Drawing{Icon::PhoneIn, "phone-in", false},
    Drawing{Icon::PhoneOut, "phone-out", false},
    Drawing{Icon::PhoneMissed, "phone-missed", false},
    Drawing{Icon::PhoneDown, "phone-down", false},
    Drawing{Icon::Note, "note", true},
    Drawing{Icon::Complaint, "complaint", false},
    Drawing{Icon::Service, "service", false},
    Drawing{Icon::Return, "return", true},
    Drawing{Icon::Information, "information", false},
    Drawing{Icon::Visit, "visit", false},
    Drawing{Icon::Mail, "mail", false},
    Drawing{Icon::Letter, "letter", true},
    Drawing{Icon::Chat, "chat", true},
    Drawing{Icon::Fax, "fax", false},
    Drawing{Icon::Web, "web", false},
    Drawing{Icon::Social, "social", true},
    Drawing{Icon::FollowUp, "follow-up", false},
    Drawing{Icon::Maintenance, "maintenance", false},
    Drawing{Icon::People, "people", false},
    Drawing{Icon::Person, "person", false},
    Drawing{Icon::Organisation, "organisation", false},
    Drawing{Icon::Cases, "cases", true},
    Drawing{Icon::Help, "help", false},
    Drawing{Icon::Day, "day", true},
    Drawing{Icon::Search, "search", true},
    Drawing{Icon::Plus, "plus", false},
    Drawing{Icon::Check, "check", false},
    Drawing{Icon::Chevron, "chevron", false},
    Drawing{Icon::Close, "close", false},
    Drawing{Icon::Warning, "warning", false},
    Drawing{Icon::Lock, "lock", false},
};

const Drawing &drawingOf(Icon icon)
{
    return drawings[static_cast<size_t>(icon)];
}

QPixmap drawn(const Drawing &drawing, const QColor &colour, int side, qreal scale, bool mirrored)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(QLatin1String(drawing.file)));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QSvgRenderer renderer(file.readAll().replace("currentColor", colour.name().toLatin1()));
    const int pixels = static_cast<int>(std::ceil(side * scale));
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    if (mirrored) {
        painter.translate(pixels, 0);
        painter.scale(-1, 1);
    }
    renderer.render(&painter, QRectF(0, 0, side * scale, side * scale));
    painter.end();
    pixmap.setDevicePixelRatio(scale);
    return pixmap;
}

/// Numbers as letters: writing them out in digits cost more than drawing the icon.
QString keyOf(Icon icon, const QColor &colour, int side, qreal scale, bool mirrored)
{
    constexpr int scaleSteps = 64;
    const QRgb rgba = colour.rgba();
    const std::array<ushort, 6> letters = {
        ushort(icon),    ushort(rgba >> 16), ushort(rgba), ushort(side), ushort(qRound(scale * scaleSteps)),
        ushort(mirrored)};
    QString key = QStringLiteral("ringbook/");
    for (const ushort letter : letters)
        key += QChar(letter);
    return key;
}

} // namespace

QPixmap iconPixmap(Icon icon, const QColor &colour, int side, qreal scale, bool mirrored)
{
    const QString key = keyOf(icon, colour, side, scale, mirrored);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = drawn(drawingOf(icon), colour, side, scale, mirrored);
        QPixmapCache::insert(key, pixmap);
    }
    return pixmap;
}

void drawIcon(QPainter &painter, const QRectF &rect, Icon icon, const QColor &colour, int side)
{
    const qreal scale = std::abs(painter.deviceTransform().m11());
    const bool mirrored = drawingOf(icon).points && painter.layoutDirection() == Qt::RightToLeft;
    const QPixmap pixmap = iconPixmap(icon, colour, side, scale > 0 ? scale : 1, mirrored);
    const QTransform toDevice = painter.deviceTransform();
    const QPointF corner = toDevice.map(rect.center() - QPointF(side / 2.0, side / 2.0));
    painter.drawPixmap(toDevice.inverted().map(QPointF(std::round(corner.x()), std::round(corner.y()))),
                       pixmap);
}

} // namespace ringbook::ui
