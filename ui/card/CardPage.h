#pragma once

#include "model/desk/CallDesk.h"
#include "model/desk/CallerDesk.h"
#include "model/desk/CustomerDesk.h"
#include "model/domain/LookUp.h"
#include "model/domain/Presence.h"
#include "model/domain/Record.h"
#include "ui/card/CallWork.h"
#include "ui/card/DraftKeeper.h"
#include "ui/card/TimelineModel.h"
#include "ui/text/Times.h"

#include <QTimer>
#include <QWidget>

class QBoxLayout;
class QScrollArea;

namespace ringbook::ui {

class CallPanel;
class HistoryColumn;
class ProfileColumn;

/// What the card reads from and writes to.
struct CardDesks
{
    model::CallerDesk &callers;
    model::CallDesk &calls;
    model::CustomerDesk &customers;
    const Clock &clock;
};

/// The card: who it is, what was and why they call, what the agent does now. Made once and kept; every call
/// has its own draft here until it is saved. Looks up what the agent chooses on it; a call's first card is
/// handed in.
class CardPage : public QWidget
{
    Q_OBJECT

public:
    explicit CardPage(const CardDesks &desks, QWidget *parent = nullptr);

    using QWidget::show;
    /// A call comes up, its note under the cursor; one that is already begun keeps all that was typed, one
    /// that is saved brings back its customer and is not filed again.
    void show(const model::AgentCall &call, const model::Card &card);
    /// A customer comes up without a call.
    void show(const model::Card &card);
    /// A case comes up of which nobody knows whose it is: note on it, or say who it is.
    void show(const model::Card &card, Id<model::Case> ofNobody);

    /// Brings back what was begun and not saved when the program ended.
    Status restoreDrafts();
    /// Keeps what is typed at this moment; for the way out.
    void keepDrafts();
    /// Lays out and paints this card where nobody sees it, so that the first caller's is not the first one.
    /// Does nothing while there is something on the page.
    void rehearse(const model::Card &card);

    /// Others who are at the customer on the screen.
    void showPeople(const QVector<model::Presence> &people);
    void setCanCall(bool can); ///< the telephone dials when told
    /// What is known of callers who are not in this book.
    void showLookUps(const model::LookUps &lookUps);
    /// The customer on the screen; none: nobody, or nobody yet.
    Id<model::Customer> customer() const { return m_customer; }
    /// Where this call's card leaves room, on the screen; none: another card is shown. A narrow card has rows
    /// there.
    std::optional<QRect> spareRoom(const QString &callId) const;
    bool isNarrow() const;
    /// Who is on the line in this call, as far as this page knows; empty: nobody it knows.
    QString callerName(const QString &callId) const;
    /// The key of the call on the screen; empty: none.
    QString currentCall() const;
    /// Whether the card on the screen is this call's, or was left by it when it was saved.
    bool isAbout(const QString &callId) const;
    bool isFiled(const QString &callId) const { return m_filed.contains(callId); } ///< saved, and goes on
    /// Whether this call may come up by itself: nothing is begun on what is on the screen, and its call is
    /// over. What is left from a saved call gives way to a ring, a call without a word yet only to the call
    /// that was answered next.
    bool mayGiveWayTo(const model::AgentCall &coming) const;

public Q_SLOTS:
    /// The call goes on or is over. One that is over for this agent without a word typed is put away; one
    /// that was answered is kept to be wrapped up, whether its card was seen or not.
    void follow(const ringbook::model::AgentCall &call);
    /// The call under this id is this one: what was typed for it stays.
    void become(const QString &callId, const ringbook::model::AgentCall &call,
                const ringbook::model::Card &card);
    /// After a reconnect: of the calls here, only these still go on.
    void keepOnly(const QStringList &callIds);
    /// What is shown of the customer may have changed: read again, what is typed stays.
    void refresh();
    /// Records changed, here or elsewhere: what is shown of them is read again, soon and once.
    void takeChanges(const QVector<ringbook::model::RecordKey> &records);
    /// How long this call took from its ring to its painted card; filed with it.
    void noteRingToPaint(const QString &callId, qint64 microseconds);
    void focusNote();

Q_SIGNALS:
    void atCustomer(ringbook::Id<ringbook::model::Customer> customer, ringbook::model::Presence::Doing doing);
    void filed(const ringbook::model::Filed &filed);
    /// About fields of the customer on the screen that two people wrote.
    void decideWanted(ringbook::Id<ringbook::model::Customer> customer);
    void callWanted(const QString &number); ///< of the customer on the screen

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    static constexpr int refreshAfterMs = 10;

    Reading reading() const;
    void buildUi();
    void readOutcomes();
    void readColleagues();
    void edit();
    void sayKept(TimeMs at);
    void save();
    void step(int by);
    void openCustomer(const model::Card &card, const std::optional<model::AgentCall> &leftBy = {},
                      Id<model::Interaction> filedAs = {});
    void bringUp(const model::Card &card);
    void bringUpCurrent();
    void showCustomer(const model::Card &card);
    void showNothing(bool savedCallGoesOn = false);
    Result<model::Card> cardOf(const CallWork &work) const;
    TimelineModel::OlderPage olderPages(Id<model::Customer> customer) const;
    void choose(Id<model::Customer> customer);
    void attachToCaseOfNobody(Id<model::Case> file);
    bool isOfNobody(Id<model::Case> file) const;
    void rememberNumber();
    void letGoIfGone(Id<model::Customer> customer);
    void letGo(const QString &key);
    void sayErased(const model::ErasureLine &erasure);
    void lookForSomebodyElse();
    void afterSaving(const CallWork &saved, const model::Filed &filed);
    QString nameFor(const model::CallDraft &draft) const;
    void showFiled(const model::AgentCall &call);
    void rename(CallWork &work, const model::AgentCall &call);
    void followUnopened(const model::AgentCall &call);
    void forgetFiled(const QString &callId);
    model::Confidence sureness(const model::CallDraft &draft) const;
    void leaveCurrent();
    void tellPresence();
    model::Presence::Doing doing() const;

    CardDesks m_desks;
    CallStack m_stack;
    DraftKeeper m_keeper;
    QMap<QString, model::CallDraft> m_filed; ///< calls that are saved and go on: for whom, as what
    QTimer m_refreshTimer;
    Id<model::Customer> m_customer;
    Id<model::Customer> m_savedFor; ///< whom the last save was for, as long as it is told
    std::pair<Id<model::Customer>, model::Presence::Doing> m_told; ///< by atCustomer()
    ProfileColumn *m_profile;
    HistoryColumn *m_history;
    CallPanel *m_panel;
    QBoxLayout *m_about; ///< profile and history
    QScrollArea *m_aboutArea;
};

} // namespace ringbook::ui
