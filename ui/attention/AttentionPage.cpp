#include "ui/attention/AttentionPage.h"

#include "ui/attention/ConflictView.h"
#include "ui/attention/RefusedView.h"
#include "ui/card/Column.h"
#include "ui/card/Fields.h"
#include "ui/card/RowList.h"
#include "ui/text/ConflictWords.h"
#include "ui/text/Numbers.h"
#include "ui/text/Wording.h"
#include "ui/widgets/Aloud.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/Ground.h"
#include "ui/widgets/KeyHint.h"

#include <QScrollArea>
#include <QShortcut>
#include <QShowEvent>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ringbook::ui {

namespace {

constexpr int detailWidth = 400;
constexpr qint64 nsPerMs = 1'000'000;
enum Detail { noDetail, conflictDetail, refusedDetail };

/// "Ana Costa: Tier: kept “Silver”"
QString keptWords(const model::ConflictLine &line, const Reading &reading)
{
    return line.conflict.field.isEmpty()
               ? AttentionPage::tr("%1: kept", "what").arg(conflictTitle(line))
               : AttentionPage::tr("%1: kept %2", "what, value")
                     .arg(conflictTitle(line), valuesOnALine(line, reading).present);
}

QString takenWords(const model::ConflictLine &line, const Reading &reading)
{
    return line.conflict.field.isEmpty() ? AttentionPage::tr("%1: deleted", "what").arg(conflictTitle(line))
                                         : AttentionPage::tr("%1: now %2", "what, value")
                                               .arg(conflictTitle(line), valuesOnALine(line, reading).lost);
}

} // namespace

AttentionPage::AttentionPage(model::AttentionDesk &desk, const Clock &clock, QTimeZone zone, QWidget *parent)
    : QWidget(parent),
      m_desk(desk),
      m_clock(clock),
      m_zone(std::move(zone)),
      m_summary(new ElidedLabel(TextRole::Body, Ink::Second)),
      m_undo(new Button(tr("Undo"), Button::Kind::Link)),
      m_model(new AttentionModel(this)),
      m_list(new RowList(RowDelegate::Shape::Entry)),
      m_details(new QStackedLayout),
      m_conflict(new ConflictView),
      m_refused(new RefusedView)
{
    m_columns = new QBoxLayout(QBoxLayout::LeftToRight, this);
    m_columns->setContentsMargins({});
    m_columns->setSpacing(0);
    m_columns->addWidget(makeList(), 1);
    m_columns->addWidget(makeDetail(), 0);
    setFocusProxy(m_list);
    connect(m_list, &RowList::picked, this, &AttentionPage::open);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &AttentionPage::showCurrent);
    connectDecisions();
}

QWidget *AttentionPage::makeSummary()
{
    makeNews(*m_summary);
    m_summary->setHugging(true);
    auto *line = new QWidget;
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins({});
    row->setSpacing(size::blockGap);
    row->addWidget(m_summary);
    row->addWidget(m_undo);
    row->addStretch(1);
    const QKeySequence undoKey = altKey(QStringLiteral("Z"));
    keepPlace(m_undo);
    m_undo->setKeyHint(keyText(undoKey));
    m_undo->hide();
    connect(m_undo, &Button::clicked, this, &AttentionPage::takeBack);
    addKey(m_undo, undoKey, [this] { takeBack(); })->setAutoRepeat(false);
    return line;
}

QWidget *AttentionPage::makeList()
{
    m_list->setModel(m_model);
    m_list->setAccessibleName(tr("To do"));
    m_list->setEmptyText(tr(
        "Nothing for you to decide. What you and another wrote at once, or the hub refused, would be here."));
    return listColumn(tr("To do"), makeSummary(), m_list);
}

QWidget *AttentionPage::makeDetail()
{
    m_panel = new Panel(Qt::LeftEdge, this);
    m_panel->setFixedWidth(detailWidth);
    m_panel->setLayout(m_details);
    m_details->setContentsMargins(1, 0, 0, 0);
    m_details->addWidget(new QWidget);
    m_details->addWidget(scrolling(m_conflict));
    m_details->addWidget(scrolling(m_refused));
    return m_panel;
}

/// In a narrow window, as at twice the size, the values stand below the list.
void AttentionPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool isNarrow = width() < 2 * detailWidth;
    m_columns->setDirection(isNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_panel->setMinimumWidth(isNarrow ? 0 : detailWidth);
    m_panel->setMaximumWidth(isNarrow ? QWIDGETSIZE_MAX : detailWidth);
    m_columns->setStretch(1, isNarrow ? 1 : 0);
}

void AttentionPage::connectDecisions()
{
    connect(m_conflict, &ConflictView::keptAsItIs, this,
            [this] { decide(&model::AttentionDesk::keepAsItIs, keptWords); });
    connect(m_conflict, &ConflictView::otherWanted, this, [this] {
        const auto *line = m_model->conflict(m_list->currentRow());
        if (line && (!line->conflict.field.isEmpty() || isConfirmed()))
            decide(&model::AttentionDesk::takeOther, takenWords);
    });
    connect(m_refused, &RefusedView::sendAgain, this, [this] {
        correct([this](qint64 counter) { return m_desk.sendAgain(counter, m_refused->values()); });
    });
    connect(m_refused, &RefusedView::givenUp, this, [this] {
        if (isConfirmed())
            correct([this](qint64 counter) { return m_desk.giveUp(counter); });
    });
}

