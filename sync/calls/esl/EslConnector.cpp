#include "sync/calls/esl/EslConnector.h"

#include "sync/calls/PbxLink.h"
#include "sync/calls/esl/EslOrders.h"

#include <QLoggingCategory>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>

namespace ringbook::calls {

// The socket: login, frames, keep-alive, back-off.

namespace {

Q_LOGGING_CATEGORY(log, "ringbook.hub.pbx")

constexpr qint64 readBufferBytes = 1 << 20;
constexpr int longestHeartbeatMs = 300'000;

/// What FreeSWITCH is delivered with; everybody knows it (CVE-2019-19492).
const QString knownPassword = QStringLiteral("ClueCon");

const QByteArray wantedEvents =
    "event json CHANNEL_CREATE CHANNEL_CALLSTATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ANSWER "
    "CHANNEL_BRIDGE CHANNEL_UNBRIDGE CHANNEL_HOLD CHANNEL_UNHOLD CHANNEL_UUID CHANNEL_HANGUP "
    "CHANNEL_HANGUP_COMPLETE BACKGROUND_JOB HEARTBEAT SHUTDOWN CUSTOM callcenter::info";

QString problemOf(const PbxSettings &settings)
{
    if (settings.secret.isEmpty())
        return QStringLiteral("the FreeSWITCH at %1 needs a password: set \"secret\" to the one of its "
                              "event_socket.conf.xml")
            .arg(settings.host);
    if (settings.tls)
        return QStringLiteral("FreeSWITCH's event socket has no TLS: leave \"tls\" out, and reach another "
                              "machine through a tunnel");
    if (!maySpeakPlainText(settings))
        return QStringLiteral("the FreeSWITCH at %1 is another machine and would be spoken to in plain text: "
                              "use a tunnel, or allow_plain_text")
            .arg(settings.host);
    return {};
}

QString warningOf(const PbxSettings &settings)
{
    if (settings.secret != knownPassword)
        return {};
    return QStringLiteral("the FreeSWITCH at %1 has the password it was delivered with, which everybody "
                          "knows: set another in its event_socket.conf.xml")
        .arg(settings.host);
}

model::CallTiming timingOf(const EslTiming &timing, const PbxSettings &settings)
{
    model::CallTiming calls = timing.calls;
    calls.showUntold = settings.showUntold;
    return calls;
}

} // namespace

EslConnector::EslConnector(const Clock &clock, PbxSettings settings, EslTiming timing, QObject *parent)
    : CallSource(clock, timingOf(timing, settings), settings.agentNames(), parent, popRulesOf(settings)),
      m_settings(std::move(settings)),
      m_timing(timing),
      m_interpreter(m_settings, liveCalls())
{
    m_socket.setReadBufferSize(readBufferBytes);
    for (QTimer *timer : {&m_retry, &m_step, &m_silence})
        timer->setSingleShot(true);
    connect(&m_socket, &QTcpSocket::readyRead, this, &EslConnector::read);
    connect(&m_socket, &QTcpSocket::disconnected, this,
            [this] { lost(QStringLiteral("the connection ended")); });
    connect(&m_socket, &QTcpSocket::errorOccurred, this, [this] { lost(m_socket.errorString()); });
    connect(&m_retry, &QTimer::timeout, this, &EslConnector::connectNow);
    connect(&m_step, &QTimer::timeout, this, &EslConnector::giveUpWaiting);
    connect(&m_silence, &QTimer::timeout, this,
            [this] { lost(QStringLiteral("it does not answer any more")); });
}

EslConnector::~EslConnector()
{
    failAll();
    m_socket.disconnect(this);
}

Status EslConnector::start()
{
    if (const QString problem = problemOf(m_settings); !problem.isEmpty()) {
        setLink({Link::State::Off, problem});
        return Error{Fault::Denied, problem};
    }
    if (const QString warning = warningOf(m_settings); !warning.isEmpty())
        qCWarning(log, "%s", qPrintable(warning));
    connectNow();
    return Done{};
}

void EslConnector::stop()
{
    for (QTimer *timer : {&m_retry, &m_step, &m_silence})
        timer->stop();
    const QSignalBlocker quiet(&m_socket);
    m_socket.abort();
    failAll();
    setLink({Link::State::Off, {}});
}

void EslConnector::connectNow()
{
    m_parser = {};
    m_asked.clear();
    m_later.clear();
    m_listing = {};
    m_isAsked = false;
    m_isListing = false;
    m_isListed = false;
    m_heartbeatMs = m_timing.heartbeatMs;
    m_framesTaken = 0;
    m_bytesTaken = 0;
    setLink({Link::State::Connecting, m_problem});
    m_step.start(m_timing.answerWaitMs);
    m_socket.connectToHost(m_settings.host, m_settings.port);
}

void EslConnector::lost(const QString &problem)
{
    if (m_retry.isActive())
        return;
    m_step.stop();
    m_silence.stop();
    m_problem = QStringLiteral("telephone events from %1:%2 are paused: %3")
                    .arg(m_settings.host)
                    .arg(m_settings.port)
                    .arg(problem);
    m_retry.start(retryDelayMs(m_timing.firstRetryMs, m_timing.longestRetryMs, m_attempt++,
                               QRandomGenerator::global()->generateDouble()));
    failAll();
    setLink({Link::State::Waiting, m_problem});
    if (m_socket.state() != QAbstractSocket::UnconnectedState)
        m_socket.abort();
}

void EslConnector::read()
{
    const QByteArray bytes = m_socket.readAll();
    m_bytesTaken += bytes.size();
    const auto frames = m_parser.take(bytes);
    for (const EslFrame &frame : frames) {
        if (m_retry.isActive())
            break;
        ++m_framesTaken;
        m_silence.start(m_heartbeatMs * missedHeartbeatsMeanDead + m_timing.lateMs);
        takeFrame(frame);
    }
    if (m_parser.isLost())
        lost(QStringLiteral("it does not speak as FreeSWITCH's event socket does"));
    askQuestions();
    publish();
}

void EslConnector::takeFrame(const EslFrame &frame)
{
    const QString type = frame.text("Content-Type");
    if (type == QLatin1String("text/rude-rejection"))
        return lost(
            QStringLiteral("it does not let this machine in; add it to the list that apply-inbound-acl "
                           "of its event_socket.conf.xml names"));
    if (type == QLatin1String("text/disconnect-notice"))
        return lost(QStringLiteral("it ended the connection"));
    if (type == QLatin1String("auth/request"))
        return logIn();
    if (!m_isAsked)
        return lost(QStringLiteral("this is no event socket of FreeSWITCH"));
    if (type == QLatin1String("command/reply") || type == QLatin1String("api/response"))
        return takeReply(frame);
    if (const auto event = eslEventOf(frame))
        takeEvent(*event);
}

void EslConnector::send(const Asked &asked, const QByteArray &command)
{
    m_asked.enqueue(asked);
    m_socket.write(command + "\n\n");
}

/// With a user of the directory ("user@domain") FreeSWITCH can be told what it may see and do.
void EslConnector::logIn()
{
    if (std::exchange(m_isAsked, true))
        return;
    setLink({Link::State::LoggingIn, m_problem});
    const QByteArray secret = m_settings.secret.toUtf8();
    send({Asked::What::Login}, m_settings.user.isEmpty()
                                   ? "auth " + secret
                                   : "userauth " + m_settings.user.toUtf8() + ':' + secret);
}

void EslConnector::answerToLogin(const EslFrame &frame)
{
    if (!frame.text("Reply-Text").startsWith(QLatin1String("+OK")))
        return lost(QStringLiteral("it refused the login: wrong \"secret\" or \"user\""));
    static const QRegularExpression separators(QStringLiteral("[ ,]+"));
    const auto allowed = frame.text("Allowed-API").split(separators, Qt::SkipEmptyParts);
    m_allowed = allowed.contains(QLatin1String("all")) ? QSet<QString>()
                                                       : QSet<QString>(allowed.begin(), allowed.end());
    send({Asked::What::Events}, wantedEvents);
}

void EslConnector::answerToEvents(const QString &reply)
{
    if (!reply.startsWith(QLatin1String("+OK")))
        return lost(QStringLiteral("it does not let this user hear of calls (esl-allowed-events)"));
    m_problem = warningOf(m_settings);
    beginListing();
}

/// Answers have no name: they come in the order of the questions.
void EslConnector::takeReply(const EslFrame &frame)
{
    if (m_asked.isEmpty())
        return;
    const Asked asked = m_asked.dequeue();
    const QString reply = frame.text("Reply-Text");
    switch (asked.what) {
    case Asked::What::Login: return answerToLogin(frame);
    case Asked::What::Events: return answerToEvents(reply);
    case Asked::What::Channels:
    case Asked::What::Bridges: return answerToList(asked, frame);
    case Asked::What::Detail: return takeDetail(asked, frame);
    case Asked::What::Question: return m_interpreter.told(asked.id, eslEventFromJson(frame.body), now());
    case Asked::What::Order:
        if (!reply.startsWith(QLatin1String("+OK")))
            finish(asked.id, Error{Fault::Denied, QStringLiteral("The telephone system does not let the "
                                                                 "hub do that; use the phone.")});
        return;
    }
}

void EslConnector::takeEvent(const EslEvent &event)
{
    const QString name = event.text("Event-Name");
    if (name == QLatin1String("HEARTBEAT")) {
        const int seconds = event.text("Heartbeat-Interval").toInt();
        if (seconds > 0)
            m_heartbeatMs = std::min(seconds, longestHeartbeatMs / 1000) * 1000;
        learnClock(event);
        return lookForSilence();
    }
    if (name == QLatin1String("SHUTDOWN"))
        return setLink(
            {Link::State::Waiting, QStringLiteral("the FreeSWITCH at %1 is stopping").arg(m_settings.host)});
    if (name == QLatin1String("BACKGROUND_JOB"))
        return takeJob(event);
    if (!m_isListing)
        m_interpreter.take(event, now());
    else if (m_later.size() < maxEslEventsWhileListing)
        m_later += {event, now()};
    const QString channel = event.text("Unique-ID");
    const auto rung = std::ranges::find_if(
        m_jobs, [&](const Job &job) { return !channel.isEmpty() && job.dials == channel; });
    if (rung != m_jobs.end())
        finish(QString(rung.key()), Done{});
}

void EslConnector::giveUpWaiting()
{
    if (m_isListing) {
        endListing(false);
        publish();
    } else if (m_isAsked || m_bytesTaken == 0) {
        lost(QStringLiteral("it does not answer"));
    } else {
        lost(QStringLiteral("this is no event socket of FreeSWITCH"));
    }
}

} // namespace ringbook::calls
