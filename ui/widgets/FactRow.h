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

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    QString spoken() const override;
    bool hugsText() const override { return false; }
    bool isCut() const override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void copy() const;

    QString m_caption;
};

} // namespace ringbook::ui
