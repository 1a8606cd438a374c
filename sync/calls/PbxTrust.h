#pragma once

#include "sync/calls/PbxSettings.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QSslSocket>

namespace ringbook::calls {

/// By which certificates the hub believes that somebody is its telephone system: one with the fingerprint of
/// the settings and no other; one that is in the file of the settings, or that an authority in it vouches
/// for; without either, what the system trusts. A telephone system's own certificate is often made by itself,
/// for another name and long ago: one that the settings name is not asked about that.
class PbxTrust
{
public:
    explicit PbxTrust(const PbxSettings &settings);

    const QSslConfiguration &settings() const { return m_settings; } ///< for the socket

    /// Whether to go on with who shows this, after the handshake found these faults. An empty sentence, or
    /// why not and what to do.
    QString whyNot(const QSslCertificate &shown, const QList<QSslError> &faults) const;

private:
    QSslConfiguration m_settings;
    QList<QSslCertificate> m_own;
    QByteArray m_fingerprint;
};

/// How what is said with this telephone system is kept from strangers, one sentence.
QString protectionOf(const PbxSettings &settings);

/// SHA-256 of the certificate, as people read it out: "AB:CD:…".
QString fingerprintOf(const QSslCertificate &certificate);

} // namespace ringbook::calls
