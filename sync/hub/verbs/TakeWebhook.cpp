#include "sync/hub/verbs/TakeWebhook.h"

namespace ringbook::hub {

namespace {

/// To programs: a sender that is told 401 might ask for a password.
sync::Problem refusal(const Error &error)
{
    switch (error.fault) {
    case Fault::NotFound:
        return sync::problemFrom({Fault::NotFound, QStringLiteral("There is nothing at this address.")});
    case Fault::Denied:
        return problem(403, sync::problem::forbidden, QStringLiteral("This request is not believed"),
                       QStringLiteral("It was not taken: %1.").arg(error.detail));
    case Fault::Busy:
        return problem(429, sync::problem::busy, QStringLiteral("Too many requests"),
                       QStringLiteral("It was not taken: %1.").arg(error.detail));
    default:
        return sync::problemFrom({Fault::Invalid, QStringLiteral("It was not taken: %1.").arg(error.detail)});
    }
}

/// As it stood in the request line; it enters signatures.
QByteArray targetOf(const Ask &ask)
{
    const QByteArray path = sync::pathOf(sync::Operation::TakeWebhook, ask.path);
    return ask.query.isEmpty() ? path : path + '?' + ask.query;
}

} // namespace

void TakeWebhook::answer(const Ask &ask, Reply reply)
{
    const calls::HookRequest request{.address = ask.address,
                                     .token = ask.path.value(QStringLiteral("token")),
                                     .target = targetOf(ask),
                                     .headers = ask.headers,
                                     .body = ask.body};
    m_switchboard.takeHook(ask.path.value(QStringLiteral("source")), request,
                           [reply](const Result<calls::HookReply> &taken) {
                               if (!taken)
                                   return reply(refusal(taken.error()));
                               reply(Told{.body = taken->body, .contentType = taken->contentType});
                           });
}

} // namespace ringbook::hub
