#pragma once

#include "app/agent/LocalCalls.h"
#include "app/handover/Request.h"
#include "model/core/Clock.h"
#include "model/core/Result.h"

#include <QObject>
#include <QTimer>

namespace ringbook::app {

constexpr int maxShownRequests = 5; ///< rings and numbers to dial in …
constexpr TimeMs shownRequestsMs = 10'000;

/// Whether one more may put something on the screen: anybody whose page or telephone reaches this machine can
/// ask for it.
class ShowAllowance
{
public:
    bool take(TimeMs now);

private:
    QVector<TimeMs> m_taken;
};

/// The calls that other programs on this machine tell of: that it rings, is answered and over. What nobody
/// tells the end of ends by itself. Says what the agent is to be shown; the hub's calls are the hub's.
class LocalRings : public QObject
{
    Q_OBJECT

public:
    explicit LocalRings(const Clock &clock);

    /// Of a request of kind Ring, Answered or Ended; `region` says how to read its number. Denied: a sentence
    /// for the program that told.
    Status take(const Request &request, const QString &region);
    bool hangUp(const QString &callId); ///< by the agent; false: none of these
    /// The hub told of a call that reached this agent `at`: the id it had here, or none. Its word counts now.
    std::optional<QString> heardFromHub(const model::AgentCall &call, TimeMs at);

    void endOverdue(); ///< happens by itself; may be asked for

    QVector<model::AgentCall> calls() const { return m_calls.shown(); } ///< that go on and are not the hub's

Q_SIGNALS:
    void changed(const ringbook::model::AgentCall &call); ///< it began, goes on or is over

private:
    LocalCalls::Told tell(const Request &request, const model::Party &party);
    void waitForEnds();

    const Clock &m_clock;
    LocalCalls m_calls;
    QTimer m_timer;
    int m_made = 0; ///< calls, by this program
};

} // namespace ringbook::app
