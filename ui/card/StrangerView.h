#pragma once

#include "model/desk/Card.h"
#include "model/desk/CustomerDesk.h"
#include "model/domain/LookUp.h"

#include <QWidget>

class QStackedLayout;

namespace ringbook::ui {

class Button;
class Chip;
class CustomerFinder;
class NewCustomerForm;
class Paragraph;

/// A caller whom nobody here knows: what came instead of a name, and two ways to say who it is, in place.
class StrangerView : public QWidget
{
    Q_OBJECT

public:
    explicit StrangerView(model::CustomerDesk &customers, QWidget *parent = nullptr);

    using QWidget::show;
    void show(const model::Card &card);
    void say(const QString &sentence);               ///< instead of what the number means, while it is shown
    void find();                                     ///< the search is open and has the cursor
    bool finishNewCustomer();                        ///< see ProfileColumn
    void showLookUps(const model::LookUps &lookUps); ///< what the hub says meanwhile
    bool isFindingOut() const;                       ///< search or form is open

Q_SIGNALS:
    void customerChosen(ringbook::Id<ringbook::model::Customer> customer);
    void caseOfNobodyChosen(ringbook::Id<ringbook::model::Case> file);
    void putAside(); ///< the agent closed search or form

private:
    void makeNew();
    void fold();

    model::Card m_card;
    model::LookUps m_lookUps;
    QString m_told; ///< by say()
    Paragraph *m_title;
    Chip *m_confidence;
    Paragraph *m_meaning;
    Button *m_find;
    Button *m_new;
    CustomerFinder *m_finder;
    NewCustomerForm *m_form;
    QStackedLayout *m_ways;
};

} // namespace ringbook::ui
