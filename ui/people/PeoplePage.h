#pragma once

#include "model/desk/CustomerDesk.h"

#include <QWidget>

class QStackedLayout;

namespace ringbook::ui {

class CustomerFinder;
class ElidedLabel;
class NewCustomerForm;

/// Everybody in the book: found as one types, opened by Enter, made new in place.
class PeoplePage : public QWidget
{
    Q_OBJECT

public:
    explicit PeoplePage(model::CustomerDesk &customers, QWidget *parent = nullptr);

    /// The page was opened: the cursor is in the search, the count is today's.
    void open(const QString &text = {});
    void setBookWhole(bool isWhole); ///< else who is not found may be known elsewhere

Q_SIGNALS:
    void customerWanted(ringbook::Id<ringbook::model::Customer> customer);
    void caseOfNobodyWanted(ringbook::Id<ringbook::model::Case> file);

private:
    QWidget *makeList();
    void placeForm();
    void makeNew();
    void goBack();

    model::CustomerDesk &m_customers;
    ElidedLabel *m_count;
    CustomerFinder *m_finder;
    NewCustomerForm *m_form;
    QWidget *m_formPlace;
};

} // namespace ringbook::ui
