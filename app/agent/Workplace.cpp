#include "app/agent/Workplace.h"

#include "model/domain/PhoneNumber.h"
#include "model/store/SetUpStore.h"
#include "ui/attention/AttentionPage.h"
#include "ui/card/CardPage.h"
#include "ui/people/CasesPage.h"
#include "ui/people/PeoplePage.h"
#include "ui/phone/CallBacksPage.h"
#include "ui/phone/TelephonyPage.h"
#include "ui/shell/SearchField.h"
#include "ui/shell/Shell.h"
#include "ui/text/Wording.h"

#include <algorithm>

namespace ringbook::app {

using namespace ringbook::model;

Result<std::unique_ptr<Workplace>> Workplace::open(DeskFile &desk, const QString &bookPath, ui::Shell &shell,
                                                   const Clock &clock)
{
    const auto who = desk.identity();
    if (!who)
        return who.error();
    auto book = Book::open(bookPath);
    if (!book)
        return book.error();
    std::unique_ptr<Workplace> workplace(new Workplace(desk, std::move(*book), *who, shell, clock));
    if (const auto replayed = workplace->m_writer.replayOutbox(); !replayed)
        return replayed.error();
    workplace->buildPages(shell, clock);
    workplace->connectUp(shell);
    if (const auto restored = workplace->m_card->restoreDrafts(); !restored)
        return restored.error();
    return workplace;
}

Workplace::Workplace(DeskFile &desk, Book book, const DeskFile::Identity &who, ui::Shell &shell,
                     const Clock &clock)
    : m_book(std::move(book)),
      m_writer(desk, m_book, clock),
      m_callers(m_book, clock, {.region = who.region, .me = {who.user}}),
      m_callDesk(desk, m_book, m_writer, clock, {who.user}),
      m_cases(m_book, m_writer, clock, {who.user}),
      m_customers(m_book, m_writer, clock, who.region),
      m_dials(m_book, {who.user}),
      m_callBacks(m_book, m_writer, clock, {who.user}),
      m_attention(desk, m_book, m_writer, {who.user}),
      m_shell(shell)
{
}

Workplace::~Workplace() = default;

void Workplace::buildPages(ui::Shell &shell, const Clock &clock)
{
    m_card = std::make_unique<ui::CardPage>(ui::CardDesks{m_callers, m_callDesk, m_customers, clock});
    m_people = std::make_unique<ui::PeoplePage>(m_customers);
    m_casesPage = std::make_unique<ui::CasesPage>(m_cases, clock, m_callers.settings().zone);
    m_attentionPage = std::make_unique<ui::AttentionPage>(m_attention, clock, m_callers.settings().zone);
    shell.setPage(ui::Shell::Page::Call, m_card.get());
    shell.setPage(ui::Shell::Page::People, m_people.get());
    shell.setPage(ui::Shell::Page::Cases, m_casesPage.get());
    shell.setPage(ui::Shell::Page::Attention, m_attentionPage.get());
    m_callBacksPage = std::make_unique<ui::CallBacksPage>(m_callBacks, clock, m_callers.settings().zone);
    shell.setPage(ui::Shell::Page::CallBacks, m_callBacksPage.get());
    m_telephonyPage = std::make_unique<ui::TelephonyPage>(clock, m_callers.settings().zone);
    offerLeadPages();
    m_flow = std::make_unique<CallFlow>(m_callers, shell, *m_card, clock);
}

void Workplace::connectUp(ui::Shell &shell)
{
    connect(m_people.get(), &ui::PeoplePage::customerWanted, this, &Workplace::openCustomer);
    connect(m_casesPage.get(), &ui::CasesPage::customerWanted, this, &Workplace::openCustomer);
    connect(m_attentionPage.get(), &ui::AttentionPage::customerWanted, this, &Workplace::openCustomer);
    connect(m_people.get(), &ui::PeoplePage::caseOfNobodyWanted, this, &Workplace::openCaseOfNobody);
    connect(m_casesPage.get(), &ui::CasesPage::caseOfNobodyWanted, this, &Workplace::openCaseOfNobody);
    connect(m_callBacksPage.get(), &ui::CallBacksPage::customerWanted, this, &Workplace::openCustomer);
    connect(m_callBacksPage.get(), &ui::CallBacksPage::countChanged, this,
            [this](int count) { m_shell.setCount(ui::Shell::Page::CallBacks, count); });
    connect(m_attentionPage.get(), &ui::AttentionPage::trayChanged, this, &Workplace::trayChanged);
    connect(m_attentionPage.get(), &ui::AttentionPage::countChanged, this,
            [this](int count) { m_shell.setCount(ui::Shell::Page::Attention, count); });
    connect(&shell.search(), &ui::SearchField::typed, m_people.get(), [this](const QString &begun) {
        m_people->open(begun);
        m_shell.search().clear(); // the search goes on over there
    });
    connect(&shell, &ui::Shell::pageShown, this, [this](ui::Shell::Page page) {
        if (page == ui::Shell::Page::Cases) {
            m_casesPage->refresh();
            m_casesPage->showPeople(m_others);
            m_casesPage->setFocus(Qt::OtherFocusReason);
        }
        if (page == ui::Shell::Page::Attention) {
            m_attentionPage->refresh();
            m_attentionPage->setFocus(Qt::OtherFocusReason);
        }
        if (page == ui::Shell::Page::CallBacks)
            m_callBacksPage->setFocus(Qt::OtherFocusReason);
        if (page == ui::Shell::Page::Telephony)
            m_telephonyPage->setFocus(Qt::OtherFocusReason);
        if (page == ui::Shell::Page::People && m_shell.search().text().isEmpty())
            m_people->open();
    });
    connect(m_card.get(), &ui::CardPage::atCustomer, this,
            [this](Id<Customer> customer, Presence::Doing doing) {
                m_card->showPeople(m_others.value(customer));
                Q_EMIT atCustomer(customer, doing);
            });
    connect(m_card.get(), &ui::CardPage::decideWanted, this, [this](Id<Customer> customer) {
        m_shell.showPage(ui::Shell::Page::Attention);
        m_attentionPage->select(customer);
    });
    connect(&m_writer, &ChangeWriter::changed, this, &Workplace::refresh);
    connect(&m_writer, &ChangeWriter::behind, this,
            [this](const Error &error) { Q_EMIT problem(ui::sentence(ui::Doing::LookingUp, error.fault)); });
    connect(m_flow.get(), &CallFlow::lookUpFailed, this, &Workplace::tellFailed);
}

/// To whom the hub answers them.
void Workplace::offerLeadPages()
{
    const auto isLead = SetUpStore(m_book.db()).isLead(m_callers.settings().me);
    if (m_hasLeadPages || !isLead || !*isLead)
        return;
    m_hasLeadPages = true;
    m_shell.setPage(ui::Shell::Page::Telephony, m_telephonyPage.get());
}

void Workplace::tellFailed(const Error &error)
{
    Q_EMIT problem(ui::sentence(ui::Doing::LookingUp, error.fault));
    if (error.fault == Fault::Damaged)
        Q_EMIT bookDamaged();
}

void Workplace::openCustomer(Id<Customer> customer)
{
    const auto card = m_callers.cardOf(customer);
    if (!card)
        return tellFailed(card.error());
    m_shell.showPage(ui::Shell::Page::Call);
    m_card->show(*card);
}

void Workplace::openCaseOfNobody(Id<Case> file)
{
    const auto card = m_callers.cardOfCase(file);
    if (!card)
        return tellFailed(card.error());
    m_shell.showPage(ui::Shell::Page::Call);
    if (card->customer.id)
        m_card->show(*card); // somebody has found out meanwhile
    else
        m_card->show(*card, file);
}

void Workplace::find(const QString &number)
{
    const QString e164 = toE164(number, region());
    m_shell.showPage(ui::Shell::Page::People);
    m_people->open(e164.isEmpty() ? number : e164);
}

void Workplace::refresh(const QVector<RecordKey> &records)
{
    m_card->takeChanges(records);
    const auto hasKind = [&records](const char *kind) {
        return std::ranges::any_of(records,
                                   [kind](const auto &key) { return key.kind == QLatin1String(kind); });
    };
    if (m_shell.page() == ui::Shell::Page::Cases && hasKind("case"))
        m_casesPage->refresh();
    if (hasKind("follow_up"))
        m_callBacksPage->refresh();
    if (hasKind("user"))
        offerLeadPages();
    if (hasKind("conflict"))
        m_attentionPage->refresh();
    if (hasKind("contact_point"))
        m_flow->nameStrangers();
    for (const RecordKey &key : records)
        if (key.kind == QLatin1String("customer"))
            m_flow->takeCustomerChange({key.id});
}

void Workplace::showPresence(Id<Customer> customer, const QVector<Presence> &people)
{
    QVector<Presence> others = people;
    others.removeIf([this](const Presence &person) { return person.user == m_callers.settings().me; });
    if (others.isEmpty())
        m_others.remove(customer);
    else
        m_others.insert(customer, others);
    if (customer == m_card->customer())
        m_card->showPeople(others);
    if (m_shell.page() == ui::Shell::Page::Cases) // lists nobody looks at are not laid out for each who comes
        m_casesPage->showPeople(m_others);
}

void Workplace::forgetPresence()
{
    m_others.clear();
    m_card->showPeople({});
    m_casesPage->showPeople({});
}

void Workplace::showLookUps(const LookUps &lookUps)
{
    m_card->showLookUps(lookUps);
    m_people->setBookWhole(lookUps.isBookWhole);
}

void Workplace::refreshAttention()
{
    m_attentionPage->refresh();
    m_callBacksPage->refresh();
}

void Workplace::refreshAll()
{
    m_card->refresh();
    m_casesPage->refresh();
    m_attentionPage->refresh();
    m_callBacksPage->refresh();
    offerLeadPages();
}

Status Workplace::moveBook(const QString &path)
{
    if (const auto moved = m_book.moveTo(path); !moved)
        return moved;
    const auto replayed = m_writer.replayOutbox();
    refreshAll();
    return replayed;
}

void Workplace::keepDrafts()
{
    m_card->keepDrafts();
}

} // namespace ringbook::app
