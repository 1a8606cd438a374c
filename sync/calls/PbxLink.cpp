#include "sync/calls/PbxLink.h"

#include <QHostAddress>

#include <algorithm>

namespace ringbook::calls {

int retryDelayMs(int firstMs, int longestMs, int attempt, double random)
{
    const double doubled = double(firstMs) * double(1 << std::clamp(attempt, 0, 20));
    return int(std::min(doubled, double(longestMs)) * (0.5 + random / 2));
}

bool isThisMachine(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

model::PopRules popRulesOf(const PbxSettings &settings)
{
    model::PopRules rules{.internal = settings.internalCalls};
    for (const QueueSettings &queue : settings.queues) {
        if (queue.pop == QueueSettings::Pop::Answered)
            rules.answeredOnly.append(queue.label);
        else if (queue.pop == QueueSettings::Pop::All)
            rules.toAll[queue.label] += queue.agents;
    }
    return rules;
}

bool maySpeakPlainText(const PbxSettings &settings)
{
    return isThisMachine(settings.host) || settings.allowPlainText;
}

} // namespace ringbook::calls
