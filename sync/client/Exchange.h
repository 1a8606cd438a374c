#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace ringbook::sync {

struct HttpRequest
{
    QByteArray method = "GET";
    QByteArray path = {}; ///< with the query, without the hub's address
    QByteArray body = {}; ///< JSON, if any
    QByteArray token = {};
    qint64 timeoutMs = 0; ///< 0: none, for the stream

    bool operator==(const HttpRequest &) const = default;
};

/// What came back, or did not.
struct HttpAnswer
{
    int status = 0; ///< 0: no answer; see `failure`
    QByteArray body = {};
    QByteArray contentType = {};
    std::optional<qint64> retryAfterMs = {};
    bool isUntrusted = false; ///< who answered could not prove that it is the hub, and was told nothing
    QString failure = {};     ///< one sentence, if there was no answer or its body was cut or too long

    bool operator==(const HttpAnswer &) const = default;
};

} // namespace ringbook::sync
