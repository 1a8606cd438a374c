#include "sync/client/HubTrust.h"

#include <algorithm>

namespace ringbook::sync {

namespace {

bool isAboutVouching(const QSslError &error)
{
    switch (error.error()) {
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::CertificateUntrusted: return true;
    default: return false;
    }
}

QString dayOf(const QDateTime &moment)
{
    return moment.toUTC().date().toString(Qt::ISODate);
}

} // namespace

HubTrust::HubTrust(const QString &file) : m_settings(QSslConfiguration::defaultConfiguration())
{
    if (file.isEmpty())
        return;
    m_own = QSslCertificate::fromPath(file);
    m_settings.setCaCertificates(m_own);
}

bool HubTrust::knows(const QSslCertificate &shown, const QList<QSslError> &errors) const
{
    return m_own.contains(shown) && std::ranges::all_of(errors, isAboutVouching);
}

QString whyUntrusted(const QUrl &hub, const QList<QSslError> &errors)
{
    const QString host = hub.host();
    for (const QSslError &error : errors) {
        if (error.error() == QSslError::HostNameMismatch)
            return QStringLiteral(
                       "What answers at %1 shows the certificate of another machine; check the address.")
                .arg(host);
        if (error.error() == QSslError::CertificateExpired)
            return QStringLiteral("The certificate of %1 expired on %2; ask your administrator to renew it.")
                .arg(host, dayOf(error.certificate().expiryDate()));
        if (error.error() == QSslError::CertificateNotYetValid)
            return QStringLiteral(
                       "The certificate of %1 is good only from %2 on; is this computer's clock right?")
                .arg(host, dayOf(error.certificate().effectiveDate()));
    }
    const auto hasNoVoucher = [](const QSslError &error) { // or one who only has the same name
        return isAboutVouching(error) || error.error() == QSslError::CertificateSignatureFailed;
    };
    if (std::ranges::any_of(errors, hasNoVoucher))
        return QStringLiteral(
                   "Nobody whom this computer trusts vouches for the certificate of %1; get your company's "
                   "from your administrator and start with --hub-certificate FILE.")
            .arg(host);
    if (!errors.isEmpty())
        return QStringLiteral("The certificate of %1 is not accepted (%2); ask your administrator.")
            .arg(host, errors.first().errorString());
    return QStringLiteral("What answers at %1 does not speak TLS as this desk does; check the address.")
        .arg(hub.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery));
}

} // namespace ringbook::sync
