#include "ui/widgets/FactRow.h"

#include "ui/text/Numbers.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Paint.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>

namespace ringbook::ui {

namespace {

constexpr int telephone = 24; ///< what can be clicked of it is as wide
constexpr int telephoneIcon = 14;

} // namespace

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
    return face.width(text()) > valuePlace().width() || face.width(m_caption) > captionWidth();
}

QRectF FactRow::placed(const QRectF &part) const
{
    return layoutDirection() == Qt::LeftToRight
               ? part
               : QRectF(width() - part.right(), part.top(), part.width(), part.height());
}

qreal FactRow::captionWidth() const
{
    return std::min(type()[TextRole::Body].width(m_caption) + 1, width() / 2.0);
}

QRectF FactRow::valuePlace() const
{
    const qreal before = captionWidth() + 2 * size::unit + (m_isCallable ? telephone : 0);
    return {before, 0, width() - before, qreal(height())};
}

QRectF FactRow::telephonePlace() const
{
    if (!m_isCallable)
        return {};
    const QRectF place = valuePlace();
    const qreal taken = std::min(type()[TextRole::Body].width(text()), place.width());
    return placed({place.right() - taken - telephone, 0, qreal(telephone), qreal(height())});
}

void FactRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Face &face = type()[TextRole::Body];
    const QRectF place = valuePlace();
    if (hasFocus()) {
        const qreal taken = std::min(face.width(text()), place.width());
        drawBox(painter, placed({width() - taken, 0, taken, qreal(height())}),
                {.ground = theme().accentGround,
                 .edge = edgeOf(theme(), Tone::Accent),
                 .radius = 0,
                 .edgeWidth = theme().lineWidth});
    }
    drawLine(painter, placed({0, 0, captionWidth(), qreal(height())}), face, theme().ink2, m_caption);
    drawLine(painter, placed(place), face, theme().ink, text(), Qt::AlignTrailing);
    if (m_isCallable)
        drawIcon(painter, telephonePlace(), Icon::Phone, theme().ink2, telephoneIcon);
}

void FactRow::setCallable(bool callable)
{
    m_isCallable = callable;
    setMouseTracking(callable);
    unsetCursor();
    update();
}

void FactRow::mouseMoveEvent(QMouseEvent *event)
{
    setCursor(telephonePlace().contains(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void FactRow::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && telephonePlace().contains(event->position()))
        Q_EMIT callWanted();
    else
        Painted::mouseReleaseEvent(event);
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
    if (m_isCallable)
        menu->addAction(tr("Call …"), this, &FactRow::callWanted);
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
