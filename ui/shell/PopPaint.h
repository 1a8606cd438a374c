#pragma once

#include "ui/shell/PopCalls.h"
#include "ui/theme/Paint.h"

namespace ringbook::ui {

/// Everything the pop is drawn from.
struct PopPicture
{
    const Theme &theme;
    const Type &type;
    const PopCalls &calls;
    TimeMs now;
    QRectF face;
    int footRoom;   ///< width the buttons take at the leading side of the foot
    int buttonRoom; ///< width the buttons take at the trailing side of a strip
};

constexpr int popPadding = 16;
constexpr int popLineHeight = 24;

void drawPop(QPainter &painter, const PopPicture &picture);
void drawPopStrip(QPainter &painter, const PopPicture &picture);

/// The ground of either, and its shadow of `reach` pixels around.
void drawPopGround(QPainter &painter, const Theme &theme, const QRectF &face, int reach);

} // namespace ringbook::ui
