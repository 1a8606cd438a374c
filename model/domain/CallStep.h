#pragma once

#include "model/domain/Call.h"

#include <variant>

namespace ringbook::model::step {

// What a source of calls can say about one call. A leg is named by its agent and the channel that rings.

struct Began
{
    AgentCall::Direction direction = AgentCall::Direction::Inbound;
    Party caller = {};
    Party called = {};
    QString callerAgent = {};
    Call::Presentation presentation = Call::Presentation::Unknown;
    bool inferred = false;
    std::optional<TimeMs> startedAt = {}; ///< now, if absent
};

/// Better known than at the beginning: fills what is empty, never replaces what the trunk said first.
struct CallerNamed
{
    QString name = {};
};

/// The call turned out to go elsewhere than its beginning looked like.
struct Directed
{
    AgentCall::Direction direction = AgentCall::Direction::Outbound;
    Party called = {};     ///< kept as it was if empty
    bool dialling = false; ///< a line to the outside is being dialled
};

struct PresentationAsked
{
};

struct PresentationTold
{
    Call::Presentation presentation = Call::Presentation::Allowed;
};

struct Queued
{
    QString queue = {};
};

struct LeftQueue
{
    bool abandoned = false;
};

struct Offered
{
    QString agent = {};
    QString device = {};
};

struct Rang
{
    QString agent = {};
    QString device = {};
};

struct Answered
{
    QString agent = {};
    QString device = {};
};

/// Result None: cancelled, nobody said why yet.
struct DeviceOver
{
    QString agent = {};
    QString device = {};
    AgentCall::Result result = AgentCall::Result::None;
};

/// A colleague took the call that this agent's phone rang for.
struct TakenFrom
{
    QString agent = {};
    QString by = {};
};

/// All agents who are connected with the other party now.
struct Talking
{
    QStringList agents = {};
};

/// This agent's last channel in the call is gone.
struct AgentGone
{
    QString agent = {};
};

struct Held
{
    QString agent = {};
    bool on = true;
};

struct Transferred
{
    Transfer::Type type = Transfer::Type::Blind;
    QString by = {};
    QString to = {};
    bool inferred = false; ///< nobody said so: it follows from what happened
};

struct Parked
{
};

struct TakenFromPark
{
    QString by = {};
};

/// Seen in a list of what is up: no change, but news.
struct StillThere
{
    QString agent = {}; ///< whose leg; empty: the call
};

struct MergedInto
{
    QString call = {};
};

struct Ended
{
    Call::EndedBy by = Call::EndedBy::Unknown;
    int cause = 0;
    bool truthUnknown = false; ///< gone while nobody looked
};

} // namespace ringbook::model::step

namespace ringbook::model {

using CallStep = std::variant<step::Began, step::CallerNamed, step::Directed, step::PresentationAsked,
                              step::PresentationTold, step::Queued, step::LeftQueue, step::Offered,
                              step::Rang, step::Answered, step::DeviceOver, step::TakenFrom, step::Talking,
                              step::AgentGone, step::Held, step::Transferred, step::Parked,
                              step::TakenFromPark, step::StillThere, step::MergedInto, step::Ended>;

/// The call after one step. A leg ends at most once; whatever contradicts an ended call or leg only refines
/// it.
void advance(Call &call, const CallStep &step, TimeMs at, const CallTiming &timing);

/// What the passing of time alone decides: shows, settles, loses.
void passTime(Call &call, TimeMs now, const CallTiming &timing);

/// When passTime() next has something to decide.
std::optional<TimeMs> nextDeadline(const Call &call, const CallTiming &timing);

} // namespace ringbook::model
