#pragma once

#include "ui/card/RowDelegate.h"

#include <QListView>

namespace ringbook::ui {

/// A list of painted rows in a box that is as long as its rows. Enter picks the current row, and a click too
/// where the list is one of choices; nothing acts on Space.
class RowList : public QListView
{
    Q_OBJECT

public:
    explicit RowList(RowDelegate::Shape shape, QWidget *parent = nullptr);

    void setPicksOnClick(bool picks) { m_picksOnClick = picks; }
    /// Said in the box while there are no rows; without it there is no box either.
    void setEmptyText(const QString &text);
    /// What Ctrl+C takes from a row: its title, as it is written.
    void setCopiesTitle(bool copies) { m_copiesTitle = copies; }
    /// As high as its rows, at most so many; then it scrolls.
    void fitRows(int maxRows);
    int currentRow() const { return currentIndex().row(); }

Q_SIGNALS:
    void picked(int row);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    QRectF box() const;
    void fillGround(bool hasBox);
    void layOutUnseen();
    void copyTitle() const;

    const bool m_fillsGround;
    QString m_emptyText;
    bool m_picksOnClick = false;
    bool m_copiesTitle = false;
};

} // namespace ringbook::ui
