#pragma once

#include "ui/theme/ThemeSwitch.h"

#include <QPointer>
#include <QWidget>

#include <array>

class QStackedLayout;
class QStackedWidget;

namespace ringbook {
class Clock;
}

namespace ringbook::ui {

class CallBar;
class ElidedLabel;
class Button;
class Rail;
class SearchField;
class StatusLine;

/// The window: telephone on top, pages in the middle, network at the bottom. It holds pages and routes; what
/// a page does is the page's. Before somebody signed in it holds the sign-in page alone.
class Shell : public QWidget
{
    Q_OBJECT

public:
    enum class Page { Call, People, Cases, Attention, CallBacks, Telephony };

    Shell(const Clock &clock, ThemeSwitch &themes, QWidget *parent = nullptr);

    /// Takes it; a page that came before in its place must be gone. Its stop is on the rail from then on.
    void setPage(Page page, QWidget *widget);
    void showPage(Page page);
    Page page() const { return m_page; }

    void setSignIn(QWidget *widget); ///< takes it
    void showSignIn();
    void showDesk();

    void setCount(Page page, int count);                     ///< on its stop; what waits there
    void setUser(const QString &name, const QString &state); ///< state: what colleagues see, may be empty
    void setPhone(const QString &extension);                 ///< that they sit at; empty: none

    CallBar &callBar() const { return *m_callBar; }
    StatusLine &statusLine() const { return *m_statusLine; }
    SearchField &search() const { return *m_search; }

    QSize sizeHint() const override;

Q_SIGNALS:
    void pageShown(ringbook::ui::Shell::Page page);
    void cardRequested();   ///< F3, from anywhere in the window
    void missedSeen();      ///< Shift+F3, from anywhere in the window
    void hubWanted();       ///< F5: it shall be tried now
    void signInRequested(); ///< again, by somebody who works here

protected:
    void showEvent(QShowEvent *event) override;

private:
    void takeCursor();
    QWidget *buildDesk(const Clock &clock);
    QWidget *buildTopBar(const Clock &clock);
    void buildUserMenu();
    void connectUp();

    ThemeSwitch &m_themes;
    QStackedLayout *m_stack = nullptr;
    QWidget *m_desk = nullptr;
    QWidget *m_signIn = nullptr;
    QStackedWidget *m_pages = nullptr;
    std::array<QPointer<QWidget>, 6> m_pageWidgets = {}; ///< pages may die: the book had to be closed
    std::array<bool, 6> m_hasStop = {};
    Page m_page = Page::Call;
    CallBar *m_callBar = nullptr;
    SearchField *m_search = nullptr;
    ElidedLabel *m_state = nullptr;
    Button *m_user = nullptr;
    QAction *m_signInAgain = nullptr;
    Rail *m_rail = nullptr;
    StatusLine *m_statusLine = nullptr;
};

} // namespace ringbook::ui
