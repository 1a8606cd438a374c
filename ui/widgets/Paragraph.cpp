#include "ui/widgets/Paragraph.h"

#include "ui/theme/Paint.h"

#include <QTextLayout>

namespace ringbook::ui {

namespace {

constexpr int usualWidth = 240;

/// Where the text breaks at this width; each piece as it is, without its line end.
QStringList broken(const QString &text, const QFont &font, int width)
{
    QStringList pieces;
    for (const QString &paragraph : text.split(u'\n')) {
        QTextLayout layout(paragraph, font);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(width);
            pieces += paragraph.mid(line.textStart(), line.textLength()).trimmed();
        }
        layout.endLayout();
    }
    return pieces;
}

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

QStringList Paragraph::lines(int width, bool *cut) const
{
    QStringList pieces = broken(text(), type()[m_role].font, std::max(width, size::target));
    const bool isTooLong = pieces.size() > m_maxLines;
    if (cut)
        *cut = isTooLong;
    if (isTooLong) {
        const QString rest = pieces.mid(m_maxLines - 1).join(u' ');
        pieces = pieces.mid(0, m_maxLines - 1);
        pieces += rest;
    }
    return pieces;
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
    return text().isEmpty() ? 0 : static_cast<int>(lines(width).size()) * type()[m_role].lineHeight;
}

bool Paragraph::isCut() const
{
    bool cut = false;
    const auto shown = lines(width(), &cut);
    return cut || shown.size() * type()[m_role].lineHeight > height();
}

void Paragraph::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Face &face = type()[m_role];
    QRectF line(0, 0, width(), face.lineHeight);
    for (const QString &piece : lines(width())) {
        drawLine(painter, line, face, colourOf(theme(), m_ink), piece);
        line.translate(0, face.lineHeight);
    }
}

} // namespace ringbook::ui
