#pragma once

#include "model/domain/AgentCall.h"

#include <QVector>

#include <optional>

namespace ringbook::app {

constexpr TimeMs localRingMs = 60'000;             ///< nobody told how it went on: it is over
constexpr TimeMs localTalkMs = 4 * 60 * 60 * 1000; ///< nor of its end
constexpr TimeMs sameCallMs = 5'000;               ///< between the two who tell of one call
constexpr int comparedDigits = 7;                  ///< as many last ones are read the same everywhere
constexpr int maxLocalCalls = 20;                  ///< at a time
constexpr int maxHubCallsHeard = 50;

/// Whether both are the same caller, as far as can be told: by the last digits, because one says 030 and the
/// other +49 30; a short number by all of it; one without a number by having none.
bool isSameCaller(const model::Party &a, const model::Party &b);

/// The calls that programs on this machine tell of, and which of them are the hub's. Pure: times are given.
/// A step is what the agent has to see; none: they see it already, here or as the hub's call, whose word
/// counts from then on.
class LocalCalls
{
public:
    using Step = std::optional<model::AgentCall>;

    /// Which call a program means: by the name it gave it, else by its caller, else the newest.
    struct Which
    {
        model::Party party = {};
        QString name = {};
    };

    struct Told
    {
        bool isKnown = false; ///< there is such a call
        Step step = {};
    };

    Told ring(const model::AgentCall &call, const QString &name, TimeMs now);
    Told answered(const Which &which, TimeMs now);
    Told ended(const Which &which, TimeMs now);
    Told hungUp(const QString &callId, TimeMs now); ///< said by the agent

    /// The hub tells of a call that came to this agent `at`. The id under which it was known here; none: it
    /// is no local one. It counts once, at the hub's first word.
    std::optional<QString> heardFromHub(const model::AgentCall &call, TimeMs at);

    QVector<model::AgentCall> expire(TimeMs now); ///< what nobody told the end of
    std::optional<TimeMs> nextExpiry() const;
    QVector<model::AgentCall> shown() const; ///< that are not the hub's

private:
    struct Entry
    {
        model::AgentCall call = {};
        QString name = {};
        TimeMs heardAt = 0;
        TimeMs dueAt = 0;
        QString hubCall = {}; ///< that it is
    };

    struct Heard
    {
        QString callId = {};
        model::Party party = {};
        TimeMs at = 0;
    };

    template <typename Fits>
    int newest(const Which &which, Fits fits) const;
    const Heard *hubCallLike(const model::Party &party, TimeMs now) const;
    Told end(int index, TimeMs now);

    QVector<Entry> m_entries; ///< oldest first
    QVector<Heard> m_heard;
};

} // namespace ringbook::app
