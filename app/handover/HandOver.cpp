#include "app/handover/HandOver.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QFile>
#include <QLocalSocket>

namespace ringbook::app {

namespace {

constexpr int longestSocketPath = 80; ///< bytes; with room for what Qt adds while it makes the socket
constexpr int maxAnswerBytes = 1000;
constexpr int listeningWithinMs = 20; ///< a local name is there or not; this is for a full queue

} // namespace

/// Among the desk's own files, where nobody else can be first to take the name and hear who calls; in the
/// folder for temporary files only if the path is too long for a socket.
QString deskServerName(const QString &profile)
{
#ifdef Q_OS_UNIX
    const QString beside = profile + "/desk.socket";
    if (QFile::encodeName(beside).size() <= longestSocketPath)
        return beside;
#endif
    const auto hash = QCryptographicHash::hash(profile.toUtf8(), QCryptographicHash::Sha256);
    return "ringbook-" + QString::fromLatin1(hash.toHex().left(24));
}

bool isDeskListening(const QString &profile)
{
    QLocalSocket socket;
    socket.connectToServer(deskServerName(profile));
    return socket.waitForConnected(listeningWithinMs);
}

Status handOver(const QString &profile, const Request &request, int timeoutMs)
{
    const QDeadlineTimer deadline(timeoutMs);
    const auto left = [&deadline] { return int(deadline.remainingTime()); };
    QLocalSocket socket;
    socket.connectToServer(deskServerName(profile));
    if (!socket.waitForConnected(left()))
        return Error{Fault::NotFound, "no desk listens there"};
    socket.write(lineOf(request));
    if (socket.bytesToWrite() > 0 && !socket.waitForBytesWritten(left()))
        return Error{Fault::Unreachable, "the desk that runs does not listen"};
    if (!socket.waitForReadyRead(left()))
        return Error{Fault::Busy, "the desk that runs has not answered yet"};
    const QByteArray answer = socket.readLine(maxAnswerBytes).trimmed();
    if (answer.startsWith(refusedAnswer))
        return Error{Fault::Denied, QString::fromUtf8(answer.sliced(qstrlen(refusedAnswer)))};
    return Done{};
}

} // namespace ringbook::app
