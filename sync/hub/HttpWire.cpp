#include "sync/hub/HttpWire.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <vector>

namespace ringbook::hub {

namespace asio = boost::asio;

namespace {

constexpr size_t recordBytes = 16 << 10; // of what one TLS record carries at most

} // namespace

struct HttpWire::Tls
{
    asio::ssl::stream<Tcp &> stream;
};

HttpWire::HttpWire(asio::ip::tcp::socket socket) : m_tcp(std::move(socket)) {}

HttpWire::~HttpWire() = default;

asio::awaitable<HttpWire::error_code> HttpWire::shakeHands(asio::ssl::context &context)
{
    m_tls.reset(new Tls{{m_tcp, context}});
    error_code failure;
    co_await m_tls->stream.async_handshake(asio::ssl::stream_base::server,
                                           asio::redirect_error(asio::use_awaitable, failure));
    if (failure)
        m_tls.reset();
    co_return failure;
}

asio::awaitable<void> HttpWire::takeLeave()
{
    error_code failure;
    SSL_set_shutdown(m_tls->stream.native_handle(),
                     SSL_RECEIVED_SHUTDOWN); // not waited for: some never say it
    co_await m_tls->stream.async_shutdown(asio::redirect_error(asio::use_awaitable, failure));
}

void HttpWire::read(asio::mutable_buffer into, Told told)
{
    if (m_tls)
        m_tls->stream.async_read_some(into, std::move(told));
    else
        m_tcp.async_read_some(into, std::move(told));
}

/// By TLS each piece would be a record, and a packet, of its own: small ones are joined.
void HttpWire::write(const Pieces &from, Told told)
{
    if (!m_tls)
        return m_tcp.async_write_some(from, std::move(told));
    if (from.front().size() >= recordBytes)
        return m_tls->stream.async_write_some(from.front(), std::move(told));
    const auto record = std::make_shared<std::vector<char>>(std::min(recordBytes, asio::buffer_size(from)));
    asio::buffer_copy(asio::buffer(*record), from);
    m_tls->stream.async_write_some(
        asio::buffer(*record),
        [record, told = std::move(told)](error_code failure, size_t count) { told(failure, count); });
}

} // namespace ringbook::hub
