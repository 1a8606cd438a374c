#include "sync/client/SyncClient.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Problems.h"
#include "sync/protocol/Routes.h"

namespace ringbook::sync {

QString SyncClient::extension() const
{
    const model::Book *book = m_files ? m_files->book() : nullptr;
    if (!book)
        return {};
    const auto user = book->record({QStringLiteral("user"), m_files->identity().user});
    return user && *user ? (*user)->value(QStringLiteral("extension")).toString() : QString();
}

void SyncClient::askHub(Operation operation, const PathParts &parts, const QByteArray &body, Told told)
{
    if (!m_transport || m_files->identity().token.isEmpty())
        return told(Error{Fault::Denied, QStringLiteral("This desk is not signed in.")});
    m_asked.insert(--m_askedId, std::move(told));
    m_transport->send(m_askedId, {.method = route(operation).method,
                                  .path = pathOf(operation, parts),
                                  .body = body,
                                  .token = m_files->identity().token.toLatin1(),
                                  .timeoutMs = requestTimeoutMs});
}

void SyncClient::toldBack(int id, const HttpAnswer &answer)
{
    const Told told = m_asked.take(id);
    if (!told)
        return;
    if (answer.status == 200)
        return told(answer.body);
    if (answer.status == 0)
        return told(Error{Fault::Unreachable, answer.failure});
    const auto problem = readProblem(answer.body);
    told(problem ? errorFrom(*problem)
                 : Error{Fault::Protocol, QStringLiteral("The hub's answer makes no sense.")});
}

void SyncClient::order(const model::CallCommand &command)
{
    askHub(Operation::OrderPhone, {}, encode(command), [this, command](const Result<QByteArray> &done) {
        if (done)
            Q_EMIT phoneObeyed(command);
        else
            Q_EMIT phoneRefused(command, done.error());
    });
}

void SyncClient::ring(const QString &number, const QString &name)
{
    const SimulatedCall call{.number = number, .name = name, .to = {extension()}};
    askHub(Operation::SimulateCall, {}, encode(call), [this](const Result<QByteArray> &done) {
        if (!done)
            Q_EMIT simulatorFailed(done.error());
    });
}

void SyncClient::readTelephony()
{
    askHub(Operation::ReadTelephony, {}, {}, [this](const Result<QByteArray> &body) {
        const auto told = body ? sync::readTelephony(*body) : Result<Telephony>(body.error());
        if (told)
            Q_EMIT telephonyTold(told->sources);
        else
            Q_EMIT telephonyFailed(told.error());
    });
}

void SyncClient::examineTelephony(const QString &source)
{
    askHub(Operation::ExamineTelephony, {{QStringLiteral("source"), source}}, "{}",
           [this](const Result<QByteArray> &body) {
               const auto told =
                   body ? readTelephonyFindings(*body) : Result<TelephonyFindings>(body.error());
               if (told)
                   Q_EMIT telephonyExamined(told->findings);
               else
                   Q_EMIT telephonyFailed(told.error());
           });
}

void SyncClient::replayCall(const QString &source)
{
    askHub(Operation::ReplayCall, {{QStringLiteral("source"), source}}, "{}",
           [this](const Result<QByteArray> &done) {
               if (!done)
                   Q_EMIT telephonyFailed(done.error());
           });
}

} // namespace ringbook::sync
