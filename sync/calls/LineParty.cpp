#include "sync/calls/LineParty.h"

#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"

namespace ringbook::calls {

using namespace model;

namespace {

constexpr int maxNameLength = 80;
constexpr int maxCallIdLength = 64;

} // namespace

QString callIdOf(const QString &source, const QString &pbxId)
{
    QString id = source + u'-' + pbxId;
    for (QChar &c : id) {
        const bool plain = c.unicode() < 128 && (c.isLetterOrNumber() || c == u'.' || c == u'-' || c == u'_');
        if (!plain)
            c = u'_';
    }
    return id.left(maxCallIdLength);
}

Party callerParty(const QString &number, const QString &name, const NumberPlan &plan)
{
    if (meansWithheld(number))
        return {.withheld = true};
    const QString clean = plainText(name, maxNameLength);
    return {.raw = plainText(number, maxPhoneTextLength),
            .e164 = lineNumberToE164(number, plan),
            .name = meansWithheld(clean) ? QString() : clean};
}

Party calledParty(const QString &number, const PbxSettings &settings)
{
    const QString e164 = lineNumberToE164(number, settings.plan);
    const LineSettings line = settings.lines.value(number, settings.lines.value(e164));
    return {.raw = plainText(number, maxPhoneTextLength), .e164 = e164, .name = line.label};
}

QString queueLabel(const QString &queue, const PbxSettings &settings)
{
    const auto known = settings.queues.constFind(queue);
    return known == settings.queues.constEnd() ? plainText(queue, maxQueueLength) : known->label;
}

} // namespace ringbook::calls
