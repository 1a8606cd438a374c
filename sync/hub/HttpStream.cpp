#include "sync/hub/HttpServer.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/EventStream.h"

#include <QRandomGenerator>

#include <boost/beast/http.hpp>

namespace ringbook::hub {

namespace {

using namespace std::chrono_literals;

constexpr auto slowReaderTime = 30s; // for taking an event
constexpr int desksPerSecond = 200;  // that come back after a stop

} // namespace

asio::awaitable<void> HttpFront::Server::stream(Connection &connection, const Request &request, Caller caller)
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

    // Whoever is signed out from here on finds the stream and ends it; before that, nobody did.
    std::optional<Response> refused = co_await meetAgain(request);
    if (refused) {
        co_await send(connection, request, std::move(*refused));
        co_return;
    }
    http::response<http::empty_body> head(http::status::ok, 11);
    head.set(http::field::content_type, "text/event-stream");
    head.set(http::field::cache_control, "no-cache, no-transform");
    head.set("X-Accel-Buffering", "no");
    head.chunked(true);
    http::response_serializer<http::empty_body> serializer(head);
    error_code failure;
    connection.wire.tcp().expires_after(slowReaderTime);
    const size_t count = co_await http::async_write_header(
        connection.wire, serializer, asio::redirect_error(asio::use_awaitable, failure));
    (void)count;
    bool isTaken = false;
    if (!failure)
        isTaken = co_await sendChunk(connection, opened.hello);
    while (isTaken && !m_stopping && !opened.queue->hasEnded() && m_parts.clock.now() < caller.expiresAt) {
        QByteArray next = opened.queue->take().join();
        if (next.isEmpty()) {
            connection.signal->expires_after(std::chrono::seconds(sync::heartbeatSeconds));
            co_await connection.signal->async_wait(asio::redirect_error(asio::use_awaitable, failure));
            if (failure)
                continue; // woken: there is something to take
            next = sync::heartbeat();
        }
        isTaken = co_await sendChunk(connection, next);
        heard(caller);
    }
    if (isTaken)
        co_await sendChunk(connection, bye());
}

/// False: the other side is gone, or takes nothing any more.
asio::awaitable<bool> HttpFront::Server::sendChunk(Connection &connection, QByteArray chunk)
{
    error_code failure;
    connection.wire.tcp().expires_after(slowReaderTime);
    const size_t count = co_await asio::async_write(
        connection.wire, http::make_chunk(asio::buffer(chunk.constData(), size_t(chunk.size()))),
        asio::redirect_error(asio::use_awaitable, failure));
    (void)count;
    connection.wire.tcp().expires_never();
    co_return !failure;
}

/// Spreads the desks' return, so that they do not all come at once.
QByteArray HttpFront::Server::bye() const
{
    const qint64 spreadMs = 1000 + qint64(m_connections.size()) * 1000 / desksPerSecond;
    const sync::Bye bye{QRandomGenerator::global()->bounded(spreadMs)};
    return sync::encodeEvent(sync::byeEvent, sync::encode(bye));
}

} // namespace ringbook::hub
