#include "ui/people/CasesPage.h"

#include "ui/card/CaseListModel.h"
#include "ui/card/Column.h"
#include "ui/card/RowList.h"
#include "ui/text/Numbers.h"
#include "ui/text/Wording.h"
#include "ui/widgets/ElidedLabel.h"

#include <QVBoxLayout>

#include <algorithm>

namespace ringbook::ui {

CasesPage::CasesPage(const model::CaseDesk &cases, const Clock &clock, QTimeZone zone, QWidget *parent)
    : QWidget(parent),
      m_cases(cases),
      m_clock(clock),
      m_zone(std::move(zone)),
      m_summary(new ElidedLabel(TextRole::Body, Ink::Second)),
      m_model(new CaseListModel(CaseListModel::Whose::Anyones, this)),
      m_list(new RowList(RowDelegate::Shape::Entry))
{
    QWidget *content = listColumn(tr("Open cases"), m_summary, m_list);
    content->setMaximumWidth(size::listPage);
    auto *page = new QHBoxLayout(this);
    page->setContentsMargins({});
    page->addWidget(content, size::listPage);
    page->addStretch(1);

    m_list->setModel(m_model);
    m_list->setAccessibleName(tr("Open cases"));
    m_list->setEmptyText(tr("No open cases. All is done."));
    connect(m_list, &RowList::picked, this, &CasesPage::open);
    connect(m_list, &QAbstractItemView::doubleClicked, this,
            [this](const QModelIndex &index) { open(index.row()); });
    setFocusProxy(m_list);
}

void CasesPage::refresh()
{
    const auto lines = m_cases.openCaseLines(maxCases);
    const auto count = m_cases.openCaseCount();
    if (!lines || !count) {
        m_summary->setInk(Ink::Bad);
        m_summary->setText(sentence(Doing::LookingUp, lines ? count.error().fault : lines.error().fault));
        return;
    }
    const int row = m_list->currentRow();
    const auto current = row >= 0 ? m_model->line(row).file.id : Id<model::Case>{};
    m_model->show(*lines, {m_clock.now(), m_zone});
    m_list->setCurrentIndex(m_model->index(std::max(m_model->rowOf(current), 0), 0));
    m_summary->setInk(Ink::Second);
    m_summary->setText(*count > lines->size()
                           ? tr("%1 of %2: new ones without a due time, then nearest due")
                                 .arg(grouped(lines->size()), grouped(*count))
                           : tr("%1: new ones without a due time, then nearest due").arg(grouped(*count)));
}

void CasesPage::showPeople(const CaseListModel::People &people)
{
    m_model->showPeople(people);
}

void CasesPage::open(int row)
{
    const model::Case file = m_model->line(row).file;
    if (file.customer)
        Q_EMIT customerWanted(file.customer);
    else
        Q_EMIT caseOfNobodyWanted(file.id);
}

} // namespace ringbook::ui
