#include "sync/calls/recording/CallRecorder.h"

#include "sync/calls/ami/AmiInterpreter.h"
#include "sync/calls/recording/Recording.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <array>

namespace ringbook::calls {

namespace {

constexpr int maxRemembered = 20'000;   ///< channels, questions
constexpr std::array sides{"", "Dest"}; ///< of a call, in the names of fields
const QString masked = QStringLiteral("********");

/// The value is nobody's business, whoever calls.
bool isSecret(const AmiMessage &message, const QString &key)
{
    static const QSet<QString> always{"Secret",  "Key", "Digit", "Digits",     "AuthToken",
                                      "Feature", "Pin", "Data",  "DialString", "AccountCode"};
    // What an application is told may be a PIN or digits to dial; which queue somebody waits in is needed.
    static const QSet<QString> told{"ApplicationData", "AppData"};
    if (told.contains(key))
        return message.text(QLatin1String("Application")) != QLatin1String("Queue");
    return always.contains(key) ||
           (message.text(QLatin1String("Event")) == QLatin1String("VarSet") && key == QLatin1String("Value"));
}

bool isVariable(const QString &key)
{
    return key == QLatin1String("Variable") || key.startsWith(QLatin1String("ChanVariable")) ||
           key.startsWith(QLatin1String("DestChanVariable"));
}

/// "PIN=1234": but for whether the number may be shown, what is in a dial plan's variable is unknown.
QString withoutValue(const QString &assignment)
{
    const qsizetype end = assignment.indexOf(u'=');
    if (end < 0 || assignment.startsWith(presentationVariable))
        return assignment;
    return assignment.left(end + 1) + masked;
}

QString field(const AmiMessage &message, const char *side, const char *name)
{
    return message.text(QLatin1String(QByteArray(side) + name));
}

bool saysHidden(const AmiMessage &message, const char *side)
{
    const QString wanted = presentationVariable + u'=';
    for (const QString &variable : message.texts(QLatin1String(QByteArray(side) + "ChanVariable")))
        if (variable.startsWith(wanted) && isWithheld(variable.sliced(wanted.size())))
            return true;
    const QString shown = field(message, side, "CID-CallingPres");
    return shown.contains(QLatin1String("Prohibited")) || shown.contains(QLatin1String("Unavailable"));
}

} // namespace

CallRecorder::CallRecorder(QIODevice &file, const Clock &clock, const PbxSettings &settings,
                           bool masksEverybody)
    : m_file(file),
      m_clock(clock),
      m_mask(settings, masksEverybody)
{
}

void CallRecorder::connected()
{
    ended();
    if (!m_beganNs)
        m_beganNs = m_clock.monotonicNs();
    ++m_connection;
    m_isOpen = true;
    m_isGreeted = false;
}

void CallRecorder::came(QByteArrayView bytes)
{
    ++m_read;
    take(m_in, bytes);
}

void CallRecorder::went(QByteArrayView bytes)
{
    take(m_out, bytes);
}

void CallRecorder::ended()
{
    if (!std::exchange(m_isOpen, false))
        return;
    for (Side *side : {&m_in, &m_out}) {
        endMessage(*side); // what was cut off
        side->rest.clear();
    }
    m_callers.clear();
    m_asked.clear();
    hold({(m_clock.monotonicNs() - *m_beganNs) / 1'000'000, m_connection, "eof"});
}

void CallRecorder::take(Side &side, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        const QByteArrayView part = end < 0 ? bytes : bytes.first(end);
        side.rest += part.first(std::min(part.size(), maxAmiLineBytes + 1 - side.rest.size()));
        if (end < 0)
            return;
        takeLine(side, QByteArrayView(side.rest).trimmed());
        side.rest.clear();
        bytes = bytes.sliced(end + 1);
    }
}

void CallRecorder::takeLine(Side &side, QByteArrayView line)
{
    const Line now{.at = (m_clock.monotonicNs() - *m_beganNs) / 1'000'000,
                   .connection = m_connection,
                   .direction = side.direction,
                   .read = &side == &m_in ? m_read : 0,
                   .text = QString::fromUtf8(line)};
    if (&side == &m_in && !std::exchange(m_isGreeted, true))
        return hold(now);
    if (side.message.size() < maxAmiFields)
        side.message += now;
    else
        side.message.last() = now;
    if (line.isEmpty())
        endMessage(side);
}

