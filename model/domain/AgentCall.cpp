#include "model/domain/AgentCall.h"

#include "model/domain/Names.h"

namespace ringbook::model {

namespace {

constexpr std::array directions = {"inbound", "outbound", "internal"};
constexpr std::array states = {"ringing", "connected", "on_hold", "over"};
constexpr std::array results = {
    "",          "answered",      "answered_elsewhere", "no_answer", "rejected", "busy", "unavailable",
    "forwarded", "caller_hangup", "transferred_out",    "lost",
};

} // namespace

QString name(AgentCall::Direction direction)
{
    return nameAmong(directions, direction);
}

QString name(AgentCall::State state)
{
    return nameAmong(states, state);
}

QString name(AgentCall::Result result)
{
    return nameAmong(results, result);
}

std::optional<AgentCall::Direction> directionFromName(const QString &name)
{
    return valueAmong<AgentCall::Direction>(directions, name);
}

std::optional<AgentCall::State> stateFromName(const QString &name)
{
    return valueAmong<AgentCall::State>(states, name);
}

std::optional<AgentCall::Result> resultFromName(const QString &name)
{
    return valueAmong<AgentCall::Result>(results, name);
}

} // namespace ringbook::model
