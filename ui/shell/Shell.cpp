#include "ui/shell/Shell.h"

#include "ui/shell/CallBar.h"
#include "ui/shell/Rail.h"
#include "ui/shell/SearchField.h"
#include "ui/shell/StatusLine.h"
#include "ui/text/Numbers.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ElidedLabel.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QShortcut>
#include <QShowEvent>
#include <QStackedLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace ringbook::ui {

namespace {

constexpr QSize usualSize(1366, 768);
constexpr QSize leastSize(680, 350); ///< of a screen of 1366 x 768, everything twice as large
constexpr int longestName = 220;

Rail::Stop stopOf(Shell::Page page)
{
    const int id = static_cast<int>(page);
    switch (page) {
    case Shell::Page::Call: return {id, Icon::Phone, Shell::tr("Call"), QKeySequence(Qt::CTRL | Qt::Key_1)};
    case Shell::Page::People:
        return {id, Icon::People, Shell::tr("People"), QKeySequence(Qt::CTRL | Qt::Key_2)};
    case Shell::Page::Cases: return {id, Icon::Cases, Shell::tr("Cases"), QKeySequence(Qt::CTRL | Qt::Key_3)};
    case Shell::Page::Attention:
        return {id, Icon::Warning, Shell::tr("To do"), QKeySequence(Qt::CTRL | Qt::Key_4)};
    case Shell::Page::CallBacks:
        return {id, Icon::PhoneMissed, Shell::tr("Call back"), QKeySequence(Qt::CTRL | Qt::Key_5)};
    case Shell::Page::Telephony:
        return {id, Icon::PhoneIn, Shell::tr("Lines"), QKeySequence(Qt::CTRL | Qt::Key_9)};
    }
    return {};
}

} // namespace

Shell::Shell(const Clock &clock, ThemeSwitch &themes, QWidget *parent) : QWidget(parent), m_themes(themes)
{
    setWindowTitle(tr("Ringbook"));
    setMinimumSize(leastSize);
    m_stack = new QStackedLayout(this);
    m_desk = buildDesk(clock);
    m_stack->addWidget(m_desk);
    buildUserMenu();
    connectUp();
}

QSize Shell::sizeHint() const
{
    return usualSize;
}

QWidget *Shell::buildDesk(const Clock &clock)
{
    auto *desk = new QWidget(this);
    m_rail = new Rail(desk);
    m_pages = new QStackedWidget(desk);
    m_statusLine = new StatusLine(clock, desk);

    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addWidget(m_pages, 1);
    auto *column = new QVBoxLayout(desk);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildTopBar(clock));
    column->addLayout(middle, 1);
    column->addWidget(m_statusLine);
    return desk;
}

QWidget *Shell::buildTopBar(const Clock &clock)
{
    auto *bar = new Panel(Qt::BottomEdge, this);
    bar->setFixedHeight(size::topBar);
    m_callBar = new CallBar(clock, bar);
    m_search = new SearchField(bar);
    m_state = new ElidedLabel(TextRole::Body, Ink::Second, bar);
    m_state->setHugging(true);
    m_state->hide();
    m_user = new Button(QString(), Button::Kind::Secondary, bar);
    m_user->setMaximumWidth(longestName);
    m_user->setFocusPolicy(Qt::TabFocus);
    m_user->hide();

    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(size::blockGap, 0, size::blockGap, 0);
    row->setSpacing(size::blockGap);
    row->addWidget(m_callBar, 1);
    row->addWidget(m_search, 1);
    row->addStretch();
    row->addWidget(m_state);
    row->addWidget(m_user);
    return bar;
}

void Shell::buildUserMenu()
{
    auto *menu = new QMenu(m_user);
    auto *choices = new QActionGroup(menu);
    const auto add = [&](const QString &text, ThemeChoice choice) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(m_themes.choice() == choice);
        choices->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice] { m_themes.choose(choice); });
    };
    menu->addSection(tr("Colours"));
    add(tr("As the system"), ThemeChoice::System);
    add(tr("Light"), ThemeChoice::Light);
    add(tr("Dark"), ThemeChoice::Dark);
    add(tr("High contrast"), ThemeChoice::HighContrast);
    menu->addSeparator();
    m_signInAgain = menu->addAction(QString());
    setPhone({});
    connect(m_signInAgain, &QAction::triggered, this, &Shell::signInRequested);
    m_user->setMenu(menu);
}

void Shell::connectUp()
{
    connect(m_rail, &Rail::chosen, this, [this](int id) { showPage(static_cast<Page>(id)); });
    connect(m_search, &SearchField::typed, this, [this](const QString &text) {
        if (!text.isEmpty() && m_pageWidgets[static_cast<size_t>(Page::People)])
            showPage(Page::People);
    });
    connect(m_search, &SearchField::left, this, &Shell::takeCursor);
    auto *toCard = new QShortcut(QKeySequence(Qt::Key_F3), this);
    connect(toCard, &QShortcut::activated, this, [this] {
        showPage(Page::Call);
        Q_EMIT cardRequested();
    });
    auto *seen = new QShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F3), this);
    connect(seen, &QShortcut::activated, this, &Shell::missedSeen);
    auto *tryNow = new QShortcut(tryNowKey, this);
    tryNow->setAutoRepeat(false);
    connect(tryNow, &QShortcut::activated, this, &Shell::hubWanted);
}

void Shell::setPage(Page page, QWidget *widget)
{
    m_pageWidgets[static_cast<size_t>(page)] = widget;
    m_pages->addWidget(widget);
    if (!std::exchange(m_hasStop[static_cast<size_t>(page)], true))
        m_rail->add(stopOf(page));
    if (page == m_page)
        showPage(page);
}

void Shell::showPage(Page page)
{
    QWidget *widget = m_pageWidgets[static_cast<size_t>(page)];
    if (!widget)
        return;
    const bool isOther = m_page != page;
    m_page = page;
    m_pages->setCurrentWidget(widget);
    m_rail->setCurrent(static_cast<int>(page));
    if (isOther)
        Q_EMIT pageShown(page);
}

void Shell::setCount(Page page, int count)
{
    m_rail->setCount(static_cast<int>(page), count);
}

void Shell::setSignIn(QWidget *widget)
{
    m_signIn = widget;
    m_stack->addWidget(widget);
}

void Shell::showSignIn()
{
    if (m_signIn)
        m_stack->setCurrentWidget(m_signIn);
}

void Shell::showDesk()
{
    const bool comesUp = m_stack->currentWidget() != m_desk;
    m_stack->setCurrentWidget(m_desk);
    if (comesUp)
        takeCursor();
}

void Shell::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!event->spontaneous() && m_stack->currentWidget() == m_desk)
        takeCursor();
}

/// To where the page had it; a page with nothing on it leaves it to the search.
void Shell::takeCursor()
{
    const QWidget *page = m_pages->currentWidget();
    QWidget *place = page ? page->focusWidget() : nullptr;
    (place && place->isEnabled() ? place : m_search)->setFocus(Qt::OtherFocusReason);
}

void Shell::setPhone(const QString &extension)
{
    m_signInAgain->setText(extension.isEmpty()
                               ? tr("Sign in again …")
                               : tr("Sign in again, at phone %1 or another …").arg(isolated(extension)));
}

void Shell::setUser(const QString &name, const QString &state)
{
    QString shown = name;
    m_user->setText(shown.replace(u'&', QStringLiteral("&&")));
    m_user->setAccessibleName(name);
    m_user->setVisible(!name.isEmpty());
    m_state->setText(state);
    m_state->setVisible(!state.isEmpty());
}

} // namespace ringbook::ui
