#include "sync/calls/ami/AmiConnector.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ringbook::calls {

// What keeps a connection honest: whether it still answers, what its clock says, what has been silent too
// long.

void AmiConnector::learnClock(const AmiMessage &pong)
{
    bool isTime = false;
    const double seconds = pong.text(QLatin1String("Timestamp")).toDouble(&isTime);
    if (isTime && std::isfinite(seconds) &&
        std::abs(seconds) < double(std::numeric_limits<qint32>::max()) * 2)
        m_ahead = TimeMs(seconds * 1000) - now();
}

void AmiConnector::askForPhones()
{
    send({Asked::What::Diagnosis}, "DeviceStateList");
    send({Asked::What::Diagnosis}, "Getvar",
         {{"Channel", QStringLiteral("none/of-this-name")}, {"Variable", presentationVariable}});
    send({Asked::What::Diagnosis}, "Ping");
}

void AmiConnector::keepAlive()
{
    if (m_unanswered >= unansweredPingsMeanDead) {
        lost(QStringLiteral("it does not answer any more"));
        return;
    }
    ++m_unanswered;
    send({Asked::What::Ping}, "Ping");
    if (!m_isListing && link().state == Link::State::Live && somethingIsSilent())
        beginListing();
}

/// A leg or call has had no news for so long that the PBX is asked whether it is still there.
bool AmiConnector::somethingIsSilent()
{
    const TimeMs at = now();
    const auto ids = calls().ids();
    return std::ranges::any_of(ids, [&](const QString &id) {
        const model::Call *call = calls().call(id);
        return at - call->newsAt > hourMs || std::ranges::any_of(call->legs, [&](const model::Leg &leg) {
                   return leg.isOpen() && at - leg.newsAt > askAgainAfter;
               });
    });
}

} // namespace ringbook::calls
