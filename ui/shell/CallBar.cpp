#include "ui/shell/CallBar.h"

#include "ui/text/Numbers.h"
#include "ui/text/Times.h"
#include "ui/text/Wording.h"
#include "ui/theme/Paint.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ElidedLabel.h"

#include <QHBoxLayout>
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
// In every state: what stands beside it stays where it is. A narrow window takes some of the party's.
constexpr int barWidth = 480;
constexpr int leastBarWidth = 400;

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
    m_answer = new Button(tr("Answer"), Button::Kind::Primary, this);
    m_answer->setKeys(QKeySequence(Qt::CTRL | Qt::Key_F4));
    m_hangUp = new Button(tr("Hang up"), Button::Kind::Secondary, this);
    m_hangUp->setKeys(
        QKeySequence(Qt::CTRL | Qt::Key_F9)); // far from Answer: pressed twice, that one is harmless
    for (Button *button : {m_answer, m_hangUp})
        button->setFocusPolicy(Qt::TabFocus);

    auto *row = new QHBoxLayout(this);
    row->setSpacing(size::blockGap - 2);
    for (QWidget *part : {m_state, m_time, m_party})
        row->addWidget(part);
    row->addStretch(1);
    for (QWidget *part : {static_cast<QWidget *>(m_answer), static_cast<QWidget *>(m_hangUp),
                          static_cast<QWidget *>(m_instead)})
        row->addWidget(part);
    setMinimumSize(leastBarWidth, barHeight);
    setMaximumSize(barWidth, barHeight);
    m_timer = new QTimer(this);
    m_timer->setInterval(tickMs);
}

void CallBar::connectUp()
{
    connect(m_timer, &QTimer::timeout, this, &CallBar::tick);
    connect(m_answer, &Button::clicked, this, [this] {
        if (const AgentCall *call = ringing())
            Q_EMIT answerRequested(call->callId);
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

void CallBar::setAbilities(Abilities abilities)
{
    m_abilities = abilities;
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
    const auto state = isThere ? m_call->state : AgentCall::State::Over;
    const bool isTalking = state == AgentCall::State::Connected || state == AgentCall::State::OnHold;
    m_state->setText(!isThere                          ? tr("No call")
                     : state == AgentCall::State::Over ? tr("After the call")
                                                       : stateWord(*m_call, m_isHeard));
    m_state->setInk(isThere ? Ink::First : Ink::Second);
    const QString line = isThere ? partyAndLine(*m_call) : QString();
    QStringList party{isolated(m_name), line}; // in the longer words the number comes first: it is not cut
    if (isThere && !isNews())
        std::ranges::reverse(party);
    m_party->setText(isThere && !m_name.isEmpty() ? party.join(QStringLiteral(" · ")) : line);
    m_time->setVisible(isThere);
    m_party->setVisible(isThere);
    m_answer->setVisible(m_abilities.answer && ringing() && !ringing()->isLocal);
    offerHangUp(isTalking);
    const int leading = isThere ? 2 * size::blockGap + 2 : 0; // the dot stands there
    const int trailing = m_instead->isVisibleTo(this) ? size::blockGap : isThere ? sideGap : 0;
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

bool CallBar::isNews() const
{
    return m_isHeard || (m_call && m_call->isLocal);
}

/// What can be done here no more can be done at the telephone.
void CallBar::offerHangUp(bool isTalking)
{
    const bool can = isTalking && m_abilities.hangUp;
    if (can)
        m_couldHangUp = m_call->callId;
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
