#pragma once

#include <QList>
#include <QSslConfiguration>
#include <QSslError>
#include <QUrl>

namespace ringbook::sync {

/// By which certificates a desk believes that somebody is its hub.
class HubTrust
{
public:
    /// PEM: of an authority, or of the hub itself; only these count then. Without a file the system's do.
    explicit HubTrust(const QString &file = {});

    const QSslConfiguration &settings() const { return m_settings; }

    /// True if nothing is wrong but that nobody vouches for a certificate that is in the file itself.
    bool knows(const QSslCertificate &shown, const QList<QSslError> &errors) const;

private:
    QSslConfiguration m_settings;
    QList<QSslCertificate> m_own;
};

/// Why the certificate shown at this address is not accepted, and what to do, as one sentence.
QString whyUntrusted(const QUrl &hub, const QList<QSslError> &errors);

} // namespace ringbook::sync
