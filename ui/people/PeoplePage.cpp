#include "ui/people/PeoplePage.h"

#include "ui/card/Fields.h"
#include "ui/people/CustomerFinder.h"
#include "ui/people/NewCustomerForm.h"
#include "ui/text/Numbers.h"
#include "ui/text/Wording.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/Ground.h"
#include "ui/widgets/KeyHint.h"
#include "ui/widgets/SectionHead.h"

#include <QVBoxLayout>

namespace ringbook::ui {

PeoplePage::PeoplePage(model::CustomerDesk &customers, QWidget *parent)
    : QWidget(parent),
      m_customers(customers),
      m_count(new ElidedLabel(TextRole::Body, Ink::Second)),
      m_finder(new CustomerFinder(customers)),
      m_form(new NewCustomerForm(customers)),
      m_formPlace(new Panel(Qt::LeftEdge))
{
    auto *columns = new QHBoxLayout(this);
    columns->setContentsMargins({});
    columns->setSpacing(0);
    columns->addWidget(makeList(), size::listPage);
    columns->addStretch(1);
    columns->addWidget(m_formPlace);
    placeForm();

    connect(m_finder, &CustomerFinder::customerPicked, this, &PeoplePage::customerWanted);
    connect(m_finder, &CustomerFinder::caseOfNobodyPicked, this, &PeoplePage::caseOfNobodyWanted);
    connect(m_form, &NewCustomerForm::customerCreated, this, [this](Id<model::Customer> customer) {
        m_formPlace->hide();
        Q_EMIT customerWanted(customer);
    });
    connect(m_form, &NewCustomerForm::cancelled, this, &PeoplePage::goBack);
    addKey(this, altKey(QStringLiteral("N")), [this] { makeNew(); });
}

QWidget *PeoplePage::makeList()
{
    auto *create = new Button(tr("New customer"), Button::Kind::Secondary);
    create->setKeyHint(keyText(altKey(QStringLiteral("N"))));
    connect(create, &Button::clicked, this, &PeoplePage::makeNew);
    auto *head = new QHBoxLayout;
    auto *title = new ElidedLabel(TextRole::Title);
    title->setText(tr("People"));
    head->addWidget(title, 1);
    head->addWidget(create);
    auto *list = new QWidget;
    list->setMaximumWidth(size::listPage);
    auto *found = new QVBoxLayout(list);
    found->setContentsMargins(size::columnPadding, size::columnPadding, size::columnPadding,
                              size::columnPadding);
    found->setSpacing(size::groupGap);
    found->addLayout(head);
    found->addWidget(m_count);
    found->addSpacing(size::groupGap);
    found->addWidget(m_finder, 1);
    return list;
}

void PeoplePage::placeForm()
{
    auto *side = new QVBoxLayout(m_formPlace);
    side->setContentsMargins(size::columnPadding, size::columnPadding, size::columnPadding,
                             size::columnPadding);
    side->setSpacing(size::blockGap);
    side->addWidget(new SectionHead(tr("New customer")));
    side->addWidget(m_form, 1);
    m_formPlace->setFixedWidth(size::callColumn);
    m_formPlace->hide();
}

void PeoplePage::open(const QString &text)
{
    const auto count = m_customers.customerCount();
    m_count->setInk(count ? Ink::Second : Ink::Bad);
    m_count->setText(!count        ? sentence(Doing::LookingUp, count.error().fault)
                     : *count == 1 ? tr("1 customer in this book")
                                   : tr("%1 customers in this book").arg(grouped(*count)));
    goBack();
    if (!text.isEmpty())
        m_finder->goOn(text);
}

void PeoplePage::setBookWhole(bool isWhole)
{
    m_finder->setBookWhole(isWhole);
}

/// What was searched for in vain is most likely the new name.
void PeoplePage::makeNew()
{
    m_formPlace->show();
    m_form->begin(m_finder->text().trimmed(), {});
}

void PeoplePage::goBack()
{
    m_formPlace->hide();
    m_finder->focusField();
}

} // namespace ringbook::ui