void AttentionPage::refresh()
{
    const auto attention = m_desk.attention();
    if (!attention) {
        m_summary->setInk(Ink::Bad);
        m_summary->setText(sentence(Doing::LookingUp, attention.error().fault));
        m_undo->hide();
        return;
    }
    m_settled.removeIf([this](const auto &settled) { return !m_desk.canTakeBack(settled); });
    const bool isLookedAt = isVisible() || m_shown.isRefused; // what is being corrected waits for its author
    const int row = isLookedAt ? std::max(m_list->currentRow(), 0) : 0;
    const auto shown = isLookedAt ? m_shown : AttentionModel::Key{};
    m_model->show(*attention, {m_clock.now(), m_zone});
    const int stays = m_model->rowOf(shown);
    m_list->setCurrentIndex(m_model->index(stays >= 0 ? stays : std::min(row, m_model->rowCount() - 1), 0));
    showCurrent();
    if (m_shown != shown)
        beginCalm();
    saySummary(int(attention->count()));
    Q_EMIT countChanged(int(attention->count()));
}

/// The empty list says by itself that it is empty.
void AttentionPage::saySummary(int count)
{
    m_summary->setInk(Ink::Second);
    m_summary->setText(!m_done.isEmpty() ? m_done
                       : count == 0      ? QString()
                                         : tr("%n to decide. Nothing is lost meanwhile.", nullptr, count));
    m_undo->setVisible(!m_settled.isEmpty());
}

void AttentionPage::select(Id<model::Customer> customer)
{
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (m_model->conflict(row) && m_model->subject(row).customer == customer)
            return m_list->setCurrentIndex(m_model->index(row, 0));
}

/// What was decided is told, and a deletion half meant, as long as one stays here.
void AttentionPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (event->spontaneous())
        return;
    arm(false);
    m_done.clear();
    m_settled.clear();
    saySummary(m_model->rowCount());
}

void AttentionPage::showCurrent()
{
    const Reading reading{m_clock.now(), m_zone};
    const int row = m_list->currentRow();
    const bool isOther = std::exchange(m_shown, m_model->key(row)) != m_model->key(row);
    const bool isArmed = m_isArmed && !isOther;
    if (const auto *line = m_model->refused(row)) {
        if (isOther || m_details->currentIndex() != refusedDetail)
            m_refused->show(*line, reading);
        m_details->setCurrentIndex(refusedDetail);
    } else if (const auto *conflict = m_model->conflict(row)) {
        m_conflict->show(*conflict, reading);
        m_details->setCurrentIndex(conflictDetail);
    } else {
        m_details->setCurrentIndex(noDetail);
    }
    arm(isArmed);
}

void AttentionPage::arm(bool isArmed)
{
    m_isArmed = isArmed;
    m_conflict->askAgain(isArmed);
    m_refused->askAgain(isArmed);
}

/// What cannot be taken back has to be wanted twice, and not by a double click.
bool AttentionPage::isConfirmed()
{
    if (!isCalm())
        return false;
    const bool wasArmed = m_isArmed;
    arm(!wasArmed);
    if (!wasArmed)
        beginCalm();
    return wasArmed;
}

void AttentionPage::open(int row)
{
    if (const auto customer = m_model->subject(row).customer)
        Q_EMIT customerWanted(customer);
}

/// Something has come up by itself: a key pressed at that moment, or twice, is not meant for it.
void AttentionPage::beginCalm()
{
    m_calmUntilNs = m_clock.monotonicNs() + calmMs * nsPerMs;
}

/// Asked in vain: a key that is held down ends it only some time after it is let go.
bool AttentionPage::isCalm()
{
    const qint64 now = m_clock.monotonicNs();
    if (now >= m_calmUntilNs)
        return true;
    m_calmUntilNs = std::max(m_calmUntilNs, now + repeatingMs * nsPerMs);
    return false;
}

void AttentionPage::decide(Settle settle, Words words)
{
    const auto *line = m_model->conflict(m_list->currentRow());
    if (!line || !isCalm())
        return;
    const QString said = words(*line, {m_clock.now(), m_zone});
    const auto done = (m_desk.*settle)(line->conflict.id);
    if (done)
        m_settled.append(*done);
    settled(done ? Status(Done{}) : done.error(), said);
}

void AttentionPage::takeBack()
{
    if (m_settled.isEmpty())
        return;
    const auto settled = m_settled.takeLast();
    const auto undone = m_desk.takeBack(settled);
    if (undone)
        m_shown = {false, settled.conflicts.first().value}; // it is looked at again
    this->settled(undone, tr("Taken back; it is to be decided again"));
}

void AttentionPage::correct(const std::function<Status(qint64)> &act)
{
    if (!m_shown.isRefused || !isCalm())
        return;
    const auto done = act(m_shown.id);
    settled(done, {});
    if (done)
        Q_EMIT trayChanged();
}

/// Settled by somebody else meanwhile is settled too.
void AttentionPage::settled(const Status &done, const QString &words)
{
    const bool isGone = !done && done.error().fault == Fault::NotFound;
    beginCalm();
    m_done = done ? words : QString();
    refresh();
    m_list->setFocus(Qt::OtherFocusReason);
    if (!done && !isGone) {
        m_summary->setInk(Ink::Bad);
        m_summary->setText(sentence(Doing::Saving, done.error().fault));
    }
    if (!m_summary->text().isEmpty())
        sayAloud(*m_summary, withoutMarks(m_summary->text()));
}

} // namespace ringbook::ui
