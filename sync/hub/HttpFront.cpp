#include "sync/hub/HttpFront.h"

#include "sync/hub/HttpServer.h"

#include <QLoggingCategory>

#include <boost/asio/co_spawn.hpp>

namespace ringbook::hub {

namespace {

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(log, "ringbook.hub.http")

constexpr auto stopTime = 2s;

/// What is wrong there and what to do, for whoever started the hub.
Error cannotListen(const ListenAddress &address, const error_code &failure)
{
    const QString place = QStringLiteral("%1:%2").arg(address.host).arg(address.port);
    if (failure == asio::error::address_in_use)
        return {Fault::Busy,
                QStringLiteral("Another program listens on %1 already; choose another port with --listen.")
                    .arg(place)};
    if (failure == std::errc::address_not_available)
        return {Fault::Invalid,
                QStringLiteral("Cannot listen on %1: it is no address of this machine; 0.0.0.0:%2 is all "
                               "that it has.")
                    .arg(place)
                    .arg(address.port)};
    return {Fault::Failed,
            QStringLiteral("Cannot listen on %1: %2.").arg(place, QString::fromStdString(failure.message()))};
}

} // namespace

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

Result<quint16> HttpFront::Server::start(const ListenAddress &address, const std::optional<TlsFiles> &tls)
{
    if (tls) {
        auto opened = HttpTls::open(*tls, m_parts.clock);
        if (!opened)
            return opened.error();
        m_tls.emplace(std::move(*opened));
    }
    error_code failure;
    const auto host = asio::ip::make_address(address.host.toStdString(), failure);
    if (failure)
        return Error{Fault::Invalid, QStringLiteral("“%1” is a name, not an address; write it in "
                                                    "numbers, such as 127.0.0.1 or 0.0.0.0 for all.")
                                         .arg(address.host)};
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
    if (failure)
        return cannotListen(address, failure);
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
            connection->wire.tcp().cancel();
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
        if (const Status renewed = m_tls ? m_tls->refresh() : Done{}; !renewed)
            qCWarning(log, "%s", qUtf8Printable(renewed.error().detail));
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

HttpFront::HttpFront(Parts parts) : m_server(std::make_unique<Server>(std::move(parts))) {}

HttpFront::~HttpFront() = default;

Result<quint16> HttpFront::start(const ListenAddress &address, const std::optional<TlsFiles> &tls)
{
    return m_server->start(address, tls);
}

void HttpFront::stop()
{
    m_server->stop();
}

} // namespace ringbook::hub
