#include "app/agent/CallFlow.h"

#include "model/domain/PhoneNumber.h"
#include "ui/card/CardPage.h"
#include "ui/shell/CallBar.h"
#include "ui/shell/Shell.h"
#include "ui/theme/Paint.h"
#include "ui/theme/Style.h"

#include <algorithm>

namespace ringbook::app {

using model::AgentCall;
using model::Card;

namespace {

constexpr int maxRememberedCalls = 50; ///< a desk has a handful; more is a hub gone wrong
const QString unusedNumber = QStringLiteral("+99900000000"); ///< under a country code that nobody has

/// The number, if it is nobody's in this book.
QString strangerOf(const Card &card)
{
    return card.confidence == model::Confidence::Unknown && model::isE164(card.number) ? card.number
                                                                                       : QString();
}

} // namespace

CallFlow::CallFlow(const model::CallerDesk &callers, ui::Shell &shell, ui::CardPage &page, const Clock &clock)
    : m_callers(callers),
      m_shell(shell),
      m_page(page),
      m_clock(clock),
      m_pop(clock),
      m_shellWatch(shell),
      m_popWatch(m_pop),
      m_warmUp(warmUpSteps(), [this] { return isBusy(); })
{
    m_pop.setSpareRoom([this](const QString &callId) { return spareRoom(callId); });
    connect(&m_shellWatch, &PaintWatch::painted, this, &CallFlow::cardPainted);
    connect(&m_popWatch, &PaintWatch::painted, this, &CallFlow::popPainted);
    connect(&m_shell, &ui::Shell::cardRequested, this, &CallFlow::openNewest);
    connect(&m_shell, &ui::Shell::missedSeen, &m_pop, &ui::PopWindow::missedWereSeen);
    connect(&m_pop, &ui::PopWindow::cardRequested, this, &CallFlow::openCard);
    connect(&m_pop, &ui::PopWindow::answerRequested, this, &CallFlow::answer);
    connect(&m_shell.callBar(), &ui::CallBar::answerRequested, this, &CallFlow::answer);
    connect(&m_page, &ui::CardPage::filed, this, [this](const model::Filed &filed) {
        m_pop.missedWasSeen(filed.interaction.callId);
        showAnsweredOnes();
    });
    connect(&m_page, &ui::CardPage::atCustomer, this, [this] { // somebody may have been named
        if (m_waitingPops.isEmpty())
            followCallBar();
    });
    warmUp();
}

/// Statements are prepared and numbers' tables read, windows made and painted, fonts opened and letters
/// drawn: a card painted for the first time takes ten times as long, a name in a script that was not written
/// yet a fifth of a second.
QVector<WarmUp::Step> CallFlow::warmUpSteps()
{
    const auto lookUp = [this] {
        if (const auto card = m_callers.cardFor({.raw = unusedNumber, .e164 = unusedNumber}); !card)
            Q_EMIT lookUpFailed(card.error());
    };
    const auto paint = [this] {
        if (const auto card = m_callers.anyCard())
            m_page.rehearse(*card);
    };
    const auto paintWindows = [this] {
        m_pop.winId();
        m_pop.grab();
        m_shell.grab();
    };
    QVector<WarmUp::Step> steps{lookUp, paint, paintWindows};
    for (const ui::TextRole role : ui::allTextRoles)
        steps.append([this, role] {
            ui::drawLetters(ui::typeOf(&m_shell)[role], ui::themeOf(&m_shell), m_shell.devicePixelRatioF());
        });
    for (const QString &word : ui::scriptSamples())
        for (const ui::TextRole role : ui::allTextRoles)
            steps.append([this, word, role] { ui::typeOf(&m_shell)[role].line(word); });
    return steps;
}

void CallFlow::take(const AgentCall &call, qint64 receivedNs)
{
    auto ring = m_rings.find(call.callId);
    if (ring != m_rings.end()) {
        if (call.revision < ring->call.revision)
            return; // old news
        ring->call = call;
        goOn(*ring);
    } else if (!call.isOver() && m_rings.size() < maxRememberedCalls) {
        begin(*m_rings.insert(call.callId, {.call = call, .receivedNs = receivedNs}));
    }
    if (call.isOver())
        end(call.callId);
    if (m_waitingPops.isEmpty())
        followCallBar();
}

void CallFlow::become(const QString &localId, const AgentCall &call, qint64 receivedNs)
{
    if (!m_rings.contains(localId))
        return take(call, receivedNs);
    const Card known = lookUp(call);
    Ring ring = m_rings.take(localId);
    ring.call = call;
    const bool isOtherStranger = std::exchange(ring.stranger, strangerOf(known)) != strangerOf(known);
    m_rings.insert(call.callId, ring);
    for (auto &[callId, card] : m_waitingPops)
        if (callId == localId)
            std::tie(callId, card) = std::pair(call.callId, known);
    m_pop.become(localId, call, known);
    m_page.become(localId, call, known);
    if (isOtherStranger)
        tellStrangers();
    take(call, receivedNs);
}

void CallFlow::end(const QString &callId)
{
    const Ring ring = m_rings.take(callId);
    if (ring.call.answeredAt && ring.call.result == AgentCall::Result::Answered && !ring.wasShown)
        m_unfiled.append(ring);
    showAnsweredOnes();
    if (!ring.stranger.isEmpty())
        tellStrangers();
    Q_EMIT ended(callId);
}

void CallFlow::tellStrangers()
{
    QStringList numbers;
    for (const Ring &ring : std::as_const(m_rings))
        if (!ring.stranger.isEmpty() && !numbers.contains(ring.stranger))
            numbers.append(ring.stranger);
    Q_EMIT strangersChanged(numbers);
}

void CallFlow::nameStrangers()
{
    for (const Ring &ring : std::as_const(m_rings)) {
        if (ring.stranger.isEmpty() || !m_pop.tellsOf(ring.call.callId))
            continue;
        if (const auto card = m_callers.cardFor(ring.call.party); card)
            offer(ring, *card);
    }
}

void CallFlow::takeCustomerChange(Id<model::Customer> customer)
{
    if (m_pop.takeCustomerChange(customer, [this](const AgentCall &call) { return lookUp(call); }))
        followCallBar();
}

void CallFlow::replaceAll(const QVector<AgentCall> &calls, qint64 receivedNs)
{
    QStringList ids;
    for (const AgentCall &call : calls)
        ids.append(call.callId);
    m_pop.keepOnly(ids);
    m_page.keepOnly(ids);
    for (const QString &known : m_rings.keys())
        if (!ids.contains(known))
            lose(known);
    for (const AgentCall &call : calls)
        take(call, receivedNs);
    followCallBar();
}

/// What nobody tells of any more is over. What was talked about has to be wrapped up all the same.
void CallFlow::lose(const QString &callId)
{
    AgentCall &call = m_rings[callId].call;
    const bool wasTalkedOn =
        call.state == AgentCall::State::Connected || call.state == AgentCall::State::OnHold;
    call.state = AgentCall::State::Over;
    call.result = wasTalkedOn ? AgentCall::Result::Answered : AgentCall::Result::Lost;
    end(callId);
}

Card CallFlow::lookUp(const AgentCall &call)
{
    const auto card = m_callers.cardFor(call.party);
    if (!card)
        Q_EMIT lookUpFailed(card.error());
    return card ? *card : Card{.number = call.party.e164, .networkName = call.party.name};
}

void CallFlow::begin(Ring &ring)
{
    const Card known = lookUp(ring.call);
    ring.stranger = strangerOf(known);
    if (!ring.stranger.isEmpty())
        tellStrangers();
    if (!mayShow(ring.call)) {
        m_page.follow(ring.call);
        return offer(ring, known);
    }
    // The card first, the pop and the bar when that is painted: a new window and a bar of another width cost
    // more than the card.
    m_waitingPops.append({ring.call.callId, known});
    show(ring, known);
}

void CallFlow::goOn(Ring &ring)
{
    m_pop.follow(ring.call);
    m_page.follow(ring.call);
    if (ring.call.state == AgentCall::State::Connected && !ring.wasShown && mayShow(ring.call))
        openCard(ring.call.callId);
}

/// Whether a card may come up by itself: the window is there, on the call page, and nothing is begun on it.
bool CallFlow::mayShow(const AgentCall &coming) const
{
    return m_shell.isVisible() && !m_shell.isMinimized() && m_shell.page() == ui::Shell::Page::Call &&
           m_page.mayGiveWayTo(coming);
}

void CallFlow::show(Ring &ring, const Card &card)
{
    ring.wasShown = true;
    m_page.show(ring.call, card);
    Q_EMIT cardOpened(ring.call.callId);
}

void CallFlow::offer(const Ring &ring, const Card &card)
{
    m_pop.offer(ring.call, card);
}

void CallFlow::offerWaiting()
{
    for (const auto &[callId, card] : std::exchange(m_waitingPops, {}))
        if (const auto ring = m_rings.constFind(callId); ring != m_rings.constEnd())
            offer(*ring, card);
    followCallBar();
}

void CallFlow::cardPainted()
{
    for (Ring &ring : m_rings) {
        if (!ring.wasShown || ring.isPainted)
            continue;
        ring.isPainted = true;
        const qint64 us = (m_clock.monotonicNs() - ring.receivedNs) / 1000;
        if (!ring.isPopPainted) {
            m_page.noteRingToPaint(ring.call.callId, us);
            Q_EMIT shown(ring.call.callId, us);
        }
    }
    offerWaiting();
}

void CallFlow::popPainted()
{
    if (m_pop.view() != ui::PopCalls::View::Ringing && m_pop.view() != ui::PopCalls::View::Talking)
        return;
    for (Ring &ring : m_rings) {
        if (ring.isPopPainted)
            continue;
        ring.isPopPainted = true;
        const qint64 us = (m_clock.monotonicNs() - ring.receivedNs) / 1000;
        Q_EMIT popped(ring.call.callId, us);
        if (!ring.isPainted) {
            m_page.noteRingToPaint(ring.call.callId, us);
            Q_EMIT shown(ring.call.callId, us);
        }
    }
}

/// Where the pop covers nothing of the card that the agent looks at.
std::optional<QRect> CallFlow::spareRoom(const QString &callId) const
{
    if (!m_shell.isActiveWindow() || m_shell.page() != ui::Shell::Page::Call)
        return std::nullopt;
    const auto ring = m_rings.constFind(callId);
    const bool rings = ring != m_rings.constEnd() && ring->call.state == AgentCall::State::Ringing;
    if (m_page.isNarrow() && !rings && m_page.isAbout(callId))
        return QRect(); // the call bar says it
    return m_page.spareRoom(callId);
}

/// Who answers wants to write what this caller says: what was begun before keeps its place among the calls.
void CallFlow::answer(const QString &callId)
{
    if (m_rings.contains(callId) && !m_page.isAbout(callId))
        openCard(callId);
    Q_EMIT answerRequested(callId);
}

/// The one that is talked on if its card is not up and it is not saved, else the newest that rings.
CallFlow::Ring *CallFlow::newest()
{
    const auto rank = [this](const AgentCall &call) {
        const bool isTalk = call.state != AgentCall::State::Ringing;
        const bool isWaiting = isTalk && !m_page.isAbout(call.callId) && !m_page.isFiled(call.callId);
        return std::pair(isWaiting ? 2 : isTalk ? 0 : 1, call.ringingSince);
    };
    const auto isLess = [&](const Ring &a, const Ring &b) { return rank(a.call) < rank(b.call); };
    const auto found = std::max_element(m_rings.begin(), m_rings.end(), isLess);
    return found == m_rings.end() ? nullptr : &*found;
}

void CallFlow::openNewest()
{
    if (Ring *ring = newest())
        bringUp(*ring);
    else
        openMissed();
}

void CallFlow::openCard(const QString &callId)
{
    const auto ring = m_rings.find(callId);
    if (ring != m_rings.end())
        bringUp(*ring);
    else
        openMissed();
}

void CallFlow::openMissed()
{
    const auto call = m_pop.takeMissed();
    if (!call)
        return;
    Ring missed{.call = *call};
    bringUp(missed);
}

void CallFlow::bringUp(Ring &ring)
{
    const auto card = m_callers.cardFor(ring.call.party);
    if (!card)
        return Q_EMIT lookUpFailed(card.error());
    m_shell.showPage(ui::Shell::Page::Call);
    if (m_shell.isMinimized())
        m_shell.showNormal();
    m_shell.raise();
    m_shell.activateWindow();
    show(ring, *card);
    m_page.focusNote();
}

/// A call that was answered while something else was being typed comes up when that is done.
void CallFlow::showAnsweredOnes()
{
    if (!m_unfiled.isEmpty() && mayShow(m_unfiled.first().call)) {
        Ring ring = m_unfiled.takeFirst();
        const auto card = m_callers.cardFor(ring.call.party);
        return show(ring, card ? *card : Card{.number = ring.call.party.e164});
    }
    for (const Ring &ring : m_rings)
        if (!ring.wasShown && ring.call.answeredAt && mayShow(ring.call))
            return openCard(ring.call.callId);
}

void CallFlow::setHeard(bool isHeard)
{
    m_pop.setHeard(isHeard);
    m_shell.callBar().setHeard(isHeard);
}

/// The call that is talked on stays in the bar, with its time and its end; one that rings meanwhile is in the
/// pop.
void CallFlow::followCallBar()
{
    std::optional<AgentCall> talk, ringing;
    for (const Ring &ring : m_rings) {
        auto &kind = ring.call.state == AgentCall::State::Ringing ? ringing : talk;
        if (!kind || kind->ringingSince < ring.call.ringingSince)
            kind = ring.call;
    }
    const auto &shown = talk ? talk : ringing;
    m_shell.callBar().setName(shown ? m_page.callerName(shown->callId) : QString());
    m_shell.callBar().setCall(shown, talk ? ringing : std::nullopt);
}

} // namespace ringbook::app
