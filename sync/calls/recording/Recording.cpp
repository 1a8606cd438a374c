#include "sync/calls/recording/Recording.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

namespace ringbook::calls {

namespace {

struct Message
{
    TimeMs at = 0;
    int segment = 0;
    bool isFromPbx = true;
    QVector<QByteArray> lines = {};

    QByteArray value(const QByteArray &key) const
    {
        for (const QByteArray &line : lines)
            if (line.startsWith(key + ": "))
                return line.sliced(key.size() + 2);
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

/// Lines one after the other into messages, and these to what they are.
class Reader
{
public:
    /// What is wrong with the line; empty if nothing.
    QString take(const QJsonObject &object)
    {
        const QString direction = object["dir"].toString();
        if (direction != u"in" && direction != u"out" && direction != u"eof")
            return QStringLiteral("“dir” is none of in, out, eof");
        const auto at = TimeMs(object["t_ms"].toDouble());
        const int number = object["conn"].toInt(1);
        const qsizetype known = m_recording.connections.size();
        if (number < 1 || number > known + 1 || number > maxRecordedConnections)
            return QStringLiteral("there is no connection %1 before").arg(number);
        const QByteArray line = object["line"].toString().toUtf8();
        if (number > known)
            return begin(at, line);
        m_current = &m_recording.connections[number - 1];
        m_current->ends = std::max(m_current->ends, at);
        if (direction == u"eof")
            return {};
        if (line.isEmpty()) {
            sort(std::exchange(m_message, {}));
            return {};
        }
        if (m_message.lines.isEmpty())
            m_message = {.at = at, .segment = object["seg"].toInt(), .isFromPbx = direction == u"in"};
        m_message.lines += line;
        return {};
    }

    Recording &recording() { return m_recording; }

private:
    QString begin(TimeMs at, const QByteArray &greeting)
    {
        m_recording.connections += Recording::Connection{.begins = at, .greeting = greeting, .ends = at};
        m_actions.clear();
        m_message = {};
        return {};
    }

    void sort(const Message &done)
    {
        const QByteArray id = done.value("ActionID");
        const QByteArray event = done.value("Event");
        if (!done.isFromPbx) {
            m_actions[id] = done.value("Action");
        } else if (m_actions.contains(id) && event != "OriginateResponse") {
            m_current->answers[m_actions[id]] += done.bytes().replace("ActionID: " + id, "ActionID: ?");
        } else if (event == "FullyBooted") {
            m_current->booted = done.bytes();
        } else if (done.segment == m_segment && !m_current->pieces.isEmpty()) {
            m_current->pieces.last().bytes += done.bytes();
        } else {
            m_current->pieces += Recording::Piece{done.at, done.bytes()};
        }
        m_segment = done.segment;
    }

    Recording m_recording;
    Recording::Connection *m_current = nullptr;
    QHash<QByteArray, QByteArray> m_actions; ///< by ActionID
    Message m_message;
    int m_segment = -1;
};

} // namespace

Result<Recording> Recording::load(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{Fault::NotFound, QStringLiteral("%1 cannot be read.").arg(path)};
    if (file.size() > maxRecordingBytes)
        return Error{Fault::Invalid, QStringLiteral("%1 is too large for a recording.").arg(path)};
    Reader reader;
    for (int number = 1; !file.atEnd(); ++number) {
        const QByteArray line = file.readLine(maxRecordingLineBytes);
        const QJsonDocument json = QJsonDocument::fromJson(line);
        const QString trouble =
            json.isObject() ? reader.take(json.object()) : QStringLiteral("this is no JSON object");
        if (!trouble.isEmpty())
            return Error{
                Fault::Invalid,
                QStringLiteral("%1 is no recording: line %2: %3.").arg(path).arg(number).arg(trouble)};
    }
    if (reader.recording().connections.isEmpty())
        return Error{Fault::Invalid, QStringLiteral("%1 is no recording: it is empty.").arg(path)};
    return reader.recording();
}

} // namespace ringbook::calls
