#include "ui/attention/AttentionPage.h"

#include "ui/attention/AttentionModel.h"
#include "ui/attention/ConflictView.h"
#include "ui/attention/RefusedView.h"
#include "ui/card/Column.h"
#include "ui/card/RowList.h"
#include "ui/text/Numbers.h"
#include "ui/text/Wording.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/Ground.h"

#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ringbook::ui {

namespace {

constexpr int detailWidth = 400;
enum Detail { noDetail, conflictDetail, refusedDetail };

} // namespace

AttentionPage::AttentionPage(model::AttentionDesk &desk, const Clock &clock, QTimeZone zone, QWidget *parent)
    : QWidget(parent),
      m_desk(desk),
      m_clock(clock),
      m_zone(std::move(zone)),
      m_summary(new ElidedLabel(TextRole::Body, Ink::Second)),
      m_model(new AttentionModel(this)),
      m_list(new RowList(RowDelegate::Shape::Entry)),
      m_details(new QStackedLayout),
      m_conflict(new ConflictView),
      m_refused(new RefusedView)
{
    auto *page = new QHBoxLayout(this);
    page->setContentsMargins({});
    page->setSpacing(0);
    page->addWidget(makeList(), 1);
    page->addWidget(makeDetail());
    setFocusProxy(m_list);
    connect(m_list, &RowList::picked, this, &AttentionPage::open);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &AttentionPage::showCurrent);
    connect(m_conflict, &ConflictView::otherWanted, this,
            [this] { settle(m_desk.takeOther({m_shown}), false); });
    connect(m_conflict, &ConflictView::leftAsItIs, this,
            [this] { settle(m_desk.keepAsItIs({m_shown}), false); });
    connect(m_refused, &RefusedView::sendAgain, this,
            [this] { settle(m_desk.sendAgain(m_shown, m_refused->values()), true); });
    connect(m_refused, &RefusedView::givenUp, this, [this] { settle(m_desk.giveUp(m_shown), true); });
}

QWidget *AttentionPage::makeList()
{
    m_list->setModel(m_model);
    m_list->setAccessibleName(tr("Needs attention"));
    m_list->setEmptyText(tr("Nothing. What two people wrote at once, or the hub refused, would be here."));
    return listColumn(tr("Needs attention"), m_summary, m_list);
}

QWidget *AttentionPage::makeDetail()
{
    auto *panel = new Panel(Qt::LeftEdge, this);
    panel->setFixedWidth(detailWidth);
    panel->setLayout(m_details);
    m_details->setContentsMargins(1, 0, 0, 0);
    m_details->addWidget(new QWidget);
    m_details->addWidget(scrolling(m_conflict));
    m_details->addWidget(scrolling(m_refused));
    return panel;
}

void AttentionPage::refresh()
{
    const auto attention = m_desk.attention();
    if (!attention) {
        m_summary->setInk(Ink::Bad);
        m_summary->setText(sentence(Doing::LookingUp, attention.error().fault));
        return;
    }
    const int row = std::max(m_list->currentRow(), 0);
    m_model->show(*attention, {m_clock.now(), m_zone});
    m_list->setCurrentIndex(m_model->index(std::min(row, m_model->rowCount() - 1), 0));
    showCurrent();
    m_summary->setInk(Ink::Second);
    m_summary->setText(tr("%n to decide. Nothing is lost meanwhile.", nullptr, int(attention->count())));
    Q_EMIT countChanged(int(attention->count()));
}

void AttentionPage::showCurrent()
{
    const Reading reading{m_clock.now(), m_zone};
    const int row = m_list->currentRow();
    if (const auto *line = m_model->refused(row)) {
        const bool isOther = std::exchange(m_shown, line->op.counter) != line->op.counter;
        if (isOther || m_details->currentIndex() != refusedDetail)
            m_refused->show(*line, reading);
        m_details->setCurrentIndex(refusedDetail);
    } else if (const auto *conflict = m_model->conflict(row)) {
        m_shown = conflict->conflict.id.value;
        m_conflict->show(*conflict, reading);
        m_details->setCurrentIndex(conflictDetail);
    } else {
        m_details->setCurrentIndex(noDetail);
    }
}

void AttentionPage::open(int row)
{
    const auto *refused = m_model->refused(row);
    const auto *conflict = m_model->conflict(row);
    const auto customer = refused    ? refused->subject.customer
                          : conflict ? conflict->subject.customer
                                     : Id<model::Customer>{};
    if (customer)
        Q_EMIT customerWanted(customer);
}

/// Settled by somebody else meanwhile is settled too.
void AttentionPage::settle(const Status &done, bool isRefused)
{
    const bool isGone = !done && done.error().fault == Fault::NotFound;
    refresh();
    m_list->setFocus(Qt::OtherFocusReason);
    if (!done && !isGone) {
        m_summary->setInk(Ink::Bad);
        m_summary->setText(sentence(Doing::Saving, done.error().fault));
    } else if (isRefused) {
        Q_EMIT trayChanged();
    }
}

} // namespace ringbook::ui
