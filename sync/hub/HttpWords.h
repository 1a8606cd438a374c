#pragma once

#include "sync/hub/verbs/Verb.h"

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace ringbook::hub {

namespace beast = boost::beast;
namespace http = beast::http;

using Request = http::request<http::string_body>;
using RequestParser = http::request_parser<http::string_body>;

/// An answer of the hub in the words of HTTP.
struct Response
{
    int status = 200;
    QByteArray type = "application/json";
    QByteArray body = {};
    std::vector<std::pair<http::field, std::string>> headers = {};
    bool close = false;
    bool isImmutable = false;
};

QByteArray bytes(beast::string_view text);

Response asResponse(const Answer &answer);
/// The part that the request wants of it, if it may be told in parts and the request wants one.
Response partOf(Response whole, const Request &request);

Response refusal(const sync::Problem &problem);
Response wrongMethod(const QByteArray &allowed);

/// What to say to somebody whose request could not even be read; nothing if there is nobody.
std::optional<Response> unreadable(const boost::system::error_code &failure);

/// True if a body follows the head.
bool hasBody(const RequestParser &head);

/// Nothing but "chunked", once: a proxy before the hub could otherwise see another end of the request than
/// the hub does, and pass on what is hidden behind it.
bool hasPlainFraming(const Request &request);

/// Who asks: `peer`, the other end of the connection, or for whom a proxy on this machine asks. A proxy on
/// another machine is taken at its own address, because everybody could say what it says.
QString senderOf(const Request &request, const QString &peer);

/// By name in lower case; of several of one name the last.
QMap<QByteArray, QByteArray> headersOf(const Request &request);

std::optional<QByteArray> bearerToken(const Request &request);

/// Nothing: it names none, as other programs do; 0: what it names is no number.
std::optional<int> namedSchema(const Request &request);

/// If-Match: "41". False if it is there and is something else.
bool readIfMatch(const Request &request, std::optional<qint64> &version);

} // namespace ringbook::hub
