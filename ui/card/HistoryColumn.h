#pragma once

#include "model/desk/Card.h"
#include "ui/card/TimelineModel.h"

#include <QVector>
#include <QWidget>

namespace ringbook::ui {

class Button;
class CaseListModel;
class ElidedLabel;
class ReasonsPanel;
class RowList;
class SectionHead;

/// The middle column: why they call probably, what is open, and all that was before.
class HistoryColumn : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryColumn(QWidget *parent = nullptr);

    using QWidget::show;
    void show(const model::Card &card, const Reading &reading, TimelineModel::OlderPage olderPage);
    void showNothing(const QString &why);

    static constexpr int maxShownCases = 4; ///< then the list of open cases scrolls

Q_SIGNALS:
    void casePicked(ringbook::Id<ringbook::model::Case> openCase);

private:
    QWidget *makeFilters();
    void addFilter(QLayout *line, const QString &text, TimelineFilter filter);
    void filterBy(TimelineFilter filter);
    void stepFilter(int by);
    void showReasons(const model::Card &card, const Reading &reading);
    void showCases(const model::Card &card, const Reading &reading);
    void sayWhatIsEmpty();

    Id<model::Customer> m_customer;
    QString m_number; ///< of a caller who is nobody yet
    ReasonsPanel *m_reasons;
    QWidget *m_casesBlock;
    SectionHead *m_casesHead;
    CaseListModel *m_cases;
    RowList *m_caseList;
    QVector<Button *> m_filters;
    ElidedLabel *m_newSince;
    TimelineModel *m_timeline;
    RowList *m_history;
    QWidget *m_filterLine;
};

} // namespace ringbook::ui
