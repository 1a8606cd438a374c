#include "sync/calls/webhook/forms/HookFields.h"
#include "sync/hub/HttpServer.h"
#include "sync/protocol/Codec.h"

#include <boost/beast/http.hpp>

namespace ringbook::hub {

namespace {

using namespace std::chrono_literals;

constexpr auto idleTime = 75s;    // between requests
constexpr auto requestTime = 30s; // for the rest of a request
constexpr auto answerTime = 60s;  // for taking an answer of some megabytes
constexpr auto partingTime = 5s;  // for hearing the other side out
constexpr qint64 maxDrainBytes = 16 << 20;
constexpr size_t maxBufferedBytes = 64 << 10;   // of a request, between the socket and the parser
constexpr quint64 maxStrangerBodyBytes = 16384; // where no token is asked for

quint64 strangerBodyLimit(sync::Operation operation)
{
    return operation == sync::Operation::TakeWebhook ? calls::maxHookBytes : maxStrangerBodyBytes;
}

Response strangerRefused()
{
    return refusal(sync::problemFrom({Fault::Denied, QStringLiteral("Sign in first.")}));
}

/// An answer on its way from another thread to the coroutine that waits for it.
struct Pending
{
    explicit Pending(asio::io_context &io) : signal(io, asio::steady_timer::time_point::max()) {}

