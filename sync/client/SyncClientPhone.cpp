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

void SyncClient::tellPhone(Operation operation, const QByteArray &body, Told told)
{
    if (!m_transport || m_files->identity().token.isEmpty())
        return told(Error{Fault::Denied, QStringLiteral("This desk is not signed in.")});
    m_phoneAsked.insert(--m_phoneId, std::move(told));
    m_transport->send(m_phoneId, {.method = "POST",
                                  .path = pathOf(operation),
                                  .body = body,
                                  .token = m_files->identity().token.toLatin1(),
                                  .timeoutMs = requestTimeoutMs});
}

void SyncClient::order(const model::CallCommand &command)
{
    tellPhone(Operation::OrderPhone, encode(command), [this, command](const Status &done) {
        if (done)
            Q_EMIT phoneObeyed(command);
        else
            Q_EMIT phoneRefused(command, done.error());
    });
}

void SyncClient::ring(const QString &number, const QString &name)
{
    tellPhone(Operation::SimulateCall,
              encode(SimulatedCall{.number = number, .name = name, .to = {extension()}}),
              [this](const Status &done) {
                  if (!done)
                      Q_EMIT simulatorFailed(done.error());
              });
}

void SyncClient::phoneToldBack(int id, const HttpAnswer &answer)
{
    const Told told = m_phoneAsked.take(id);
    if (!told)
        return;
    if (answer.status == 200)
        return told(Done{});
    if (answer.status == 0)
        return told(Error{Fault::Unreachable, answer.failure});
    const auto problem = readProblem(answer.body);
    told(problem ? errorFrom(*problem)
                 : Error{Fault::Protocol, QStringLiteral("The hub's answer makes no sense.")});
}

} // namespace ringbook::sync
