#include "ui/card/ProfileColumn.h"

#include "ui/card/Chooser.h"
#include "ui/card/Column.h"
#include "ui/card/ProfileView.h"
#include "ui/card/StrangerView.h"
#include "ui/widgets/Aloud.h"
#include "ui/widgets/Paragraph.h"

#include <QResizeEvent>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ringbook::ui {

using model::Confidence;

namespace {

constexpr int stackedHeight = 136;

} // namespace

ProfileColumn::ProfileColumn(model::CustomerDesk &customers, const Clock &clock, QWidget *parent)
    : Panel(Qt::RightEdge, parent),
      m_clock(clock),
      m_profile(new ProfileView),
      m_chooser(new Chooser),
      m_stranger(new StrangerView(customers)),
      m_nobody(new QWidget),
      m_sentence(new Paragraph),
      m_profileArea(scrolling(m_profile)),
      m_stack(new QStackedWidget)
{
    setStacked(false);
    // The pages do not stand on the column itself: it would be painted alone, being opaque, for the page that
    // went, and again with everything else for the page that came.
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 0);
    column->addWidget(m_stack);
    for (QWidget *page : {m_nobody, static_cast<QWidget *>(m_profileArea), static_cast<QWidget *>(m_chooser),
                          static_cast<QWidget *>(m_stranger)})
        m_stack->addWidget(page);
    auto *nobody = new QVBoxLayout(m_nobody);
    nobody->setContentsMargins(size::columnPadding, size::columnPadding, size::columnPadding,
                               size::columnPadding);
    nobody->addWidget(m_sentence);
    nobody->addStretch();
    connect(m_profile, &ProfileView::rememberNumberWanted, this, &ProfileColumn::rememberNumberWanted);
    connect(m_chooser, &Chooser::customerChosen, this, &ProfileColumn::customerChosen);
    connect(m_profile, &ProfileView::somebodyElseCalls, this, &ProfileColumn::somebodyElseCalls);
    connect(m_profile, &ProfileView::decideWanted, this, &ProfileColumn::decideWanted);
    connect(m_profile, &ProfileView::callWanted, this, &ProfileColumn::callWanted);
    connect(m_chooser, &Chooser::somebodyElse, this, [this] { find(m_shared); });
    connect(m_stranger, &StrangerView::customerChosen, this, &ProfileColumn::customerChosen);
    connect(m_stranger, &StrangerView::caseOfNobodyChosen, this, &ProfileColumn::caseOfNobodyChosen);
    connect(m_stranger, &StrangerView::putAside, this, &ProfileColumn::putAside);
    m_timer.setInterval(clockEveryMs);
    connect(&m_timer, &QTimer::timeout, this, [this] { m_profile->showTime({m_clock.now(), m_zone}); });
    m_timer.start();
}

void ProfileColumn::setStacked(bool stacked)
{
    m_isStacked = stacked;
    setMinimumWidth(stacked ? 0 : size::profileColumn);
    setMaximumWidth(stacked ? QWIDGETSIZE_MAX : size::profileColumn);
    fitHeight();
}

/// Above what was, who it is has a place that never moves; finding out takes what it needs.
void ProfileColumn::fitHeight()
{
    const QWidget *page = m_stack->currentWidget();
    const bool isFound = !page || page == m_profileArea || page == m_nobody;
    const int wanted = isFound ? stackedHeight : std::max(stackedHeight, page->heightForWidth(width() - 1));
    setMinimumHeight(m_isStacked ? wanted : 0);
    setMaximumHeight(m_isStacked ? wanted : QWIDGETSIZE_MAX);
}

void ProfileColumn::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    if (event->oldSize().width() != width())
        fitHeight();
}

void ProfileColumn::show(const model::Card &card, const Reading &reading, bool isCall)
{
    m_zone = reading.zone;
    if (card.customer.id) {
        m_profile->show(card, reading, isCall);
        bring(m_profileArea);
        return;
    }
    if (card.confidence == Confidence::Shared && !card.candidates.isEmpty()) {
        m_shared = card;
        m_chooser->show(card, reading);
        bring(m_chooser);
    } else {
        m_stranger->show(card);
        bring(m_stranger);
    }
}

void ProfileColumn::showNothing()
{
    m_sentence->setText({});
    bring(m_nobody);
}

void ProfileColumn::say(const QString &sentence)
{
    m_sentence->setText(sentence);
    bring(m_nobody);
    sayAloud(*m_sentence, sentence);
}

void ProfileColumn::sayOfStranger(const QString &sentence)
{
    m_stranger->say(sentence);
}

void ProfileColumn::showPeople(const QVector<model::Presence> &people)
{
    m_profile->showPeople(people);
}

void ProfileColumn::showLookUps(const model::LookUps &lookUps)
{
    m_stranger->showLookUps(lookUps);
}

void ProfileColumn::setCanCall(bool can)
{
    m_profile->setCanCall(can);
}

bool ProfileColumn::isFindingOut() const
{
    return m_stack->currentWidget() == m_stranger && m_stranger->isFindingOut();
}

void ProfileColumn::find(const model::Card &card)
{
    m_stranger->show(card);
    bring(m_stranger);
    m_stranger->find();
}

bool ProfileColumn::finishNewCustomer()
{
    return m_stack->currentWidget() != m_stranger || m_stranger->finishNewCustomer();
}

void ProfileColumn::bring(QWidget *page)
{
    const bool wasChoosing = m_stack->currentWidget() == m_chooser;
    m_stack->setCurrentWidget(page);
    fitHeight();
    if (wasChoosing != (page == m_chooser))
        Q_EMIT choosingChanged(page == m_chooser);
}

} // namespace ringbook::ui
