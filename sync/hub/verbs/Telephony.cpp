#include "sync/hub/verbs/Telephony.h"

#include "sync/protocol/Codec.h"

namespace ringbook::hub {

namespace {

/// Nothing, if they look after the telephone systems.
std::optional<sync::Problem> notForThem(const Ask &ask)
{
    if (ask.caller.role == QLatin1String("admin") || ask.caller.role == QLatin1String("lead"))
        return std::nullopt;
    return problem(403, sync::problem::forbidden, QStringLiteral("Not for you"),
                   QStringLiteral("How the telephone systems stand is told to leads and administrators."));
}

QString sourceOf(const Ask &ask)
{
    return ask.path.value(QStringLiteral("source"));
}

} // namespace

void ReadTelephony::answer(const Ask &ask, Reply reply)
{
    if (const auto trouble = notForThem(ask))
        return reply(*trouble);
    m_switchboard.tellTelephony(
        ask.caller.books, [this, reply](const QVector<model::TelephonySource> &sources) {
            reply(Told{sync::encode(sync::Telephony{.hubTime = m_clock.now(), .sources = sources})});
        });
}

void ExamineTelephony::answer(const Ask &ask, Reply reply)
{
    if (const auto trouble = notForThem(ask))
        return reply(*trouble);
    m_switchboard.examine(sourceOf(ask), ask.caller.books, [reply](const Switchboard::Findings &findings) {
        reply(findings ? Answer(Told{sync::encode(sync::TelephonyFindings{*findings})})
                       : Answer(sync::problemFrom(findings.error())));
    });
}

void ReplayCall::answer(const Ask &ask, Reply reply)
{
    if (const auto trouble = notForThem(ask))
        return reply(*trouble);
    m_switchboard.replay(sourceOf(ask), ask.caller, [reply](const Status &done) {
        reply(done ? Answer(Told{"{}"}) : Answer(sync::problemFrom(done.error())));
    });
}

} // namespace ringbook::hub
