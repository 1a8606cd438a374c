#pragma once

#include "ui/theme/TextBlock.h"
#include "ui/widgets/ElidedLabel.h"

#include <tuple>

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
    int lineCount() const; ///< as it stands now

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    bool isCut() const override;
    void paintEvent(QPaintEvent *event) override;

private:
    /// The lines as they stand at this width. A layout asks for the same one several times.
    TextBlock laidOut(int width) const;

    TextRole m_role;
    Ink m_ink;
    int m_maxLines = 12;
    mutable TextBlock m_laid;
    mutable std::tuple<QString, int, int, Qt::LayoutDirection, const Type *> m_laidFor = {};
};

} // namespace ringbook::ui
