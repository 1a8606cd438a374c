#pragma once

#include "model/desk/CaseDesk.h"
#include "ui/card/CaseListModel.h"
#include "ui/text/Times.h"

#include <QWidget>

namespace ringbook::ui {

class ElidedLabel;
class RowList;

/// Everybody's open cases: what was just taken down and has no due time yet, then nearest due first; Enter
/// opens the customer.
class CasesPage : public QWidget
{
    Q_OBJECT

public:
    static constexpr int maxCases = 300;

    CasesPage(const model::CaseDesk &cases, const Clock &clock, QTimeZone zone, QWidget *parent = nullptr);

public Q_SLOTS:
    void refresh(); ///< reads anew, keeps the current case

    /// Who is at which customer now.
    void showPeople(const CaseListModel::People &people);

Q_SIGNALS:
    void customerWanted(ringbook::Id<ringbook::model::Customer> customer);
    void caseOfNobodyWanted(ringbook::Id<ringbook::model::Case> file);

private:
    void open(int row);

    const model::CaseDesk &m_cases;
    const Clock &m_clock;
    QTimeZone m_zone;
    ElidedLabel *m_summary;
    CaseListModel *m_model;
    RowList *m_list;
};

} // namespace ringbook::ui
