#pragma once

#include "sync/client/Exchange.h"

#include <QObject>
#include <QUrl>

namespace ringbook::sync {

/// Carries requests to one hub and its stream back. Ids are the caller's; a cancelled request is not
/// answered.
class Transport : public QObject
{
    Q_OBJECT

public:
    virtual void setHub(const QUrl &hub) = 0;
    virtual void send(int id, const HttpRequest &request) = 0;
    virtual void cancel(int id) = 0;
    virtual void openStream(const HttpRequest &request) = 0;
    virtual void closeStream() = 0; ///< nothing more is heard of it

Q_SIGNALS:
    void answered(int id, const ringbook::sync::HttpAnswer &answer);
    void streamOpened(int status, const QByteArray &contentType);
    void streamBytes(const QByteArray &bytes, qint64 receivedNs); ///< steady clock, when they were read
    void streamEnded(const QString &failure);
};

} // namespace ringbook::sync
