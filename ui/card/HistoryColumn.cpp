#include "ui/card/HistoryColumn.h"

#include "ui/card/CardWords.h"
#include "ui/card/CaseListModel.h"
#include "ui/card/Fields.h"
#include "ui/card/ReasonsPanel.h"
#include "ui/card/RowList.h"
#include "ui/text/ConflictWords.h"
#include "ui/text/Wording.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/KeyHint.h"
#include "ui/widgets/SectionHead.h"

#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

namespace ringbook::ui {

namespace {

const QKeySequence nextFilterKey(Qt::Key_F8);
const QKeySequence previousFilterKey(Qt::SHIFT | Qt::Key_F8);

QString emptyHistory(TimelineFilter filter)
{
    switch (filter) {
    case TimelineFilter::All: return HistoryColumn::tr("No history yet. This is the first contact.");
    case TimelineFilter::Calls: return HistoryColumn::tr("No calls in this history.");
    case TimelineFilter::Cases: return HistoryColumn::tr("No cases in this history.");
    case TimelineFilter::Mail: return HistoryColumn::tr("No mail in this history.");
    case TimelineFilter::Visits: return HistoryColumn::tr("No visits in this history.");
    }
    return {};
}

} // namespace

HistoryColumn::HistoryColumn(QWidget *parent)
    : QWidget(parent),
      m_reasons(new ReasonsPanel),
      m_casesBlock(new QWidget),
      m_casesHead(new SectionHead({})),
      m_cases(new CaseListModel(CaseListModel::Whose::Theirs, this)),
      m_caseList(new RowList(RowDelegate::Shape::Line)),
      m_newSince(new ElidedLabel(TextRole::Body, Ink::Second)),
      m_timeline(new TimelineModel(this)),
      m_history(new RowList(RowDelegate::Shape::History)),
      m_filterLine(makeFilters())
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(size::columnPadding, size::columnPadding, size::columnPadding, 0);
    column->setSpacing(0);
    column->addWidget(m_reasons);
    column->addSpacing(size::blockGap);
    auto *cases = new QVBoxLayout(m_casesBlock);
    cases->setContentsMargins(0, 0, 0, size::blockGap);
    cases->setSpacing(size::groupGap);
    cases->addWidget(m_casesHead);
    cases->addWidget(m_caseList);
    column->addWidget(m_casesBlock);
    column->addWidget(m_filterLine);
    column->addSpacing(2 * size::unit);
    column->addWidget(m_history, 1);

    m_caseList->setModel(m_cases);
    m_caseList->setCopiesTitle(true);
    m_caseList->setAccessibleName(tr("Open cases"));
    m_caseList->setToolTip(tr("Enter attaches the call to the case, Ctrl+C copies its code"));
    m_history->setModel(m_timeline);
    m_history->setAccessibleName(tr("History"));
    connect(m_caseList, &RowList::picked, this,
            [this](int row) { Q_EMIT casePicked(m_cases->line(row).file.id); });
    connect(m_timeline, &TimelineModel::olderPageFailed, this, [this](const Error &error) {
        m_newSince->setInk(Ink::Bad);
        m_newSince->setText(sentence(Doing::LookingUp, error.fault));
    });
    connect(m_timeline, &QAbstractItemModel::modelReset, this, &HistoryColumn::sayWhatIsEmpty);
    addKey(this, nextFilterKey, [this] { stepFilter(1); });
    addKey(this, previousFilterKey, [this] { stepFilter(-1); });
    showNothing({});
}

QWidget *HistoryColumn::makeFilters()
{
    auto *bar = new QWidget;
    auto *line = new QHBoxLayout(bar);
    line->setContentsMargins({});
    line->setSpacing(size::groupGap);
    addFilter(line, tr("All"), TimelineFilter::All);
    addFilter(line, tr("Calls"), TimelineFilter::Calls);
    addFilter(line, tr("Cases"), TimelineFilter::Cases);
    addFilter(line, tr("Mail"), TimelineFilter::Mail);
    addFilter(line, tr("Visits"), TimelineFilter::Visits);
    line->addWidget(new KeyHint(nextFilterKey));
    line->addWidget(m_newSince, 1);
    m_newSince->setAlignment(Qt::AlignTrailing);
    m_filters.first()->setChecked(true);
    return bar;
}

