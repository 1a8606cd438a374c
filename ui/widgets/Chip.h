#pragma once

#include "ui/widgets/Painted.h"

namespace ringbook::ui {

/// A word on a coloured ground; as wide as its text. Hidden while it has none.
class Chip : public Painted
{
    Q_OBJECT

public:
    explicit Chip(QWidget *parent = nullptr);
    Chip(const QString &text, Tone tone, QWidget *parent = nullptr);

    Tone tone() const { return m_tone; }
    void setChip(const QString &text, Tone tone);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool isCut() const override;
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone = Tone::Neutral;
};

} // namespace ringbook::ui
