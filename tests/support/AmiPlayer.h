#pragma once

#include "model/core/Clock.h"

#include <QCryptographicHash>
#include <QFile>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QVector>

#include <functional>
#include <utility>

namespace ringbook::tests {

/// What a PBX really sent, taken apart: per connection the greeting, what it answered to actions, and the
/// events in the pieces and at the times they came.
struct Recording
{
    struct Piece
    {
        TimeMs at = 0;
        QByteArray bytes = {};
    };

    struct Connection
    {
        TimeMs begins = 0;
        QByteArray greeting = {};
        QHash<QByteArray, QVector<QByteArray>> answers =
            {};                 ///< by action; "\r\nActionID: ?" stands for the id
        QByteArray booted = {}; ///< the FullyBooted event, if the user may see it
        QVector<Piece> pieces = {};
        TimeMs ends = 0;
    };

    QVector<Connection> connections = {};

    static Recording load(const QString &path);
};

/// The clock of a recording, set by its player.
class RecordedClock final : public Clock
{
public:
    static constexpr TimeMs epoch = 1'795'000'000'000;

    TimeMs now() const override { return epoch + m_at; }
    qint64 monotonicNs() const override { return m_at * 1'000'000; }
    void set(TimeMs at) { m_at = std::max(m_at, at); }

private:
    TimeMs m_at = 0;
};

/// A manager interface over real TCP that plays a recording to whoever logs in: user "hub", secret "letmein".
/// Actions are answered by their ActionID, from the recording where it has an answer. Events begin when the
/// lists have been asked for.
class AmiPlayer : public QTcpServer
{
public:
    enum class Pace {
        Recorded,  ///< at the recorded times, divided by the speed
        Lockstep,  ///< the next piece when the last was taken; the clock says the recorded time
        EachByte,  ///< as Lockstep, every byte by itself
        AllAtOnce, ///< one write
    };

    static constexpr auto user = "hub";
    static constexpr auto secret = "letmein";

    explicit AmiPlayer(Recording recording, Pace pace = Pace::Recorded, double speed = 1)
        : m_recording(std::move(recording)),
          m_pace(pace),
          m_speed(speed)
    {
        connect(this, &QTcpServer::newConnection, this, [this] { accept(nextPendingConnection()); });
        finished.setSingleShot(true);
        finished.setInterval(0);
        listen(QHostAddress::LocalHost);
    }

    RecordedClock clock;
    bool answersPings = true;
    bool answersGetvar = true; ///< false: "Permission denied"
    bool answersLists = true;
    std::function<bool(qint64 sent)> isTaken = [](qint64) { return true; }; ///< for Lockstep and EachByte
    QStringList actions = {};                                               ///< what was asked, in order
    QByteArray received = {};                                               ///< as it came
    QHash<QByteArray, QVector<QByteArray>> lists = {}; ///< answers by action, before the recorded ones
    QTimer finished;                                   ///< fires once, when everything was played

    int connectionsSeen() const { return m_connection + 1; }

    void breakConnection()
    {
        if (m_socket)
            m_socket->abort();
    }

    void sendNow(const QByteArray &bytes) { write(bytes); }

private:
    using Action = QHash<QByteArray, QByteArray>;

