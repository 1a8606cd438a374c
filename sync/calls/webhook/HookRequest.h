#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

namespace ringbook::calls {

/// What somebody posted to the address of a source, as it came.
struct HookRequest
{
    QString address = {};                      ///< of the machine that posts, or of a proxy before it
    QString token = {};                        ///< of the path
    QByteArray target = {};                    ///< path and query, "/v1/webhooks/berlin/…?bodySHA256=…"
    QMap<QByteArray, QByteArray> headers = {}; ///< by name in lower case
    QByteArray body = {};
};

/// What to answer when it was taken; the sender expects it in this form.
struct HookReply
{
    QByteArray body = "{}";
    QByteArray contentType = "application/json";
};

} // namespace ringbook::calls
