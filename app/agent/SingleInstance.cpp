#include "app/agent/SingleInstance.h"

#include "app/agent/Options.h"
#include "model/core/OwnLock.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>

namespace ringbook::app {

namespace {

constexpr int handOverTimeoutMs = 500;
constexpr int longestSocketPath = 80; ///< bytes; with room for what Qt adds while it makes the socket
constexpr int maxRequestBytes = 4 * maxRingNumberLength + 2;
constexpr int maxAnswerBytes = 1000;
constexpr char refused[] = "no "; ///< and the sentence; otherwise the answer is "ok"

// A request is one line: a letter for its kind, then the number.
QByteArray lineOf(const Request &request)
{
    const char kinds[] = {'s', 'r', 'p'};
    return kinds[int(request.kind)] + request.number.toUtf8() + '\n';
}

Request requestFrom(const QByteArray &line)
{
    const QString number = QString::fromUtf8(line.mid(1)).trimmed().left(maxRingNumberLength);
    if (line.startsWith('r') && !number.isEmpty())
        return {Request::Kind::Ring, number};
    if (line.startsWith('p') && !number.isEmpty())
        return {Request::Kind::PracticeCall, number};
    return {};
}

/// Among the desk's own files, where nobody else can be first to take the name and hear who calls; in the
/// folder for temporary files only if the path is too long for a socket.
QString serverName(const QString &profile)
{
#ifdef Q_OS_UNIX
    const QString beside = profile + "/desk.socket";
    if (QFile::encodeName(beside).size() <= longestSocketPath)
        return beside;
#endif
    const auto hash = QCryptographicHash::hash(profile.toUtf8(), QCryptographicHash::Sha256);
    return "ringbook-" + QString::fromLatin1(hash.toHex().left(24));
}

} // namespace

SingleInstance::SingleInstance(const QString &profile)
    : m_serverName(serverName(profile)),
      m_lock(profile + "/desk.lock")
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::receive);
}

Result<bool> SingleInstance::claim()
{
    if (!takeNow(m_lock)) {
        if (m_lock.error() == QLockFile::LockFailedError)
            return false;
        return Error{whyUnwritable(QFileInfo(m_lock.fileName()).path()),
                     "the profile folder cannot be written"};
    }
    return true;
}

void SingleInstance::listen(Obey obey)
{
    m_obey = std::move(obey);
    // Left over from a crash: we hold the lock, so nobody listens there.
    QLocalServer::removeServer(m_serverName);
    if (!m_server.listen(m_serverName))
        qWarning("later starts are not heard: %s", qPrintable(m_server.errorString()));
}

Status SingleInstance::handOver(const Request &request) const
{
    QLocalSocket socket;
    socket.connectToServer(m_serverName);
    if (!socket.waitForConnected(handOverTimeoutMs))
        return Error{Fault::Unreachable, "another desk uses this profile and does not answer"};
    socket.write(lineOf(request));
    if (!socket.waitForBytesWritten(handOverTimeoutMs) || !socket.waitForReadyRead(handOverTimeoutMs))
        return Error{Fault::Unreachable, "another desk uses this profile and does not answer"};
    const QByteArray answer = socket.readLine(maxAnswerBytes).trimmed();
    if (answer.startsWith(refused))
        return Error{Fault::Denied, QString::fromUtf8(answer.sliced(qstrlen(refused)))};
    return Done{};
}

void SingleInstance::receive()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (socket->bytesAvailable() > maxRequestBytes)
                return socket->abort();
            if (!socket->canReadLine())
                return;
            const Status done = m_obey(requestFrom(socket->readLine()));
            socket->write(done ? QByteArray("ok\n") : refused + done.error().detail.toUtf8() + '\n');
            socket->flush();
        });
    }
}

} // namespace ringbook::app
