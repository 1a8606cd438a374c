#include "sync/client/HttpTransport.h"

#include "model/domain/Kinds.h"
#include "sync/protocol/Messages.h"
#include "sync/protocol/Routes.h"

#include <QNetworkReply>
#include <QNetworkRequest>

#include <algorithm>
#include <chrono>

namespace ringbook::sync {

namespace {

constexpr qint64 streamReadBytes = 4 * maxEventBytes;
constexpr auto distrust = "distrust"; // a property of replies: a sentence

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

/// Qt calls each status from 400 up an error as well; those are answers.
bool isAnswer(const QNetworkReply &reply)
{
    const int error = reply.error();
    const bool onlyStatus =
        error >= QNetworkReply::ContentAccessDenied && error <= QNetworkReply::UnknownServerError;
    return statusOf(reply) != 0 &&
           (error == QNetworkReply::NoError || (onlyStatus && statusOf(reply) >= 400));
}

std::optional<qint64> retryAfterOf(const QNetworkReply &reply)
{
    bool isNumber = false;
    const qint64 seconds = reply.rawHeader("Retry-After").trimmed().toLongLong(&isNumber);
    if (!isNumber || seconds < 0)
        return std::nullopt;
    return std::min<qint64>(seconds, 3600) * 1000;
}

qint64 steadyNs()
{
    return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Ends it without a word, also from within one of its own signals, where abort() would stumble.
void drop(const QObject *listener, QNetworkReply *reply)
{
    reply->disconnect(listener);
    reply->deleteLater();
}

} // namespace

HttpTransport::HttpTransport(const QString &hubCertificate) : m_trust(hubCertificate)
{
    m_requests.setParent(this);
    m_streams.setParent(this);
}

HttpTransport::~HttpTransport()
{
    closeStream();
    for (QNetworkReply *reply : std::as_const(m_replies))
        drop(this, reply);
}

void HttpTransport::setHub(const QUrl &hub)
{
    m_hub = hub;
}

QNetworkRequest HttpTransport::prepared(const HttpRequest &request) const
{
    QUrl url = m_hub;
    const qsizetype question = request.path.indexOf('?');
    const QByteArray path = question < 0 ? request.path : request.path.first(question);
    url.setPath(m_hub.path(QUrl::FullyEncoded).chopped(m_hub.path().endsWith(u'/')) +
                    QString::fromLatin1(path),
                QUrl::TolerantMode);
    if (question >= 0)
        url.setQuery(QString::fromLatin1(request.path.sliced(question + 1)), QUrl::StrictMode);

    QNetworkRequest prepared(url);
    prepared.setSslConfiguration(m_trust.settings());
    prepared.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    prepared.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    prepared.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    prepared.setTransferTimeout(int(request.timeoutMs));
    prepared.setRawHeader(schemaHeader, QByteArray::number(model::schemaNumber));
    if (!request.token.isEmpty())
        prepared.setRawHeader("Authorization", "Bearer " + request.token);
    if (!request.body.isEmpty())
        prepared.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    return prepared;
}

void HttpTransport::send(int id, const HttpRequest &request)
{
    QNetworkReply *reply = m_requests.sendCustomRequest(prepared(request), request.method, request.body);
    m_replies.insert(id, reply);
    listenForDistrust(reply);
    connect(reply, &QNetworkReply::readyRead, this, [reply] {
        if (reply->bytesAvailable() > maxPageBytes)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [this, id, reply] { finish(id, reply); });
}

void HttpTransport::finish(int id, QNetworkReply *reply)
{
    reply->deleteLater();
    m_replies.remove(id);
    HttpAnswer answer;
    if (isAnswer(*reply))
        answer = {.status = statusOf(*reply),
                  .body = reply->readAll(),
                  .contentType = reply->header(QNetworkRequest::ContentTypeHeader).toByteArray(),
                  .retryAfterMs = retryAfterOf(*reply)};
    else
        answer = {.isUntrusted = reply->error() == QNetworkReply::SslHandshakeFailedError,
                  .failure = failureOf(*reply)};
    Q_EMIT answered(id, answer);
}

void HttpTransport::cancel(int id)
{
    if (QNetworkReply *reply = m_replies.take(id))
        drop(this, reply);
}

void HttpTransport::openStream(const HttpRequest &request)
{
    closeStream();
    QNetworkRequest stream = prepared(request);
    stream.setTransferTimeout(0);
    stream.setRawHeader("Accept", "text/event-stream");
    stream.setRawHeader("Accept-Encoding", "identity");
    m_stream = m_streams.get(stream);
    listenForDistrust(m_stream);
    m_stream->setReadBufferSize(streamReadBytes);
    connect(m_stream, &QNetworkReply::metaDataChanged, this, [this, reply = m_stream] {
        if (statusOf(*reply) != 0)
            Q_EMIT streamOpened(statusOf(*reply),
                                reply->header(QNetworkRequest::ContentTypeHeader).toByteArray());
    });
    connect(m_stream, &QNetworkReply::readyRead, this, [this, reply = m_stream] {
        const qint64 receivedNs = steadyNs();
        Q_EMIT streamBytes(reply->readAll(), receivedNs);
    });
    connect(m_stream, &QNetworkReply::finished, this, [this, reply = m_stream] {
        reply->deleteLater();
        m_stream = nullptr;
        Q_EMIT streamEnded(isAnswer(*reply) ? QString() : failureOf(*reply));
    });
}

void HttpTransport::closeStream()
{
    if (QNetworkReply *reply = std::exchange(m_stream, nullptr))
        drop(this, reply);
}

/// Qt ends the connection by itself, before anything was sent.
void HttpTransport::listenForDistrust(QNetworkReply *reply)
{
    connect(reply, &QNetworkReply::sslErrors, this, [this, reply](const QList<QSslError> &errors) {
        if (m_trust.knows(reply->sslConfiguration().peerCertificate(), errors))
            reply->ignoreSslErrors(errors);
        else
            reply->setProperty(distrust, whyUntrusted(m_hub, errors));
    });
}

QString HttpTransport::failureOf(const QNetworkReply &reply) const
{
    const QString hub = m_hub.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    switch (reply.error()) {
    case QNetworkReply::ConnectionRefusedError: return QStringLiteral("Nothing answers at %1.").arg(hub);
    case QNetworkReply::HostNotFoundError:
        return QStringLiteral("There is no machine named %1.").arg(m_hub.host());
    case QNetworkReply::TimeoutError: return QStringLiteral("The hub did not answer in time.");
    case QNetworkReply::OperationCanceledError:
        return statusOf(reply) == 0 ? QStringLiteral("The hub did not answer in time.")
                                    : QStringLiteral("The hub's answer did not end, or was too long.");
    case QNetworkReply::RemoteHostClosedError: return QStringLiteral("The connection to the hub was cut.");
    case QNetworkReply::SslHandshakeFailedError:
        return reply.property(distrust).toString().isEmpty() ? whyUntrusted(m_hub, {})
                                                             : reply.property(distrust).toString();
    default: return QStringLiteral("The hub cannot be reached: %1.").arg(reply.errorString());
    }
}

} // namespace ringbook::sync
