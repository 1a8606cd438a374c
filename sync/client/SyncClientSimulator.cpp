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

void SyncClient::simulatorStep(Operation operation, const QString &callId, const QByteArray &body)
{
    if (!m_transport || m_files->identity().token.isEmpty())
        return Q_EMIT simulatorFailed({Fault::Denied, QStringLiteral("This desk is not signed in.")});
    m_transport->send(--m_simulatorId, {.method = "POST",
                                        .path = pathOf(operation, {{QStringLiteral("call"), callId}}),
                                        .body = body,
                                        .token = m_files->identity().token.toLatin1(),
                                        .timeoutMs = requestTimeoutMs});
}

void SyncClient::answerCall(const QString &callId)
{
    simulatorStep(Operation::AnswerSimulatedCall, callId, encode(SimulatedStep{extension()}));
}

void SyncClient::hangUpCall(const QString &callId)
{
    simulatorStep(Operation::HangUpSimulatedCall, callId, encode(SimulatedStep{extension()}));
}

void SyncClient::ring(const QString &number, const QString &name)
{
    const SimulatedCall call{.number = number, .name = name, .to = {extension()}};
    simulatorStep(Operation::SimulateCall, {}, encode(call));
}

void SyncClient::simulatorAnswered(const HttpAnswer &answer)
{
    if (answer.status == 200)
        return;
    if (answer.status == 0)
        return Q_EMIT simulatorFailed({Fault::Unreachable, answer.failure});
    const auto problem = readProblem(answer.body);
    Q_EMIT simulatorFailed(problem
                               ? errorFrom(*problem)
                               : Error{Fault::Protocol, QStringLiteral("The hub's answer makes no sense.")});
}

} // namespace ringbook::sync
