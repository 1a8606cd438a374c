#pragma once

#include "model/desk/CustomerDesk.h"

#include <QTimer>
#include <QWidget>

class QLineEdit;

namespace ringbook::ui {

class ElidedLabel;
class HitListModel;
class RowList;

/// Search as you type over names, organisations, numbers and case codes. Up and Down walk the hits from the
/// field, Enter takes one.
class CustomerFinder : public QWidget
{
    Q_OBJECT

public:
    static constexpr int searchEveryMs = 12; ///< less than one frame after a key
    static constexpr int maxHits = 50;

    explicit CustomerFinder(const model::CustomerDesk &customers, QWidget *parent = nullptr);

    QString text() const;
    void clear();
    void focusField();               ///< what stands there is replaced by what is typed
    void setBookWhole(bool isWhole); ///< else who is not found may be known elsewhere
    void goOn(const QString &begun); ///< takes over from a field where the search was begun

Q_SIGNALS:
    void customerPicked(ringbook::Id<ringbook::model::Customer> customer);
    void caseOfNobodyPicked(ringbook::Id<ringbook::model::Case> file);
    void searched(); ///< the hits are those of the text that stands there now

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; ///< of the field: the keys that walk the hits

private:
    void search();
    QString inVain() const;
    void pick(int row);
    void walk(int by);

    const model::CustomerDesk &m_customers;
    QLineEdit *m_field;
    ElidedLabel *m_summary;
    HitListModel *m_hits;
    RowList *m_list;
    QTimer m_timer;
    bool m_isBookWhole = true;
};

} // namespace ringbook::ui
