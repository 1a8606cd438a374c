#include "ui/card/RowDelegate.h"

#include "ui/theme/Paint.h"
#include "ui/widgets/FieldMark.h"

#include <QListView>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace ringbook::ui {

namespace {

constexpr int sidePadding = 12;
constexpr int historyPadding = 9;
constexpr int entryPadding = 7;
constexpr int iconSide = 16;
constexpr int iconColumn = 36;      ///< icon and the air behind it
constexpr int shortIconColumn = 26; ///< the same on one line
constexpr int keyColumn = 28;
constexpr int columnGap = 16;
constexpr int badgeGap = 8;
constexpr int historyLines = 2;

} // namespace

RowDelegate::RowDelegate(Shape shape, QListView *view)
    : QStyledItemDelegate(view),
      m_shape(shape),
      m_view(view)
{
}

void RowDelegate::forgetRows()
{
    m_rows.clear();
    m_heights.clear();
}

/// The view gets its model after its delegate, and may get another one.
void RowDelegate::watchModel() const
{
    const QAbstractItemModel *model = m_view->model();
    if (model == m_model)
        return;
    m_model = model;
    auto *self = const_cast<RowDelegate *>(this);
    self->forgetRows();
    connect(model, &QAbstractItemModel::modelReset, self, &RowDelegate::forgetRows);
    connect(model, &QAbstractItemModel::dataChanged, self, &RowDelegate::forgetRows);
    connect(model, &QAbstractItemModel::rowsRemoved, self, &RowDelegate::forgetRows);
}

int RowDelegate::width() const
{
    return m_view->viewport()->width();
}

RowDelegate::LaidRow RowDelegate::laid(const QModelIndex &index) const
{
    watchModel();
    const auto *style = qobject_cast<const Style *>(m_view->style());
    if (m_width != width() || m_style != style) {
        m_width = width();
        m_style = style;
        m_rows.clear();
        m_heights.clear();
    }
    if (const auto kept = m_rows.value(index.row()))
        return kept;
    if (m_rows.size() >= maxKeptRows)
        m_rows.clear();
    const auto made = std::make_shared<const Laid>(layOut(index.data(RowRole).value<Row>()));
    m_rows.insert(index.row(), made);
    m_heights.insert(index.row(), made->height);
    return made;
}

qreal RowDelegate::startWidth(const Row &row) const
{
    if (row.icon)
        return m_shape == Shape::Line ? shortIconColumn : iconColumn;
    return row.key.isEmpty() ? 0 : keyColumn;
}

qreal RowDelegate::endWidth(const Row &row) const
{
    const Type &type = typeOf(m_view);
    const Face &face = type[TextRole::Body];
    if (m_shape == Shape::Line)
        return row.badge.isEmpty() ? 0 : chipSize(type, row.badge).width();
    return std::ceil(std::max(face.tabularWidth(row.right), face.width(row.rightBelow)));
}

RowDelegate::Laid RowDelegate::layOut(const Row &row) const
{
    const Type &type = typeOf(m_view);
    Laid laid{.row = row, .endWidth = endWidth(row)};
    const qreal start = startWidth(row);
    const qreal end = laid.endWidth > 0 ? laid.endWidth + columnGap : 0;
    const qreal room = std::max<qreal>(width() - 2 * sidePadding - start - end, 2 * size::target);
    const auto direction = m_view->layoutDirection();
    const bool hasInlineBadge = m_shape != Shape::Line && !row.badge.isEmpty();
    const qreal badge = hasInlineBadge ? chipSize(type, row.badge).width() + badgeGap : 0;
    const Face &titleFace = type[TextRole::Medium];

    laid.title = TextBlock(row.title, titleFace, {std::max<qreal>(room - badge, size::target), 1, direction});
    if (m_shape == Shape::Line) {
        const qreal taken = laid.title.width() + badgeGap;
        laid.text =
            TextBlock(row.text, type[TextRole::Body], {std::max<qreal>(room - taken, 1), 1, direction});
        laid.height = size::compactTarget + size::unit;
        return laid;
    }
    const int lines = m_shape == Shape::History ? historyLines : 1;
    laid.text = TextBlock(row.text, type[TextRole::Body], {room, lines, direction});
    const int padding = m_shape == Shape::History ? historyPadding : entryPadding;
    const bool hasSecondLine = laid.text.lineCount() > 0 || !row.rightBelow.isEmpty();
    const int textLines = std::max(laid.text.lineCount(), hasSecondLine ? 1 : 0);
    laid.height = (1 + textLines) * titleFace.lineHeight + 2 * padding + 1;
    return laid;
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    if (m_width == width() && m_model == m_view->model()) {
        if (const auto kept = m_heights.constFind(index.row()); kept != m_heights.constEnd())
            return {0, *kept};
    }
    return {0, laid(index)->height};
}

QRectF RowDelegate::mirrored(const QRectF &rect) const
{
    if (m_view->layoutDirection() == Qt::LeftToRight)
        return rect;
    return {width() - rect.right(), rect.top(), rect.width(), rect.height()};
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const LaidRow row = laid(index);
    const bool isSelected = option.state & QStyle::State_Selected;
    const int padding = m_shape == Shape::History ? historyPadding
                        : m_shape == Shape::Entry ? entryPadding
                                                  : 0;
    const QRectF content(sidePadding, option.rect.top() + padding, width() - 2 * sidePadding,
                         row->height - 2 * padding - 1);
    painter->save();
    painter->setLayoutDirection(m_view->layoutDirection());
    paintGround(*painter, option, index);
    paintStart(*painter, content, row->row);
    paintMiddle(*painter, content, *row, isSelected);
    paintEnd(*painter, content, *row, isSelected);
    painter->restore();
}

