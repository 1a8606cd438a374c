#include "ui/widgets/FactRow.h"

#include "ui/text/Numbers.h"
#include "ui/theme/Paint.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>

namespace ringbook::ui {

FactRow::FactRow(QWidget *parent) : Painted(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::ClickFocus);
}

void FactRow::setFact(const QString &caption, const QString &value)
{
    m_caption = caption;
    setText(value);
    respeak();
    update();
}

QSize FactRow::sizeHint() const
{
    return {0, size::row};
}

QSize FactRow::minimumSizeHint() const
{
    return sizeHint();
}

QString FactRow::spoken() const
{
    return m_caption.isEmpty() ? text() : m_caption + QStringLiteral(": ") + withoutMarks(text());
}

bool FactRow::isCut() const
{
    const Face &face = type()[TextRole::Body];
    return face.width(m_caption) + face.width(text()) + 2 * size::unit > width();
}

void FactRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Face &face = type()[TextRole::Body];
    const qreal captionWidth = std::min(face.width(m_caption) + 1, width() / 2.0);
    const auto place = [&](const QRectF &part) {
        return layoutDirection() == Qt::LeftToRight
                   ? part
                   : QRectF(width() - part.right(), part.top(), part.width(), part.height());
    };
    const QRectF valuePlace(captionWidth + 2 * size::unit, 0, width() - captionWidth - 2 * size::unit,
                            height());
    if (hasFocus()) {
        const qreal taken = std::min(face.width(text()), valuePlace.width());
        drawBox(painter, place({width() - taken, 0, taken, qreal(height())}),
                {.ground = theme().accentGround,
                 .edge = edgeOf(theme(), Tone::Accent),
                 .radius = 0,
                 .edgeWidth = theme().lineWidth});
    }
    drawLine(painter, place({0, 0, captionWidth, qreal(height())}), face, theme().ink2, m_caption);
    drawLine(painter, place(valuePlace), face, theme().ink, text(), Qt::AlignTrailing);
}

void FactRow::copy() const
{
    QApplication::clipboard()->setText(withoutMarks(text()));
}

void FactRow::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else
        Painted::keyPressEvent(event);
}

void FactRow::mouseDoubleClickEvent(QMouseEvent *)
{
    copy();
}

void FactRow::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy"), this, &FactRow::copy);
    menu->popup(event->globalPos());
}

void FactRow::focusInEvent(QFocusEvent *event)
{
    Painted::focusInEvent(event);
    update();
}

void FactRow::focusOutEvent(QFocusEvent *event)
{
    Painted::focusOutEvent(event);
    update();
}

} // namespace ringbook::ui
