#include "model/domain/AgentCall.h"

#include <array>
#include <utility>

namespace ringbook::model {

namespace {

template <typename Enum>
struct Name
{
    Enum value;
    QLatin1String text;
};

template <typename Enum, size_t count>
QString textOf(const std::array<Name<Enum>, count> &names, Enum value)
{
    for (const auto &name : names) {
        if (name.value == value)
            return name.text;
    }
    return {};
}

template <typename Enum, size_t count>
std::optional<Enum> valueOf(const std::array<Name<Enum>, count> &names, const QString &text)
{
    for (const auto &name : names) {
        if (name.text == text)
            return name.value;
    }
    return std::nullopt;
}

using Direction = AgentCall::Direction;
using State = AgentCall::State;
using Over = AgentCall::Result;

constexpr std::array<Name<Direction>, 3> directions{{
    {Direction::Inbound, QLatin1String("inbound")},
    {Direction::Outbound, QLatin1String("outbound")},
    {Direction::Internal, QLatin1String("internal")},
}};

constexpr std::array<Name<State>, 4> states{{
    {State::Ringing, QLatin1String("ringing")},
    {State::Connected, QLatin1String("connected")},
    {State::OnHold, QLatin1String("on_hold")},
    {State::Over, QLatin1String("over")},
}};

constexpr std::array<Name<Over>, 11> results{{
    {Over::None, QLatin1String("")},
    {Over::Answered, QLatin1String("answered")},
    {Over::AnsweredElsewhere, QLatin1String("answered_elsewhere")},
    {Over::NoAnswer, QLatin1String("no_answer")},
    {Over::Rejected, QLatin1String("rejected")},
    {Over::Busy, QLatin1String("busy")},
    {Over::Unavailable, QLatin1String("unavailable")},
    {Over::Forwarded, QLatin1String("forwarded")},
    {Over::CallerHangup, QLatin1String("caller_hangup")},
    {Over::TransferredOut, QLatin1String("transferred_out")},
    {Over::Lost, QLatin1String("lost")},
}};

} // namespace

QString name(AgentCall::Direction direction)
{
    return textOf(directions, direction);
}

QString name(AgentCall::State state)
{
    return textOf(states, state);
}

QString name(AgentCall::Result result)
{
    return textOf(results, result);
}

std::optional<AgentCall::Direction> directionFromName(const QString &name)
{
    return valueOf(directions, name);
}

std::optional<AgentCall::State> stateFromName(const QString &name)
{
    return valueOf(states, name);
}

std::optional<AgentCall::Result> resultFromName(const QString &name)
{
    return valueOf(results, name);
}

} // namespace ringbook::model
