#pragma once

#include <QColor>

namespace ringbook::ui {

/// What a colour says. Never alone: always beside a word or a shape.
enum class Tone { Neutral, Accent, Good, Warn, Bad };

/// Every colour on the screen. A plain value; widgets take it from themeOf(), which is in Style.h.
struct Theme
{
    enum class Name { Light, Dark, HighContrast };

    Name name = Name::Light;
    QColor background = {};   ///< behind panels, inside fields
    QColor panel = {};        ///< columns, lists
    QColor line = {};         ///< hairlines
    QColor fieldLine = {};    ///< the edge of what can be typed or ticked in: seen at 3:1 (WCAG 2.2, 1.4.11)
    QColor popLine = {};      ///< the edge of what floats above other programs
    QColor ink = {};          ///< text
    QColor ink2 = {};         ///< secondary text
    QColor ink3 = {};         ///< captions
    QColor accent = {};       ///< active, primary
    QColor accentGround = {}; ///< behind what is active
    QColor onAccent = {};     ///< text on accent
    QColor selection = {};    ///< the current row of a list
    QColor good = {};
    QColor warn = {};
    QColor warnGround = {};
    QColor bad = {};
    QColor badGround = {};
    QColor shadow = {}; ///< of the pop; everything else is flat
    int lineWidth = 1;  ///< logical pixels; see hairlineWidth() in Paint.h
    bool underlinesLinks = false;

    bool operator==(const Theme &) const = default;
};

Theme lightTheme();
Theme darkTheme();
Theme highContrastTheme(); ///< black and white: 2 px lines, no grounds
Theme themeNamed(Theme::Name name);

QColor inkOf(const Theme &theme, Tone tone);
QColor groundOf(const Theme &theme, Tone tone);
/// The line around a ground: invisible (the ground itself) unless the ground would be lost without it.
QColor edgeOf(const Theme &theme, Tone tone);

/// WCAG 2 contrast ratio, 1 to 21.
double contrast(const QColor &a, const QColor &b);

/// Lengths, in logical pixels. The only ones there are.
namespace size {
constexpr int unit = 4;
constexpr int columnPadding = 16;
constexpr int blockGap = 12;
constexpr int groupGap = 6;
constexpr int radius = 6;
constexpr int smallRadius = 4; ///< chips and key hints
constexpr int popRadius = 10;
constexpr int target = 28; ///< least height of what can be clicked
constexpr int compactTarget = 24;
constexpr int row = 22; ///< a line of facts: body line and air
constexpr int bar = 3;  ///< coloured bar at the leading edge of a box
constexpr int icon = 18;
constexpr int topBar = 44;
constexpr int statusLine = 26;
constexpr int rail = 56;
constexpr int profileColumn = 292;
constexpr int callColumn = 348;
constexpr int searchField = 420;
constexpr int listPage = 960; ///< most width of a page that is one list
constexpr int popWidth = 420;
constexpr int popHeight = 230;
constexpr int popStripHeight = 52; ///< where the card is in sight
} // namespace size

} // namespace ringbook::ui
