#include "ui/widgets/Chip.h"

#include "ui/theme/Paint.h"

namespace ringbook::ui {

Chip::Chip(QWidget *parent) : Chip({}, Tone::Neutral, parent) {}

Chip::Chip(const QString &text, Tone tone, QWidget *parent) : Painted(parent)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setChip(text, tone);
}

void Chip::setChip(const QString &text, Tone tone)
{
    if (m_tone != tone) {
        m_tone = tone;
        update();
    }
    setText(text);
    if (parentWidget())
        setVisible(!text.isEmpty());
}

QSize Chip::sizeHint() const
{
    return text().isEmpty() ? QSize() : chipSize(type(), text()).toSize();
}

QSize Chip::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), 12 * size::unit), sizeHint().height()};
}

bool Chip::isCut() const
{
    return sizeHint().width() > width();
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawChip(painter, rect(), theme(), type(), {text(), m_tone});
}

} // namespace ringbook::ui
