#include "ui/card/CallPanel.h"
#include "ui/card/CardPage.h"
#include "ui/card/CardWords.h"
#include "ui/card/HistoryColumn.h"
#include "ui/card/ProfileColumn.h"
#include "ui/text/Numbers.h"
#include "ui/text/Wording.h"

#include <QSignalBlocker>

#include <algorithm>
#include <utility>

// Who the card is about: how they are shown, found and corrected.

namespace ringbook::ui {

using model::Card;
using model::Confidence;
using model::Customer;

void CardPage::rehearse(const Card &card)
{
    if (m_stack.current())
        return;
    const QSignalBlocker nobodyIsThere(this);
    showCustomer(card);
    grab();
    showNothing();
}

void CardPage::showCustomer(const Card &card)
{
    const CallWork *work = m_stack.current();
    m_profile->show(card, reading(), work && hasCall(work->draft));
    m_panel->setCustomerZone(card.customer.timeZone);
    m_history->show(card, reading(), olderPages(card.customer.id));
    m_customer = card.customer.id;
    tellPresence();
}

void CardPage::showNothing(bool savedCallGoesOn)
{
    m_profile->showNothing();
    m_history->showNothing(savedCallGoesOn ? tr("Nobody was found for this call.")
                                           : tr("Nobody is on the line."));
    m_panel->showNothing(savedCallGoesOn);
    m_customer = {};
    tellPresence();
}

void CardPage::setCanCall(bool can)
{
    m_profile->setCanCall(can);
}

void CardPage::showPeople(const QVector<model::Presence> &people)
{
    m_profile->showPeople(people);
}

void CardPage::showLookUps(const model::LookUps &lookUps)
{
    m_profile->showLookUps(lookUps);
}

model::Presence::Doing CardPage::doing() const
{
    using Doing = model::Presence::Doing;
    const CallWork *work = m_stack.current();
    if (!work)
        return Doing::Looking;
    const model::AgentCall &call = work->leftBy ? *work->leftBy : work->draft.call;
    if (call.state == model::AgentCall::State::Connected)
        return Doing::Phone;
    return hasContent(work->draft) ? Doing::Editing : Doing::Looking;
}

/// A card that came up by itself at everybody's desk is nobody's work yet.
void CardPage::tellPresence()
{
    const CallWork *work = m_stack.current();
    const bool onlyRings = work && hasCall(work->draft) && !hasContent(work->draft) &&
                           work->draft.call.state == model::AgentCall::State::Ringing;
    const std::pair now(onlyRings ? Id<Customer>{} : m_customer, doing());
    if (std::exchange(m_told, now) != now)
        Q_EMIT atCustomer(now.first, now.second);
}

Result<Card> CardPage::cardOf(const CallWork &work) const
{
    if (work.isSomebodyElse)
        return Card{.confidence = Confidence::Shared, .number = work.draft.call.party.e164};
    if (!work.draft.customer && !hasCall(work.draft))
        return m_desks.callers.cardOfCase(caseOfNobody(work.draft.callId));
    if (!work.draft.customer)
        return m_desks.callers.cardFor(work.draft.call.party);
    auto card = hasCall(work.draft) ? m_desks.callers.cardOf(work.draft.customer, work.draft.call.party)
                                    : m_desks.callers.cardOf(work.draft.customer);
    if (card && hasCall(work.draft))
        card->confidence = work.confidence;
    return card;
}

/// Whom something was saved for: the next caller's card may be on the screen by then.
QString CardPage::nameFor(const model::CallDraft &draft) const
{
    if (const auto customer = m_desks.customers.customer(draft.customer))
        return isolated(customer->name);
    return draft.call.party.e164.isEmpty() ? tr("Unknown caller") : phoneForPeople(draft.call.party.e164);
}

QString CardPage::callerName(const QString &callId) const
{
    const auto open = std::ranges::find(m_stack.works(), callId, [](const CallWork &work) {
        return hasCall(work.draft) ? work.draft.callId : QString();
    });
    const auto who = open != m_stack.works().end() ? open->draft.customer : m_filed.value(callId).customer;
    const auto customer = who ? m_desks.customers.customer(who) : Result<Customer>(Error{Fault::NotFound});
    return customer ? customer->name : QString();
}

TimelineModel::OlderPage CardPage::olderPages(Id<Customer> customer) const
{
    if (!customer)
        return {};
    return [&callers = m_desks.callers, customer](const model::TimelineMark &after) {
        return callers.timeline(customer, after);
    };
}

void CardPage::choose(Id<Customer> customer)
{
    CallWork *work = m_stack.current();
    if (!work)
        return;
    m_panel->takeInto(*work);
    if (const auto file = caseOfNobody(work->draft.callId))
        if (const auto identified = m_desks.calls.identify(file, customer); !identified)
            return m_panel->sayFailed(sentence(Doing::Saving, identified.error().fault));
    if (std::exchange(work->draft.customer, customer) != customer && !isOfNobody(work->draft.attachTo))
        work->draft.attachTo = {};
    work->isSomebodyElse = false;
    work->confidence = Confidence::Chosen;
    m_keeper.edit(work->draft);
    bringUpCurrent();
    focusNote();
}

/// Who calls again about something that was begun before they were known.
void CardPage::attachToCaseOfNobody(Id<model::Case> file)
{
    const auto card = m_desks.callers.cardOfCase(file);
    if (!card)
        return m_panel->sayFailed(sentence(Doing::LookingUp, card.error().fault));
    m_panel->showCases(card->openCases);
    m_panel->attachTo(file);
}

/// What is attached to such a case stays so: it becomes that of whoever is named.
bool CardPage::isOfNobody(Id<model::Case> file) const
{
    const auto card = file ? m_desks.callers.cardOfCase(file) : Result<Card>(Error{Fault::NotFound});
    return card && !card->customer.id;
}

/// A wrong choice is taken back; a number that misleads is left aside until somebody is found.
void CardPage::lookForSomebodyElse()
{
    CallWork *work = m_stack.current();
    if (!work || !hasCall(work->draft))
        return;
    m_panel->takeInto(*work);
    const bool wasChosen = work->confidence == Confidence::Chosen;
    work->draft.customer = {};
    work->draft.attachTo = {};
    work->isSomebodyElse = !wasChosen;
    work->confidence = Confidence::Unknown;
    m_keeper.edit(work->draft);
    bringUpCurrent();
    if (work->isSomebodyElse)
        m_profile->find(*cardOf(*work));
    else
        focusNote();
}

/// Somebody who was erased leaves the screen at once, and the calls that wait; what the agent typed stays,
/// and is nobody's.
void CardPage::letGoIfGone(Id<Customer> customer)
{
    const bool isShown = customer == m_customer;
    QStringList theirs;
    for (const CallWork &work : m_stack.works())
        if (work.draft.customer == customer)
            theirs.append(work.draft.callId);
    const bool isSavedFor = customer && customer == m_savedFor;
    if (!isShown && theirs.isEmpty() && !isSavedFor)
        return;
    const auto card = m_desks.callers.cardOf(customer);
    if (card || card.error().fault != Fault::NotFound)
        return;
    m_panel->forgetSaved(); // it may have their name
    if (isSavedFor) {
        m_savedFor = {};
        m_panel->saySavedRemoved();
    }
    if (isShown && m_stack.current()) {
        m_panel->takeInto(*m_stack.current());
        if (!theirs.contains(currentCall()))
            theirs.append(currentCall());
    }
    for (const QString &key : theirs)
        letGo(key);
    if (isShown)
        m_stack.current() ? bringUpCurrent() : showNothing();
    if (const auto erased = m_desks.callers.erasure(customer); isShown && erased && *erased)
        sayErased(**erased);
}

/// The journal has forgotten what was typed about them: it is kept again, as that of an unknown caller.
void CardPage::letGo(const QString &key)
{
    CallWork &work = *m_stack.find(key);
    work.draft.customer = {};
    work.draft.attachTo = {};
    m_keeper.forget(key);
    if (!hasCall(work.draft) && !hasContent(work.draft))
        m_stack.drop(key);
    else if (hasCall(work.draft) && (work.draft.call.answeredAt || hasContent(work.draft)))
        m_keeper.edit(work.draft);
}

void CardPage::sayErased(const model::ErasureLine &erasure)
{
    const QString words = erasedWords(erasure, reading());
    if (m_stack.current())
        m_profile->sayOfStranger(tr("%1 What you write is kept.", "that somebody was erased").arg(words));
    else
        m_profile->say(words);
}

void CardPage::rememberNumber()
{
    const CallWork *work = m_stack.current();
    if (!work || !work->draft.customer)
        return;
    const model::Party &party = work->draft.call.party;
    const auto added =
        m_desks.customers.addPhone(work->draft.customer, party.e164.isEmpty() ? party.raw : party.e164, {});
    if (added)
        refresh();
    else
        m_panel->sayFailed(sentence(Doing::Saving, added.error().fault));
}

} // namespace ringbook::ui
