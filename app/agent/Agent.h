#pragma once

#include "app/agent/DeskStatus.h"
#include "app/agent/EventLog.h"
#include "app/agent/LocalRings.h"
#include "app/agent/Options.h"
#include "app/agent/SingleInstance.h"
#include "app/agent/SyncThread.h"
#include "app/agent/Telephone.h"
#include "app/agent/Workplace.h"
#include "ui/shell/Shell.h"
#include "ui/shell/SignInPage.h"

#include <memory>
#include <optional>

namespace ringbook::app {

/// One desk: its files, its window, its sync, wired together. Runs on the UI thread.
class Agent : public QObject
{
    Q_OBJECT

public:
    Agent(Options options, ui::ThemeSwitch &themes);
    ~Agent() override;

    /// Opens the files and shows the window. On failure nothing is shown; the error's detail is a sentence
    /// for people.
    Status start();

    /// What a later start of the program asks for; or a sentence for it, why not.
    Status obey(const Request &request);

    /// A call that another program on this machine tells of.
    Status takeLocal(const Request &request);
    /// A number that somebody clicked on to have it called.
    Status dial(const Request &request);
    /// Lets the hub's simulator ring here, where it has one and can be reached; or a sentence, why not.
    Status practise(const QString &number);
    void hangUp(const QString &callId);

    ui::Shell &shell() { return m_shell; }
    Workplace *workplace() { return m_workplace.get(); }
    const sync::SyncState &syncState() const { return m_status.sync(); }

Q_SIGNALS:
    void cardShown(const QString &callId, qint64 ringToPaintUs);
    void popShown(const QString &callId, qint64 ringToPaintUs);

private:
    template <typename Work>
    void askSync(Work work) ///< where this desk knows a hub
    {
        if (m_sync)
            m_sync->ask(work);
    }
    void connectLocalRings();
    bool mergeWithLocal(const model::AgentCall &call, TimeMs at, qint64 receivedNs);
    void bringToFront();
    void showWindow();
    Status openDeskFile();
    Status openWorkplace();
    void connectWorkplace();
    void connectCalls();
    void connectTelephone();
    void connectTelephony(sync::SyncClient &client);
    void connectTelephonyPage(ui::TelephonyPage &page);
    void showLive(); ///< whether the hub tells of calls and hears orders
    void followNetwork();
    void tryHubNow();
    void startSync(const QUrl &hub);
    void connectSync(sync::SyncClient &client);
    void connectBook(sync::SyncClient &client);
    void connectHubCalls(sync::SyncClient &client);
    void connectPresence(sync::SyncClient &client);
    void connectSignIn();
    void signIn(const ui::SignInPage::Entry &entry);
    ui::SignInPage::Entry entryAgain() const;
    void signInFromOptions();
    void signedIn(const sync::SessionReply &reply);
    void sayForGood(const QString &sentence);
    void showState(const sync::SyncState &state);
    void receive(const QVector<model::RecordKey> &records);
    void closeBook();
    void leaveBook();
    void reopenBook();
    void setLocked(std::optional<TimeMs> since);
    void showLocked();
    void moveBook(const QString &path);

    Options m_options;
    SystemClock m_clock;
    EventLog m_events;
    ui::Shell m_shell;
    ui::SignInPage *m_signIn; ///< the shell's
    DeskStatus m_status;
    Telephone m_telephone;
    LocalRings m_localRings;
    ShowAllowance m_mayShow;
    std::optional<model::DeskFile> m_desk;
    std::unique_ptr<Workplace> m_workplace;
    QUrl m_hub; ///< that m_sync talks to
    std::unique_ptr<SyncThread> m_sync;
    QString m_bookName;
    std::optional<bool> m_hasSimulator;  ///< the hub, as it last said
    model::LookUps m_lookUps;            ///< as sync last told
    std::optional<TimeMs> m_lockedSince; ///< the book may not be shown; the hub was last heard of then
};

} // namespace ringbook::app
