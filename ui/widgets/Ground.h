#pragma once

#include "ui/theme/Style.h"

#include <QWidget>

namespace ringbook::ui {

/// A plain surface in the panel's colour with hairlines at the edges that are named (leading and trailing are
/// mirrored with the layout: Left means leading).
class Panel : public QWidget
{
    Q_OBJECT

public:
    explicit Panel(Qt::Edges lines = {}, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::Edges m_lines;
};

/// A rounded surface on the background. Bar: outlined, with a bar in the tone at the leading edge. Filled: on
/// the tone's ground, without lines. Plain: outlined only.
class Box : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Plain, Bar, Filled };

    explicit Box(Kind kind, Tone tone = Tone::Accent, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Kind m_kind;
    Tone m_tone;
};

} // namespace ringbook::ui
