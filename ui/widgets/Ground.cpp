#include "ui/widgets/Ground.h"

#include "ui/theme/Paint.h"

#include <QPaintEvent>

namespace ringbook::ui {

namespace {

Qt::Edge mirrored(Qt::Edge edge, Qt::LayoutDirection direction)
{
    if (direction == Qt::LeftToRight || edge == Qt::TopEdge || edge == Qt::BottomEdge)
        return edge;
    return edge == Qt::LeftEdge ? Qt::RightEdge : Qt::LeftEdge;
}

} // namespace

Panel::Panel(Qt::Edges lines, QWidget *parent) : QWidget(parent), m_lines(lines)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
}

void Panel::paintEvent(QPaintEvent *event)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(event->rect(), theme.panel);
    for (const auto edge : {Qt::TopEdge, Qt::LeftEdge, Qt::RightEdge, Qt::BottomEdge}) {
        if (m_lines & edge)
            drawHairline(painter, rect(), mirrored(edge, layoutDirection()), theme.line, theme.lineWidth);
    }
}

Box::Box(Kind kind, Tone tone, QWidget *parent) : QWidget(parent), m_kind(kind), m_tone(tone) {}

void Box::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    BoxLook look{.ground = theme.panel,
                 .edge = theme.line,
                 .edgeWidth = theme.lineWidth,
                 .direction = layoutDirection()};
    if (m_kind == Kind::Bar)
        look.bar = inkOf(theme, m_tone);
    if (m_kind == Kind::Filled) {
        look.ground = groundOf(theme, m_tone);
        look.edge = edgeOf(theme, m_tone);
    }
    drawBox(painter, rect(), look);
}

} // namespace ringbook::ui
