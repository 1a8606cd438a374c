#include "tests/bench/BusyPbx.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace ringbook::bench {

namespace {

constexpr TimeMs longSilence = 500; ///< between the parts of a call
constexpr qint64 idsOfOneCall = 64;
const QByteArray recordedCaller = "+12125550148";
constexpr std::array recordedPhones = {101, 102, 103};

/// Each match replaced by what `other` makes of its first group.
template <typename Other>
QString replaced(const QString &text, const QString &pattern, Other other)
{
    const QRegularExpression expression(pattern);
    QString made;
    qsizetype from = 0;
    for (auto match = expression.globalMatch(text); match.hasNext();) {
        const auto found = match.next();
        made += QStringView(text).mid(from, found.capturedStart(1) - from);
        made += other(found.captured(1));
        from = found.capturedEnd(1);
    }
    return made += QStringView(text).mid(from);
}

calls::Recording silence()
{
    calls::Recording recording;
    recording.connections.append({.greeting = "Asterisk Call Manager/11.0.0"});
    return recording;
}

} // namespace

Result<QueueCall> QueueCall::fromRecording(const QString &path)
{
    const auto recording = calls::Recording::load(path);
    if (!recording)
        return recording.error();
    QueueCall call;
    int part = -1;
    TimeMs last = -longSilence;
    for (const auto &piece : recording->connections.first().pieces) {
        if (piece.at - last >= longSilence)
            ++part;
        last = piece.at;
        if (part < partCount)
            call.m_parts[size_t(part)] += piece.bytes;
    }
    if (part + 1 < partCount)
        return Error{Fault::Invalid, path + " is no call that rings, is answered and ends"};
    return call;
}

QByteArray QueueCall::bytes(Part part, const Who &who) const
{
    QString text = QString::fromUtf8(m_parts[size_t(part)]);
    const qint64 shift = who.number * idsOfOneCall;
    text = replaced(text, QStringLiteral("(\\b\\d{10}\\.\\d+)\\b"), [&](const QString &id) {
        return QStringLiteral("%1.%2")
            .arg(id.section('.', 0, 0))
            .arg(id.section('.', 1).toLongLong() + shift);
    });
    text = replaced(text, QStringLiteral("/\\w+-([0-9a-f]{8})\\b"), [&](const QString &channel) {
        return QStringLiteral("%1").arg(channel.toLongLong(nullptr, 16) + shift, 8, 16, QChar(u'0'));
    });
    text = replaced(text, QStringLiteral("-([0-9a-f]{12})\\b"), [&](const QString &) {
        return QStringLiteral("%1").arg(who.number, 12, 16, QChar(u'0'));
    });
    for (size_t phone = 0; phone < recordedPhones.size(); ++phone)
        text.replace(QRegularExpression(QStringLiteral("\\b%1\\b").arg(recordedPhones[phone])),
                     QStringLiteral("#%1#").arg(phone));
    for (size_t phone = 0; phone < recordedPhones.size(); ++phone)
        text.replace(QStringLiteral("#%1#").arg(phone), QString::number(who.phones[phone]));
    return text.toUtf8().replace(recordedCaller, who.caller.toUtf8());
}

BusyPbx::BusyPbx() : AmiPlayer(silence()) {}

QString BusyPbx::writeSettings(const QString &folder, const QVector<int> &extensions) const
{
    QJsonArray agents;
    for (const int extension : extensions)
        agents.append(QJsonObject{{"extension", QString::number(extension)},
                                  {"name", QStringLiteral("Agent %1").arg(extension)},
                                  {"endpoint", QStringLiteral("PJSIP/%1").arg(extension)}});
    const QJsonObject settings{{"source", "bench"},
                               {"host", "127.0.0.1"},
                               {"port", serverPort()},
                               {"user", user},
                               {"secret", secret},
                               {"country", "DE"},
                               {"country_code", "49"},
                               {"area_code", "30"},
                               {"national_prefix", "0"},
                               {"agents", agents},
                               {"trunk", QJsonObject{{"endpoint", "PJSIP/trunk"}}}};
    QFile file(folder + "/pbx.json");
    if (file.open(QIODevice::WriteOnly))
        file.write(QJsonDocument(settings).toJson());
    return file.fileName();
}

} // namespace ringbook::bench
