#include "sync/calls/PbxTrust.h"

#include "sync/calls/PbxLink.h"

#include <QCryptographicHash>

namespace ringbook::calls {

PbxTrust::PbxTrust(const PbxSettings &settings)
    : m_settings(QSslConfiguration::defaultConfiguration()),
      m_fingerprint(settings.tlsFingerprint)
{
    m_settings.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (settings.tlsCertificate.isEmpty())
        return;
    m_own = QSslCertificate::fromPath(settings.tlsCertificate);
    m_settings.setCaCertificates(m_own);
}

QString PbxTrust::whyNot(const QSslCertificate &shown, const QList<QSslError> &faults) const
{
    if (shown.isNull())
        return QStringLiteral("it does not speak TLS as the hub does; look at \"port\" and \"tls\"");
    const bool isNamed = m_fingerprint.isEmpty() ? m_own.contains(shown)
                                                 : shown.digest(QCryptographicHash::Sha256) == m_fingerprint;
    if (isNamed || (m_fingerprint.isEmpty() && faults.isEmpty()))
        return {};
    const QString fault =
        faults.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(faults.first().errorString());
    return QStringLiteral("its certificate is not the one that is trusted%1; if it is yours, set "
                          "\"tls_fingerprint\" to \"%2\"")
        .arg(fault, fingerprintOf(shown));
}

QString fingerprintOf(const QSslCertificate &certificate)
{
    return QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper());
}

QString protectionOf(const PbxSettings &settings)
{
    if (settings.kind == PbxSettings::Kind::Webhook)
        return QStringLiteral("It comes to the hub's own address, by a secret path.");
    if (settings.tls)
        return !settings.tlsFingerprint.isEmpty()
                   ? QStringLiteral("TLS, with the one certificate whose fingerprint the settings name.")
               : !settings.tlsCertificate.isEmpty()
                   ? QStringLiteral(
                         "TLS, with a certificate that the settings name or an authority they name.")
                   : QStringLiteral("TLS, with a certificate that this machine trusts.");
    return isThisMachine(settings.host)
               ? QStringLiteral("Plain text that stays on this machine.")
               : QStringLiteral("Plain text over the network: whoever is on it reads the callers' numbers.");
}

} // namespace ringbook::calls