    asio::steady_timer signal;
    std::optional<Answer> answer;
};

} // namespace

asio::awaitable<void> HttpFront::Server::serve(tcp::socket socket)
{
    Connection connection(*this, std::move(socket));
    beast::flat_buffer buffer(maxBufferedBytes);
    connection.wire.tcp().expires_after(m_parts.firstRequestTime);
    const bool isMet = co_await shakeHands(connection);
    while (isMet && !m_stopping) {
        Incoming incoming;
        const bool isRead = co_await readRequest(connection, buffer, incoming);
        if (!isRead)
            break;
        const bool goesOn = co_await respond(connection, std::move(incoming));
        if (!goesOn)
            break;
    }
    co_await end(connection);
}

/// True at once where none are shaken.
asio::awaitable<bool> HttpFront::Server::shakeHands(Connection &connection)
{
    if (!m_tls)
        co_return true;
    const error_code failure = co_await connection.wire.shakeHands(m_tls->context());
    if (!failure)
        co_return true;
    if (isPlainHttp(failure))
        co_await turnAway(connection, refusal(sync::problemFrom(
                                          {Fault::Invalid, QStringLiteral("This hub speaks TLS: write "
                                                                          "https:// before its address.")})));
    co_return false;
}

asio::awaitable<void> HttpFront::Server::end(Connection &connection)
{
    connection.state = Connection::State::Reading;
    connection.wire.tcp().expires_after(partingTime);
    if (connection.wire.hasTls())
        co_await connection.wire.takeLeave();
    error_code ignored;
    connection.wire.tcp().socket().shutdown(tcp::socket::shutdown_send, ignored);
}

asio::awaitable<bool> HttpFront::Server::readRequest(Connection &connection, beast::flat_buffer &buffer,
                                                     Incoming &incoming)
{
    RequestParser parser;
    parser.header_limit(maxHeaderBytes);
    parser.body_limit(sync::maxBodyBytes);
    error_code failure;
    size_t count = 0;
    connection.state = Connection::State::Reading;
    if (connection.hasAsked)
        connection.wire.tcp().expires_after(idleTime);
    count = co_await http::async_read_header(connection.wire, buffer, parser,
                                             asio::redirect_error(asio::use_awaitable, failure));
    connection.state = Connection::State::Answering;
    connection.hasAsked = true;
    connection.wire.tcp().expires_after(requestTime);
    std::optional<Response> refused;
    std::optional<Caller> caller;
    if (failure)
        refused = unreadable(failure);
    else
        refused = co_await meet(parser.get(), caller);
    if (!failure && !refused) {
        incoming.routed = routed(parser.get(), caller);
        refused = unwelcome(parser, incoming.routed);
    }
    if (!failure && !refused && beast::iequals(parser.get()[http::field::expect], "100-continue")) {
        http::response<http::empty_body> goOn(http::status::continue_, parser.get().version());
        count = co_await http::async_write(connection.wire, goOn,
                                           asio::redirect_error(asio::use_awaitable, failure));
    }
    if (!failure && !refused && !parser.is_done()) {
        count = co_await http::async_read(connection.wire, buffer, parser,
                                          asio::redirect_error(asio::use_awaitable, failure));
        if (failure)
            refused = unreadable(failure);
        else if (!incoming.routed.refused && sync::route(incoming.routed.operation).needsToken)
            refused = co_await meetAgain(parser.get());
    }
    (void)count;
    if (refused)
        co_await turnAway(connection, std::move(*refused));
    if (refused || failure)
        co_return false;
    incoming.request = parser.release();
    incoming.routed.question.address = senderOf(incoming.request, connection.address);
    const std::string &body = incoming.request.body();
    incoming.routed.question.body = QByteArray(body.data(), qsizetype(body.size()));
    if (!sync::route(incoming.routed.operation).needsToken)
        incoming.routed.question.headers = headersOf(incoming.request);
    co_return true;
}

/// Finds out whose token it is. A refusal only if that cannot be said now.
asio::awaitable<std::optional<Response>> HttpFront::Server::meet(const Request &head,
                                                                 std::optional<Caller> &caller)
{
    const std::optional<QByteArray> token = bearerToken(head);
    if (token)
        caller = m_parts.sessions.caller(*token);
    if (!token || caller)
        co_return std::nullopt;
    Question question = [this, token](const Reply &reply) {
        m_parts.sessions.look(*token, m_parts.reader, [reply](const Status &looked) {
            reply(looked ? Answer(Told{}) : Answer(problemOf(looked.error())));
        });
    };
    const Answer answer = co_await answered(std::move(question));
    if (std::holds_alternative<sync::Problem>(answer))
        co_return asResponse(answer);
    caller = m_parts.sessions.caller(*token);
    co_return std::nullopt;
}

/// Whose session was ended while the rest of the request was on its way is nobody's any more.
asio::awaitable<std::optional<Response>> HttpFront::Server::meetAgain(const Request &head)
{
    std::optional<Caller> caller;
    std::optional<Response> refused = co_await meet(head, caller);
    if (!refused && !caller)
        refused = strangerRefused();
    co_return refused;
}

/// Why nobody here wants the body that follows: nothing of it is read before the sender is known.
std::optional<Response> HttpFront::Server::unwelcome(RequestParser &head, const Routed &routed) const
{
    if (!hasPlainFraming(head.get()))
        return refusal(sync::problemFrom(
            {Fault::Invalid, QStringLiteral("A body comes whole or chunked, in no other encoding.")}));
    if (!hasBody(head))
        return std::nullopt;
    if (routed.refused || sync::route(routed.operation).needsToken)
        return routed.refused;
    const quint64 most = strangerBodyLimit(routed.operation);
    if (head.content_length().value_or(0) > most)
        return unreadable(http::error::body_limit);
    head.body_limit(most);
    return std::nullopt;
}

/// Says why, and reads on for a while: closing with unread bytes would take the answer away from the other
/// side.
asio::awaitable<void> HttpFront::Server::turnAway(Connection &connection, Response response)
{
    response.close = true;
    const Request nothing{http::verb::unknown, "", 11};
    co_await send(connection, nothing, std::move(response));
    error_code failure;
    if (!connection.wire.hasTls())
        connection.wire.tcp().socket().shutdown(tcp::socket::shutdown_send, failure);
    connection.wire.tcp().expires_after(partingTime);
    std::vector<char> scrap(64 << 10);
    failure = {};
    for (qint64 drained = 0; drained < maxDrainBytes && !failure;) {
        const size_t count = co_await connection.wire.async_read_some(
            asio::buffer(scrap), asio::redirect_error(asio::use_awaitable, failure));
        drained += qint64(count);
    }
}

HttpFront::Server::Routed HttpFront::Server::routed(const Request &request,
                                                    const std::optional<Caller> &caller) const
{
    const QByteArray target = bytes(request.target());
    const qsizetype mark = target.indexOf('?');
    const sync::RouteMatch match =
        sync::matchRoute(bytes(request.method_string()), mark < 0 ? target : target.left(mark));
    if (match.kind == sync::RouteMatch::Kind::NoSuchPath)
        return {.refused = refusal(sync::problemFrom(
                    {Fault::NotFound, QStringLiteral("There is nothing at this address.")}))};
    if (match.kind == sync::RouteMatch::Kind::WrongMethod)
        return {.refused = wrongMethod(match.allowed)};

    if (const auto schema = namedSchema(request))
        if (const auto trouble = schemaTrouble(*schema))
            return {.refused = refusal(*trouble)};
    if (match.route->needsToken && !caller)
        return {.refused = strangerRefused()};
    if (caller)
        heard(*caller);
    Routed routed{.operation = match.route->operation};
    routed.question = {.caller = caller.value_or(Caller{}),
                       .path = match.parts,
                       .query = mark < 0 ? QByteArray() : target.mid(mark + 1)};
    if (!readIfMatch(request, routed.question.ifVersion))
        routed.refused =
            refusal(sync::problemFrom({Fault::Invalid, QStringLiteral("If-Match is not an ETag of ours.")}));
    return routed;
}

void HttpFront::Server::heard(const Caller &caller) const
{
    if (m_parts.leases)
        m_parts.leases->heard(caller.device);
}

/// True if the connection may go on with another request.
asio::awaitable<bool> HttpFront::Server::respond(Connection &connection, Incoming incoming)
{
    const Request &request = incoming.request;
    const Routed &routed = incoming.routed; // clang before 16 captures no structured binding
    if (!routed.refused && routed.operation == sync::Operation::Stream) {
        co_await stream(connection, request, routed.question.caller);
        co_return false;
    }
    Response response;
    if (routed.refused)
        response = *routed.refused;
    else {
        Question question = [verb = m_parts.verbs.value(routed.operation), &routed](const Reply &reply) {
            verb->answer(routed.question, reply);
        };
        const Answer answer = co_await answered(std::move(question));
        response = partOf(asResponse(answer), request);
    }
    const bool goesOn = co_await send(connection, request, std::move(response));
    co_return goesOn;
}

asio::awaitable<Answer> HttpFront::Server::answered(Question question)
{
    const auto pending = std::make_shared<Pending>(m_io);
    question([pending, this](Answer answer) {
        asio::post(m_io, [pending, answer = std::move(answer)]() mutable {
            pending->answer = std::move(answer);
            pending->signal.cancel();
        });
    });
    error_code woken;
    while (!pending->answer)
        co_await pending->signal.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    co_return std::move(*pending->answer);
}

asio::awaitable<bool> HttpFront::Server::send(Connection &connection, const Request &request,
                                              Response response)
{
    http::response<http::span_body<char const>> message(http::status(response.status), request.version());
    message.set(http::field::content_type, response.type.toStdString());
    message.set(http::field::cache_control, "no-store");
    for (const auto &[field, value] : response.headers)
        message.set(field, value);
    message.body() = {response.body.constData(), size_t(response.body.size())};
    message.keep_alive(request.keep_alive() && !response.close && !m_stopping);
    message.prepare_payload();
    if (request.method() == http::verb::head)
        message.body() = {};
    error_code failure;
    connection.wire.tcp().expires_after(answerTime);
    const size_t count = co_await http::async_write(connection.wire, message,
                                                    asio::redirect_error(asio::use_awaitable, failure));
    (void)count;
    co_return !failure && message.keep_alive();
}

} // namespace ringbook::hub
