#pragma once

#include "ui/widgets/ElidedLabel.h"

namespace ringbook::ui {

/// Plain text over as many lines as it needs, at most `maxLines` (the last one elided). Its height follows
/// its width.
class Paragraph : public Painted
{
    Q_OBJECT

public:
    explicit Paragraph(TextRole role = TextRole::Body, Ink ink = Ink::First, QWidget *parent = nullptr);

    void setInk(Ink ink);
    void setMaxLines(int lines);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    bool isCut() const override;
    void paintEvent(QPaintEvent *event) override;

private:
    /// The lines as they stand at this width; `cut` tells whether something was left out.
    QStringList lines(int width, bool *cut = nullptr) const;

    TextRole m_role;
    Ink m_ink;
    int m_maxLines = 12;
};

} // namespace ringbook::ui
