#pragma once

#include "sync/client/HubTrust.h"
#include "sync/client/Transport.h"

#include <QHash>
#include <QNetworkAccessManager>

class QNetworkReply;
class QNetworkRequest;

namespace ringbook::sync {

/// The transport over HTTP. The stream has a manager of its own, so that requests never wait for the
/// connections it and they would share.
class HttpTransport final : public Transport
{
    Q_OBJECT

public:
    explicit HttpTransport(const QString &hubCertificate = {}); ///< see HubTrust
    ~HttpTransport() override;

    void setHub(const QUrl &hub) override;
    void send(int id, const HttpRequest &request) override;
    void cancel(int id) override;
    void openStream(const HttpRequest &request) override;
    void closeStream() override;

private:
    QNetworkRequest prepared(const HttpRequest &request) const;
    void finish(int id, QNetworkReply *reply);
    void listenForDistrust(QNetworkReply *reply);
    QString failureOf(const QNetworkReply &reply) const;

    HubTrust m_trust;
    QUrl m_hub;
    QNetworkAccessManager m_requests;
    QNetworkAccessManager m_streams;
    QHash<int, QNetworkReply *> m_replies;
    QNetworkReply *m_stream = nullptr;
};

} // namespace ringbook::sync
