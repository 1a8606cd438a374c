#include "ui/widgets/Paragraph.h"

#include "ui/theme/Paint.h"

namespace ringbook::ui {

namespace {

constexpr int usualWidth = 240;

} // namespace

Paragraph::Paragraph(TextRole role, Ink ink, QWidget *parent) : Painted(parent), m_role(role), m_ink(ink)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void Paragraph::setInk(Ink ink)
{
    m_ink = ink;
    update();
}

void Paragraph::setMaxLines(int lines)
{
    m_maxLines = lines;
    updateGeometry();
}

int Paragraph::lineCount() const
{
    return laidOut(width()).lineCount();
}

TextBlock Paragraph::laidOut(int width) const
{
    const auto key = std::tuple(text(), width, m_maxLines, layoutDirection(), &type());
    if (m_laidFor != key) {
        const TextBlock::Room room{qreal(std::max(width, size::target)), m_maxLines, layoutDirection()};
        m_laid = TextBlock(text(), type()[m_role], room);
        m_laidFor = key;
    }
    return m_laid;
}

QSize Paragraph::sizeHint() const
{
    return {usualWidth, heightForWidth(width() > 0 ? width() : usualWidth)};
}

QSize Paragraph::minimumSizeHint() const
{
    return {0, text().isEmpty() ? 0 : type()[m_role].lineHeight};
}

int Paragraph::heightForWidth(int width) const
{
    return laidOut(width).height();
}

bool Paragraph::isCut() const
{
    const TextBlock block = laidOut(width());
    return block.isCut() || block.height() > height();
}

void Paragraph::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    laidOut(width()).draw(painter, {}, colourOf(theme(), m_ink));
}

} // namespace ringbook::ui
