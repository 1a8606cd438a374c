#include "ui/card/StrangerView.h"

#include "ui/card/CardWords.h"
#include "ui/card/Fields.h"
#include "ui/people/CustomerFinder.h"
#include "ui/people/NewCustomerForm.h"
#include "ui/text/Numbers.h"
#include "ui/widgets/Aloud.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/KeyHint.h"
#include "ui/widgets/Paragraph.h"

#include <QStackedLayout>
#include <QVBoxLayout>

namespace ringbook::ui {

using model::Confidence;

namespace {

constexpr int maxTitleLines = 3;

QString titleOf(const model::Card &card)
{
    if (card.confidence == Confidence::Chosen && card.number.isEmpty())
        return StrangerView::tr("Customer not here yet");
    if (card.confidence == Confidence::Withheld || card.number.isEmpty())
        return StrangerView::tr("Unknown caller");
    return phoneForPeople(card.number);
}

/// Nobody in this book has the number.
QString meaningOf(const QString &number, const model::LookUps &lookUps)
{
    if (lookUps.isBookWhole)
        return StrangerView::tr("Nobody has this number yet.");
    const auto told = lookUps.told.constFind(number);
    if (told == lookUps.told.constEnd())
        return StrangerView::tr("This desk does not have the whole book yet: they may be known at the hub.");
    switch (*told) {
    case model::LookUp::Asking:
        return StrangerView::tr("This desk does not have the whole book yet. Asking the hub …");
    case model::LookUp::Nobody: break;
    }
    return StrangerView::tr("Nobody has this number, not at the hub either.");
}

QString meaningOf(const model::Card &card, const model::LookUps &lookUps)
{
    switch (card.confidence) {
    case Confidence::Withheld: return StrangerView::tr("The caller hides the number. Ask who it is.");
    case Confidence::Unreadable:
        return StrangerView::tr("What the line sent is no telephone number. Ask who it is.");
    case Confidence::Shared: return StrangerView::tr("None of those who have this number. Ask who it is.");
    case Confidence::Chosen:
        return StrangerView::tr("This desk's book does not have them, or not yet. What you write is kept for "
                                "them; the card comes by itself.");
    case Confidence::Exact:
    case Confidence::Unknown: break;
    }
    if (card.number.isEmpty())
        return StrangerView::tr("Nobody knows yet who it was.");
    return meaningOf(card.number, lookUps);
}

QString withNetworkName(const model::Card &card, const model::LookUps &lookUps)
{
    if (card.networkName.isEmpty())
        return meaningOf(card, lookUps);
    return meaningOf(card, lookUps) + QLatin1Char('\n') +
           StrangerView::tr("The line says: %1").arg(isolated(card.networkName));
}

/// A number that can be kept: what is none would only look like one.
QString numberToKeep(const model::Card &card)
{
    return card.confidence == Confidence::Unreadable ? QString() : card.number;
}

} // namespace

StrangerView::StrangerView(model::CustomerDesk &customers, QWidget *parent)
    : QWidget(parent),
      m_title(new Paragraph(TextRole::Title)),
      m_confidence(new Chip),
      m_meaning(new Paragraph(TextRole::Body, Ink::Second)),
      m_find(new Button(tr("Find customer"), Button::Kind::Choice)),
      m_new(new Button(tr("New customer"), Button::Kind::Choice)),
      m_finder(new CustomerFinder(customers)),
      m_form(new NewCustomerForm(customers)),
      m_ways(new QStackedLayout)
{
    m_title->setMaxLines(maxTitleLines);
    makeNews(*m_meaning);
    m_find->setKeyHint(keyText(altKey(QStringLiteral("F"))));
    m_new->setKeyHint(keyText(altKey(QStringLiteral("N"))));
    auto *chips = new QHBoxLayout;
    chips->addWidget(m_confidence);
    chips->addStretch();
    auto *buttons = new QVBoxLayout;
    buttons->setSpacing(size::groupGap);
    for (Button *button : {m_find, m_new}) {
        button->setSpread(true);
        buttons->addWidget(button);
    }
    m_ways->addWidget(new QWidget);
    m_finder->layout()->setContentsMargins(0, 0, 0, size::popStripHeight + size::blockGap); // the pop's place
    m_ways->addWidget(m_finder);
    m_ways->addWidget(m_form);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(size::columnPadding, size::columnPadding, size::columnPadding,
                               size::columnPadding);
    column->setSpacing(size::groupGap);
    column->addWidget(m_title);
    column->addLayout(chips);
    column->addWidget(m_meaning);
    column->addSpacing(size::groupGap);
    column->addLayout(buttons);
    column->addSpacing(size::groupGap);
    column->addLayout(m_ways, 1);

    connect(m_find, &Button::clicked, this, &StrangerView::find);
    connect(m_new, &Button::clicked, this, &StrangerView::makeNew);
    addKey(this, altKey(QStringLiteral("F")), [this] { find(); });
    addKey(this, altKey(QStringLiteral("N")), [this] { makeNew(); });
    connect(m_finder, &CustomerFinder::customerPicked, this, &StrangerView::customerChosen);
    connect(m_finder, &CustomerFinder::caseOfNobodyPicked, this, &StrangerView::caseOfNobodyChosen);
    connect(m_form, &NewCustomerForm::customerCreated, this, &StrangerView::customerChosen);
    connect(m_form, &NewCustomerForm::cancelled, this, [this] {
        fold();
        Q_EMIT putAside();
    });
}

void StrangerView::show(const model::Card &card)
{
    if (m_card.number != card.number)
        m_told.clear();
    m_card = card;
    m_title->setText(titleOf(card));
    const Badge sure = confidenceBadge(card.confidence);
    m_confidence->setChip(sure.text, sure.tone);
    m_meaning->setText(m_told.isEmpty() ? withNetworkName(card, m_lookUps) : m_told);
    m_finder->clear();
    fold();
}

void StrangerView::say(const QString &sentence)
{
    m_told = sentence;
    m_meaning->setText(sentence);
    sayAloud(*m_meaning, sentence);
}

/// An assistant hears of it while the caller talks.
void StrangerView::showLookUps(const model::LookUps &lookUps)
{
    m_lookUps = lookUps;
    m_finder->setBookWhole(lookUps.isBookWhole);
    const QString meaning = withNetworkName(m_card, lookUps);
    if (m_meaning->text() == meaning || !m_told.isEmpty())
        return;
    m_meaning->setText(meaning);
    if (isVisible())
        sayAloud(*m_meaning, meaning);
}

bool StrangerView::isFindingOut() const
{
    return m_ways->currentIndex() > 0;
}

void StrangerView::find()
{
    m_find->setChecked(true);
    m_new->setChecked(false);
    m_ways->setCurrentWidget(m_finder);
    m_finder->focusField();
}

void StrangerView::makeNew()
{
    m_find->setChecked(false);
    m_new->setChecked(true);
    m_ways->setCurrentWidget(m_form);
    m_form->begin(m_card.networkName, numberToKeep(m_card));
}

bool StrangerView::finishNewCustomer()
{
    return m_ways->currentWidget() != m_form || m_form->finish();
}

void StrangerView::fold()
{
    m_find->setChecked(false);
    m_new->setChecked(false);
    m_ways->setCurrentIndex(0);
}

} // namespace ringbook::ui
