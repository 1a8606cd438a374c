#include "ui/theme/Theme.h"

#include <algorithm>
#include <cmath>

namespace ringbook::ui {

Theme lightTheme()
{
    return {.name = Theme::Name::Light,
            .background = QColor(0xf4f5f7),
            .panel = QColor(0xffffff),
            .line = QColor(0xdfe2e7),
            .fieldLine = QColor(0x858d99),
            .popLine = QColor(0xc9ced6),
            .ink = QColor(0x1b1f26),
            .ink2 = QColor(0x5a6472),
            .ink3 = QColor(0x626b78),
            .accent = QColor(0x1f5fd0),
            .accentGround = QColor(0xe6eefc),
            .onAccent = QColor(0xffffff),
            .selection = QColor(0xeef3fd),
            .good = QColor(0x1a7f4b),
            .warn = QColor(0x9a5b00),
            .warnGround = QColor(0xfdf1dc),
            .bad = QColor(0xb3261e),
            .badGround = QColor(0xfde9e7),
            .shadow = QColor(0, 0, 0, 72)};
}

Theme darkTheme()
{
    return {.name = Theme::Name::Dark,
            .background = QColor(0x15181d),
            .panel = QColor(0x1d2127),
            .line = QColor(0x323842),
            .fieldLine = QColor(0x6f7886),
            .popLine = QColor(0x3d4450),
            .ink = QColor(0xe8eaee),
            .ink2 = QColor(0xa9b2bf),
            .ink3 = QColor(0x98a1ae),
            .accent = QColor(0x82aaff),
            .accentGround = QColor(0x22304d),
            .onAccent = QColor(0x10131a),
            .selection = QColor(0x232a37),
            .good = QColor(0x5cc58e),
            .warn = QColor(0xe8b45a),
            .warnGround = QColor(0x3a2e17),
            .bad = QColor(0xff8f86),
            .badGround = QColor(0x44211f),
            .shadow = QColor(0, 0, 0, 128)};
}

Theme highContrastTheme()
{
    const QColor black(0, 0, 0);
    const QColor white(255, 255, 255);
    return {.name = Theme::Name::HighContrast,
            .background = black,
            .panel = black,
            .line = white,
            .fieldLine = white,
            .popLine = white,
            .ink = white,
            .ink2 = white,
            .ink3 = white,
            .accent = white,
            .accentGround = black,
            .onAccent = black,
            .selection = black,
            .good = white,
            .warn = white,
            .warnGround = black,
            .bad = white,
            .badGround = black,
            .shadow = QColor(0, 0, 0, 0),
            .lineWidth = 2,
            .underlinesLinks = true};
}

Theme themeNamed(Theme::Name name)
{
    switch (name) {
    case Theme::Name::Light: return lightTheme();
    case Theme::Name::Dark: return darkTheme();
    case Theme::Name::HighContrast: return highContrastTheme();
    }
    return lightTheme();
}

QColor inkOf(const Theme &theme, Tone tone)
{
    switch (tone) {
    case Tone::Neutral: return theme.ink2;
    case Tone::Accent: return theme.accent;
    case Tone::Good: return theme.good;
    case Tone::Warn: return theme.warn;
    case Tone::Bad: return theme.bad;
    }
    return theme.ink2;
}

QColor groundOf(const Theme &theme, Tone tone)
{
    switch (tone) {
    case Tone::Neutral: return theme.background;
    case Tone::Accent: return theme.accentGround;
    case Tone::Good: return theme.background;
    case Tone::Warn: return theme.warnGround;
    case Tone::Bad: return theme.badGround;
    }
    return theme.background;
}

QColor edgeOf(const Theme &theme, Tone tone)
{
    const QColor ground = groundOf(theme, tone);
    return ground == theme.background || ground == theme.panel ? theme.line : ground;
}

double contrast(const QColor &a, const QColor &b)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    const auto luminance = [&](const QColor &colour) {
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
               0.0722 * linear(colour.blueF());
    };
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace ringbook::ui
