#include "sync/calls/PbxLink.h"

#include <QHostAddress>

#include <algorithm>

namespace ringbook::calls {

int retryDelayMs(int firstMs, int longestMs, int attempt, double random)
{
    const double doubled = double(firstMs) * double(1 << std::clamp(attempt, 0, 20));
    return int(std::min(doubled, double(longestMs)) * (0.5 + random / 2));
}

bool maySpeakPlainText(const PbxSettings &settings)
{
    const bool thisMachine =
        settings.host == QLatin1String("localhost") || QHostAddress(settings.host).isLoopback();
    return thisMachine || settings.allowPlainText;
}

} // namespace ringbook::calls
