#include "sync/calls/webhook/WebhookSource.h"

#include "sync/calls/PbxLink.h"
#include "sync/calls/webhook/forms/HookReaders.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace ringbook::calls {

namespace {

using Form = HookSettings::Form;

constexpr double nsPerSecond = 1e9;

model::CallTiming timing()
{
    return {.legLimit = hookOfferLimit, .callLimit = hookTalkLimit};
}

} // namespace

bool HookPace::isFree(qint64 nowNs)
{
    m_free = std::min(most, m_free + double(nowNs - m_atNs) / nsPerSecond * perSecond);
    m_atNs = nowNs;
    return m_free >= 1;
}

WebhookSource::WebhookSource(const Clock &clock, PbxSettings settings, QObject *parent)
    : CallSource(clock, timing(), settings.agentNames(), parent, popRulesOf(settings)),
      m_clock(clock),
      m_settings(std::move(settings)),
      m_hookCalls(m_settings, liveCalls())
{
}

Status WebhookSource::start()
{
    setLink({.state = Link::State::Waiting});
    return Done{};
}

Result<HookReply> WebhookSource::take(const HookRequest &request)
{
    if (const Status admitted = admit(request); !admitted) {
        note(QStringLiteral("refused: ") + admitted.error().detail);
        return admitted.error();
    }
    const auto event = readHook(m_settings.hook.form, request.body, request.headers.value("content-type"));
    if (!event) {
        note(QStringLiteral("refused: ") + event.error().detail);
        return event.error();
    }
    setLink({.state = Link::State::Live});
    const QString ignored = m_hookCalls.take(*event, now());
    publish();
    const QString outcome =
        ignored.isEmpty() ? QStringLiteral("taken") : QStringLiteral("ignored: ") + ignored;
    note(outcome, *event);
    return replyTo(request, outcome);
}

Status WebhookSource::admit(const HookRequest &request)
{
    const bool isKnown = m_settings.hook.knowsToken(request.token);
    if (!isKnown)
        return Error{Fault::NotFound, QStringLiteral("the token in its address is not right")};
    if (!m_settings.hook.takesFrom(request.address))
        return Error{Fault::NotFound, QStringLiteral("its machine is not in \"allowed_addresses\"")};
    if (!m_pace.isFree(m_clock.monotonicNs()))
        return Error{Fault::Busy, QStringLiteral("too many requests at once")};
    const Status known = checkHook(m_settings.hook, request, m_clock.now(), m_replays);
    if (known)
        m_pace.take(); // strangers use up nothing of the sender's
    return known;
}

/// Sipgate tells of answers and ends only where it is told to; the others want no more than a good status.
HookReply WebhookSource::replyTo(const HookRequest &request, const QString &outcome) const
{
    switch (m_settings.hook.form) {
    case Form::Sipgate: {
        const QByteArray path = request.target.split('?').first();
        const QByteArray url = (m_settings.hook.publicUrl + QString::fromUtf8(path)).toHtmlEscaped().toUtf8();
        return {.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response onAnswer=\"" + url +
                        "\" onHangup=\"" + url + "\"/>\n",
                .contentType = "application/xml"};
    }
    case Form::Placetel: return {.body = {}, .contentType = "text/plain"};
    case Form::Generic:
    case Form::ThreeCx:
        return {.body = QJsonDocument(QJsonObject{{QStringLiteral("outcome"), outcome}})
                            .toJson(QJsonDocument::Compact)};
    case Form::Zammad:
    case Form::Twilio: break;
    }
    return {};
}

void WebhookSource::note(const QString &outcome, const HookEvent &event)
{
    m_notes.add({.at = m_clock.now(), .event = event.event, .call = event.call, .outcome = outcome});
}

} // namespace ringbook::calls
