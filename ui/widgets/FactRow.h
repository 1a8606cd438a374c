#pragma once

#include "ui/widgets/ElidedLabel.h"

namespace ringbook::ui {

/// One fact: what it is at the leading edge, the value at the trailing one. The value can be taken with
/// Ctrl+C, by a double click or from the menu, without the marks that only steer its reading direction.
class FactRow : public Painted
{
    Q_OBJECT

public:
    explicit FactRow(QWidget *parent = nullptr);

    void setFact(const QString &caption, const QString &value);
    void setCallable(bool callable); ///< a telephone stands before the value, to be clicked

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void callWanted();

protected:
    QString spoken() const override;
    bool hugsText() const override { return false; }
    bool isCut() const override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void copy() const;
    QRectF placed(const QRectF &part) const; ///< mirrored with the layout
    qreal captionWidth() const;
    QRectF valuePlace() const;
    QRectF telephonePlace() const; ///< null if there is none

    QString m_caption;
    bool m_isCallable = false;
};

} // namespace ringbook::ui
