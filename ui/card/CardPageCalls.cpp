#include "ui/card/CallPanel.h"
#include "ui/card/CardPage.h"

// What becomes of the calls meanwhile, and who gives way to whom.

namespace ringbook::ui {

using model::AgentCall;

bool CardPage::isAbout(const QString &callId) const
{
    const CallWork *work = m_stack.current();
    return work && (work->draft.callId == callId || (work->leftBy && work->leftBy->callId == callId));
}

bool CardPage::mayGiveWayTo(const AgentCall &coming) const
{
    const CallWork *work = m_stack.current();
    if (!work)
        return true;
    if (hasContent(work->draft))
        return false;
    if (work->leftBy)
        return work->leftBy->isOver();
    return work->draft.call.passedBy() || (work->draft.call.isOver() && coming.answeredAt);
}

void CardPage::showFiled(const AgentCall &call)
{
    const CallWork *work = m_stack.current();
    if (!work || !work->leftBy || work->leftBy->callId != call.callId) {
        const model::CallDraft filed = m_filed.value(call.callId);
        const auto card = m_desks.callers.cardOf(filed.customer);
        if (!card)
            return;
        leaveCurrent();
        openCustomer(*card, call, filed.filedAs);
    }
    focusNote();
}

void CardPage::keepOnly(const QStringList &callIds)
{
    m_stack.endAllBut(callIds);
    for (const QString &callId : m_filed.keys())
        if (!callIds.contains(callId))
            forgetFiled(callId);
}

/// Should it fail to be forgotten for good, that is tried again when the calls are told anew.
void CardPage::forgetFiled(const QString &callId)
{
    if (m_filed.remove(callId))
        (void)m_desks.calls.forgetFiled(callId);
}

void CardPage::follow(const AgentCall &call)
{
    if (CallWork *shown = m_stack.current(); shown && shown->leftBy && shown->leftBy->callId == call.callId) {
        shown->leftBy = call;
        m_panel->showTitle(*shown);
    }
    CallWork *work = m_stack.find(call.callId);
    if (!work)
        return followUnopened(call);
    if (call.revision < work->draft.call.revision)
        return;
    work->draft.call = call;
    tellPresence();
    if (call.answeredAt || hasContent(work->draft))
        m_keeper.edit(work->draft); // an answered call has to be wrapped up, also after the program ended
    if (call.passedBy() && !hasContent(work->draft) && call.callId != currentCall()) {
        m_stack.drop(call.callId);
        m_panel->showPlace(m_stack.currentIndex(), int(m_stack.works().size()));
    }
}

void CardPage::become(const QString &callId, const AgentCall &call, const model::Card &card)
{
    if (CallWork *shown = m_stack.current(); shown && shown->leftBy && shown->leftBy->callId == callId)
        shown->leftBy = call;
    if (m_filed.contains(callId)) {
        model::CallDraft filed = m_filed.value(callId);
        filed.callId = call.callId;
        m_filed.insert(call.callId, filed);
        forgetFiled(callId);
    }
    CallWork *work = m_stack.find(callId);
    if (!work) { // answered unseen, it is kept from the next step on under its new key
        m_keeper.forget(callId);
        (void)m_desks.calls.dropDraft(callId);
        return;
    }
    const bool isOnScreen = currentCall() == callId;
    if (isOnScreen)
        m_panel->takeInto(*work);
    rename(*work, call);
    if (work->confidence == model::Confidence::Chosen || work->draft.customer == card.customer.id)
        return;
    work->draft.customer = card.customer.id; // the telephone system knows the number better
    work->confidence = card.confidence;
    if (isOnScreen)
        bringUpCurrent();
}

/// The draft is on disk under its new key before it goes under the old one.
void CardPage::rename(CallWork &work, const AgentCall &call)
{
    const QString old = work.draft.callId;
    m_keeper.forget(old);
    work.draft.callId = call.callId;
    work.draft.call = call;
    if (call.answeredAt || hasContent(work.draft))
        if (const auto kept = m_desks.calls.keepDraft(work.draft); !kept)
            return m_keeper.edit(work.draft);
    (void)m_desks.calls.dropDraft(old);
}

void CardPage::followUnopened(const AgentCall &call)
{
    if (!m_filed.contains(call.callId) && call.answeredAt)
        m_keeper.edit({.callId = call.callId, .call = call});
    if (call.isOver() && m_filed.contains(call.callId))
        (void)m_desks.calls.closeFiled(m_filed.take(call.callId), call);
}

void CardPage::noteRingToPaint(const QString &callId, qint64 microseconds)
{
    if (CallWork *work = m_stack.find(callId))
        work->draft.ringToPaintUs = microseconds;
}

} // namespace ringbook::ui
