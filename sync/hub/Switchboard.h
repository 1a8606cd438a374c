#pragma once

#include "sync/calls/PbxSettings.h"
#include "sync/calls/Simulator.h"
#include "sync/calls/webhook/WebhookSource.h"
#include "sync/hub/CallBoard.h"

#include <QThread>

#include <memory>

namespace ringbook::hub {

/// The thread that talks to telephone systems; whatever they tell goes to the board. Calls everything it runs
/// back on that thread.
class Switchboard
{
public:
    Switchboard(const Clock &clock, CallBoard &board);
    ~Switchboard();

    void addSimulator(const QString &country, const QHash<QString, QString> &agentNames);

    /// Refuses settings that would send the login in plain text to another machine.
    Status addPbx(const calls::PbxSettings &settings);

    /// Has the telephone system do what an agent wants at their extension; the call is theirs. `obeyed` is
    /// called on the switchboard's thread, exactly once.
    void order(const model::CallCommand &command, const calls::Obeyed &obeyed);

    /// Hands on what was posted to the address of a source; `taken` is called on the switchboard's thread,
    /// exactly once. Fault::NotFound also where there is no such source.
    using HookTaken = std::function<void(const Result<calls::HookReply> &taken)>;
    void takeHook(const QString &source, const calls::HookRequest &request, const HookTaken &taken);

    /// Runs `work` on the simulator's thread; null if there is none.
    using Work = std::function<void(calls::Simulator *simulator)>;
    void withSimulator(Work work);

private:
    void add(calls::CallSource &source);
    void tellPhones();
    Phones phones() const;
    model::CallAbilities phoneAt(const QString &extension) const;
    calls::CallSource *dialerFor(const QString &extension) const;          ///< null: nobody knows it
    calls::CallSource *sourceFor(const model::CallCommand &command) const; ///< null: none
    static void report(const QString &source, const calls::Link &link, QString &told);

    const Clock &m_clock;
    CallBoard &m_board;
    QThread m_thread;
    std::unique_ptr<QObject> m_here; ///< lives on the thread; parent of all sources
    calls::Simulator *m_simulator = nullptr;
    QVector<calls::CallSource *> m_sources;
    QHash<QString, calls::WebhookSource *> m_hooks; ///< by source; those among m_sources that are posted to
    QSet<QString> m_extensions;                     ///< that telephone systems have
};

} // namespace ringbook::hub
