#include "sync/hub/HttpTls.h"

#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>

#include <boost/asio/ssl/error.hpp>
#include <ctime>
#include <openssl/x509.h>

namespace ringbook::hub {

namespace {

Q_LOGGING_CATEGORY(log, "ringbook.hub.tls")

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

constexpr qint64 mostFileBytes = 1 << 20;
constexpr qint64 lookEveryNs = 60'000'000'000;
constexpr TimeMs endIsNearMs = 14 * dayMs;

Error trouble(const QString &sentence)
{
    return Error{Fault::Invalid, sentence};
}

Result<QByteArray> contentOf(const QString &path, const QString &option)
{
    QFile file(path);
    if (!file.exists())
        return trouble(
            QStringLiteral("There is no file “%1”; say with %2 where it is.").arg(path.left(200), option));
    if (!file.open(QIODevice::ReadOnly))
        return trouble(QStringLiteral("“%1” cannot be read (%2); let the user who runs the hub read it.")
                           .arg(path, file.errorString()));
    return file.read(mostFileBytes);
}

boost::asio::const_buffer view(const QByteArray &text)
{
    return {text.constData(), size_t(text.size())};
}

QDateTime moment(const ASN1_TIME *time)
{
    std::tm parts{};
    ASN1_TIME_to_tm(time, &parts);
    return {QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
            QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC};
}

/// When it ends.
Result<TimeMs> checkDates(const ssl::context &context, const QString &path, TimeMs now)
{
    const X509 *certificate = SSL_CTX_get0_certificate(const_cast<ssl::context &>(context).native_handle());
    const QDateTime begins = moment(X509_get0_notBefore(certificate));
    const QDateTime ends = moment(X509_get0_notAfter(certificate));
    if (ends.toMSecsSinceEpoch() < now)
        return trouble(QStringLiteral("The certificate in “%1” expired on %2; put a renewed one there.")
                           .arg(path, ends.toString(Qt::ISODate)));
    if (begins.toMSecsSinceEpoch() > now)
        return trouble(
            QStringLiteral("The certificate in “%1” is good only from %2 on; is this machine's clock right?")
                .arg(path, begins.toString(Qt::ISODate)));
    return ends.toMSecsSinceEpoch();
}

Status useCertificate(ssl::context &context, const QString &path)
{
    const auto text = contentOf(path, QStringLiteral("--tls-certificate"));
    if (!text)
        return text.error();
    error_code failure;
    context.use_certificate_chain(view(*text), failure);
    if (failure)
        return trouble(
            QStringLiteral("“%1” holds no certificate that can be used (%2); it has to be PEM, the hub's "
                           "own first, then those that vouch for it.")
                .arg(path, QString::fromStdString(failure.message())));
    return Done{};
}

Status useKey(ssl::context &context, const TlsFiles &files)
{
    const auto text = contentOf(files.key, QStringLiteral("--tls-key"));
    if (!text)
        return text.error();
    bool isLocked = false;
    context.set_password_callback([&isLocked](size_t, ssl::context::password_purpose) {
        isLocked = true;
        return std::string();
    });
    error_code failure;
    context.use_private_key(view(*text), ssl::context::pem, failure);
    SSL_CTX_set_default_passwd_cb(context.native_handle(), nullptr);
    if (isLocked)
        return trouble(
            QStringLiteral("The key in “%1” is locked by a passphrase, and nobody is there to type it; "
                           "write it without: openssl pkey -in LOCKED -out KEY")
                .arg(files.key));
    const bool isAnothers =
        failure && ERR_GET_REASON(unsigned(failure.value())) == X509_R_KEY_VALUES_MISMATCH;
    if (failure && !isAnothers)
        return trouble(
            QStringLiteral("“%1” holds no private key that can be used; it has to be PEM.").arg(files.key));
    if (isAnothers || SSL_CTX_check_private_key(context.native_handle()) != 1)
        return trouble(
            QStringLiteral("The key in “%1” does not belong to the first certificate in “%2”; name the two "
                           "that belong together, the hub's own certificate first in its file.")
                .arg(files.key, files.certificate));
    return Done{};
}

} // namespace

Result<HttpTls> HttpTls::open(const TlsFiles &files, const Clock &clock)
{
    HttpTls tls(files, clock);
    if (const Status loaded = tls.load(); !loaded)
        return loaded.error();
    if (QFile::permissions(files.key) & QFile::ReadOther)
        qCWarning(log, "Everybody on this machine may read the key in “%s”; take that away: chmod o-rwx",
                  qUtf8Printable(files.key));
    return tls;
}

HttpTls::Moments HttpTls::changedAt() const
{
    return {QFileInfo(m_files.certificate).lastModified(), QFileInfo(m_files.key).lastModified()};
}

Status HttpTls::load()
{
    m_lookedNs = m_clock->monotonicNs();
    m_loaded = changedAt(); // before they are read: what is written meanwhile is looked at again
    auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_session_cache_mode(context->native_handle(), SSL_SESS_CACHE_OFF); // desks keep their tickets
    if (const Status used = useCertificate(*context, m_files.certificate); !used)
        return used;
    if (const Status used = useKey(*context, m_files); !used)
        return used;
    const auto ends = checkDates(*context, m_files.certificate, m_clock->now());
    if (!ends)
        return ends.error();
    m_ends = *ends;
    m_context = std::move(context);
    return Done{};
}

Status HttpTls::refresh()
{
    if (m_clock->monotonicNs() - m_lookedNs < lookEveryNs)
        return Done{};
    m_lookedNs = m_clock->monotonicNs();
    if (changedAt() == m_loaded)
        return tellEnd();
    const Status loaded = load();
    return loaded ? loaded
                  : trouble(QStringLiteral("The certificate stays as it was: ") + loaded.error().detail);
}

Status HttpTls::tellEnd()
{
    const TimeMs now = m_clock->now();
    if (now < m_ends - endIsNearMs || now < m_tellEndAt)
        return Done{};
    m_tellEndAt = now + dayMs;
    return trouble(
        QStringLiteral("The certificate in “%1” ends on %2; put a renewed one there, or desks will "
                       "not believe this hub any more.")
            .arg(m_files.certificate, QDateTime::fromMSecsSinceEpoch(m_ends, Qt::UTC).toString(Qt::ISODate)));
}

bool isPlainHttp(const error_code &handshakeFailure)
{
    return handshakeFailure.category() == boost::asio::error::get_ssl_category() &&
           ERR_GET_REASON(unsigned(handshakeFailure.value())) == SSL_R_HTTP_REQUEST;
}

} // namespace ringbook::hub
