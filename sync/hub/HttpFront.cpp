#include "sync/hub/HttpFront.h"

#include "sync/hub/HttpWords.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/EventStream.h"

#include <QLoggingCategory>
#include <QRandomGenerator>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <set>
#include <thread>
#include <utility> // Asio 1.74 needs it first

// This and HttpWords are all that knows Beast. `co_await` stands only as an initialisation, an assignment, a
// statement or a condition of its own: g++ 12 miscompiles it inside ?: and beside capturing lambdas.

namespace ringbook::hub {

namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(log, "ringbook.hub.http")

constexpr auto idleTime = 75s;       // between requests
constexpr auto requestTime = 30s;    // for the rest of a request
constexpr auto answerTime = 60s;     // for taking an answer of some megabytes
constexpr auto slowReaderTime = 30s; // for taking an event
constexpr auto stopTime = 2s;
constexpr qint64 maxDrainBytes = 16 << 20;
constexpr size_t maxBufferedBytes = 64 << 10;   // of a request, between the socket and the parser
constexpr quint64 maxStrangerBodyBytes = 16384; // where no token is asked for
constexpr int desksPerSecond = 200;             // that come back after a stop

/// An answer on its way from another thread to the coroutine that waits for it.
struct Pending
{
    explicit Pending(asio::io_context &io) : signal(io, asio::steady_timer::time_point::max()) {}

    asio::steady_timer signal;
    std::optional<Answer> answer;
};

} // namespace

class HttpFront::Server
{
public:
    explicit Server(Parts parts) : m_parts(std::move(parts)) {}
    ~Server() { stop(); }

    Result<quint16> start(const ListenAddress &address);
    void stop();

private:
    struct Connection
    {
        enum class State { Reading, Answering, Streaming };

        Connection(Server &server, tcp::socket socket) : server(server), stream(std::move(socket))
        {
            server.m_connections.insert(this);
            error_code unknown;
            address = QString::fromStdString(stream.socket().remote_endpoint(unknown).address().to_string());
        }
        ~Connection() { server.m_connections.erase(this); }
        Connection(const Connection &) = delete;

        Server &server;
        beast::tcp_stream stream;
        State state = State::Reading;
        QString address = {};
        bool hasAsked = false;                           ///< something that could be read
        std::shared_ptr<asio::steady_timer> signal = {}; ///< while streaming: there is something to send
    };

    /// What a request comes to before anybody is asked.
    struct Routed
    {
        std::optional<Response> refused = {}; ///< then nothing else here counts
        sync::Operation operation = {};
        Ask question = {};
    };

    struct Incoming
    {
        Request request = {};
        Routed routed = {};
    };

    asio::awaitable<void> listen();
    asio::awaitable<void> tick();
    asio::awaitable<void> serve(tcp::socket socket);
    asio::awaitable<bool> readRequest(Connection &connection, beast::flat_buffer &buffer, Incoming &incoming);
    std::optional<Response> unwelcome(RequestParser &head, const Routed &routed) const;
    asio::awaitable<void> turnAway(Connection &connection, Response response);
    Routed routed(const Request &request, const std::optional<Caller> &caller) const;
    asio::awaitable<bool> respond(Connection &connection, Incoming incoming);
    asio::awaitable<bool> send(Connection &connection, const Request &request, Response response);
    using Question = std::function<void(Reply reply)>;
    asio::awaitable<Answer> answered(Question question);
    asio::awaitable<std::optional<Response>> meet(const Request &head, std::optional<Caller> &caller);
    asio::awaitable<void> stream(Connection &connection, Caller caller);
    asio::awaitable<bool> sendChunk(Connection &connection, QByteArray chunk);
    QByteArray bye() const;
    template <typename Coroutine>
    void spawn(Coroutine coroutine);
    void beginStop();

    std::set<Connection *> m_connections; // outlives the coroutines that m_io keeps
    Parts m_parts;
    asio::io_context m_io{1};
    std::optional<tcp::acceptor> m_acceptor;
    std::optional<asio::steady_timer> m_ticker;
    std::thread m_thread;
    bool m_stopping = false;
};

template <typename Coroutine>
void HttpFront::Server::spawn(Coroutine coroutine)
{
    asio::co_spawn(m_io, std::move(coroutine), [](std::exception_ptr failure) {
        try {
            if (failure)
                std::rethrow_exception(failure);
        } catch (const std::exception &error) {
            qCWarning(log, "a connection ended: %s", error.what());
        }
    });
}