void HistoryColumn::addFilter(QLayout *line, const QString &text, TimelineFilter filter)
{
    auto *button = new Button(text, Button::Kind::Filter);
    button->setAutoExclusive(true);
    connect(button, &Button::clicked, this, [this, filter] { filterBy(filter); });
    m_filters.append(button);
    line->addWidget(button);
}

void HistoryColumn::filterBy(TimelineFilter filter)
{
    m_filters[static_cast<int>(filter)]->setChecked(true);
    m_timeline->setFilter(filter);
}

void HistoryColumn::stepFilter(int by)
{
    const int count = int(m_filters.size());
    filterBy(TimelineFilter((static_cast<int>(m_timeline->filter()) + by + count) % count));
}

void HistoryColumn::show(const model::Card &card, const Reading &reading, TimelineModel::OlderPage olderPage)
{
    showReasons(card, reading);
    showCases(card, reading);
    const bool isAnother = card.customer.id != m_customer || (!m_customer && card.number != m_number);
    m_customer = card.customer.id;
    m_number = card.number;
    const int place = isAnother ? 0 : m_history->verticalScrollBar()->value();
    if (isAnother)
        filterBy(TimelineFilter::All);
    m_newSince->setInk(Ink::Second);
    m_newSince->setText(newSinceWords(card.newSinceMine, card.lastMineAt, reading));
    m_timeline->show({card.timeline, card.timelineNext}, reading, std::move(olderPage));
    m_history->verticalScrollBar()->setValue(place);
}

void HistoryColumn::showNothing(const QString &why)
{
    show(model::Card{}, Reading{}, {});
    m_reasons->show({}, why);
    m_history->setEmptyText({});
}

void HistoryColumn::showReasons(const model::Card &card, const Reading &reading)
{
    QVector<ReasonWords> lines;
    for (const auto &reason : card.reasons)
        lines += reasonWords(reason, reading);
    m_reasons->show(lines, card.customer.id ? tr("Nothing is open and nothing was promised.")
                                            : tr("Not known before we know who it is."));
}

void HistoryColumn::showCases(const model::Card &card, const Reading &reading)
{
    QVector<model::CaseLine> lines;
    for (const auto &file : card.openCases)
        lines += model::CaseLine{.file = file};
    CaseListModel::Marks marks;
    for (const model::ConflictLine &line : card.conflicts) {
        if (line.conflict.record.kind != QLatin1String("case"))
            continue;
        QString &mark = marks[{line.conflict.record.id}];
        mark += (mark.isEmpty() ? QString() : QStringLiteral("\n")) + otherValueLine(line, reading);
    }
    m_cases->show(lines, reading);
    m_cases->showMarks(marks);
    m_caseList->fitRows(maxShownCases);
    m_caseList->scrollToTop();
    m_casesHead->setText(
        card.openCaseCount > lines.size()
            ? tr("Open cases · %1 of %2, nearest due first").arg(lines.size()).arg(card.openCaseCount)
            : tr("Open cases"));
    m_casesBlock->setVisible(!lines.isEmpty());
}

/// A filter may let nothing of what is here through while older pages are not read yet.
void HistoryColumn::sayWhatIsEmpty()
{
    m_history->setEmptyText(m_customer ? emptyHistory(m_timeline->filter())
                                       : tr("The history comes when we know who it is."));
    if (m_timeline->rowCount() > 0 || !m_timeline->canFetchMore({}))
        return;
    m_history->setEmptyText(tr("Looking further back…"));
    QTimer::singleShot(0, this, [this] {
        m_timeline->fetchMore({});
        if (m_timeline->rowCount() == 0)
            sayWhatIsEmpty();
    });
}

} // namespace ringbook::ui