void RowDelegate::paintGround(QPainter &painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    const Theme &theme = themeOf(m_view);
    const QRectF rect(0, option.rect.top(), width(), option.rect.height());
    if (option.state & QStyle::State_Selected) {
        const bool isActive = m_view->hasFocus();
        drawBox(painter, rect.adjusted(2, 2, -2, -3),
                {.ground = theme.selection,
                 .edge = isActive ? theme.accent : edgeOf(theme, Tone::Accent),
                 .radius = size::smallRadius,
                 .edgeWidth = isActive ? theme.lineWidth + 1 : theme.lineWidth});
    }
    if (index.row() + 1 < index.model()->rowCount())
        drawHairline(painter, rect.adjusted(1, 0, -1, 0), Qt::BottomEdge, theme.line, theme.lineWidth);
}

void RowDelegate::paintStart(QPainter &painter, const QRectF &content, const Row &row) const
{
    const Theme &theme = themeOf(m_view);
    const Type &type = typeOf(m_view);
    const int line = type[TextRole::Body].lineHeight;
    if (!row.mark.isEmpty()) {
        const qreal height = m_shape == Shape::Line ? content.height() : line;
        FieldMark::draw(painter, mirrored({0, content.top(), sidePadding, height}), theme, type);
    }
    if (row.icon) {
        const int high = m_shape == Shape::Line ? static_cast<int>(content.height()) : line;
        const QRectF place(content.left(), content.top(), iconSide, high);
        drawIcon(painter, mirrored(place), *row.icon, theme.ink2, iconSide);
    }
    if (!row.key.isEmpty()) {
        const QSizeF cap = keyHintSize(type, row.key);
        const QRectF place(QPointF(content.left(), content.top() + (line - cap.height()) / 2), cap);
        drawKeyHint(painter, mirrored(place), type, theme.ink2, theme.line, row.key);
    }
}

void RowDelegate::paintMiddle(QPainter &painter, const QRectF &content, const Laid &laid, bool) const
{
    const Theme &theme = themeOf(m_view);
    const Type &type = typeOf(m_view);
    const int line = type[TextRole::Body].lineHeight;
    const qreal start = startWidth(laid.row);
    const qreal end = laid.endWidth > 0 ? laid.endWidth + columnGap : 0;
    const QRectF middle = content.adjusted(start, 0, -end, 0);
    const auto drawAt = [&](const TextBlock &block, const QPointF &at, const QColor &colour) {
        // A block begins at the leading side of the room it was laid out for.
        block.draw(painter, at, colour);
    };
    if (m_shape == Shape::Line) {
        const qreal top = content.top() + (content.height() - line) / 2;
        const qreal taken = laid.title.width() + badgeGap;
        drawAt(laid.title, mirrored({middle.left(), top, middle.width(), qreal(line)}).topLeft(), theme.ink);
        const QRectF rest(middle.left() + taken, top, middle.width() - taken, line);
        drawAt(laid.text, mirrored(rest).topLeft(), theme.ink2);
        return;
    }
    const QSizeF badge = laid.row.badge.isEmpty() ? QSizeF() : chipSize(type, laid.row.badge);
    const qreal badgeRoom = badge.isEmpty() ? 0 : badge.width() + badgeGap;
    drawAt(laid.title, mirrored(middle.adjusted(0, 0, -badgeRoom, 0)).topLeft(), theme.ink);
    if (!badge.isEmpty()) {
        const QRectF place(QPointF(middle.left() + laid.title.width() + badgeGap,
                                   content.top() + (line - badge.height()) / 2),
                           badge);
        drawChip(painter, mirrored(place), theme, type, {laid.row.badge, laid.row.badgeTone});
    }
    drawAt(laid.text, mirrored(middle.adjusted(0, line, 0, 0)).topLeft(), theme.ink2);
}

void RowDelegate::paintEnd(QPainter &painter, const QRectF &content, const Laid &laid, bool isSelected) const
{
    const Theme &theme = themeOf(m_view);
    const Type &type = typeOf(m_view);
    if (laid.endWidth <= 0)
        return;
    const int line = type[TextRole::Body].lineHeight;
    const QRectF column(content.right() - laid.endWidth, content.top(), laid.endWidth, line);
    if (m_shape == Shape::Line) {
        const QSizeF badge = chipSize(type, laid.row.badge);
        const QRectF place(QPointF(column.left(), content.center().y() - badge.height() / 2), badge);
        drawChip(painter, mirrored(place), theme, type, {laid.row.badge, laid.row.badgeTone});
        return;
    }
    const QColor colour = isSelected ? theme.ink2 : theme.ink3;
    drawTabular(painter, mirrored(column), type[TextRole::Body], colour, laid.row.right, Qt::AlignTrailing);
    drawLine(painter, mirrored(column.translated(0, line)), type[TextRole::Body], colour, laid.row.rightBelow,
             Qt::AlignTrailing);
}

} // namespace ringbook::ui
