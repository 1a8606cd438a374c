#include "sync/calls/recording/AmiPlayer.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

namespace ringbook::calls {

namespace {

const QByteArray challenge = "159028813";

QVector<QByteArray> emptyList(const QByteArray &complete)
{
    return {"Response: Success\r\nActionID: ?\r\nEventList: start\r\n\r\n",
            "Event: " + complete + "\r\nActionID: ?\r\nEventList: Complete\r\nListItems: 0\r\n\r\n"};
}

QByteArray timeOf(const QByteArray &seconds)
{
    return seconds.isEmpty() ? QByteArray::number(double(SystemClock().now()) / 1000, 'f', 6) : seconds;
}

} // namespace

AmiPlayer::AmiPlayer(Recording recording, Pace pace, double speed)
    : m_recording(std::move(recording)),
      m_pace(pace),
      m_speed(speed)
{
    connect(this, &QTcpServer::newConnection, this, [this] { accept(nextPendingConnection()); });
    finished.setSingleShot(true);
    finished.setInterval(0);
    listen(QHostAddress::LocalHost);
}

void AmiPlayer::speakTls(const QString &certificate, const QString &key)
{
    QFile keyFile(key);
    if (keyFile.open(QIODevice::ReadOnly))
        m_tls.setPrivateKey(QSslKey(&keyFile, QSsl::Ec));
    m_tls.setLocalCertificateChain(QSslCertificate::fromPath(certificate));
}

void AmiPlayer::incomingConnection(qintptr handle)
{
    auto *socket = new QSslSocket(this);
    socket->setSocketDescriptor(handle);
    if (!m_tls.localCertificate().isNull()) {
        socket->setSslConfiguration(m_tls);
        socket->startServerEncryption();
    }
    addPendingConnection(socket);
}

void AmiPlayer::breakConnection()
{
    if (m_socket)
        m_socket->abort();
}

void AmiPlayer::accept(QTcpSocket *socket)
{
    breakConnection();
    m_socket = socket;
    m_connection = std::min<int>(m_connection + 1, int(m_recording.connections.size()) - 1);
    m_input.clear();
    m_sent = 0;
    m_piece = 0;
    m_byte = 0;
    m_isPlaying = false;
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(socket, &QTcpSocket::readyRead, this, [this] { read(); });
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    clock.set(current().begins);
    write(current().greeting + "\r\n");
}

void AmiPlayer::write(const QByteArray &bytes)
{
    if (!m_socket)
        return;
    m_sent += bytes.size();
    m_socket->write(bytes);
    m_socket->flush();
}

void AmiPlayer::read()
{
    const QByteArray bytes = m_socket->readAll();
    received += bytes;
    m_input += bytes;
    for (qsizetype end = m_input.indexOf("\r\n\r\n"); end >= 0 && m_socket;
         end = m_input.indexOf("\r\n\r\n")) {
        Action action;
        for (const QByteArray &line : m_input.first(end).split('\n')) {
            const qsizetype colon = line.indexOf(": ");
            if (colon > 0)
                action[line.first(colon)] = line.sliced(colon + 2).trimmed();
        }
        m_input.remove(0, end + 4);
        answer(action);
    }
}

void AmiPlayer::answer(const Action &action)
{
    const QByteArray name = action["Action"];
    actions += QString::fromLatin1(name);
    if (name == "Login")
        answerLogin(action);
    else
        reply(action, answersTo(action));
    const bool lists = name == "QueueStatus" || (name == "CoreShowChannels" && !answersLists);
    if (lists && !m_isPlaying)
        play();
}

QVector<QByteArray> AmiPlayer::answersTo(const Action &action) const
{
    const QByteArray name = action["Action"];
    if (name == "Challenge")
        return {"Response: Success\r\nActionID: ?\r\nChallenge: " + challenge + "\r\n\r\n"};
    if (name == "Ping")
        return answersPings
                   ? QVector<QByteArray>{"Response: Success\r\nActionID: ?\r\nPing: Pong\r\nTimestamp: " +
                                         timeOf(pingTime) + "\r\n\r\n"}
                   : QVector<QByteArray>();
    if (const auto said = lists.constFind(name); said != lists.constEnd())
        return *said;
    if (name == "Getvar" && answersGetvar)
        return recorded(name, {"Response: Success\r\nActionID: ?\r\nVariable: CALLERID(pres)\r\n"
                               "Value: allowed_not_screened\r\n\r\n"});
    if (name == "CoreShowChannels" && answersLists)
        return recorded(name, emptyList("CoreShowChannelsComplete"));
    if (name == "QueueStatus" && answersLists)
        return recorded(name, emptyList("QueueStatusComplete"));
    return {"Response: Error\r\nActionID: ?\r\nMessage: Permission denied\r\n\r\n"};
}

QVector<QByteArray> AmiPlayer::recorded(const QByteArray &action, const QVector<QByteArray> &otherwise) const
{
    return lists.value(action, current().answers.value(action, otherwise));
}

void AmiPlayer::reply(const Action &action, const QVector<QByteArray> &answers)
{
    for (QByteArray answer : answers)
        write(answer.replace("ActionID: ?", "ActionID: " + action["ActionID"]));
}

void AmiPlayer::answerLogin(const Action &action)
{
    const auto key = QCryptographicHash::hash(challenge + secret, QCryptographicHash::Md5).toHex();
    if (action["Username"] != user || action["Key"] != key) {
        reply(action, {"Response: Error\r\nActionID: ?\r\nMessage: Authentication failed\r\n\r\n"});
        m_socket->disconnectFromHost();
        return;
    }
    reply(action, recorded("Login", {"Response: Success\r\nActionID: ?\r\n\r\n"}));
    write(current().booted);
}

void AmiPlayer::play()
{
    m_isPlaying = true;
    if (m_pace == Pace::AllAtOnce)
        playAll();
    else
        planNext(current().begins);
}

void AmiPlayer::playAll()
{
    QByteArray all;
    for (const auto &piece : current().pieces)
        all += piece.bytes;
    if (!current().pieces.isEmpty())
        clock.set(current().pieces.first().at);
    write(all);
    m_piece = int(current().pieces.size());
    planNext(current().ends);
}

void AmiPlayer::planNext(TimeMs last)
{
    const bool isRecorded = m_pace == Pace::Recorded;
    const bool atEnd = m_piece >= current().pieces.size();
    const TimeMs at = atEnd ? current().ends : current().pieces[m_piece].at;
    const int delay = isRecorded ? int(double(at - last) / m_speed) : 0;
    QTimer::singleShot(delay, isRecorded ? Qt::PreciseTimer : Qt::CoarseTimer, m_socket.data(),
                       [this] { next(); });
}

void AmiPlayer::next()
{
    if (m_pace != Pace::Recorded && !isTaken(m_sent)) {
        QTimer::singleShot(0, m_socket.data(), [this] { next(); });
        return;
    }
    if (m_piece >= current().pieces.size()) {
        end();
        return;
    }
    const auto &piece = current().pieces[m_piece];
    clock.set(piece.at);
    if (m_pace == Pace::EachByte) {
        write(piece.bytes.mid(m_byte, 1));
        if (++m_byte >= piece.bytes.size())
            m_byte = 0;
    } else {
        write(piece.bytes);
    }
    if (m_byte == 0)
        ++m_piece;
    planNext(piece.at);
}

void AmiPlayer::end()
{
    clock.set(current().ends);
    if (m_connection + 1 < m_recording.connections.size())
        m_socket->disconnectFromHost();
    else
        finished.start();
}

} // namespace ringbook::calls
