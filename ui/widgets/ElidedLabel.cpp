#include "ui/widgets/ElidedLabel.h"

#include "ui/theme/Paint.h"

#include <cmath>

namespace ringbook::ui {

QColor colourOf(const Theme &theme, Ink ink)
{
    switch (ink) {
    case Ink::First: return theme.ink;
    case Ink::Second: return theme.ink2;
    case Ink::Third: return theme.ink3;
    case Ink::Accent: return theme.accent;
    case Ink::Good: return theme.good;
    case Ink::Warn: return theme.warn;
    case Ink::Bad: return theme.bad;
    }
    return theme.ink;
}

ElidedLabel::ElidedLabel(TextRole role, Ink ink, QWidget *parent) : Painted(parent), m_role(role), m_ink(ink)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ElidedLabel::setInk(Ink ink)
{
    if (m_ink == ink)
        return;
    m_ink = ink;
    update();
}

void ElidedLabel::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

void ElidedLabel::setHugging(bool hugging)
{
    m_isHugging = hugging;
    setSizePolicy(hugging ? QSizePolicy::Maximum : QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ElidedLabel::setTabular(bool tabular)
{
    m_isTabular = tabular;
    update();
}

qreal ElidedLabel::textWidth() const
{
    const Face &face = type()[m_role];
    return m_isTabular ? face.tabularWidth(text()) : face.width(text());
}

QSize ElidedLabel::sizeHint() const
{
    const int width = m_isHugging ? static_cast<int>(std::ceil(textWidth())) : 0;
    return {width, type()[m_role].lineHeight};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {0, type()[m_role].lineHeight};
}

bool ElidedLabel::isCut() const
{
    return textWidth() > width() + 0.5;
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor colour = colourOf(theme(), m_ink);
    if (m_isTabular && !isCut())
        drawTabular(painter, rect(), type()[m_role], colour, text(), m_alignment);
    else
        drawLine(painter, rect(), type()[m_role], colour, text(), m_alignment);
}

} // namespace ringbook::ui
