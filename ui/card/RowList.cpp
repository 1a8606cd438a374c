#include "ui/card/RowList.h"

#include "ui/theme/Paint.h"
#include "ui/widgets/Painted.h"

#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace ringbook::ui {

namespace {

constexpr int emptyHeight = 44;
constexpr int twoLineRow = 55; ///< where rows are lower, a second batch follows

} // namespace

RowList::RowList(RowDelegate::Shape shape, QWidget *parent)
    : QListView(parent),
      m_fillsGround(shape == RowDelegate::Shape::History)
{
    setItemDelegate(new RowDelegate(shape, this));
    setFrameShape(QFrame::NoFrame);
    viewport()->setAutoFillBackground(false);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent, m_fillsGround);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // The bar stands on the rows' end padding: they keep their width, whether there is something to scroll or
    // not.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    const int beside = -style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, this);
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    setViewportMargins(isMirrored ? beside : 0, 0, isMirrored ? 0 : beside, 0);
    verticalScrollBar()->parentWidget()->raise();
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false);
    setResizeMode(Adjust);
    // A list of lines is short; in batches its first picture would have none of them.
    setLayoutMode(shape == RowDelegate::Shape::Line ? SinglePass : Batched);
    verticalScrollBar()->setSingleStep(size::row);
}

/// What can be seen is laid out before it is painted, the rest when there is time.
void RowList::resizeEvent(QResizeEvent *event)
{
    setBatchSize(height() / twoLineRow + 2);
    QListView::resizeEvent(event);
}

void RowList::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

void RowList::fitRows(int maxRows)
{
    const int rows = std::min(model()->rowCount(), maxRows);
    int height = 0;
    for (int row = 0; row < rows; ++row)
        height += sizeHintForRow(row);
    setFixedHeight(height);
}

/// The box is part of what scrolls: its upper edge leaves with the first row.
QRectF RowList::box() const
{
    const int rows = model() ? model()->rowCount() : 0;
    const int top = -verticalOffset();
    const QRect last = rows == 0 ? QRect() : visualRect(model()->index(rows - 1, 0));
    const int beyond = viewport()->height() + size::radius; // not laid out yet: it does not end in sight
    const int bottom = rows == 0 ? emptyHeight : last.isEmpty() ? beyond : last.bottom() + 1;
    return QRectF(0, top, viewport()->width(), bottom - top);
}

/// The largest list fills the window's ground itself, and only where its box does not: filling so many pixels
/// twice is a good part of painting a card.
void RowList::fillGround(bool hasBox)
{
    QRegion ground(viewport()->rect());
    if (hasBox)
        ground -= box().toAlignedRect().adjusted(0, size::radius, 0, -size::radius);
    QPainter painter(viewport());
    for (const QRect &rect : ground)
        painter.fillRect(rect, themeOf(this).background);
}

/// Rows laid out while they are painted would have the list painted a second time.
void RowList::layOutUnseen()
{
    viewport()->setAttribute(Qt::WA_UpdatesDisabled, true);
    executeDelayedItemsLayout();
    viewport()->setAttribute(Qt::WA_UpdatesDisabled, false);
}

void RowList::paintEvent(QPaintEvent *event)
{
    layOutUnseen();
    const bool isEmpty = !model() || model()->rowCount() == 0;
    const bool hasBox = !isEmpty || !m_emptyText.isEmpty();
    if (m_fillsGround)
        fillGround(hasBox);
    if (hasBox) {
        const Theme &theme = themeOf(this);
        QPainter painter(viewport());
        painter.setLayoutDirection(layoutDirection());
        drawBox(painter, box(), {.ground = theme.panel, .edge = theme.line, .edgeWidth = theme.lineWidth});
        if (isEmpty)
            drawLine(painter, box().adjusted(size::blockGap, 0, -size::blockGap, 0),
                     typeOf(this)[TextRole::Body], theme.ink2, m_emptyText);
    }
    QListView::paintEvent(event);
}

void RowList::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && event->modifiers().testFlag(Qt::ControlModifier)) {
        event->ignore();
        return;
    }
    if (isEnter && currentIndex().isValid()) {
        Q_EMIT picked(currentRow());
        return;
    }
    if (m_copiesTitle && event->matches(QKeySequence::Copy)) {
        copyTitle();
        return;
    }
    QListView::keyPressEvent(event);
}

void RowList::mouseReleaseEvent(QMouseEvent *event)
{
    QListView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (m_picksOnClick && event->button() == Qt::LeftButton && index.isValid() && index == currentIndex())
        Q_EMIT picked(index.row());
}

void RowList::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    const bool byKeyboard =
        event->reason() != Qt::MouseFocusReason && event->reason() != Qt::PopupFocusReason;
    if (byKeyboard && !currentIndex().isValid() && model() && model()->rowCount() > 0)
        setCurrentIndex(model()->index(0, 0));
    viewport()->update();
}

void RowList::focusOutEvent(QFocusEvent *event)
{
    QListView::focusOutEvent(event);
    viewport()->update();
}

bool RowList::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const QString text = indexAt(help->pos()).data(Qt::ToolTipRole).toString();
        QToolTip::showText(help->globalPos(), plainForToolTip(text), viewport());
        return true;
    }
    return QListView::viewportEvent(event);
}

void RowList::copyTitle() const
{
    if (currentIndex().isValid())
        QApplication::clipboard()->setText(currentIndex().data(Qt::DisplayRole).toString());
}

} // namespace ringbook::ui
