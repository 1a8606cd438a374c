#pragma once

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QStringList>
#include <QTcpServer>
#include <QTcpSocket>

namespace ringbook::tests {

/// The event socket of a FreeSWITCH over real TCP, on this machine only. It says what a test wants, in the
/// frames of mod_event_socket, to whoever knows the password.
class EslPlayer : public QTcpServer
{
public:
    static constexpr auto password = "a long random one";

    EslPlayer()
    {
        connect(this, &QTcpServer::newConnection, this, [this] { accept(nextPendingConnection()); });
        listen(QHostAddress::LocalHost);
    }

    QByteArray greeting = "Content-Type: auth/request\n\n";
    bool answers = true;
    QByteArray allowed = {};                ///< "all" or commands, told to a user of the directory
    QStringList forbidden = {};             ///< commands that it has no right to, by their first word
    QHash<QString, QByteArray> bodies = {}; ///< of "api" commands
    QHash<QString, QByteArray> jobResults =
        {};                    ///< of "bgapi" commands by their first word; empty: none comes
    QStringList commands = {}; ///< in order, without the password
    int connections = 0;
    qint64 frames = 0; ///< sent since the connection was made

    /// "show channels", "show calls", "uuid_dump X": whatever says nothing else is not there.
    void setList(const QString &what, const QJsonArray &rows)
    {
        QJsonObject list{{"row_count", rows.size()}};
        if (!rows.isEmpty())
            list["rows"] = rows;
        bodies[QStringLiteral("show %1 as json").arg(what)] = bytesOf(list) + '\n';
    }

    void setDump(const QString &uuid, const QJsonObject &event)
    {
        bodies[QStringLiteral("uuid_dump %1 json").arg(uuid)] = bytesOf(event);
    }

    static QByteArray bytesOf(const QJsonObject &object)
    {
        return QJsonDocument(object).toJson(QJsonDocument::Compact);
    }

    static QByteArray frameOf(const QByteArray &type, const QByteArray &body)
    {
        return "Content-Length: " + QByteArray::number(body.size()) + "\nContent-Type: " + type + "\n\n" +
               body;
    }

    static QByteArray frameOf(const QJsonObject &event) { return frameOf("text/event-json", bytesOf(event)); }

    void send(const QJsonObject &event) { write(frameOf(event)); }

    /// As it is, as so many frames.
    void write(const QByteArray &bytes, int count = 1)
    {
        frames += count;
        if (!m_socket)
            return;
        m_socket->write(bytes);
        m_socket->flush();
    }

    void breakConnection()
    {
        if (m_socket)
            m_socket->abort();
    }

private:
    void accept(QTcpSocket *socket)
    {
        breakConnection();
        m_socket = socket;
        m_input.clear();
        frames = 0;
        ++connections;
        connect(socket, &QTcpSocket::readyRead, this, [this] { read(); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        write(greeting);
    }

    void read()
    {
        m_input += m_socket->readAll();
        for (qsizetype end = m_input.indexOf("\n\n"); end >= 0 && m_socket; end = m_input.indexOf("\n\n")) {
            const QString command = QString::fromUtf8(m_input.first(end));
            m_input.remove(0, end + 2);
            if (answers)
                answer(command);
        }
    }

    void answer(const QString &command)
    {
        const QString word = command.section(u' ', 0, 0);
        const QString rest = command.section(u'\n', 0, 0).section(u' ', 1);
        if (word == QLatin1String("auth") || word == QLatin1String("userauth"))
            return logIn(word, rest);
        commands += command;
        if (forbidden.contains(word) || forbidden.contains(rest.section(u' ', 0, 0)))
            return reply("-ERR permission denied");
        if (word == QLatin1String("api"))
            write(frameOf("api/response", bodies.value(rest, "-ERR No such channel!\n")));
        else if (word == QLatin1String("bgapi"))
            begin(rest, command.section(QStringLiteral("Job-UUID: "), 1));
        else
            reply("+OK event listener enabled json");
    }

    void logIn(const QString &word, const QString &given)
    {
        commands += word + u' ' + given.section(u':', 0, -2);
        const bool knows =
            given == QLatin1String(password) || given.section(u':', 1) == QLatin1String(password);
        const QByteArray rights = allowed.isEmpty() ? QByteArray() : "\nAllowed-API: " + allowed;
        reply(knows ? "+OK accepted" + rights : "-ERR invalid");
        if (!knows)
            m_socket->disconnectFromHost();
    }

    void begin(const QString &text, const QString &job)
    {
        reply(("+OK Job-UUID: " + job + "\nJob-UUID: " + job).toUtf8());
        const QByteArray result = jobResults.value(text.section(u' ', 0, 0));
        if (!result.isEmpty())
            send({{"Event-Name", "BACKGROUND_JOB"},
                  {"Job-UUID", job},
                  {"Content-Length", QString::number(result.size())},
                  {"_body", QString::fromUtf8(result)}});
    }

    void reply(const QByteArray &text) { write("Content-Type: command/reply\nReply-Text: " + text + "\n\n"); }

    QPointer<QTcpSocket> m_socket;
    QByteArray m_input;
};

} // namespace ringbook::tests