    void accept(QTcpSocket *socket)
    {
        breakConnection();
        m_socket = socket;
        m_connection = std::min<int>(m_connection + 1, int(m_recording.connections.size()) - 1);
        m_input.clear();
        m_sent = 0;
        m_piece = 0;
        m_byte = 0;
        m_playing = false;
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(socket, &QTcpSocket::readyRead, this, [this] { read(); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        clock.set(current().begins);
        write(current().greeting + "\r\n");
    }

    const Recording::Connection &current() const { return m_recording.connections[m_connection]; }

    void write(const QByteArray &bytes)
    {
        if (!m_socket)
            return;
        m_sent += bytes.size();
        m_socket->write(bytes);
        m_socket->flush();
    }

    void read()
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

    void answer(const Action &action)
    {
        const QByteArray name = action["Action"];
        actions += QString::fromLatin1(name);
        if (name == "Challenge")
            reply(action, {"Response: Success\r\nActionID: ?\r\nChallenge: 159028813\r\n\r\n"});
        else if (name == "Login")
            answerLogin(action);
        else if (name == "Ping" && answersPings)
            reply(action, {"Response: Success\r\nActionID: ?\r\nPing: Pong\r\n\r\n"});
        else if (name == "Getvar" && answersGetvar)
            reply(action, recorded(name, {"Response: Success\r\nActionID: ?\r\nVariable: CALLERID(pres)\r\n"
                                          "Value: allowed_not_screened\r\n\r\n"}));
        else if (name == "CoreShowChannels" && answersLists)
            reply(action, recorded(name, emptyList("CoreShowChannelsComplete")));
        else if (name == "QueueStatus" && answersLists)
            reply(action, recorded(name, emptyList("QueueStatusComplete")));
        else if (name != "Ping")
            reply(action, {"Response: Error\r\nActionID: ?\r\nMessage: Permission denied\r\n\r\n"});
        const bool lists = name == "QueueStatus" || (name == "CoreShowChannels" && !answersLists);
        if (lists && !m_playing)
            play();
    }

    static QVector<QByteArray> emptyList(const QByteArray &complete)
    {
        return {"Response: Success\r\nActionID: ?\r\nEventList: start\r\n\r\n",
                "Event: " + complete + "\r\nActionID: ?\r\nEventList: Complete\r\nListItems: 0\r\n\r\n"};
    }

    QVector<QByteArray> recorded(const QByteArray &action, const QVector<QByteArray> &otherwise) const
    {
        return lists.value(action, current().answers.value(action, otherwise));
    }

    void reply(const Action &action, const QVector<QByteArray> &answers)
    {
        for (QByteArray answer : answers)
            write(answer.replace("ActionID: ?", "ActionID: " + action["ActionID"]));
    }

    void answerLogin(const Action &action)
    {
        const auto key =
            QCryptographicHash::hash(QByteArray("159028813") + secret, QCryptographicHash::Md5).toHex();
        if (action["Username"] != user || action["Key"] != key) {
            reply(action, {"Response: Error\r\nActionID: ?\r\nMessage: Authentication failed\r\n\r\n"});
            m_socket->disconnectFromHost();
            return;
        }
        reply(action, recorded("Login", {"Response: Success\r\nActionID: ?\r\n\r\n"}));
        write(current().booted);
    }

    void play()
    {
        m_playing = true;
        m_started = m_sent;
        if (m_pace == Pace::AllAtOnce)
            playAll();
        else
            planNext(current().begins);
    }

    void playAll()
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

    void planNext(TimeMs last)
    {
        const bool recorded = m_pace == Pace::Recorded;
        const bool atEnd = m_piece >= current().pieces.size();
        const TimeMs at = atEnd ? current().ends : current().pieces[m_piece].at;
        const int delay = recorded ? int(double(at - last) / m_speed) : 0;
        QTimer::singleShot(delay, recorded ? Qt::PreciseTimer : Qt::CoarseTimer, m_socket.data(),
                           [this] { next(); });
    }

    void next()
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

    void end()
    {
        clock.set(current().ends);
        if (m_connection + 1 < m_recording.connections.size())
            m_socket->disconnectFromHost();
        else
            finished.start();
    }

    Recording m_recording;
    Pace m_pace;
    double m_speed;
    QPointer<QTcpSocket> m_socket;
    int m_connection = -1;
    QByteArray m_input;
    qint64 m_sent = 0;
    qint64 m_started = 0;
    int m_piece = 0;
    qsizetype m_byte = 0;
    bool m_playing = false;
};

inline Recording Recording::load(const QString &path)
{
    struct Message
    {
        TimeMs at = 0;
        int segment = 0;
        bool fromPbx = true;
        QVector<QByteArray> lines = {};

        QByteArray value(const QByteArray &key) const
        {
            for (const QByteArray &line : lines) {
                if (line.startsWith(key + ": "))
                    return line.sliced(key.size() + 2);
            }
            return {};
        }
        QByteArray bytes() const
        {
            QByteArray all;
            for (const QByteArray &line : lines)
                all += line + "\r\n";
            return all + "\r\n";
        }
    };

    Recording recording;
    QHash<QByteArray, QByteArray> actions; // by ActionID
    Message message;
    int lastSegment = -1;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return recording;
    while (!file.atEnd()) {
        const QJsonObject object = QJsonDocument::fromJson(file.readLine()).object();
        const QString direction = object["dir"].toString();
        const auto at = TimeMs(object["t_ms"].toDouble());
        const QByteArray line = object["line"].toString().toUtf8();
        const int connection = object["conn"].toInt(1);
        if (connection > recording.connections.size()) {
            recording.connections += Connection{.begins = at, .greeting = line};
            actions.clear();
            message = {};
            continue;
        }
        Connection &current = recording.connections[connection - 1];
        current.ends = at;
        if (direction == "eof")
            continue;
        if (!line.isEmpty()) {
            if (message.lines.isEmpty())
                message = {.at = at, .segment = object["seg"].toInt(), .fromPbx = direction == "in"};
            message.lines += line;
            continue;
        }
        const Message done = std::exchange(message, {});
        const QByteArray id = done.value("ActionID");
        const QByteArray event = done.value("Event");
        if (!done.fromPbx) {
            actions[id] = done.value("Action");
        } else if (actions.contains(id) && event != "OriginateResponse") {
            current.answers[actions[id]] += done.bytes().replace("ActionID: " + id, "ActionID: ?");
        } else if (event == "FullyBooted") {
            current.booted = done.bytes();
        } else if (done.segment == lastSegment && !current.pieces.isEmpty()) {
            current.pieces.last().bytes += done.bytes();
        } else {
            current.pieces += Piece{done.at, done.bytes()};
        }
        lastSegment = done.segment;
    }
    return recording;
}

} // namespace ringbook::tests
