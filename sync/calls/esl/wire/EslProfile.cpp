#include "sync/calls/esl/wire/EslProfile.h"

#include "sync/calls/LineParty.h"

namespace ringbook::calls {

using Presentation = model::Call::Presentation;

namespace {

/// What FreeSWITCH puts where a caller sent no number.
const QString noNumber = QStringLiteral("0000000000");

QString numberIn(const EslEvent &event, const QString &profile)
{
    return event.text(profile + "-Caller-ID-Number");
}

} // namespace

std::optional<Presentation> eslPresentation(const EslEvent &event, const QString &profile)
{
    const QString key = profile + "-Privacy-Hide-Number";
    if (!event.fields.contains(key))
        return std::nullopt;
    return event.isTrue(key) ? Presentation::Withheld : Presentation::Allowed;
}

QString eslName(const EslEvent &event, const QString &profile)
{
    const bool isHidden = event.isTrue(profile + "-Privacy-Hide-Name");
    const QString name = event.text(profile + "-Caller-ID-Name");
    return isHidden || name == numberIn(event, profile) || name == noNumber ? QString() : name;
}

model::Party eslCaller(const EslEvent &event, const QString &profile, const NumberPlan &plan)
{
    const QString number = numberIn(event, profile);
    if (eslPresentation(event, profile) == Presentation::Withheld || number == noNumber)
        return {.withheld = true};
    return callerParty(number, eslName(event, profile), plan);
}

} // namespace ringbook::calls