Result<quint16> HttpFront::Server::start(const ListenAddress &address)
{
    const QString place = QStringLiteral("%1:%2").arg(address.host).arg(address.port);
    error_code failure;
    const auto host = asio::ip::make_address(address.host.toStdString(), failure);
    if (failure)
        return Error{Fault::Invalid, QStringLiteral("“%1” is no address of this machine.").arg(address.host)};
    const tcp::endpoint endpoint(host, address.port);
    m_acceptor.emplace(m_io);
    m_acceptor->open(endpoint.protocol(), failure);
#ifndef Q_OS_WIN // there it would let two programs share a port
    if (!failure)
        m_acceptor->set_option(tcp::acceptor::reuse_address(true), failure);
#endif
    if (!failure)
        m_acceptor->bind(endpoint, failure);
    if (!failure)
        m_acceptor->listen(asio::socket_base::max_listen_connections, failure);
    if (failure == asio::error::address_in_use)
        return Error{
            Fault::Busy,
            QStringLiteral("Another program listens on %1 already; choose another port with --listen.")
                .arg(place)};
    if (failure)
        return Error{
            Fault::Failed,
            QStringLiteral("Cannot listen on %1: %2.").arg(place, QString::fromStdString(failure.message()))};
    m_ticker.emplace(m_io);
    spawn(listen());
    spawn(tick());
    m_thread = std::thread([this] { m_io.run(); });
    return m_acceptor->local_endpoint().port();
}

void HttpFront::Server::stop()
{
    if (!m_thread.joinable())
        return;
    asio::post(m_io, [this] { beginStop(); });
    m_thread.join();
}

void HttpFront::Server::beginStop()
{
    m_stopping = true;
    m_acceptor->close();
    m_parts.fanout.releaseAll();
    for (Connection *connection : m_connections) {
        if (connection->state == Connection::State::Reading)
            connection->stream.cancel();
        if (connection->signal)
            connection->signal->cancel();
    }
    m_ticker->expires_after(stopTime); // the ticker stops the loop, if the connections do not end it before
}

asio::awaitable<void> HttpFront::Server::tick()
{
    while (!m_stopping) {
        error_code woken;
        m_ticker->expires_after(1s);
        co_await m_ticker->async_wait(asio::redirect_error(asio::use_awaitable, woken));
        m_parts.fanout.tick(m_parts.clock.monotonicNs());
        m_parts.presence.sweep();
    }
    error_code woken;
    for (auto waited = 0ms; waited < stopTime && !m_connections.empty(); waited += 10ms) {
        m_ticker->expires_after(10ms);
        co_await m_ticker->async_wait(asio::redirect_error(asio::use_awaitable, woken));
    }
    m_io.stop();
}

asio::awaitable<void> HttpFront::Server::listen()
{
    while (!m_stopping) {
        error_code failure;
        tcp::socket socket =
            co_await m_acceptor->async_accept(asio::redirect_error(asio::use_awaitable, failure));
        if (!failure) {
            socket.set_option(tcp::no_delay(true), failure);
            spawn(serve(std::move(socket)));
            continue;
        }
        if (m_stopping)
            break;
        qCWarning(log, "cannot accept a connection: %s", failure.message().c_str());
        asio::steady_timer pause(m_io, 100ms);
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, failure));
    }
}

