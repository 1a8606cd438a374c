#pragma once

#include "model/domain/Telephony.h"
#include "sync/calls/PbxSettings.h"
#include "sync/calls/Simulator.h"
#include "sync/calls/webhook/WebhookSource.h"
#include "sync/hub/CallBoard.h"
#include "sync/hub/UnansweredCalls.h"
#include "sync/hub/store/Accounts.h"

#include <QThread>

#include <functional>
#include <memory>

namespace ringbook::hub {

/// The thread that talks to telephone systems; whatever they tell goes to the board. Calls everything it runs
/// back on that thread.
class Switchboard
{
public:
    /// `ended` is called on the switchboard's thread, of every call of any source.
    using Ended = std::function<void(const model::Call &call, const CallPlace &place)>;
    Switchboard(const Clock &clock, CallBoard &board, Ended ended);
    ~Switchboard();
    void stop(); ///< nothing is told, heard or obeyed any more; for the end

    void addSimulator(const QString &country, const QHash<QString, QString> &agentNames, const QString &book);

    /// Refuses settings that would send the login in plain text to another machine.
    Status addPbx(const calls::PbxSettings &settings);

    /// Has the telephone system do what an agent wants at their extension; the call is theirs. `obeyed` is
    /// called on the switchboard's thread, exactly once.
    void order(const model::CallCommand &command, const calls::Obeyed &obeyed);

    // For whoever finds out why nothing pops; all of it is told on the switchboard's thread, exactly once.

    /// Of those whose calls are written in one of these books.
    void tellTelephony(const QSet<QString> &books,
                       const std::function<void(const QVector<model::TelephonySource> &)> &tell);
    using Findings = Result<QVector<model::TelephonyFinding>>;
    void examine(const QString &source, const QSet<QString> &books,
                 const std::function<void(const Findings &)> &tell);
    /// The last call from outside rings at this user's desks once more, for a moment.
    void replay(const QString &source, const Caller &caller, const calls::Obeyed &tell);

    /// Hands on what was posted to the address of a source; `taken` is called on the switchboard's thread,
    /// exactly once. Fault::NotFound also where there is no such source.
    using HookTaken = std::function<void(const Result<calls::HookReply> &taken)>;
    void takeHook(const QString &source, const calls::HookRequest &request, const HookTaken &taken);

    /// Runs `work` on the simulator's thread; null if there is none.
    using Work = std::function<void(calls::Simulator *simulator)>;
    void withSimulator(Work work);

private:
    void add(calls::CallSource &source);
    void end(const calls::CallSource &source, const model::Call &call);
    void tellPhones();
    Phones phones() const;
    model::CallAbilities phoneAt(const QString &extension) const;
    calls::CallSource *dialerFor(const QString &extension) const;          ///< null: nobody knows it
    calls::CallSource *sourceFor(const model::CallCommand &command) const; ///< null: none
    calls::CallSource *sourceNamed(const QString &name,
                                   const QSet<QString> &books) const; ///< null: none of theirs
    bool isFor(const calls::CallSource &source, const QSet<QString> &books) const;
    model::TelephonySource told(const calls::CallSource &source) const;
    QVector<model::TelephoneAt> telephonesOf(const calls::CallSource &source,
                                             const calls::PbxSettings &settings) const;
    static void report(const QString &source, const calls::Link &link, QString &told);

    const Clock &m_clock;
    CallBoard &m_board;
    Ended m_ended;
    QString m_simulatedBook;
    QThread m_thread;
    std::unique_ptr<QObject> m_here; ///< lives on the thread; parent of all sources
    calls::Simulator *m_simulator = nullptr;
    QVector<calls::CallSource *> m_sources;
    QHash<const calls::CallSource *, calls::PbxSettings> m_settings;
    QHash<const calls::CallSource *, model::AgentCall> m_lastRings; ///< from outside
    QSet<QString> m_extensions;                                     ///< that telephone systems have
    bool m_isExamining = false;
    qint64 m_replays = 0;
    QHash<QString, calls::WebhookSource *> m_hooks; ///< by source; those among m_sources that are posted to
};

} // namespace ringbook::hub
