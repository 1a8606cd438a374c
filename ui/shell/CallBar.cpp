#include "ui/shell/CallBar.h"

#include "ui/text/Numbers.h"
#include "ui/text/Times.h"
#include "ui/text/Wording.h"
#include "ui/theme/Paint.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/KeyHint.h"

#include <QHBoxLayout>
#include <QShortcut>
#include <QTimer>

#include <algorithm>
#include <cmath>

namespace ringbook::ui {

using model::AgentCall;

namespace {

constexpr int barHeight = 34;
constexpr int dot = 8;
constexpr int sideGap = 3;
constexpr int tickMs = 250;
// In every state: what stands beside it stays where it is. A narrow window takes some of the party's, and has
// room for no more than one button.
constexpr int barWidth = 480;
constexpr int mostBarWidth = 620;
constexpr int leastBarWidth = 400;
constexpr int roomyBarWidth = 540;
constexpr auto hangUpKeys = Qt::CTRL | Qt::Key_F9; ///< far from Answer: pressed twice, that one is harmless

} // namespace

TimeMs inStateSince(const AgentCall &call)
{
    switch (call.state) {
    case AgentCall::State::Ringing: return call.ringingSince ? call.ringingSince : call.startedAt;
    case AgentCall::State::Connected:
    case AgentCall::State::OnHold: return call.answeredAt.value_or(call.startedAt);
    case AgentCall::State::Over: return call.endedAt.value_or(0);
    }
    return 0;
}

QString partyAndLine(const AgentCall &call)
{
    QStringList parts;
    if (call.party.withheld)
        parts += CallBar::tr("number withheld");
    else if (const QString number = call.party.e164.isEmpty() ? call.party.raw : call.party.e164;
             !number.isEmpty())
        parts += phoneForPeople(number);
    const QString line = call.queue.isEmpty() ? call.ownLine : call.queue;
    if (!line.isEmpty())
        parts += isolated(line);
    return parts.join(QStringLiteral(" · "));
}

CallBar::CallBar(const Clock &clock, QWidget *parent) : QWidget(parent), m_clock(clock)
{
    buildUi();
    connectUp();
    refresh();
}

void CallBar::buildUi()
{
    m_state = new ElidedLabel(TextRole::Strong, Ink::First, this);
    m_state->setHugging(true);
    m_time = new ElidedLabel(TextRole::Body, Ink::First, this);
    m_time->setTabular(true);
    m_time->setHugging(true);
    m_party = new ElidedLabel(TextRole::Body, Ink::Second, this);
    m_party->setHugging(true);
    m_instead = new ElidedLabel(TextRole::Body, Ink::Second, this);
    m_instead->setText(tr("Hang up at the phone"));
    m_instead->setHugging(true);
    for (QWidget *always : {m_state, m_time, m_instead})
        always->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); // the party gives way
    m_dial = new Button(tr("Call …"), Button::Kind::Secondary, this);
    m_dial->setKeys(QKeySequence(Qt::CTRL | Qt::Key_F2));
    m_answer = new Button(tr("Answer"), Button::Kind::Primary, this);
    m_answer->setKeys(QKeySequence(Qt::CTRL | Qt::Key_F4));
    m_hold = new Button(tr("Hold"), Button::Kind::Secondary, this);
    m_transfer = new Button(tr("Pass on"), Button::Kind::Secondary, this);
    m_hangUp = new Button(tr("Hang up"), Button::Kind::Secondary, this);
    m_hangUp->setKeys(hangUpKeys);
    for (Button *button : {m_dial, m_answer, m_hold, m_transfer, m_hangUp})
        button->setFocusPolicy(Qt::TabFocus);
    m_holdKey = keyFor(*m_hold, QKeySequence(Qt::CTRL | Qt::Key_F7));
    m_transferKey = keyFor(*m_transfer, QKeySequence(Qt::CTRL | Qt::Key_F8));

    auto *row = new QHBoxLayout(this);
    row->setSpacing(size::blockGap - 2);
    for (QWidget *part : {static_cast<QWidget *>(m_state), static_cast<QWidget *>(m_time),
                          static_cast<QWidget *>(m_party), static_cast<QWidget *>(m_dial)})
        row->addWidget(part);
    row->addStretch(1);
    for (Button *button : {m_answer, m_hold, m_transfer, m_hangUp})
        row->addWidget(button);
    row->addWidget(m_instead);
    setMinimumSize(leastBarWidth, barHeight);
    setMaximumSize(mostBarWidth, barHeight);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_timer = new QTimer(this);
    m_timer->setInterval(tickMs);
}

/// Acts also where there is no room for the button.
QShortcut *CallBar::keyFor(Button &button, const QKeySequence &keys)
{
    button.setToolTip(keyText(keys));
    button.setAccessibleDescription(keyText(keys));
    auto *shortcut = new QShortcut(keys, this);
    shortcut->setAutoRepeat(false);
    connect(shortcut, &QShortcut::activated, &button, &Button::click);
    return shortcut;
}

void CallBar::connectUp()
{
    connect(m_timer, &QTimer::timeout, this, &CallBar::tick);
    connect(m_answer, &Button::clicked, this, [this] {
        if (const AgentCall *call = ringing())
            Q_EMIT answerRequested(call->callId);
    });
    connect(m_dial, &Button::clicked, this, &CallBar::dialRequested);
    connect(m_hold, &Button::clicked, this, [this] {
        if (m_call)
            Q_EMIT holdRequested(m_call->callId, m_call->state == AgentCall::State::Connected);
    });
    connect(m_transfer, &Button::clicked, this, [this] {
        if (m_call)
            Q_EMIT transferRequested(m_call->callId);
    });
    connect(m_hangUp, &Button::clicked, this, [this] {
        if (m_call)
            Q_EMIT hangUpRequested(m_call->callId);
    });
}

