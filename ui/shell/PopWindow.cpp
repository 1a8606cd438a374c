#include "ui/shell/PopWindow.h"

#include "model/core/Clock.h"
#include "ui/shell/Blending.h"
#include "ui/shell/PopPaint.h"
#include "ui/text/Numbers.h"
#include "ui/text/Wording.h"
#include "ui/widgets/Aloud.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/KeyHint.h"

#include <QCursor>
#include <QGuiApplication>
#include <QMouseEvent>
#include <QPainterPath>
#include <QScreen>
#include <QTimer>

#include <algorithm>

namespace ringbook::ui {

using View = PopCalls::View;

namespace {

constexpr int shadowReach = 22;
constexpr int screenGap = 16;
constexpr int footGap = size::statusLine + 8; ///< the status line of a desk that fills the screen
constexpr int buttonGap = 8;
constexpr int footMargin = 14;
constexpr int tickMs = 250;

QScreen *screenWithPointer()
{
    QScreen *screen = QGuiApplication::screenAt(QCursor::pos());
    return screen ? screen : QGuiApplication::primaryScreen();
}

} // namespace

PopWindow::PopWindow(const Clock &clock)
    : QWidget(nullptr, Qt::Tool | Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint |
                           Qt::WindowDoesNotAcceptFocus | Qt::NoDropShadowWindowHint),
      m_clock(clock),
      m_isBlended(desktopBlends())
{
    setAttribute(Qt::WA_ShowWithoutActivating);
    setAttribute(Qt::WA_MacAlwaysShowToolWindow);
    setAttribute(Qt::WA_QuitOnClose, false);
    setAttribute(Qt::WA_AlwaysShowToolTips);
    setAttribute(Qt::WA_TranslucentBackground, m_isBlended);
    setAttribute(Qt::WA_OpaquePaintEvent, !m_isBlended);
    setFocusPolicy(Qt::NoFocus);
    setWindowTitle(tr("Call"));
    makeNews(*this);
    setAccessibleDescription(tr("%1 opens the card").arg(keyText(Qt::Key_F3)));
    buildUi();
}

void PopWindow::buildUi()
{
    m_answer = new Button(tr("Answer"), Button::Kind::Primary, this);
    m_answer->setKeyHint(keyText(Qt::CTRL | Qt::Key_F4));
    m_open = new Button(tr("Open card"), Button::Kind::Secondary, this);
    m_open->setKeyHint(keyText(Qt::Key_F3));
    m_seen = new Button(tr("Seen"), Button::Kind::Link, this);
    m_seen->setKeyHint(keyText(Qt::SHIFT | Qt::Key_F3));
    for (Button *button : {m_answer, m_open, m_seen})
        button->setFocusPolicy(Qt::NoFocus);
    connect(m_answer, &Button::clicked, this, [this] { Q_EMIT answerRequested(m_shownCall); });
    connect(m_open, &Button::clicked, this, [this] { Q_EMIT cardRequested(m_shownCall); });
    connect(m_seen, &Button::clicked, this, &PopWindow::missedWereSeen);
    m_hearing = new QTimer(this);
    m_hearing->setSingleShot(true);
    m_hearing->setInterval(popDeafMs);
    connect(m_hearing, &QTimer::timeout, this, [this] {
        m_isDeaf = false;
        for (Button *button : {m_answer, m_open, m_seen})
            button->setAttribute(Qt::WA_TransparentForMouseEvents, false);
    });
    m_ticking = new QTimer(this);
    m_ticking->setInterval(tickMs);
    connect(m_ticking, &QTimer::timeout, this, &PopWindow::tick);
}

void PopWindow::offer(const model::AgentCall &call, const model::Card &card)
{
    const TimeMs now = m_clock.now();
    if (m_calls.take(call, popWords(call, card, {.now = now}), now))
        refresh();
}

void PopWindow::become(const QString &callId, const model::AgentCall &call, const model::Card &card)
{
    if (!m_calls.become(callId, call, popWords(call, card, {.now = m_clock.now()})))
        return;
    if (m_shownCall == callId)
        m_shownCall = call.callId; // nothing new that the pop would have to be deaf for
    refresh();
}

bool PopWindow::takeCustomerChange(Id<model::Customer> customer, const LookUp &lookUp)
{
    const auto word = [&](const model::AgentCall &call) {
        return popWords(call, lookUp(call), {.now = m_clock.now()});
    };
    const bool isNamed = m_calls.reword(customer, word);
    if (isNamed)
        refresh();
    return isNamed;
}

void PopWindow::follow(const model::AgentCall &call)
{
    if (m_calls.follow(call, m_clock.now()))
        refresh();
}

void PopWindow::keepOnly(const QStringList &callIds)
{
    m_calls.keepOnly(callIds);
    refresh();
}

void PopWindow::setHeard(bool isHeard)
{
    m_calls.setHeard(isHeard);
    refresh();
}

std::optional<model::AgentCall> PopWindow::takeMissed()
{
    const auto call = m_calls.takeMissed();
    refresh();
    return call;
}

void PopWindow::missedWasSeen(const QString &callId)
{
    if (m_calls.missedWasSeen(callId))
        refresh();
}

void PopWindow::missedWereSeen()
{
    m_calls.missedWereSeen();
    refresh();
}

void PopWindow::setSpareRoom(const SpareRoom &room)
{
    m_spareRoom = room;
    refresh();
}

void PopWindow::refresh()
{
    const PopCalls::Entry *entry = m_calls.current();
    if (!entry) {
        m_ticking->stop();
        m_shownView = View::Nothing;
        m_shownCall.clear();
        hide();
        return;
    }
    const bool isNew = entry->call.callId != m_shownCall || m_calls.view() != m_shownView;
    m_shownCall = entry->call.callId;
    m_shownView = m_calls.view();
    const auto spare = m_spareRoom ? m_spareRoom(m_shownCall) : std::nullopt;
    const bool isElsewhere = std::exchange(m_spare, spare) != spare;
    m_ticking->start();
    if (m_spare && m_spare->isNull())
        return hide();
    setAccessibleName(spoken(*entry));
    setToolTip(plainForToolTip(entry->words.name + u'\n' + entry->words.who));
    if (isNew)
        goDeaf();
    if (isNew || isElsewhere || size() != sizeHint())
        putOnScreen();
    arrange();
    update();
    if (!isVisible())
        show();
    if (isNew && m_shownView == View::Ringing)
        sayAloud(*this, spoken(*entry));
}

void PopWindow::goDeaf()
{
    m_isDeaf = true;
    m_grip.reset();
    for (Button *button : {m_answer, m_open, m_seen})
        button->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_hearing->start();
}

void PopWindow::tick()
{
    const bool isElsewhere = m_spareRoom && m_spareRoom(m_shownCall) != m_spare;
    if (m_calls.forgetEnded(m_clock.now()) || isElsewhere)
        refresh();
    else if (m_shownView != View::Missed)
        update();
}

QString PopWindow::spoken(const PopCalls::Entry &entry) const
{
    const QString name = withoutMarks(entry.words.name);
    switch (m_shownView) {
    case View::Ringing: return entry.words.spoken();
    case View::Talking: return stateWord(entry.call, m_calls.isHeard()) + QStringLiteral(". ") + name;
    case View::Missed: return tr("Missed") + QStringLiteral(". ") + name;
    case View::Ended: return whyOver(entry.call) + QStringLiteral(". ") + name;
    case View::Nothing: break;
    }
    return {};
}

bool PopWindow::isStrip() const
{
    return m_shownView != View::Ringing || m_spare;
}

int PopWindow::faceHeight() const
{
    const PopCalls::Entry *entry = m_calls.current();
    if (isStrip() || !entry)
        return size::popStripHeight;
    return size::popHeight - (popLines - std::clamp(entry->words.lines(), 1, popLines)) * popLineHeight;
}

QRect PopWindow::face() const
{
    const int reach = m_isBlended ? shadowReach : 0;
    const int width = m_spare ? std::min(m_spare->width(), size::popWidth) : size::popWidth;
    return {reach, reach, width, faceHeight()};
}

QSize PopWindow::sizeHint() const
{
    const int reach = m_isBlended ? shadowReach : 0;
    return face().size() + QSize(2 * reach, 2 * reach);
}

void PopWindow::putOnScreen()
{
    const QScreen *screen = screenWithPointer();
    const QRect room = screen ? screen->availableGeometry() : QRect(QPoint(), sizeHint());
    const QRect inner = room.adjusted(screenGap, screenGap, -screenGap, -footGap);
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    QRect place(QPoint(), face().size());
    place.moveBottomLeft(isMirrored ? QPoint(inner.right() + 1 - place.width(), inner.bottom())
                                    : inner.bottomLeft());
    if (m_spare)
        place.moveBottomLeft(m_spare->bottomLeft());
    if (m_corner && room.contains(*m_corner))
        place.moveBottomLeft(*m_corner);
    setGeometry(QRect(place.topLeft() - face().topLeft(), sizeHint()));
    if (!m_isBlended) {
        QPainterPath shape;
        shape.addRoundedRect(rect(), size::popRadius, size::popRadius);
        setMask(QRegion(shape.toFillPolygon().toPolygon()));
    }
}

void PopWindow::arrange()
{
    const bool isStrip = this->isStrip();
    const PopCalls::Entry *entry = m_calls.current();
    m_answer->setVisible(!isStrip && m_calls.isHeard() && entry && entry->call.can.answer);
    m_open->setVisible(m_shownView != View::Ended && !m_spare);
    m_seen->setVisible(m_shownView == View::Missed);
    m_open->setText(m_shownView == View::Missed ? tr("Open") : tr("Open card")); // two keys leave little room
    const QRect inner = face().adjusted(popPadding, 0, -popPadding, 0);
    int taken = 0;
    const auto put = [&](Button *button, int y, bool atTheEnd) {
        const QSize wanted = button->sizeHint();
        const int x = atTheEnd ? inner.right() + 1 - taken - wanted.width() : inner.left() + taken;
        button->setGeometry(QStyle::visualRect(layoutDirection(), face(), QRect(QPoint(x, y), wanted)));
        taken += wanted.width() + buttonGap;
    };
    for (Button *button : {m_answer, m_seen, m_open}) {
        if (button->isHidden())
            continue;
        const int height = button->sizeHint().height();
        put(button,
            isStrip ? face().top() + (face().height() - height) / 2
                    : face().bottom() + 1 - footMargin - height,
            isStrip);
    }
}

const QPixmap &PopWindow::ground()
{
    const Theme &theme = themeOf(this);
    const QSize wanted = (QSizeF(size()) * devicePixelRatioF()).toSize();
    if (m_groundTheme != theme)
        m_grounds.clear();
    m_groundTheme = theme;
    QPixmap &ground = m_grounds[{wanted.width(), wanted.height()}];
    if (!ground.isNull())
        return ground;
    ground = QPixmap(wanted);
    ground.setDevicePixelRatio(devicePixelRatioF());
    ground.fill(m_isBlended ? QColor(Qt::transparent) : theme.panel);
    QPainter painter(&ground);
    drawPopGround(painter, theme, face(), m_isBlended ? shadowReach : 0);
    return ground;
}

void PopWindow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    const Theme &theme = themeOf(this);
    painter.drawPixmap(0, 0, ground());
    int buttons = 0;
    for (const Button *button : {m_answer, m_seen, m_open})
        buttons += button->isHidden() ? 0 : button->width() + buttonGap;
    const PopPicture picture{.theme = theme,
                             .type = typeOf(this),
                             .calls = m_calls,
                             .now = m_clock.now(),
                             .face = face(),
                             .footRoom = buttons,
                             .buttonRoom = buttons};
    if (isStrip())
        drawPopStrip(painter, picture);
    else
        drawPop(painter, picture);
}

void PopWindow::keyPressEvent(QKeyEvent *event)
{
    event->accept(); // no key does anything here, whatever the window system sends
}

void PopWindow::mousePressEvent(QMouseEvent *event)
{
    if (!m_isDeaf && event->button() == Qt::LeftButton)
        m_grip = event->globalPosition().toPoint() - pos();
}

void PopWindow::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_grip)
        return;
    move(event->globalPosition().toPoint() - *m_grip);
    m_corner = mapToGlobal(face().bottomLeft());
}

void PopWindow::mouseReleaseEvent(QMouseEvent *)
{
    m_grip.reset();
}

void PopWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    const bool isOther =
        event->type() == QEvent::StyleChange || event->type() == QEvent::LayoutDirectionChange;
    if (isOther && m_open)
        arrange();
}

} // namespace ringbook::ui
