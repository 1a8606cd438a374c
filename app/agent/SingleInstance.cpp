#include "app/agent/SingleInstance.h"

#include "app/handover/HandOver.h"
#include "model/core/OwnLock.h"

#include <QFileInfo>
#include <QLocalSocket>

namespace ringbook::app {

namespace {

constexpr int handOverTimeoutMs = 500;
const Error notUnderstood{Fault::Denied, "this desk does not know what is asked of it"};

} // namespace

SingleInstance::SingleInstance(const QString &profile) : m_profile(profile), m_lock(profile + "/desk.lock")
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
    const QString name = deskServerName(m_profile);
    QLocalServer::removeServer(name);
    if (!m_server.listen(name))
        qWarning("later starts are not heard: %s", qPrintable(m_server.errorString()));
}

Status SingleInstance::handOver(const Request &request) const
{
    const Status handed = app::handOver(m_profile, request, handOverTimeoutMs);
    if (handed || handed.error().fault == Fault::Denied)
        return handed;
    return Error{Fault::Unreachable, "another desk uses this profile and does not answer"};
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
            const auto request = requestFrom(socket->readLine());
            const Status done = request ? m_obey(*request) : Status(notUnderstood);
            socket->write(done ? QByteArray("ok\n") : refusedAnswer + done.error().detail.toUtf8() + '\n');
            socket->flush();
        });
    }
}

} // namespace ringbook::app
