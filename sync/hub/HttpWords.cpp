#include "sync/hub/HttpWords.h"

#include "sync/hub/HttpFront.h"
#include "sync/protocol/Codec.h"

#include <boost/beast/http/error.hpp>

namespace ringbook::hub {

QByteArray bytes(beast::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

Response refusal(const sync::Problem &problem)
{
    Response response{
        .status = problem.status, .type = "application/problem+json", .body = sync::encode(problem)};
    if (problem.status == 401)
        response.headers.push_back({http::field::www_authenticate, "Bearer"});
    if (problem.status == 429)
        response.headers.push_back({http::field::retry_after, "60"});
    if (problem.status == 503)
        response.headers.push_back({http::field::retry_after, "1"});
    return response;
}

Response wrongMethod(const QByteArray &allowed)
{
    Response response =
        refusal(problem(405, sync::problem::wrongMethod, QStringLiteral("Not this way"),
                        QStringLiteral("This address takes %1.").arg(QLatin1String(allowed))));
    response.headers.push_back({http::field::allow, allowed.toStdString()});
    return response;
}

Response asResponse(const Answer &answer)
{
    if (const auto *trouble = std::get_if<sync::Problem>(&answer))
        return refusal(*trouble);
    const Told &told = std::get<Told>(answer);
    Response response{.type = told.contentType, .body = told.body};
    if (told.version)
        response.headers.push_back({http::field::etag, '"' + std::to_string(*told.version) + '"'});
    return response;
}

std::optional<Response> unreadable(const boost::system::error_code &failure)
{
    if (failure == http::error::body_limit)
        return refusal(problem(413, sync::problem::tooLarge, QStringLiteral("The request is too large"),
                               QStringLiteral("The body is longer than this address takes.")));
    if (failure == http::error::header_limit)
        return refusal(problem(431, sync::problem::tooLarge, QStringLiteral("The request is too large"),
                               QStringLiteral("The headers have at most %1 bytes.").arg(maxHeaderBytes)));
    if (failure == http::error::end_of_stream || failure == http::error::partial_message)
        return std::nullopt;
    if (failure.category() == make_error_code(http::error::bad_method).category())
        return refusal(sync::problemFrom({Fault::Invalid, QStringLiteral("This is not HTTP.")}));
    return std::nullopt;
}

bool hasBody(const RequestParser &head)
{
    return head.chunked() || head.content_length().value_or(0) > 0;
}

bool hasPlainFraming(const Request &request)
{
    const auto [begin, end] = request.equal_range(http::field::transfer_encoding);
    if (begin == end)
        return true;
    return std::next(begin) == end && beast::iequals(begin->value(), "chunked");
}

std::optional<QByteArray> bearerToken(const Request &request)
{
    const QByteArray value = bytes(request[http::field::authorization]);
    if (value.size() <= 7 || value.left(7).toLower() != "bearer ")
        return std::nullopt;
    return value.mid(7).trimmed();
}

std::optional<int> namedSchema(const Request &request)
{
    const auto header = request.find(sync::schemaHeader);
    return header == request.end() ? std::nullopt : std::optional(bytes(header->value()).toInt());
}

bool readIfMatch(const Request &request, std::optional<qint64> &version)
{
    QByteArray value = bytes(request[http::field::if_match]).trimmed();
    if (value.isEmpty())
        return true;
    if (value.size() < 3 || !value.startsWith('"') || !value.endsWith('"'))
        return false;
    bool isNumber = false;
    version = value.sliced(1, value.size() - 2).toLongLong(&isNumber);
    return isNumber;
}

} // namespace ringbook::hub
