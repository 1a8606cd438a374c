#pragma once

#include "ui/widgets/Painted.h"

#include <QKeySequence>

namespace ringbook::ui {

/// The keys as they stand on the keyboard: "Ctrl+Enter".
QString keyText(const QKeySequence &keys);

/// The little keyboard cap that shows a key where it acts. Shows only; acting is a shortcut's business.
class KeyHint : public Painted
{
    Q_OBJECT

public:
    explicit KeyHint(const QKeySequence &keys, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace ringbook::ui
