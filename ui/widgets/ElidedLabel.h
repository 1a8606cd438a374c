#pragma once

#include "ui/widgets/Painted.h"

namespace ringbook::ui {

enum class Ink { First, Second, Third, Accent, Good, Warn, Bad };
QColor colourOf(const Theme &theme, Ink ink);

/// One line of plain text, cut with an ellipsis when it does not fit, never wider than its place. Setting the
/// text costs a repaint of this label only: its place does not depend on the text, unless it is told to hug
/// it.
class ElidedLabel : public Painted
{
    Q_OBJECT

public:
    explicit ElidedLabel(TextRole role = TextRole::Body, Ink ink = Ink::First, QWidget *parent = nullptr);

    void setInk(Ink ink);
    void setAlignment(Qt::Alignment alignment);
    /// As wide as the text where there is room; the layout then follows the text.
    void setHugging(bool hugging);
    /// Digits equally wide, for times that run.
    void setTabular(bool tabular);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool isCut() const override;
    bool hugsText() const override { return m_isHugging; }
    void paintEvent(QPaintEvent *event) override;

private:
    qreal textWidth() const;

    TextRole m_role;
    Ink m_ink;
    Qt::Alignment m_alignment = Qt::AlignLeading;
    bool m_isHugging = false;
    bool m_isTabular = false;
};

} // namespace ringbook::ui
