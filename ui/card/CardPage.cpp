#include "ui/card/CardPage.h"

#include "ui/card/CallPanel.h"
#include "ui/card/CardWords.h"
#include "ui/card/Column.h"
#include "ui/card/HistoryColumn.h"
#include "ui/card/ProfileColumn.h"
#include "ui/text/Wording.h"

#include <QBoxLayout>
#include <QScrollArea>
#include <QShowEvent>

#include <algorithm>

namespace ringbook::ui {

using model::AgentCall;
using model::CallDraft;
using model::Card;
using model::Confidence;

namespace {

constexpr int leastHistory = 320; ///< narrower beside the profile, it goes below it

} // namespace

CardPage::CardPage(const CardDesks &desks, QWidget *parent)
    : QWidget(parent),
      m_desks(desks),
      m_keeper(desks.calls, desks.clock),
      m_profile(new ProfileColumn(desks.customers, desks.clock)),
      m_history(new HistoryColumn),
      m_panel(new CallPanel)
{
    buildUi();
    connect(m_profile, &ProfileColumn::customerChosen, this, &CardPage::choose);
    connect(m_profile, &ProfileColumn::caseOfNobodyChosen, this, &CardPage::attachToCaseOfNobody);
    connect(m_profile, &ProfileColumn::rememberNumberWanted, this, &CardPage::rememberNumber);
    connect(m_profile, &ProfileColumn::callWanted, this, &CardPage::callWanted);
    connect(m_profile, &ProfileColumn::decideWanted, this, [this] { Q_EMIT decideWanted(m_customer); });
    connect(m_profile, &ProfileColumn::somebodyElseCalls, this, &CardPage::lookForSomebodyElse);
    connect(m_profile, &ProfileColumn::choosingChanged, m_panel,
            [this](bool isChoosing) { m_panel->setOutcomeKeysActive(!isChoosing); });
    connect(m_profile, &ProfileColumn::putAside, this, &CardPage::focusNote);
    connect(m_history, &HistoryColumn::casePicked, m_panel, &CallPanel::attachTo);
    connect(m_panel, &CallPanel::edited, this, &CardPage::edit);
    connect(m_panel, &CallPanel::saveWanted, this, &CardPage::save);
    connect(m_panel, &CallPanel::stepWanted, this, &CardPage::step);
    connect(&m_keeper, &DraftKeeper::draftKept, this, [this](const QString &key, TimeMs at) {
        if (key == currentCall())
            sayKept(at);
    });
    connect(&m_keeper, &DraftKeeper::keepingFailed, this, [this](const QString &key, const Error &error) {
        if (key == currentCall())
            m_panel->sayDraft(sentence(Doing::Drafting, error.fault), false);
    });
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(refreshAfterMs);
    connect(&m_refreshTimer, &QTimer::timeout, this, &CardPage::refresh);
    setFocusPolicy(Qt::ClickFocus);
    m_panel->setClock([this] { return reading(); });
    readOutcomes();
    readColleagues();
    showNothing();
}

void CardPage::buildUi()
{
    auto *about = new QWidget;
    m_about = new QBoxLayout(QBoxLayout::LeftToRight, about);
    m_about->setContentsMargins({});
    m_about->setSpacing(0);
    m_about->addWidget(m_profile);
    m_about->addWidget(m_history, 1);
    m_aboutArea = scrolling(about);
    m_aboutArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    auto *columns = new QHBoxLayout(this);
    columns->setContentsMargins({});
    columns->setSpacing(0);
    columns->addWidget(m_aboutArea, 1);
    columns->addWidget(m_panel);
    m_panel->setFixedWidth(size::callColumn);
}

/// A window that is too narrow for three columns keeps the note; who it is and what was share the rest.
void CardPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool isNarrow = width() < size::profileColumn + leastHistory + size::callColumn;
    m_about->setDirection(isNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_profile->setStacked(isNarrow);
}

void CardPage::readOutcomes()
{
    if (const auto outcomes = m_desks.calls.outcomes())
        m_panel->setOutcomes(*outcomes);
    else
        m_panel->sayFailed(sentence(Doing::LookingUp, outcomes.error().fault));
}

void CardPage::readColleagues()
{
    if (const auto colleagues = m_desks.calls.colleagues())
        m_panel->setColleagues(*colleagues);
    else
        m_panel->sayFailed(sentence(Doing::LookingUp, colleagues.error().fault));
}

void CardPage::takeChanges(const QVector<model::RecordKey> &records)
{
    const auto has = [&](const char *kind) {
        return std::ranges::any_of(
            records, [&](const model::RecordKey &record) { return record.kind == QLatin1String(kind); });
    };
    if (has("outcome_code"))
        readOutcomes();
    if (has("user"))
        readColleagues();
    for (const model::RecordKey &record : records)
        if (record.kind == QLatin1String("customer"))
            letGoIfGone({record.id});
    if (!m_refreshTimer.isActive())
        m_refreshTimer.start();
}

Reading CardPage::reading() const
{
    return {m_desks.clock.now(), m_desks.callers.settings().zone};
}

QString CardPage::currentCall() const
{
    const CallWork *work = m_stack.current();
    return work ? work->draft.callId : QString();
}

bool CardPage::isNarrow() const
{
    return m_about->direction() == QBoxLayout::TopToBottom;
}

std::optional<QRect> CardPage::spareRoom(const QString &callId) const
{
    if (!isAbout(callId))
        return std::nullopt;
    const QWidget *place = isNarrow() ? m_aboutArea : static_cast<QWidget *>(m_profile);
    return QRect(place->mapToGlobal(QPoint()), place->size())
        .adjusted(size::blockGap, 0, -size::blockGap, -size::blockGap);
}

void CardPage::show(const AgentCall &call, const Card &card)
{
    if (m_filed.contains(call.callId))
        return showFiled(call);
    if (currentCall() != call.callId)
        leaveCurrent();
    CallWork fresh{.confidence = card.confidence};
    fresh.draft = {.callId = call.callId, .call = call, .customer = card.customer.id};
    CallWork &work = m_stack.open(fresh);
    work.draft.call = call;
    m_panel->forgetSaved();
    if (work.draft.customer == card.customer.id)
        bringUp(card);
    else
        bringUpCurrent(); // the agent has already said who it is
    focusNote();
}

void CardPage::show(const Card &card)
{
    leaveCurrent();
    m_panel->forgetSaved();
    openCustomer(card);
    focusNote();
}

void CardPage::show(const Card &card, Id<model::Case> ofNobody)
{
    leaveCurrent();
    m_panel->forgetSaved();
    CallWork fresh{.confidence = card.confidence};
    fresh.draft = {.callId = draftKey(ofNobody)};
    m_stack.open(fresh);
    bringUp(card);
    focusNote();
}

void CardPage::openCustomer(const Card &card, const std::optional<AgentCall> &leftBy,
                            Id<model::Interaction> filedAs)
{
    CallWork fresh{.confidence = card.confidence, .leftBy = leftBy};
    fresh.draft = {.callId = draftKey(card.customer.id), .customer = card.customer.id, .filedAs = filedAs};
    m_stack.open(fresh);
    bringUp(card);
}

/// How sure it was before the program ended: what the number says, or the agent's choice against it.
Confidence CardPage::sureness(const CallDraft &draft) const
{
    if (!draft.customer)
        return Confidence::Unknown;
    const auto byNumber = hasCall(draft) ? m_desks.callers.cardFor(draft.call.party) : Result<Card>(Card{});
    return byNumber && byNumber->customer.id == draft.customer ? byNumber->confidence : Confidence::Chosen;
}

Status CardPage::restoreDrafts()
{
    const auto drafts = m_desks.calls.drafts();
    const auto filed = m_desks.calls.filedCalls();
    if (!drafts || !filed)
        return !drafts ? drafts.error() : filed.error();
    for (const auto &call : *filed)
        m_filed.insert(call.callId, call);
    for (const auto &draft : *drafts) {
        const int end = int(draft.note.size());
        m_stack.open({.draft = draft,
                      .confidence = sureness(draft),
                      .cursor = end,
                      .anchor = end,
                      .hasOwnSubject = !draft.subject.isEmpty() && draft.subject != subjectFrom(draft.note)});
    }
    if (m_stack.current()) {
        bringUpCurrent();
        focusNote();
    }
    return Done{};
}

/// What was focused before the page was ever shown is nothing to Qt.
void CardPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stack.current() && !focusWidget())
        focusNote();
}

