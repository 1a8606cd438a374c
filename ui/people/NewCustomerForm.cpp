#include "ui/people/NewCustomerForm.h"

#include "ui/card/Fields.h"
#include "ui/text/Wording.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Paragraph.h"

#include <QCheckBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ringbook::ui {

NewCustomerForm::NewCustomerForm(model::CustomerDesk &customers, QWidget *parent)
    : QWidget(parent),
      m_customers(customers),
      m_name(new QLineEdit),
      m_isOrganisation(new QCheckBox(tr("An organisation"))),
      m_phone(new QLineEdit),
      m_email(new QLineEdit),
      m_problem(new Paragraph(TextRole::Body, Ink::Bad)),
      m_save(new Button(tr("Save customer"), Button::Kind::Primary))
{
    auto *cancel = new Button(tr("Cancel"), Button::Kind::Secondary);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(size::groupGap);
    buttons->addWidget(m_save);
    buttons->addWidget(cancel);
    buttons->addStretch();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(size::groupGap);
    column->addWidget(fieldBlock(tr("Name"), m_name));
    column->addWidget(m_isOrganisation);
    column->addWidget(fieldBlock(tr("Phone"), m_phone));
    column->addWidget(fieldBlock(tr("Mail"), m_email));
    column->addLayout(buttons);
    column->addWidget(m_problem);
    column->addStretch();

    for (QLineEdit *field : {m_name, m_phone, m_email})
        connect(field, &QLineEdit::returnPressed, this, &NewCustomerForm::create);
    connect(m_save, &Button::clicked, this, &NewCustomerForm::create);
    connect(cancel, &Button::clicked, this, &NewCustomerForm::cancelled);
}

void NewCustomerForm::begin(const QString &name, const QString &phone)
{
    m_name->setText(name);
    m_isOrganisation->setChecked(false);
    m_phone->setText(phone);
    m_email->clear();
    m_problem->setText({});
    m_name->setFocus(Qt::ShortcutFocusReason);
}

bool NewCustomerForm::finish()
{
    const bool isBegun = !m_name->text().trimmed().isEmpty() || !m_email->text().trimmed().isEmpty();
    return !isBegun || create();
}

bool NewCustomerForm::create()
{
    if (m_name->text().trimmed().isEmpty()) {
        m_problem->setText(tr("A name is missing."));
        m_name->setFocus(Qt::OtherFocusReason);
        return false;
    }
    const auto created = m_customers.create({.name = m_name->text().trimmed(),
                                             .isOrganisation = m_isOrganisation->isChecked(),
                                             .phone = m_phone->text().trimmed(),
                                             .email = m_email->text().trimmed()});
    m_problem->setText(created ? QString() : sentence(Doing::Saving, created.error().fault));
    if (created)
        Q_EMIT customerCreated(created->id);
    return created.has_value();
}

void NewCustomerForm::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape)
        Q_EMIT cancelled();
    else if (isEnter && m_isOrganisation->hasFocus())
        create();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ringbook::ui
