#pragma once

#include "ui/shell/PopWords.h"

#include <functional>

namespace ringbook::ui {

/// How long the pop says why a call is over.
constexpr qint64 popFarewellMs = 2500;

/// The calls the pop has to show, and which of them it shows: one that rings before one that is talked on,
/// before one that is just over, before those that were missed. A value; it knows nothing of windows and
/// clocks.
class PopCalls
{
public:
    enum class View { Nothing, Ringing, Talking, Ended, Missed };

    struct Entry
    {
        model::AgentCall call = {};
        PopWords words = {};
        TimeMs overSince = 0; ///< by this desk's clock
    };

    /// The call as it is now. Returns whether it changes what is shown: not for old news, nor for the
    /// end of a call nobody saw.
    bool take(const model::AgentCall &call, const PopWords &words, TimeMs now);
    /// The call under this id is this one, whatever was known of it. False: an unknown id.
    bool become(const QString &callId, const model::AgentCall &call, const PopWords &words);
    /// What is said anew of all calls, also missed ones, that name this customer. Returns whether there are
    /// any.
    using Word = std::function<PopWords(const model::AgentCall &call)>;
    bool reword(Id<model::Customer> customer, const Word &word);
    /// As take() with the words it has; false also for an unknown call.
    bool follow(const model::AgentCall &call, TimeMs now);
    /// The calls there are; all others are gone, whatever happened to them.
    void keepOnly(const QStringList &callIds);
    /// Farewells that were shown long enough go. Returns whether one went.
    bool forgetEnded(TimeMs now);
    bool has(const QString &callId) const; ///< and it is not over
    void missedWereSeen() { m_missed.clear(); }
    bool missedWasSeen(const QString &callId); ///< false: it is none of them
    /// The newest that was missed; it counts as seen from now on.
    std::optional<model::AgentCall> takeMissed();

    /// Whether somebody still tells how calls go; else their state is that of the last news.
    void setHeard(bool isHeard) { m_isHeard = isHeard; }
    bool isHeard() const { return m_isHeard; }

    View view() const;
    const Entry *current() const; ///< null for Nothing; the newest one for Missed
    int alsoRinging() const;      ///< others beside the current one
    int missedCount() const { return static_cast<int>(m_missed.size()); }

private:
    const Entry *newest(model::AgentCall::State state) const;
    void end(qsizetype index, TimeMs now);

    QVector<Entry> m_live;
    QVector<Entry> m_missed;
    bool m_isHeard = true;
};

/// Whether this agent should know later that the call was there: it rang here and nobody talked to the
/// caller.
bool wasMissed(const model::AgentCall &call);

} // namespace ringbook::ui