/// Of an answered call nothing may be typed yet, or no longer: there is nothing to set at ease about.
void CardPage::sayKept(TimeMs at)
{
    const bool isThere = hasContent(m_stack.current()->draft);
    m_panel->sayDraft(isThere ? tr("Draft kept %1").arg(clockWithSeconds(at, reading())) : QString(), true);
}

void CardPage::keepDrafts()
{
    m_keeper.keepNow();
}

void CardPage::refresh()
{
    const CallWork *work = m_stack.current();
    if (!work)
        return;
    const auto card = cardOf(*work);
    if (!card)
        return;
    const bool isToChoose =
        work->confidence == Confidence::Unknown && !card->candidates.isEmpty() && !m_profile->isFindingOut();
    if (!card->customer.id && !isToChoose)
        return; // still nobody: what is being searched or typed about them stays
    if (isToChoose || card->customer.id != work->draft.customer) {
        m_stack.current()->draft.customer = card->customer.id;
        m_stack.current()->confidence = card->confidence;
    }
    showCustomer(*card);
    m_panel->showCases(card->openCases);
}

void CardPage::focusNote()
{
    m_panel->focusNote();
}

void CardPage::edit()
{
    CallWork *work = m_stack.current();
    if (!work)
        return;
    m_panel->takeInto(*work);
    m_keeper.edit(work->draft);
    tellPresence();
}

