#pragma once

#include "model/core/Clock.h"
#include "model/domain/CallCommand.h"

#include <QString>

#include <optional>

namespace ringbook::model {

/// The other party of a call, as far as we may know it.
struct Party
{
    QString raw = {};  ///< as the trunk delivered it; empty if withheld
    QString e164 = {}; ///< empty if withheld or no number we understand
    QString name = {}; ///< from the network: text from strangers, cleaned and cut
    bool withheld = false;

    bool operator==(const Party &) const = default;
};

/// One call as one agent sees it: the whole state, sent again at every step, so that a lost or repeated
/// message does no harm. One pop per (call, agent).
struct AgentCall
{
    enum class Direction { Inbound, Outbound, Internal };
    enum class State { Ringing, Connected, OnHold, Over };
    enum class Result {
        None,
        Answered,
        AnsweredElsewhere,
        NoAnswer,
        Rejected,
        Busy,
        Unavailable,
        Forwarded,
        CallerHangup,
        TransferredOut,
        Lost,
    };

    QString callId = {}; ///< the hub's
    qint64 revision = 0; ///< grows with every step of this call; a lower one is old news
    Direction direction = Direction::Inbound;
    State state = State::Ringing;
    Result result = Result::None; ///< why it is over, for this agent
    Party party = {};
    QString ownLine = {};    ///< label, else number that was called
    QString queue = {};      ///< label of the queue, empty if none
    QString answeredBy = {}; ///< name of who took it, when AnsweredElsewhere
    int desksRinging = 1;
    TimeMs startedAt = 0; ///< when the call reached us (waiting counts from here)
    TimeMs ringingSince = 0;
    std::optional<TimeMs> answeredAt = {};
    std::optional<TimeMs> endedAt = {};
    CallAbilities can = {}; ///< what the telephone system does with it when told
    bool isLocal = false;   ///< told by a program of this machine, not by a telephone that could answer it

    bool isOver() const { return state == State::Over; }
    bool passedBy() const { return isOver() && !answeredAt; } ///< this agent never had it

    bool operator==(const AgentCall &) const = default;
};

QString name(AgentCall::Direction direction); ///< as on the wire: "inbound" …
QString name(AgentCall::State state);         ///< "ringing", "connected", "on_hold", "over"
QString name(AgentCall::Result result);       ///< "", "answered", "answered_elsewhere" …
std::optional<AgentCall::Direction> directionFromName(const QString &name);
std::optional<AgentCall::State> stateFromName(const QString &name);
std::optional<AgentCall::Result> resultFromName(const QString &name);

} // namespace ringbook::model
