#pragma once

#include "app/agent/CallFlow.h"
#include "model/desk/AttentionDesk.h"
#include "model/desk/CallBackDesk.h"
#include "model/desk/CallDesk.h"
#include "model/desk/CallerDesk.h"
#include "model/desk/CaseDesk.h"
#include "model/desk/ChangeWriter.h"
#include "model/desk/CustomerDesk.h"
#include "model/desk/DialDesk.h"
#include "model/domain/LookUp.h"
#include "model/domain/Presence.h"
#include "model/store/Book.h"
#include "model/store/DeskFile.h"

#include <memory>

namespace ringbook::ui {
class AttentionPage;
class CallBacksPage;
class CasesPage;
class PeoplePage;
class TelephonyPage;
} // namespace ringbook::ui

namespace ringbook::app {

/// What there is while a book is open: the use cases on it, the pages that show it, the flow of calls. Made
/// when it is known who works here; gone with its pages when the book has to be closed.
class Workplace : public QObject
{
    Q_OBJECT

public:
    /// Opens the book and lays what the outbox holds over it again.
    static Result<std::unique_ptr<Workplace>> open(model::DeskFile &desk, const QString &bookPath,
                                                   ui::Shell &shell, const Clock &clock);
    ~Workplace() override;

    CallFlow &calls() { return *m_flow; }
    ui::CardPage &card() { return *m_card; }
    ui::CallBacksPage &callBacks() { return *m_callBacksPage; }
    ui::TelephonyPage &telephony() { return *m_telephonyPage; }
    model::ChangeWriter &writer() { return m_writer; }
    model::CustomerDesk &customers() { return m_customers; }
    model::CaseDesk &cases() { return m_cases; }
    const model::DialDesk &dials() const { return m_dials; }
    const QString &region() const { return m_callers.settings().region; }

    /// Records look different: whatever shows them reads again.
    void refresh(const QVector<model::RecordKey> &records);
    void refreshAll();
    /// The book is in this file now; whatever is on the screen goes on.
    Status moveBook(const QString &path);
    void keepDrafts();
    void openCustomer(Id<model::Customer> customer);
    void openCaseOfNobody(Id<model::Case> file);
    void find(const QString &number); ///< whose it is, for the agent to see
    /// All who are at this customer now, this desk's user among them.
    void showPresence(Id<model::Customer> customer, const QVector<model::Presence> &people);
    void forgetPresence();
    void showLookUps(const model::LookUps &lookUps); ///< of callers who are not in this book
    void refreshAttention();                         ///< what somebody has to decide about may be another

Q_SIGNALS:
    /// What everybody else is to be told.
    void atCustomer(ringbook::Id<ringbook::model::Customer> customer, ringbook::model::Presence::Doing doing);
    void trayChanged(); ///< a refused change was sent again or given up
    void problem(const QString &sentence);
    void bookDamaged(); ///< found by reading; it has to be fetched again

private:
    Workplace(model::DeskFile &desk, model::Book book, const model::DeskFile::Identity &who, ui::Shell &shell,
              const Clock &clock);
    void buildPages(ui::Shell &shell, const Clock &clock);
    void connectUp(ui::Shell &shell);
    void tellFailed(const Error &error);
    void offerLeadPages();

    model::Book m_book;
    model::ChangeWriter m_writer;
    model::CallerDesk m_callers;
    model::CallDesk m_callDesk;
    model::CaseDesk m_cases;
    model::CustomerDesk m_customers;
    model::DialDesk m_dials;
    model::CallBackDesk m_callBacks;
    model::AttentionDesk m_attention;
    QHash<Id<model::Customer>, QVector<model::Presence>> m_others; ///< than this user
    ui::Shell &m_shell;
    std::unique_ptr<ui::CardPage> m_card;
    std::unique_ptr<ui::PeoplePage> m_people;
    std::unique_ptr<ui::CasesPage> m_casesPage;
    std::unique_ptr<ui::AttentionPage> m_attentionPage;
    std::unique_ptr<ui::CallBacksPage> m_callBacksPage;
    std::unique_ptr<ui::TelephonyPage> m_telephonyPage;
    bool m_hasLeadPages = false;
    std::unique_ptr<CallFlow> m_flow;
};

} // namespace ringbook::app
