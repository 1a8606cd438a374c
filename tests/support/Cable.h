#pragma once

#include <QHash>
#include <QHostAddress>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

#include <algorithm>
#include <utility>

namespace ringbook::tests {

/// A network cable between a desk and the hub: a TCP relay on loopback that can be pulled out and plugged in
/// again, or cut after a number of bytes, in the middle of whatever is being said.
class Cable : public QObject
{
public:
    explicit Cable(quint16 hubPort) : m_hubPort(hubPort)
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] { relay(); });
        m_server.listen(QHostAddress::LocalHost);
        m_port = m_server.serverPort();
    }

    ~Cable() override { pull(); }

    QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }

    void pull()
    {
        m_server.close();
        const auto pairs = std::exchange(m_pairs, {});
        for (auto pair = pairs.begin(); pair != pairs.end(); ++pair) {
            pair.key()->abort();
            pair.value()->abort();
        }
    }

    /// Whatever was done to it before.
    void plugIn()
    {
        m_bytesLeft = -1;
        if (!isPluggedIn())
            m_server.listen(QHostAddress::LocalHost, m_port);
    }
    bool isPluggedIn() const { return m_server.isListening(); }

    /// The hub came back at another port.
    void leadTo(quint16 hubPort) { m_hubPort = hubPort; }

    /// Pulls itself out once this many more bytes have gone from the hub to the desk.
    void pullAfterBytesToDesk(qint64 bytes) { m_bytesLeft = bytes; }

    /// Requests that have one of these words in them stay on the way until letThrough().
    void hold(const QByteArrayList &words) { m_wordsHeld = words; }
    void letThrough()
    {
        m_wordsHeld.clear();
        for (const auto &[hub, bytes] : std::exchange(m_requestsHeld, {}))
            if (hub)
                hub->write(bytes);
    }

    /// As a proxy does that hands on an answer when it is complete: nothing of a stream ever arrives.
    void holdStreams() { m_holdsStreams = true; }
    int streamsHeld() const { return m_streamsHeld; }

private:
    void relay()
    {
        while (QTcpSocket *desk = m_server.nextPendingConnection()) {
            auto *hub = new QTcpSocket(desk);
            m_pairs.insert(desk, hub);
            hub->connectToHost(QHostAddress::LocalHost, m_hubPort);
            connect(desk, &QTcpSocket::readyRead, hub, [this, desk, hub] { toHub(hub, desk->readAll()); });
            connect(hub, &QTcpSocket::readyRead, desk, [this, desk, hub] { toDesk(desk, hub->readAll()); });
            connect(desk, &QTcpSocket::disconnected, this, [this, desk] { end(desk); });
            connect(hub, &QTcpSocket::disconnected, this, [desk] { desk->disconnectFromHost(); });
            connect(hub, &QTcpSocket::errorOccurred, this, [desk] { desk->disconnectFromHost(); });
        }
    }

    void toHub(QTcpSocket *hub, const QByteArray &bytes)
    {
        const auto isSaid = [&bytes](const QByteArray &word) { return bytes.contains(word); };
        if (std::any_of(m_wordsHeld.begin(), m_wordsHeld.end(), isSaid))
            m_requestsHeld.append({hub, bytes});
        else
            hub->write(bytes);
    }

    /// What an endless answer begins with never goes through, nor what follows it.
    bool isHeld(QTcpSocket *desk, const QByteArray &bytes)
    {
        const char held[] = "held";
        if (m_holdsStreams && !desk->property(held).toBool() && bytes.contains("text/event-stream")) {
            desk->setProperty(held, true);
            ++m_streamsHeld;
        }
        return desk->property(held).toBool();
    }

    void toDesk(QTcpSocket *desk, const QByteArray &bytes)
    {
        if (isHeld(desk, bytes))
            return;
        if (m_bytesLeft < 0) {
            desk->write(bytes);
            return;
        }
        desk->write(bytes.left(m_bytesLeft));
        desk->flush();
        m_bytesLeft -= bytes.size();
        if (m_bytesLeft <= 0) {
            m_bytesLeft = -1;
            pull();
        }
    }

    void end(QTcpSocket *desk)
    {
        if (QTcpSocket *hub = m_pairs.take(desk))
            hub->disconnectFromHost();
        desk->deleteLater();
    }

    quint16 m_hubPort;
    quint16 m_port = 0;
    qint64 m_bytesLeft = -1;
    bool m_holdsStreams = false;
    int m_streamsHeld = 0;
    QByteArrayList m_wordsHeld;
    QVector<std::pair<QPointer<QTcpSocket>, QByteArray>> m_requestsHeld;
    QTcpServer m_server;
    QHash<QTcpSocket *, QTcpSocket *> m_pairs;
};

} // namespace ringbook::tests
