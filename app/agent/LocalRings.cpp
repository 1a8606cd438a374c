#include "app/agent/LocalRings.h"

#include "app/agent/Options.h"
#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"

#include <QTimer>

#include <algorithm>

namespace ringbook::app {

using model::AgentCall;

namespace {

constexpr int ringsForMs = 60'000;

} // namespace

LocalRings::LocalRings(const Clock &clock) : m_clock(clock) {}

void LocalRings::ring(const QString &number, const QString &region)
{
    const TimeMs now = m_clock.now();
    const QString raw = model::plainText(number, maxRingNumberLength);
    const bool isWithheld = model::meansWithheld(raw);
    const AgentCall call{.callId = QStringLiteral("here-%1").arg(m_clock.monotonicNs()),
                         .revision = 1,
                         .party = {.raw = isWithheld ? QString() : raw,
                                   .e164 = isWithheld ? QString() : model::toE164(raw, region),
                                   .withheld = isWithheld},
                         .ownLine = tr("from this computer"),
                         .startedAt = now,
                         .ringingSince = now,
                         .isLocal = true};
    m_calls.append(call);
    QTimer::singleShot(ringsForMs, this, [this, id = call.callId] { hangUp(id); });
    Q_EMIT changed(call);
}

bool LocalRings::hangUp(const QString &callId)
{
    const auto found = std::find_if(m_calls.begin(), m_calls.end(),
                                    [&](const AgentCall &call) { return call.callId == callId; });
    if (found == m_calls.end())
        return false;
    AgentCall over = *found;
    m_calls.erase(found);
    over.revision = 2;
    over.state = AgentCall::State::Over;
    over.result = AgentCall::Result::NoAnswer;
    over.endedAt = m_clock.now();
    Q_EMIT changed(over);
    return true;
}

} // namespace ringbook::app