asio::awaitable<void> HttpFront::Server::serve(tcp::socket socket)
{
    Connection connection(*this, std::move(socket));
    beast::flat_buffer buffer(maxBufferedBytes);
    while (!m_stopping) {
        Incoming incoming;
        const bool isRead = co_await readRequest(connection, buffer, incoming);
        if (!isRead)
            break;
        const bool goesOn = co_await respond(connection, std::move(incoming));
        if (!goesOn)
            break;
    }
    error_code ignored;
    connection.stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
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
    connection.stream.expires_after(connection.hasAsked ? idleTime : m_parts.firstRequestTime);
    count = co_await http::async_read_header(connection.stream, buffer, parser,
                                             asio::redirect_error(asio::use_awaitable, failure));
    connection.state = Connection::State::Answering;
    connection.hasAsked = true;
    connection.stream.expires_after(requestTime);
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
        count = co_await http::async_write(connection.stream, goOn,
                                           asio::redirect_error(asio::use_awaitable, failure));
    }
    if (!failure && !refused) {
        count = co_await http::async_read(connection.stream, buffer, parser,
                                          asio::redirect_error(asio::use_awaitable, failure));
        if (failure)
            refused = unreadable(failure);
    }
    (void)count;
    if (refused)
        co_await turnAway(connection, std::move(*refused));
    if (refused || failure)
        co_return false;
    incoming.request = parser.release();
    incoming.routed.question.address = connection.address;
    const std::string &body = incoming.request.body();
    incoming.routed.question.body = QByteArray(body.data(), qsizetype(body.size()));
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
    if (head.content_length().value_or(0) > maxStrangerBodyBytes)
        return unreadable(http::error::body_limit);
    head.body_limit(maxStrangerBodyBytes);
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
    connection.stream.socket().shutdown(tcp::socket::shutdown_send, failure);
    connection.stream.expires_after(5s);
    std::vector<char> scrap(64 << 10);
    failure = {};
    for (qint64 drained = 0; drained < maxDrainBytes && !failure;) {
        const size_t count = co_await connection.stream.async_read_some(
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
        return {.refused = refusal(sync::problemFrom({Fault::Denied, QStringLiteral("Sign in first.")}))};
    Routed routed{.operation = match.route->operation};
    routed.question = {.caller = caller.value_or(Caller{}),
                       .path = match.parts,
                       .query = mark < 0 ? QByteArray() : target.mid(mark + 1)};
    if (!readIfMatch(request, routed.question.ifVersion))
        routed.refused =
            refusal(sync::problemFrom({Fault::Invalid, QStringLiteral("If-Match is not an ETag of ours.")}));
    return routed;
}

/// True if the connection may go on with another request.
asio::awaitable<bool> HttpFront::Server::respond(Connection &connection, Incoming incoming)
{
    const auto &[request, routed] = incoming;
    if (!routed.refused && routed.operation == sync::Operation::Stream) {
        co_await stream(connection, routed.question.caller);
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
    connection.stream.expires_after(answerTime);
    const size_t count = co_await http::async_write(connection.stream, message,
                                                    asio::redirect_error(asio::use_awaitable, failure));
    (void)count;
    co_return !failure && message.keep_alive();
}

asio::awaitable<void> HttpFront::Server::stream(Connection &connection, Caller caller)
{
    connection.state = Connection::State::Streaming;
    connection.signal = std::make_shared<asio::steady_timer>(m_io);
    const std::weak_ptr<asio::steady_timer> signal = connection.signal;
    const OpenStream::Stream opened = m_parts.streams.open(caller, [this, signal] {
        asio::post(m_io, [signal] {
            if (const auto waiting = signal.lock())
                waiting->cancel();
        });
    });

    http::response<http::empty_body> head(http::status::ok, 11);
    head.set(http::field::content_type, "text/event-stream");
    head.set(http::field::cache_control, "no-cache, no-transform");
    head.set("X-Accel-Buffering", "no");
    head.chunked(true);
    http::response_serializer<http::empty_body> serializer(head);
    error_code failure;
    connection.stream.expires_after(slowReaderTime);
    const size_t count = co_await http::async_write_header(
        connection.stream, serializer, asio::redirect_error(asio::use_awaitable, failure));
    (void)count;
    bool isTaken = false;
    if (!failure)
        isTaken = co_await sendChunk(connection, opened.hello);
    while (isTaken && !m_stopping) {
        QByteArray next = opened.queue->take().join();
        if (next.isEmpty()) {
            connection.signal->expires_after(std::chrono::seconds(sync::heartbeatSeconds));
            co_await connection.signal->async_wait(asio::redirect_error(asio::use_awaitable, failure));
            if (failure)
                continue; // woken: there is something to take
            next = sync::heartbeat();
        }
        isTaken = co_await sendChunk(connection, next);
    }
    if (isTaken)
        co_await sendChunk(connection, bye());
}

/// False: the other side is gone, or takes nothing any more.
asio::awaitable<bool> HttpFront::Server::sendChunk(Connection &connection, QByteArray chunk)
{
    error_code failure;
    connection.stream.expires_after(slowReaderTime);
    const size_t count = co_await asio::async_write(
        connection.stream, http::make_chunk(asio::buffer(chunk.constData(), size_t(chunk.size()))),
        asio::redirect_error(asio::use_awaitable, failure));
    (void)count;
    connection.stream.expires_never();
    co_return !failure;
}

/// Spreads the desks' return, so that they do not all come at once.
QByteArray HttpFront::Server::bye() const
{
    const qint64 spreadMs = 1000 + qint64(m_connections.size()) * 1000 / desksPerSecond;
    const sync::Bye bye{QRandomGenerator::global()->bounded(spreadMs)};
    return sync::encodeEvent(sync::byeEvent, sync::encode(bye));
}

HttpFront::HttpFront(Parts parts) : m_server(std::make_unique<Server>(std::move(parts))) {}

HttpFront::~HttpFront() = default;

Result<quint16> HttpFront::start(const ListenAddress &address)
{
    return m_server->start(address);
}

void HttpFront::stop()
{
    m_server->stop();
}

} // namespace ringbook::hub
