#pragma once

#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>

namespace ringbook {

/// A TCP server on loopback that answers each HTTP request with whatever bytes a test wants, also wrong ones.
class ScriptedServer : public QObject
{
    Q_OBJECT

public:
    struct Request
    {
        QByteArray line = {}; ///< "GET /v1/health HTTP/1.1"
        QByteArray head = {}; ///< lower case
        QByteArray body = {};
    };
    using Answer = std::function<void(const Request &request, QTcpSocket &socket)>;

    explicit ScriptedServer(Answer answer) : m_answer(std::move(answer))
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(*socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        });
    }

    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort())); }

    QVector<Request> requests = {};

    static QByteArray reply(int status, const QByteArray &body, const QByteArray &headers = {})
    {
        return "HTTP/1.1 " + QByteArray::number(status) +
               " X\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + headers + "\r\n" + body;
    }

private:
    void read(QTcpSocket &socket)
    {
        QByteArray &bytes = m_bytes[&socket];
        bytes += socket.readAll();
        const qsizetype end = bytes.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        Request request{.line = bytes.first(bytes.indexOf("\r\n")), .head = bytes.first(end).toLower()};
        const qsizetype at = request.head.indexOf("content-length: ");
        const qsizetype length = at < 0 ? 0 : request.head.mid(at + 16).split('\r').first().toLongLong();
        if (bytes.size() < end + 4 + length)
            return;
        request.body = bytes.mid(end + 4, length);
        bytes.remove(0, end + 4 + length);
        requests.append(request);
        m_answer(request, socket);
    }

    QTcpServer m_server;
    Answer m_answer;
    QHash<QTcpSocket *, QByteArray> m_bytes;
};

} // namespace ringbook
