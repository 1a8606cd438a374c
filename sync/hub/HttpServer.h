#pragma once

#include "sync/hub/HttpTls.h"
#include "sync/hub/HttpWire.h"
#include "sync/hub/HttpWords.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <set>
#include <thread>
#include <utility> // Asio 1.74 needs it first

// What is named Http… here is all that knows Beast. `co_await` stands only as an initialisation, an
// assignment, a statement or a condition of its own: g++ 12 miscompiles it inside ?: and beside capturing
// lambdas.

namespace ringbook::hub {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using boost::system::error_code;

/// The thread behind an HttpFront: connections as coroutines of one loop. Its life is in HttpFront.cpp, what
/// is asked and answered in HttpExchange.cpp, streams of events in HttpStream.cpp.
class HttpFront::Server
{
public:
    explicit Server(Parts parts) : m_parts(std::move(parts)) {}
    ~Server() { stop(); }

    Result<quint16> start(const ListenAddress &address, const std::optional<TlsFiles> &tls);
    void stop();

private:
    struct Connection
    {
        enum class State { Reading, Answering, Streaming };

        Connection(Server &server, tcp::socket socket) : server(server), wire(std::move(socket))
        {
            server.m_connections.insert(this);
            error_code unknown;
            address =
                QString::fromStdString(wire.tcp().socket().remote_endpoint(unknown).address().to_string());
        }
        ~Connection() { server.m_connections.erase(this); }
        Connection(const Connection &) = delete;

        Server &server;
        HttpWire wire;
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
    asio::awaitable<bool> shakeHands(Connection &connection);
    asio::awaitable<void> end(Connection &connection);
    asio::awaitable<bool> readRequest(Connection &connection, beast::flat_buffer &buffer, Incoming &incoming);
    std::optional<Response> unwelcome(RequestParser &head, const Routed &routed) const;
    asio::awaitable<void> turnAway(Connection &connection, Response response);
    Routed routed(const Request &request, const std::optional<Caller> &caller) const;
    asio::awaitable<bool> respond(Connection &connection, Incoming incoming);
    asio::awaitable<bool> send(Connection &connection, const Request &request, Response response);
    using Question = std::function<void(Reply reply)>;
    asio::awaitable<Answer> answered(Question question);
    asio::awaitable<std::optional<Response>> meet(const Request &head, std::optional<Caller> &caller);
    asio::awaitable<std::optional<Response>> meetAgain(const Request &head);
    asio::awaitable<void> stream(Connection &connection, const Request &request, Caller caller);
    asio::awaitable<bool> sendChunk(Connection &connection, QByteArray chunk);
    QByteArray bye() const;
    void heard(const Caller &caller) const;
    template <typename Coroutine>
    void spawn(Coroutine coroutine);
    void beginStop();

    std::set<Connection *> m_connections; // outlives the coroutines that m_io keeps
    Parts m_parts;
    asio::io_context m_io{1};
    std::optional<HttpTls> m_tls;
    std::optional<tcp::acceptor> m_acceptor;
    std::optional<asio::steady_timer> m_ticker;
    std::thread m_thread;
    bool m_stopping = false;
};

} // namespace ringbook::hub
