#pragma once

#include "ui/widgets/Painted.h"

namespace ringbook::ui {

/// The small capitals above a section.
class SectionHead : public Painted
{
    Q_OBJECT

public:
    explicit SectionHead(const QString &text, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool hugsText() const override { return false; }
    void paintEvent(QPaintEvent *event) override;
};

} // namespace ringbook::ui
