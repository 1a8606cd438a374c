#pragma once

#include "ui/theme/Theme.h"

#include <QObject>

class QApplication;

namespace ringbook::ui {

enum class ThemeChoice { System, Light, Dark, HighContrast };

/// Gives the whole application a theme, at once and at run time, and follows the platform while the choice is
/// System. Make it after the QApplication and before the first window; one per application.
class ThemeSwitch : public QObject
{
    Q_OBJECT

public:
    explicit ThemeSwitch(QApplication &application, ThemeChoice choice = ThemeChoice::System);

    void choose(ThemeChoice choice);
    ThemeChoice choice() const { return m_choice; }

    bool eventFilter(QObject *watched,
                     QEvent *event) override; ///< of the application: the platform's theme changed

private:
    void apply();
    Theme::Name wanted() const;

    QApplication &m_application;
    QString m_family;
    ThemeChoice m_choice;
    bool m_platformStartedDark;
};

} // namespace ringbook::ui