void CallRecorder::endMessage(Side &side)
{
    AmiMessage message;
    for (const Line &line : std::as_const(side.message)) {
        const qsizetype colon = line.text.indexOf(u':');
        message.fields +=
            {line.text.left(colon), colon < 0 ? QString() : line.text.sliced(colon + 1).trimmed()};
    }
    notice(message, &side == &m_in);
    for (qsizetype i = 0; i < side.message.size(); ++i) {
        const auto &[key, value] = message.fields[i];
        Line &line = side.message[i];
        if (isSecret(message, key))
            line.text = key + QStringLiteral(": ") + masked;
        else if (isVariable(key))
            line.text = key + QStringLiteral(": ") + withoutValue(value);
        hold(line);
    }
    side.message.clear();
}

void CallRecorder::notice(const AmiMessage &message, bool isFromPbx)
{
    const QString id = message.text(QLatin1String("ActionID"));
    const QString channel = message.text(QLatin1String("Channel"));
    if (!isFromPbx) {
        if (message.text(QLatin1String("Variable")) == presentationVariable && m_asked.size() < maxRemembered)
            m_asked.insert(id, channel);
        return;
    }
    for (const char *side : sides) {
        const std::pair caller{field(message, side, "CallerIDNum"), field(message, side, "CallerIDName")};
        m_mask.meet(caller.second);
        m_mask.meet(field(message, side, "ConnectedLineName"));
        if (saysHidden(message, side))
            m_mask.hide(caller.first, caller.second);
    }
    const QString event = message.text(QLatin1String("Event"));
    if (event == QLatin1String("Hangup"))
        m_callers.remove(channel);
    else if (!channel.isEmpty() && m_callers.size() < maxRemembered)
        m_callers.insert(channel, {message.text(QLatin1String("CallerIDNum")),
                                   message.text(QLatin1String("CallerIDName"))});
    if (m_asked.contains(id) && isWithheld(message.text(QLatin1String("Value")))) {
        const auto caller = m_callers.value(m_asked.take(id));
        m_mask.hide(caller.first, caller.second);
    }
}

void CallRecorder::hold(const Line &line)
{
    m_held.push_back(line);
    if (qsizetype(m_held.size()) > maxHeldLines)
        writeWhile([this](const Line &) { return qsizetype(m_held.size()) > maxHeldLines; });
}

void CallRecorder::writeOld()
{
    if (!m_beganNs)
        return;
    const TimeMs before = (m_clock.monotonicNs() - *m_beganNs) / 1'000'000 - holdRecordedMs;
    writeWhile([before](const Line &line) { return line.at < before; });
}

void CallRecorder::finish()
{
    ended();
    writeWhile([](const Line &) { return true; });
}

void CallRecorder::writeWhile(const std::function<bool(const Line &)> &isDue)
{
    while (!m_held.empty() && isDue(m_held.front())) {
        write(m_held.front());
        m_held.pop_front();
    }
}

QString CallRecorder::withoutPeople(const QString &line)
{
    const qsizetype value = line.indexOf(u':') + 1;
    return line.left(value) + m_mask.masked(line.sliced(value));
}

void CallRecorder::write(const Line &line)
{
    if (!m_problem.isEmpty())
        return;
    QJsonObject object{{"t_ms", line.at}, {"dir", line.direction}, {"conn", line.connection}};
    if (line.read > 0)
        object.insert(QStringLiteral("seg"), line.read);
    if (qstrcmp(line.direction, "eof") != 0)
        object.insert(QStringLiteral("line"), withoutPeople(line.text));
    const QByteArray bytes = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    if (m_written + bytes.size() > maxRecordingBytes)
        m_problem = QStringLiteral("The recording is as large as one may be.");
    else if (m_file.write(bytes) != bytes.size())
        m_problem = QStringLiteral("The recording cannot be written: %1.").arg(m_file.errorString());
    else
        m_written += bytes.size();
}

} // namespace ringbook::calls
