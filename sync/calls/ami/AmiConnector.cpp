#include "sync/calls/ami/AmiConnector.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>

namespace ringbook::calls {

namespace {

constexpr qint64 readBufferBytes = 1 << 20;
constexpr int oldestManagerVersion = 2; ///< of the manager interface: Asterisk 12 and later

model::CallTiming timingOf(const AmiTiming &timing, const PbxSettings &settings)
{
    model::CallTiming calls = timing.calls;
    calls.showUntold = settings.showUntold;
    return calls;
}

} // namespace

int retryDelayMs(const AmiTiming &timing, int attempt, double random)
{
    return retryDelayMs(timing.firstRetryMs, timing.longestRetryMs, attempt, random);
}

QString greetingProblem(const QString &greeting)
{
    const QString expected = QStringLiteral("Asterisk Call Manager/");
    if (!greeting.startsWith(expected))
        return QStringLiteral("this is no Asterisk manager interface");
    if (greeting.mid(expected.size()).section(u'.', 0, 0).toInt() < oldestManagerVersion)
        return QStringLiteral("its Asterisk is too old; version 13 or later is needed");
    return {};
}

AmiConnector::AmiConnector(const Clock &clock, PbxSettings settings, AmiTiming timing, QObject *parent)
    : CallSource(clock, timingOf(timing, settings), settings.agentNames(), parent, popRulesOf(settings)),
      m_settings(std::move(settings)),
      m_timing(timing),
      m_interpreter(m_settings, liveCalls()),
      m_trust(m_settings)
{
    m_socket.setReadBufferSize(readBufferBytes);
    m_socket.setSslConfiguration(m_trust.settings());
    m_retry.setSingleShot(true);
    m_step.setSingleShot(true);
    m_ping.setInterval(m_timing.pingEveryMs);
    connect(&m_socket, &QTcpSocket::connected, this, [this] {
        if (!m_settings.tls)
            reached();
    });
    connect(&m_socket, &QSslSocket::sslErrors, this, &AmiConnector::distrust);
    connect(&m_socket, &QSslSocket::encrypted, this, &AmiConnector::reached);
    connect(&m_socket, &QTcpSocket::readyRead, this, &AmiConnector::read);
    connect(&m_socket, &QTcpSocket::disconnected, this,
            [this] { lost(QStringLiteral("the connection ended")); });
    connect(&m_socket, &QTcpSocket::errorOccurred, this, &AmiConnector::failed);
    connect(&m_retry, &QTimer::timeout, this, &AmiConnector::connectNow);
    connect(&m_step, &QTimer::timeout, this, &AmiConnector::giveUpWaiting);
    connect(&m_ping, &QTimer::timeout, this, &AmiConnector::keepAlive);
}

AmiConnector::~AmiConnector()
{
    giveUpOrders();
    m_socket.disconnect(this);
}

Status AmiConnector::start()
{
    if (!m_settings.tls && !maySpeakPlainText(m_settings)) {
        const auto problem =
            QStringLiteral("the PBX at %1 is another machine and would be spoken to in plain text: set tls, "
                           "or allow_plain_text")
                .arg(m_settings.host);
        setLink({Link::State::Off, problem});
        return Error{Fault::Denied, problem};
    }
    connectNow();
    return Done{};
}

void AmiConnector::stop()
{
    m_retry.stop();
    m_step.stop();
    m_ping.stop();
    const QSignalBlocker quiet(&m_socket);
    m_socket.abort();
    setLink({Link::State::Off, {}});
}

void AmiConnector::connectNow()
{
    m_parser = {};
    m_asked.clear();
    m_allowed.clear();
    m_later.clear();
    m_isListing = false;
    m_loggedIn = false;
    m_unanswered = 0;
    m_bytesTaken = 0;
    m_distrust.clear();
    setLink({Link::State::Connecting, m_problem});
    m_step.start(m_timing.answerWaitMs);
    if (m_settings.tls)
        m_socket.connectToHostEncrypted(m_settings.host, m_settings.port);
    else
        m_socket.connectToHost(m_settings.host, m_settings.port);
}

/// In TLS also one who has no fault may be another than the one who is named.
void AmiConnector::reached()
{
    if (m_settings.tls)
        if (const QString why = m_trust.whyNot(m_socket.peerCertificate(), {}); !why.isEmpty())
            return lost(why);
    if (m_tap)
        m_tap->connected();
}

void AmiConnector::distrust(const QList<QSslError> &faults)
{
    m_distrust = m_trust.whyNot(m_socket.peerCertificate(), faults);
    if (m_distrust.isEmpty())
        m_socket.ignoreSslErrors();
}

void AmiConnector::failed(QAbstractSocket::SocketError error)
{
    const bool wasInHandshake = error == QAbstractSocket::SslHandshakeFailedError;
    if (wasInHandshake && m_distrust.isEmpty())
        m_distrust = m_trust.whyNot(QSslCertificate(), {});
    lost(wasInHandshake ? m_distrust : m_socket.errorString());
}

void AmiConnector::lost(const QString &problem)
{
    if (m_retry.isActive())
        return;
    if (m_tap)
        m_tap->ended();
    m_step.stop();
    m_ping.stop();
    giveUpOrders();
    m_listing = {};
    if (!problem.isEmpty())
        m_problem = QStringLiteral("telephone events from %1:%2 are paused: %3")
                        .arg(m_settings.host)
                        .arg(m_settings.port)
                        .arg(problem);
    m_retry.start(retryDelayMs(m_timing, m_attempt++, QRandomGenerator::global()->generateDouble()));
    setLink({Link::State::Waiting, m_problem});
    if (m_socket.state() != QAbstractSocket::UnconnectedState)
        m_socket.abort();
}

void AmiConnector::read()
{
    const bool wasGreeted = m_parser.hasGreeting();
    const QByteArray bytes = m_socket.readAll();
    if (m_tap)
        m_tap->came(bytes);
    const auto messages = m_parser.take(bytes);
    if (!wasGreeted && m_parser.hasGreeting())
        greet();
    for (const AmiMessage &message : messages) {
        if (!m_retry.isActive())
            takeMessage(message);
    }
    m_bytesTaken += bytes.size();
    if (m_isListing && m_bytesTaken - m_listedFrom > maxListingBytes)
        lost(QStringLiteral("its list of calls does not end"));
    ask();
    publish();
}

void AmiConnector::greet()
{
    const QString problem = greetingProblem(m_parser.greeting());
    if (!problem.isEmpty()) {
        lost(problem);
        return;
    }
    setLink({Link::State::LoggingIn, m_problem});
    send({Asked::What::Challenge}, "Challenge", {{"AuthType", QStringLiteral("MD5")}});
}

QString AmiConnector::send(Asked asked, const QByteArray &action, const QVector<ActionField> &fields)
{
    const QString id = QStringLiteral("ringbook-%1").arg(++m_lastAction);
    QByteArray bytes = "Action: " + action + "\r\nActionID: " + id.toLatin1() + "\r\n";
    for (const auto &[key, value] : fields) {
        QString oneLine = value;
        oneLine.remove(u'\r').remove(u'\n');
        bytes += key + ": " + oneLine.toUtf8() + "\r\n";
    }
    m_asked[id] = asked;
    bytes += "\r\n";
    if (m_tap)
        m_tap->went(bytes);
    m_socket.write(bytes);
    return id;
}

void AmiConnector::takeMessage(const AmiMessage &message)
{
    if (!message.text(QLatin1String("Event")).isEmpty())
        takeEvent(message);
    else if (!message.text(QLatin1String("Response")).isEmpty())
        takeAnswer(message);
}

void AmiConnector::takeAnswer(const AmiMessage &message)
{
    const QString id = message.text(QLatin1String("ActionID"));
    const auto found = m_asked.constFind(id);
    if (found == m_asked.constEnd())
        return;
    const Asked asked = *found;
    m_asked.erase(found);
    const bool refused = message.text(QLatin1String("Response")) == QLatin1String("Error");
    switch (asked.what) {
    case Asked::What::Challenge: {
        const QString challenge = message.text(QLatin1String("Challenge"));
        const auto key =
            QCryptographicHash::hash((challenge + m_settings.secret).toUtf8(), QCryptographicHash::Md5);
        send({Asked::What::Login}, "Login",
             {{"AuthType", QStringLiteral("MD5")},
              {"Username", m_settings.user},
              {"Key", QString::fromLatin1(key.toHex())}});
        break;
    }
    case Asked::What::Login: answerToLogin(message); break;
    case Asked::What::Ping:
        m_unanswered = 0;
        learnClock(message);
        break;
    case Asked::What::Presentation: answerToPresentation(asked, message); break;
    case Asked::What::Rights:
        for (const auto &[action, words] : message.fields)
            m_allowed.insert(action);
        Q_EMIT abilitiesChanged();
        break;
    case Asked::What::Order: answerToOrder(asked, message); break;
    case Asked::What::Diagnosis: break;
    case Asked::What::Channels:
    case Asked::What::Queues:
        if (refused) {
            m_problem =
                QStringLiteral("the PBX does not let user \"%1\" list what is up (write class reporting): "
                               "calls from before the connection are not seen")
                    .arg(m_settings.user);
            endListing(false);
        }
        break;
    }
}

void AmiConnector::answerToLogin(const AmiMessage &answer)
{
    if (answer.text(QLatin1String("Response")) != QLatin1String("Success")) {
        m_problem = QStringLiteral("the PBX at %1:%2 refused the login of user \"%3\": wrong name or secret")
                        .arg(m_settings.host)
                        .arg(m_settings.port)
                        .arg(m_settings.user);
        lost({});
        return;
    }
    m_loggedIn = true;
    m_problem.clear();
    m_step.start(m_timing.bootWaitMs);
    m_ping.start();
}

void AmiConnector::answerToPresentation(const Asked &asked, const AmiMessage &answer)
{
    QString value = answer.text(QLatin1String("Value"));
    if (!asked.question.early && answer.text(QLatin1String("Response")) != QLatin1String("Success"))
        value = m_settings.showUntold ? QStringLiteral("allowed") : QStringLiteral("prohib");
    m_interpreter.presentationTold(asked.question, value, now());
}

void AmiConnector::takeEvent(const AmiMessage &event)
{
    if (takeListed(event))
        return;
    const QString name = event.text(QLatin1String("Event"));
    if (name == QLatin1String("FullyBooted"))
        beginListing();
    else if (name == QLatin1String("Shutdown"))
        setLink({Link::State::Waiting, QStringLiteral("the PBX at %1 is stopping").arg(m_settings.host)});
    else if (!m_isListing)
        m_interpreter.take(event, now());
    else if (m_later.size() < maxEventsWhileListing)
        m_later += {event, now()};
}

bool AmiConnector::takeListed(const AmiMessage &event)
{
    if (!m_isListing || event.text(QLatin1String("ActionID")).isEmpty())
        return false;
    const QString name = event.text(QLatin1String("Event"));
    if (name == QLatin1String("CoreShowChannel"))
        m_listing.channels += event;
    else if (name == QLatin1String("QueueEntry"))
        m_listing.queueEntries += event;
    else if (name == QLatin1String("CoreShowChannelsComplete"))
        send({Asked::What::Queues}, "QueueStatus");
    else if (name == QLatin1String("QueueStatusComplete"))
        endListing(true);
    else
        return name == QLatin1String("QueueParams") || name == QLatin1String("QueueMember");
    return true;
}

void AmiConnector::beginListing()
{
    if (!m_loggedIn || m_isListing)
        return;
    m_isListing = true;
    m_listing = {};
    m_listedFrom = m_bytesTaken;
    if (link().state != Link::State::Live)
        setLink({Link::State::Listing, m_problem});
    m_step.start(m_timing.answerWaitMs);
    send({Asked::What::Channels}, "CoreShowChannels");
}

void AmiConnector::endListing(bool complete)
{
    m_step.stop();
    m_isListing = false;
    if (complete)
        m_interpreter.takeListing(m_listing, now());
    m_listing = {};
    const auto later = std::exchange(m_later, {});
    for (const auto &[event, at] : later)
        m_interpreter.take(event, at);
    m_attempt = 0;
    if (m_allowed.isEmpty())
        send({Asked::What::Rights}, "ListCommands");
    setLink({Link::State::Live, m_problem});
}

void AmiConnector::ask()
{
    if (!m_loggedIn || m_retry.isActive())
        return;
    const auto questions = m_interpreter.takeQuestions();
    for (const auto &question : questions) {
        send({Asked::What::Presentation, question}, "Getvar",
             {{"Channel", question.channel}, {"Variable", presentationVariable}});
    }
}

void AmiConnector::giveUpWaiting()
{
    if (m_isListing) {
        endListing(false);
        publish();
    } else if (m_loggedIn) {
        beginListing();
    } else {
        lost(QStringLiteral("it does not answer"));
    }
}

} // namespace ringbook::calls
