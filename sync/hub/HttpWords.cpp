#include "sync/hub/HttpWords.h"

#include "sync/hub/HttpFront.h"
#include "sync/protocol/Codec.h"

#include <QHostAddress>

#include <algorithm>
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
    const int retryAfter = problem.status == 429 ? 60 : problem.status == 503 ? 1 : problem.retryAfter;
    if (retryAfter > 0)
        response.headers.push_back({http::field::retry_after, std::to_string(retryAfter)});
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
    Response response{.type = told.contentType, .body = told.body, .isImmutable = told.isImmutable};
    if (told.isImmutable) {
        response.headers.emplace_back(http::field::cache_control, "private, max-age=31536000, immutable");
        response.headers.emplace_back(http::field::accept_ranges, "bytes");
    }
    if (told.version)
        response.headers.push_back({http::field::etag, '"' + std::to_string(*told.version) + '"'});
    return response;
}

namespace {

struct Part
{
    qint64 first = 0;
    qint64 last = 0; ///< before `first`: there are no such bytes
};

/// "bytes=500-999", "bytes=500-", "bytes=-500". Nothing: it says something else, which counts as nothing
/// said.
std::optional<Part> partNamed(const QByteArray &range, qint64 size)
{
    const QByteArray limits = range.startsWith("bytes=") ? range.sliced(6) : QByteArray();
    const qsizetype dash = limits.indexOf('-');
    if (dash < 0 || limits.size() == 1)
        return std::nullopt;
    const QByteArray from = limits.first(dash);
    const QByteArray to = limits.sliced(dash + 1);
    for (const QByteArray &number : {from, to})
        if (number.size() > 18 || !std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; }))
            return std::nullopt;
    if (from.isEmpty())
        return Part{std::max<qint64>(0, size - to.toLongLong()), size - 1};
    const Part part{from.toLongLong(), to.isEmpty() ? size - 1 : std::min(to.toLongLong(), size - 1)};
    return to.isEmpty() || to.toLongLong() >= part.first ? std::optional(part) : std::nullopt;
}

} // namespace

Response partOf(Response whole, const Request &request)
{
    const qint64 size = whole.body.size();
    const auto part =
        whole.isImmutable ? partNamed(bytes(request[http::field::range]), size) : std::optional<Part>();
    if (!part)
        return whole;
    if (part->first > part->last) {
        Response none = refusal(problem(416, sync::problem::noSuchRange, QStringLiteral("No such bytes"),
                                        QStringLiteral("There are %1 bytes here.").arg(size)));
        none.headers.emplace_back(http::field::content_range, "bytes */" + std::to_string(size));
        return none;
    }
    const std::string place = std::to_string(part->first) + '-' + std::to_string(part->last);
    whole.status = 206;
    whole.headers.emplace_back(http::field::content_range, "bytes " + place + '/' + std::to_string(size));
    whole.body = whole.body.sliced(part->first, part->last - part->first + 1);
    return whole;
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

QString senderOf(const Request &request, const QString &peer)
{
    if (!QHostAddress(peer).isLoopback())
        return peer;
    const auto named = request.equal_range("X-Forwarded-For");
    QByteArray last; // what the proxy itself has added; the rest is hearsay
    for (auto field = named.first; field != named.second; ++field)
        last = bytes(field->value()).split(',').last().trimmed();
    const bool isProxied = named.first != named.second || request.find("Forwarded") != request.end() ||
                           request.find("Via") != request.end() || request.find("X-Real-IP") != request.end();
    if (!isProxied)
        return peer;
    const QHostAddress sender(QString::fromLatin1(last));
    return sender.isNull() ? QStringLiteral("behind a proxy") : sender.toString();
}

QMap<QByteArray, QByteArray> headersOf(const Request &request)
{
    QMap<QByteArray, QByteArray> headers;
    for (const auto &field : request)
        headers.insert(bytes(field.name_string()).toLower(), bytes(field.value()));
    return headers;
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
