#pragma once

#include "model/desk/CustomerDesk.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;

namespace ringbook::ui {

class Button;
class Paragraph;

/// A new customer in one line or four; inline, never a dialog. Enter in a field saves; on failure all stays
/// typed.
class NewCustomerForm : public QWidget
{
    Q_OBJECT

public:
    explicit NewCustomerForm(model::CustomerDesk &customers, QWidget *parent = nullptr);

    /// Empties the form; what is already known of the new customer stands in it.
    void begin(const QString &name, const QString &phone);
    /// As Enter in a field, unless nothing was typed. False: it is not saved, and says why.
    bool finish();

Q_SIGNALS:
    void customerCreated(ringbook::Id<ringbook::model::Customer> customer);
    void cancelled();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    bool create();

    model::CustomerDesk &m_customers;
    QLineEdit *m_name;
    QCheckBox *m_isOrganisation;
    QLineEdit *m_phone;
    QLineEdit *m_email;
    Paragraph *m_problem;
    Button *m_save;
};

} // namespace ringbook::ui
