#include "ui/widgets/SectionHead.h"

#include "ui/theme/Paint.h"

namespace ringbook::ui {

SectionHead::SectionHead(const QString &text, QWidget *parent) : Painted(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setText(text);
}

QSize SectionHead::sizeHint() const
{
    return {0, type()[TextRole::Section].lineHeight};
}

QSize SectionHead::minimumSizeHint() const
{
    return sizeHint();
}

void SectionHead::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawLine(painter, rect(), type()[TextRole::Section], theme().ink3, text());
}

} // namespace ringbook::ui
