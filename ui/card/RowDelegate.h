#pragma once

#include "ui/card/Row.h"
#include "ui/theme/Style.h"
#include "ui/theme/TextBlock.h"

#include <QHash>
#include <QPointer>
#include <QStyledItemDelegate>

class QListView;

namespace ringbook::ui {

/// Paints list rows by hand from their RowRole. Layouts are kept until the model or the width changes,
/// heights longer than layouts, so that scrolling and relaying ten thousand rows stays cheap. One per view.
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    enum class Shape {
        History, ///< icon, title with badge, up to two lines of text; time and person at the end
        Entry,   ///< key, title with badge, one line of text; two short texts at the end
        Line,    ///< title, text and badge on one line
    };

    RowDelegate(Shape shape, QListView *view);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    static constexpr int maxKeptRows = 200;

private:
    struct Laid
    {
        Row row = {};
        TextBlock title = {};
        TextBlock text = {};
        qreal endWidth = 0; ///< of the texts at the end
        int height = 0;
    };
    using LaidRow = std::shared_ptr<const Laid>;

    void forgetRows();
    void watchModel() const;
    int width() const;
    LaidRow laid(const QModelIndex &index) const;
    Laid layOut(const Row &row) const;
    qreal startWidth(const Row &row) const;
    qreal endWidth(const Row &row) const;
    void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintStart(QPainter &painter, const QRectF &content, const Row &row) const;
    void paintMiddle(QPainter &painter, const QRectF &content, const Laid &laid, bool isSelected) const;
    void paintEnd(QPainter &painter, const QRectF &content, const Laid &laid, bool isSelected) const;
    QRectF mirrored(const QRectF &rect) const;

    Shape m_shape;
    QListView *m_view;
    mutable QPointer<const QAbstractItemModel> m_model;
    mutable QHash<int, LaidRow> m_rows;
    mutable QHash<int, int> m_heights;
    mutable int m_width = 0;
    mutable const Style *m_style = nullptr;
};

} // namespace ringbook::ui