void CardPage::save()
{
    if (!m_stack.current() || !m_profile->finishNewCustomer())
        return;
    CallWork *work = m_stack.current();
    m_panel->takeInto(*work);
    if (const auto missing = missingIn(work->draft); missing != model::Missing::Nothing) {
        m_panel->sayFailed(missingWord(missing));
        return;
    }
    const CallWork saving = *work;
    m_keeper.forget(saving.draft.callId);
    const auto filed = m_desks.calls.wrapUp(saving.draft);
    if (!filed) {
        m_keeper.edit(saving.draft);
        m_panel->sayFailed(sentence(Doing::Saving, filed.error().fault));
        return;
    }
    afterSaving(saving, *filed);
}

void CardPage::afterSaving(const CallWork &saved, const model::Filed &filed)
{
    m_stack.drop(saved.draft.callId);
    m_savedFor = saved.draft.customer;
    const auto filedAs = hasCall(saved.draft) ? filed.interaction.id : saved.draft.filedAs;
    const bool goesOn = hasCall(saved.draft) && !saved.draft.call.isOver();
    if (goesOn)
        m_filed.insert(saved.draft.callId,
                       {.callId = saved.draft.callId, .customer = saved.draft.customer, .filedAs = filedAs});
    // While they still talk what is said next is about this caller, not about the next that waits.
    const bool isTalk = goesOn && saved.draft.call.state != model::AgentCall::State::Ringing;
    const bool hasNext = m_stack.current() && !(isTalk && saved.draft.customer);
    const auto card = hasNext || !saved.draft.customer ? Result<Card>(Error{Fault::NotFound})
                                                       : m_desks.callers.cardOf(saved.draft.customer);
    if (hasNext)
        bringUpCurrent();
    else if (card)
        openCustomer(*card, hasCall(saved.draft) ? std::optional(saved.draft.call) : saved.leftBy, filedAs);
    else
        showNothing(m_filed.contains(saved.draft.callId));
    m_panel->saySaved(clockWithSeconds(m_desks.clock.now(), reading()), nameFor(saved.draft),
                      filed.opened ? filed.opened->code : QString());
    if (m_stack.current())
        focusNote();
    else
        setFocus(Qt::OtherFocusReason); // not on what stands beside the card
    Q_EMIT this->filed(filed);
}

void CardPage::step(int by)
{
    if (CallWork *work = m_stack.current())
        m_panel->takeInto(*work);
    if (!m_stack.step(by))
        return;
    bringUpCurrent();
    focusNote();
}

/// Keeps what is typed; what was only looked at, or was somebody else's call, is put away.
void CardPage::leaveCurrent()
{
    CallWork *work = m_stack.current();
    if (!work)
        return;
    m_panel->takeInto(*work);
    const bool isOpen = hasCall(work->draft) && !work->draft.call.passedBy();
    if (!isOpen && !hasContent(work->draft))
        m_stack.drop(work->draft.callId);
}

void CardPage::bringUp(const Card &card)
{
    CallWork *work = m_stack.current();
    if (card.customer.id)
        work->draft.customer = card.customer.id; // who is shown is who it is filed for
    showCustomer(card);
    m_panel->show(*work, card.openCases);
    m_panel->showPlace(m_stack.currentIndex(), int(m_stack.works().size()));
}

void CardPage::bringUpCurrent()
{
    const CallWork &work = *m_stack.current();
    const auto card = cardOf(work);
    bringUp(card ? *card : Card{.confidence = Confidence::Chosen, .number = work.draft.call.party.e164});
    if (!card && card.error().fault != Fault::NotFound)
        m_panel->sayFailed(sentence(Doing::LookingUp, card.error().fault));
}

} // namespace ringbook::ui
