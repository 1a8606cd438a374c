#pragma once

#include "ui/widgets/Painted.h"

namespace ringbook::ui {

/// Says of a field that there is a second value: a sign in the margin or on a chip's corner, which takes no
/// room, so that nothing moves when it comes. The words are for the pointer and for assistants. Belongs to
/// the field's parent and follows the field.
class FieldMark : public Painted
{
    Q_OBJECT

public:
    enum class Place { Margin, Corner };

    FieldMark(QWidget &field, Place place);

    void mark(const QString &words); ///< empty: no mark

    /// What is drawn, in the middle of the rectangle; lists draw it beside their rows.
    static void draw(QPainter &painter, const QRectF &rect, const Theme &theme, const Type &type);
    static constexpr int side = 12;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void follow();

    QWidget &m_field;
    Place m_place;
};

} // namespace ringbook::ui
