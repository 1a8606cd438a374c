#pragma once

#include "app/agent/PaintWatch.h"
#include "app/agent/WarmUp.h"
#include "model/desk/CallerDesk.h"
#include "ui/shell/PopWindow.h"

#include <QMap>

namespace ringbook::ui {
class CardPage;
class Shell;
} // namespace ringbook::ui

namespace ringbook::app {

/// What happens when the telephone says something: look up who it is, show the card if nothing else is on the
/// screen, show the pop, follow the call to its end. Never takes the keyboard from somebody who is typing.
class CallFlow : public QObject
{
    Q_OBJECT

public:
    CallFlow(const model::CallerDesk &callers, ui::Shell &shell, ui::CardPage &page, const Clock &clock);

    /// One step of a call; `receivedNs` is when its bytes were read, on the steady clock.
    void take(const model::AgentCall &call, qint64 receivedNs);
    /// What was told of on this machine as `localId` is this call of the hub's: the same pop and card go on.
    void become(const QString &localId, const model::AgentCall &call, qint64 receivedNs);
    /// After a reconnect: these calls exist and no others.
    void replaceAll(const QVector<model::AgentCall> &calls, qint64 receivedNs);
    /// Opens the card of the call that rings, else of the one that is talked on, else of the last missed.
    void openNewest();
    void openCard(const QString &callId);
    void setHeard(bool isHeard); ///< how calls go on is told; else what is shown is the last news
    /// The desk has a book it did not have before.
    void warmUp() { m_warmUp.start(); }
    bool isWarm() const { return m_warmUp.isOver(); }
    /// A number may have got its customer meanwhile: who it is is told where it was told that nobody knows.
    void nameStrangers();
    /// This customer was changed or erased: nothing here names them as they were.
    void takeCustomerChange(Id<model::Customer> customer);
    bool isBusy() const { return !m_rings.isEmpty(); } ///< a call rings or is talked on

    QWidget &pop() { return m_pop; }

Q_SIGNALS:
    void shown(const QString &callId, qint64 ringToPaintUs);  ///< the caller is on the screen, painted
    void popped(const QString &callId, qint64 ringToPaintUs); ///< the pop is on the screen, painted
    void cardOpened(const QString &callId);
    void ended(const QString &callId); ///< for this agent
    void lookUpFailed(const ringbook::Error &error);
    void answerRequested(const QString &callId);
    /// The numbers, in E.164, of those who call and were nobody in this book when it rang.
    void strangersChanged(const QStringList &numbers);

private:
    struct Ring
    {
        model::AgentCall call = {};
        qint64 receivedNs = 0;
        QString stranger = {}; ///< the number, if it was nobody's when it rang
        bool wasShown = false; ///< its card is or was on the page
        bool isPainted = false;
        bool isPopPainted = false;
    };

    QVector<WarmUp::Step> warmUpSteps();
    void begin(Ring &ring);
    model::Card lookUp(const model::AgentCall &call);
    void answer(const QString &callId);
    void end(const QString &callId);
    void lose(const QString &callId);
    void tellStrangers();
    void goOn(Ring &ring);
    bool mayShow(const model::AgentCall &coming) const;
    void openMissed();
    void bringUp(Ring &ring);
    void show(Ring &ring, const model::Card &card);
    void offer(const Ring &ring, const model::Card &card);
    void offerWaiting();
    void cardPainted();
    std::optional<QRect> spareRoom(const QString &callId) const;
    void popPainted();
    void showAnsweredOnes();
    void followCallBar();
    Ring *newest();

    const model::CallerDesk &m_callers;
    ui::Shell &m_shell;
    ui::CardPage &m_page;
    const Clock &m_clock;
    ui::PopWindow m_pop;
    PaintWatch m_shellWatch;
    PaintWatch m_popWatch;
    WarmUp m_warmUp;
    QMap<QString, Ring> m_rings; ///< by call id, those that go on
    QVector<Ring> m_unfiled;     ///< talked on and over, and their card never came up
    QVector<std::pair<QString, model::Card>> m_waitingPops; ///< shown when the card before them is painted
};

} // namespace ringbook::app
