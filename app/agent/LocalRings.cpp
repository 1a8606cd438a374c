#include "app/agent/LocalRings.h"

#include "model/domain/PhoneNumber.h"

#include <algorithm>

namespace ringbook::app {

using model::AgentCall;
using model::Party;

bool ShowAllowance::take(TimeMs now)
{
    m_taken.removeIf([now](TimeMs at) { return at > now || now - at >= shownRequestsMs; });
    if (m_taken.size() >= maxShownRequests)
        return false;
    m_taken.append(now);
    return true;
}

LocalRings::LocalRings(const Clock &clock) : m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &LocalRings::endOverdue);
}

Status LocalRings::take(const Request &request, const QString &region)
{
    Party party{.raw = request.number, .name = request.name};
    if (request.number.isEmpty())
        party.raw = tr("unknown number"); // in the place of whatever the caller's telephone says it is
    else if (model::meansWithheld(request.number))
        party = {.name = request.name, .withheld = true};
    else
        party.e164 = model::toE164(request.number, region);
    const auto told = tell(request, party);
    if (!told.isKnown)
        return Error{Fault::Denied, request.kind == Request::Kind::Ring
                                        ? tr("this desk shows as many calls of this computer as it can")
                                        : tr("this desk shows no such call of this computer")};
    waitForEnds();
    if (told.step)
        Q_EMIT changed(*told.step);
    return Done{};
}

LocalCalls::Told LocalRings::tell(const Request &request, const Party &party)
{
    const TimeMs now = m_clock.now();
    if (request.kind == Request::Kind::Answered)
        return m_calls.answered({party, request.call}, now);
    if (request.kind == Request::Kind::Ended)
        return m_calls.ended({party, request.call}, now);
    const QString id = QStringLiteral("here-%1-%2").arg(now).arg(++m_made);
    return m_calls.ring({.callId = id,
                         .revision = 1,
                         .party = party,
                         .ownLine = tr("from this computer"),
                         .startedAt = now,
                         .ringingSince = now,
                         .isLocal = true},
                        request.call, now);
}

bool LocalRings::hangUp(const QString &callId)
{
    const auto told = m_calls.hungUp(callId, m_clock.now());
    if (told.step)
        Q_EMIT changed(*told.step);
    return told.isKnown;
}

std::optional<QString> LocalRings::heardFromHub(const AgentCall &call, TimeMs at)
{
    return m_calls.heardFromHub(call, at);
}

void LocalRings::endOverdue()
{
    for (const AgentCall &call : m_calls.expire(m_clock.now()))
        Q_EMIT changed(call);
    waitForEnds();
}

void LocalRings::waitForEnds()
{
    const auto next = m_calls.nextExpiry();
    if (!next)
        return m_timer.stop();
    m_timer.start(int(std::clamp<TimeMs>(*next - m_clock.now(), 0, localTalkMs)));
}

} // namespace ringbook::app