QSize CallBar::sizeHint() const
{
    return {barWidth, barHeight};
}

void CallBar::setName(const QString &name)
{
    if (name == m_name)
        return;
    m_name = name;
    refresh();
}

void CallBar::setCall(const std::optional<AgentCall> &call, const std::optional<AgentCall> &waiting)
{
    if (m_call == call && m_waiting == waiting)
        return;
    m_call = call;
    m_waiting = waiting;
    refresh();
}

const AgentCall *CallBar::ringing() const
{
    const auto &call = m_waiting ? m_waiting : m_call;
    return call && call->state == AgentCall::State::Ringing ? &*call : nullptr;
}

void CallBar::setCanDial(bool can)
{
    m_canDial = can;
    refresh();
}

void CallBar::setDialling(const QString &number)
{
    m_dialling = number;
    refresh();
}

void CallBar::setHeard(bool isHeard)
{
    m_isHeard = isHeard;
    refresh();
}

void CallBar::refresh()
{
    const bool isThere = m_call.has_value();
    showState();
    offerButtons();
    const int leading = isThere ? 2 * size::blockGap + 2 : 0; // the dot stands there
    const bool endsInButton = isThere || m_dial->isVisibleTo(this);
    const int trailing = m_instead->isVisibleTo(this) ? size::blockGap : endsInButton ? sideGap : 0;
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    layout()->setContentsMargins(isMirrored ? trailing : leading, sideGap, isMirrored ? leading : trailing,
                                 sideGap);
    if (isThere)
        m_timer->start();
    else
        m_timer->stop();
    tick();
    update();
}

void CallBar::showState()
{
    const bool isThere = m_call.has_value();
    const bool isDialling = !isThere && !m_dialling.isEmpty();
    m_state->setText(isDialling                                ? tr("Lift your phone")
                     : !isThere                                ? tr("No call")
                     : m_call->state == AgentCall::State::Over ? tr("After the call")
                                                               : stateWord(*m_call, m_isHeard));
    m_state->setInk(isThere || isDialling ? Ink::First : Ink::Second);
    const QString line = isThere ? partyAndLine(*m_call) : phoneForPeople(m_dialling);
    QStringList party{isolated(m_name), line}; // in the longer words the number comes first: it is not cut
    if (isThere && !isNews())
        std::ranges::reverse(party);
    m_party->setText(isThere && !m_name.isEmpty() ? party.join(QStringLiteral(" · ")) : line);
    m_time->setVisible(isThere);
    m_party->setVisible(isThere || isDialling);
}

/// Nothing that the telephone does not do, and nothing that nobody would hear.
void CallBar::offerButtons()
{
    const auto state = m_call ? m_call->state : AgentCall::State::Over;
    const bool isTalking = state == AgentCall::State::Connected || state == AgentCall::State::OnHold;
    const model::CallAbilities can = isTalking && m_isHeard ? m_call->can : model::CallAbilities();
    m_dial->setVisible(!m_call && m_canDial && m_isHeard && m_dialling.isEmpty());
    m_answer->setVisible(m_isHeard && ringing() && ringing()->can.answer);
    const bool isRoomy = width() >= roomyBarWidth && !m_answer->isVisibleTo(this);
    m_holdKey->setEnabled(can.hold);
    m_transferKey->setEnabled(can.transfer);
    m_hold->setVisible(can.hold && isRoomy);
    m_hold->setText(state == AgentCall::State::OnHold ? tr("Go on") : tr("Hold"));
    m_transfer->setVisible(can.transfer && isRoomy);
    offerHangUp(isTalking);
}

bool CallBar::isNews() const
{
    return m_isHeard || (m_call && m_call->isLocal);
}

/// What can be done here no more can be done at the telephone. Of a call of this computer's telephone, which
/// obeys nobody here, the agent can say that it is over.
void CallBar::offerHangUp(bool isTalking)
{
    const bool isHere = m_call && m_call->isLocal;
    const bool can = isTalking && (isHere || (m_isHeard && m_call->can.hangUp));
    if (can && !isHere)
        m_couldHangUp = m_call->callId;
    const QString words = isHere ? tr("Call is over") : tr("Hang up");
    if (m_hangUp->text() != words) {
        m_hangUp->setText(words);
        m_hangUp->setKeys(hangUpKeys); // another text takes them away
    }
    m_hangUp->setVisible(can);
    m_instead->setVisible(isTalking && !can && !isNews() && m_couldHangUp == m_call->callId);
}

void CallBar::tick()
{
    if (!m_call)
        return;
    const TimeMs since = inStateSince(*m_call);
    m_time->setText(since ? duration(m_clock.now() - since) : QString());
}

void CallBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    offerButtons();
}

void CallBar::paintEvent(QPaintEvent *)
{
    if (!m_call)
        return;
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    drawBox(
        painter, rect(),
        {.ground = theme.accentGround, .edge = edgeOf(theme, Tone::Accent), .edgeWidth = theme.lineWidth});
    const bool isLive = m_call->state == AgentCall::State::Connected && isNews();
    const QColor colour = isLive                                       ? theme.good
                          : m_call->state == AgentCall::State::Ringing ? theme.accent
                                                                       : theme.ink2;
    const qreal x = layoutDirection() == Qt::LeftToRight ? size::blockGap : width() - size::blockGap - dot;
    const QRectF spot(x, (height() - dot) / 2.0, dot, dot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(isLive ? QPen(Qt::NoPen) : QPen(colour, 1.6));
    painter.setBrush(isLive ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter.drawEllipse(isLive ? spot : spot.adjusted(0.8, 0.8, -0.8, -0.8));
}

} // namespace ringbook::ui
