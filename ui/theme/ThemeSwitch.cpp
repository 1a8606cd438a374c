#include "ui/theme/ThemeSwitch.h"

#include "ui/theme/Style.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QStyleFactory>

#include <memory>

namespace ringbook::ui {

namespace {

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

/// A fresh Fusion asks the platform each time whether it is dark; the application's own palette is ours by
/// then.
bool platformSaysDark()
{
    const std::unique_ptr<QStyle> fusion(QStyleFactory::create(QStringLiteral("fusion")));
    return fusion && isDark(fusion->standardPalette());
}

} // namespace

ThemeSwitch::ThemeSwitch(QApplication &application, ThemeChoice choice)
    : QObject(&application),
      m_application(application),
      m_family(chosenFamily(QFontDatabase::systemFont(QFontDatabase::GeneralFont).family(),
                            QFontDatabase::families())),
      m_choice(choice),
      m_platformStartedDark(isDark(QApplication::palette()))
{
    apply();
    m_application.installEventFilter(this);
}

void ThemeSwitch::choose(ThemeChoice choice)
{
    m_choice = choice;
    apply();
}

bool ThemeSwitch::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ThemeChange && m_choice == ThemeChoice::System) {
        m_platformStartedDark = false;
        apply();
    }
    return QObject::eventFilter(watched, event);
}

Theme::Name ThemeSwitch::wanted() const
{
    switch (m_choice) {
    case ThemeChoice::Light: return Theme::Name::Light;
    case ThemeChoice::Dark: return Theme::Name::Dark;
    case ThemeChoice::HighContrast: return Theme::Name::HighContrast;
    case ThemeChoice::System: break;
    }
    return m_platformStartedDark || platformSaysDark() ? Theme::Name::Dark : Theme::Name::Light;
}

void ThemeSwitch::apply()
{
    const Theme theme = themeNamed(wanted());
    const auto *current = qobject_cast<const Style *>(QApplication::style());
    if (current && current->theme() == theme)
        return;
    auto style = std::make_unique<Style>(theme, m_family);
    const QPalette palette = style->palette();
    const QPalette lists = style->listPalette();
    const QFont body = style->type()[TextRole::Body].font;
    QApplication::setStyle(style.release());
    QApplication::setPalette(palette);
    QApplication::setPalette(lists, "QAbstractItemView");
    QApplication::setFont(body);
}

} // namespace ringbook::ui
