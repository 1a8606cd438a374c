#include "sync/calls/esl/EslInterpreter.h"
#include "sync/calls/esl/wire/EslProfile.h"

namespace ringbook::calls {

// What events say on the way, what has to be asked, and what orders have to know.

using namespace model;
using Direction = AgentCall::Direction;
using Presentation = Call::Presentation;
using Kind = EslChannel::Kind;

namespace {

constexpr qsizetype maxAsked = 10'000;
constexpr qsizetype maxDialled = 1'000;

} // namespace

void EslInterpreter::learn(const EslEvent &event, const QString &profile, const QString &uuid)
{
    const EslChannel *channel = m_channels.find(uuid);
    const Call *call = channel ? m_calls.call(channel->call) : nullptr;
    if (!call || m_infos.value(channel->call).outside != uuid)
        return;
    learnTransfer(channel->call, event.text(profile + "-Transfer-Source"));
    if (call->direction != Direction::Inbound)
        return;
    const auto told = eslPresentation(event, profile);
    if (told && (*told == Presentation::Withheld || call->presentation == Presentation::Unknown))
        say(channel->call, step::PresentationTold{*told});
    const Party now = eslCaller(event, profile, m_settings.plan);
    if (!call->answeredAt && !now.name.isEmpty())
        say(channel->call, step::CallerNamed{now.name});
}

void EslInterpreter::ask(const QString &uuid)
{
    if (uuid.isEmpty() || m_gone.contains(uuid) || m_asked.contains(uuid))
        return;
    if (m_asked.size() >= maxAsked)
        m_asked.clear();
    m_asked += uuid;
    m_questions += uuid;
}

QStringList EslInterpreter::takeQuestions()
{
    return std::exchange(m_questions, {});
}

void EslInterpreter::told(const QString &uuid, const std::optional<EslEvent> &dump, TimeMs at)
{
    m_at = at;
    if (!dump || dump->text("Unique-ID") != uuid)
        return;
    learn(*dump, QStringLiteral("Caller"), uuid);
    const EslChannel *channel = ensure(*dump);
    if (!channel || channel->other.isEmpty())
        return;
    mergeBridged(uuid, channel->other);
    updateTalk(channel->call);
}

std::optional<EslPlace> EslInterpreter::placeOf(const QString &call, const QString &extension)
{
    std::optional<EslPlace> best;
    const auto channels = m_channels.ofCall(call);
    for (const EslChannel *channel : channels) {
        if (channel->agent != extension || channel->kind != Kind::Agent)
            continue;
        const EslPlace place{channel->uuid, channel->other, !channel->isAnswered && !channel->isInbound};
        if (!best || !place.other.isEmpty() || (best->rings && !place.rings))
            best = place;
    }
    return best;
}

void EslInterpreter::willDial(const QString &uuid, const QString &number)
{
    if (m_dialled.size() >= maxDialled)
        m_dialled.clear();
    m_dialled[uuid] = number;
}

void EslInterpreter::willHangUp(const QString &call, TimeMs at)
{
    if (const auto info = m_infos.find(call); info != m_infos.end()) {
        info->hangupBy = Call::EndedBy::Agent;
        info->hangupAt = at;
    }
}

void EslInterpreter::willTransfer(const QString &call, const QString &extension, const QString &number)
{
    if (const auto info = m_infos.find(call); info != m_infos.end())
        info->passingOn = PassingOn{Transfer::Type::Blind, extension, number};
}

void EslInterpreter::wontTransfer(const QString &call)
{
    if (const auto info = m_infos.find(call); info != m_infos.end())
        info->passingOn.reset();
}

} // namespace ringbook::calls
