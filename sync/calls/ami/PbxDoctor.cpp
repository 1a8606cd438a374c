#include "sync/calls/ami/PbxDoctor.h"

#include "model/domain/PlainText.h"

#include <algorithm>

namespace ringbook::calls {

namespace {

using Grade = PbxFinding::Grade;

constexpr int maxDevices = 20'000;
constexpr int maxEventNames = 200;
constexpr int maxNamed = 10; ///< in one sentence
constexpr int maxNameLength = 80;
constexpr TimeMs msPerSecond = 1000;

/// That tell of calls, and of which the interpreter makes pops.
const QSet<QString> callEvents{"Newchannel", "DialBegin",       "DialState",   "DialEnd",
                               "Hangup",     "QueueCallerJoin", "AgentCalled", "BridgeEnter"};
/// Classes of events that cost much and say nothing here.
const QSet<QString> loudClasses{"dialplan", "dtmf", "cdr", "reporting", "verbose", "command", "config"};

QString listed(QStringList names)
{
    const qsizetype more = names.size() - maxNamed;
    names = names.mid(0, maxNamed);
    const QString text = names.join(QStringLiteral(", "));
    return more > 0 ? QStringLiteral("%1 and %2 more").arg(text).arg(more) : text;
}

QString who(const Agent &agent)
{
    return QStringLiteral("%1 (%2, extension %3)").arg(agent.endpoint, agent.name, agent.extension);
}

} // namespace

PbxDoctor::PbxDoctor(const Clock &clock, const PbxSettings &settings, AmiTiming timing)
    : m_clock(clock),
      m_settings(settings),
      m_connector(clock, settings, timing)
{
    m_connector.setTap(this);
    connect(&m_connector, &CallSource::linkChanged, this, [this](const Link &link) {
        if (link.state == Link::State::Live && !std::exchange(m_isLive, true))
            m_connector.askForPhones();
        Q_EMIT changed();
    });
    connect(&m_connector, &CallSource::agentCallChanged, this,
            [this](const QString &extension, const model::AgentCall &call) {
                m_callIds.insert(call.callId);
                const bool rings = call.state == model::AgentCall::State::Ringing;
                if (rings && !std::exchange(m_rang[{extension, call.callId}], true))
                    ++m_rings[extension];
                Q_EMIT changed();
            });
}

bool PbxDoctor::start()
{
    m_started = m_connector.start();
    return m_started.has_value();
}

void PbxDoctor::stop()
{
    m_connector.stop();
}

void PbxDoctor::connected()
{
    m_parser = {};
    m_asked.clear();
}

void PbxDoctor::came(QByteArrayView bytes)
{
    const auto messages = m_parser.take(bytes);
    for (const AmiMessage &message : messages) {
        if (message.text(QLatin1String("Event")).isEmpty())
            takeAnswer(message);
        else
            takeEvent(message);
    }
}

void PbxDoctor::went(QByteArrayView bytes)
{
    AmiParser parser;
    parser.take("-\r\n"); // for the greeting, which actions do not begin with
    for (const AmiMessage &action : parser.take(bytes))
        m_asked[action.text(QLatin1String("ActionID"))] = {action.text(QLatin1String("Action")).toLatin1()};
}

/// Only a ping is answered with the time.
void PbxDoctor::takeAnswer(const AmiMessage &answer)
{
    const auto found = m_asked.find(answer.text(QLatin1String("ActionID")));
    if (found == m_asked.end())
        return;
    found->isAnswered = true;
    found->isRefused = answer.text(QLatin1String("Message")) == QLatin1String("Permission denied");
    bool isTime = false;
    const double seconds = answer.text(QLatin1String("Timestamp")).toDouble(&isTime);
    if (isTime)
        m_ahead = TimeMs(seconds * double(msPerSecond)) - m_clock.now();
    Q_EMIT changed();
}

void PbxDoctor::takeEvent(const AmiMessage &event)
{
    const QString name = event.text(QLatin1String("Event"));
    m_isBooted = m_isBooted || name == QLatin1String("FullyBooted");
    m_hasDevices = m_hasDevices || name == QLatin1String("DeviceStateListComplete");
    if (name == QLatin1String("DeviceStateChange") && m_devices.size() < maxDevices)
        m_devices[event.text(QLatin1String("Device"))] = event.text(QLatin1String("State"));
    for (const QString &one : event.text(QLatin1String("Privilege")).split(u','))
        if (loudClasses.contains(one))
            m_classes.insert(one);
    if (callEvents.contains(name) && m_heard.size() < maxEventNames)
        ++m_heard[name];
    Q_EMIT changed();
}

const PbxDoctor::Asked *PbxDoctor::asked(const QByteArray &action) const
{
    const auto found = std::ranges::find(m_asked, action, &Asked::action);
    return found == m_asked.end() || !found->isAnswered ? nullptr : &*found;
}

bool PbxDoctor::isDone() const
{
    const Asked *devices = asked("DeviceStateList");
    const bool hasPhones = devices && (devices->isRefused || m_hasDevices);
    return !m_started || (m_isLive && hasPhones && asked("Getvar") && asked("Ping"));
}

QVector<PbxFinding> PbxDoctor::findings() const
{
    if (!m_started)
        return {{Grade::Bad, m_started.error().detail, {}}};
    QVector<PbxFinding> findings{reached()};
    if (!m_isLive)
        return findings;
    findings.append(protection());
    addRights(findings);
    addClock(findings);
    addPhones(findings);
    addUnnamed(findings);
    findings.append(listening());
    return findings;
}

PbxFinding PbxDoctor::reached() const
{
    const QString place = QStringLiteral("%1:%2").arg(m_settings.host).arg(m_settings.port);
    if (m_isLive)
        return {Grade::Good,
                QStringLiteral("The telephone system at %1 lets the hub in (%2, user “%3”).")
                    .arg(place, model::plainText(m_parser.greeting(), maxNameLength), m_settings.user),
                {}};
    const QString problem = m_connector.link().problem;
    return {Grade::Bad,
            problem.isEmpty() ? QStringLiteral("The telephone system at %1 has not answered yet.").arg(place)
                              : QStringLiteral("The hub does not get in: %1.").arg(problem),
            QStringLiteral("Check host, port, user and secret in the settings, and in the telephone system's "
                           "manager.conf that it is enabled and permits this machine.")};
}

PbxFinding PbxDoctor::protection() const
{
    if (m_settings.tls)
        return {Grade::Good, QStringLiteral("The connection is encrypted, and its certificate trusted."), {}};
    PbxSettings strict = m_settings;
    strict.allowPlainText = false;
    if (maySpeakPlainText(strict))
        return {Grade::Good, QStringLiteral("The connection is plain text and stays on this machine."), {}};
    return {Grade::Note, QStringLiteral("Callers' numbers come over the network in plain text."),
            QStringLiteral("Enable TLS in manager.conf and say \"tls\": true in the settings.")};
}

void PbxDoctor::addRights(QVector<PbxFinding> &findings) const
{
    const auto need = [&](const QByteArray &action, const QString &what, const QString &todo) {
        const Asked *question = asked(action);
        if (question && question->isRefused)
            findings.append({Grade::Bad, what, todo});
        return question && !question->isRefused;
    };
    const QString reporting =
        QStringLiteral("Give the user write=reporting in manager.conf, then “manager reload”.");
    const bool mayList = need(
        "CoreShowChannels",
        QStringLiteral("The hub may not ask which calls go on: those from before it connected are not seen."),
        reporting);
    const bool mayAsk = need("Getvar",
                             QStringLiteral("The hub may not ask whether a caller's number may be shown%1.")
                                 .arg(m_settings.showUntold ? QString() : QStringLiteral(", so none is")),
                             reporting);
    if (mayList && mayAsk)
        findings.append({Grade::Good, QStringLiteral("It may ask what it needs."), {}});
    if (!m_isBooted)
        findings.append({Grade::Note,
                         QStringLiteral("It is not told when the telephone system starts or stops."),
                         QStringLiteral("Add “system” to the user's read classes.")});
    if (!m_classes.isEmpty())
        findings.append({Grade::Note,
                         QStringLiteral("It is also told what it does not need (%1).")
                             .arg(listed(QStringList(m_classes.begin(), m_classes.end()))),
                         QStringLiteral("The user's read classes should be system,call,agent.")});
}

void PbxDoctor::addClock(QVector<PbxFinding> &findings) const
{
    if (!m_ahead)
        return;
    if (qAbs(*m_ahead) <= maxClockOffsetMs)
        return findings.append({Grade::Good, QStringLiteral("Its clock agrees with this machine's."), {}});
    findings.append({Grade::Note,
                     QStringLiteral("Its clock is %1 seconds %2 this machine's.")
                         .arg(qAbs(*m_ahead) / msPerSecond)
                         .arg(*m_ahead > 0 ? QStringLiteral("ahead of") : QStringLiteral("behind")),
                     QStringLiteral("Calls are timed by this machine's, so it does no harm here; its reports "
                                    "will disagree.")});
}

/// Whose phone is whose, by what the telephone system says there is.
void PbxDoctor::addPhones(QVector<PbxFinding> &findings) const
{
    if (m_settings.agents.isEmpty())
        findings.append({Grade::Bad, QStringLiteral("The settings name no phone of an agent."),
                         QStringLiteral("Name them under \"agents\".")});
    if (!m_hasDevices)
        return findings.append({Grade::Note,
                                QStringLiteral("Which phones there are the telephone system does not say."),
                                QStringLiteral("It needs write=reporting for that.")});
    QStringList there;
    for (const Agent &agent : m_settings.agents) {
        const auto state = m_devices.constFind(agent.endpoint);
        if (state == m_devices.constEnd())
            findings.append({Grade::Bad,
                             QStringLiteral("%1 is no phone of the telephone system.").arg(who(agent)),
                             QStringLiteral("Correct its \"endpoint\": the name stands before the last dash "
                                            "of its channels.")});
        else if (*state == QLatin1String("UNAVAILABLE") || *state == QLatin1String("INVALID"))
            findings.append(
                {Grade::Note, QStringLiteral("%1 is not signed in to the telephone system.").arg(who(agent)),
                 QStringLiteral("It cannot ring until the phone is switched on and registered.")});
        else
            there.append(agent.extension);
    }
    for (const QString &trunk : m_settings.trunks)
        if (!m_devices.contains(trunk))
            findings.append({Grade::Bad,
                             QStringLiteral("“%1” is no line of the telephone system.").arg(trunk),
                             QStringLiteral("Correct \"trunk\".")});
    if (!there.isEmpty())
        findings.append({Grade::Good, QStringLiteral("Phones that can ring: %1.").arg(listed(there)), {}});
}

void PbxDoctor::addUnnamed(QVector<PbxFinding> &findings) const
{
    const auto seen = m_connector.unassigned();
    QStringList unnamed;
    const auto isNamed = [&](const QString &endpoint) {
        return m_settings.agentAt(endpoint) || m_settings.trunks.contains(endpoint);
    };
    for (auto device = m_devices.keyBegin(); device != m_devices.keyEnd(); ++device) {
        const bool isPhone = device->contains(u'/') && !device->startsWith(QLatin1String("Local/"));
        if (isPhone && !isNamed(*device) && !seen.contains(*device))
            unnamed.append(model::plainText(*device, maxNameLength));
    }
    for (auto endpoint = seen.keyValueBegin(); endpoint != seen.keyValueEnd(); ++endpoint)
        unnamed.prepend(QStringLiteral("%1 (in %2 calls)")
                            .arg(model::plainText(endpoint->first, maxNameLength))
                            .arg(endpoint->second));
    if (!unnamed.isEmpty())
        findings.append(
            {Grade::Note,
             QStringLiteral("Phones and lines that the settings do not name: %1.").arg(listed(unnamed)),
             QStringLiteral("Name the phones of agents under \"agents\" and outside lines under "
                            "\"trunk\"; nobody sees a ring at the others.")});
}

PbxFinding PbxDoctor::listening() const
{
    if (m_heard.isEmpty())
        return {Grade::Note, QStringLiteral("No call was heard."),
                QStringLiteral("Call one of the phones while this listens; if it still hears nothing, the "
                               "user's read classes lack “call” and “agent”.")};
    QStringList rang;
    for (auto ring = m_rings.begin(); ring != m_rings.end(); ++ring)
        rang.append(QStringLiteral("%1 (%2×)").arg(ring.key()).arg(*ring));
    if (rang.isEmpty())
        return {Grade::Bad,
                QStringLiteral("Events of calls were heard (%1), but no agent's phone rang.")
                    .arg(listed(m_heard.keys())),
                QStringLiteral("Compare the phones that are not named with \"agents\" in the settings.")};
    return {
        Grade::Good, QStringLiteral("Calls heard: %1. It rang at %2.").arg(calls()).arg(listed(rang)), {}};
}

} // namespace ringbook::calls
