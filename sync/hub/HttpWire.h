#pragma once

#include <array>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <functional>
#include <memory>

namespace ringbook::hub {

/// What a connection's bytes go through: TCP, or TLS over it; a stream for Beast, which never learns which.
/// Whoever waits for bytes is told by a std::function: each kind of TLS operation is compiled once.
class HttpWire
{
public:
    using Tcp = boost::beast::tcp_stream;
    using error_code = boost::system::error_code;
    using executor_type = Tcp::executor_type;

    explicit HttpWire(boost::asio::ip::tcp::socket socket);
    ~HttpWire();
    HttpWire(const HttpWire &) = delete;

    Tcp &tcp() { return m_tcp; } ///< its deadline holds for TLS too
    executor_type get_executor() { return m_tcp.get_executor(); }

    bool hasTls() const { return m_tls != nullptr; }
    /// From here on it is TLS, if there is no failure; else it is as before.
    boost::asio::awaitable<error_code> shakeHands(boost::asio::ssl::context &context);
    /// Says that this was all, so that nobody takes a cut line for the end.
    boost::asio::awaitable<void> takeLeave();

    template <typename Buffers, typename Token>
    auto async_read_some(const Buffers &buffers, Token &&token)
    {
        return boost::asio::async_initiate<Token, void(error_code, size_t)>(
            [this](auto handler, boost::asio::mutable_buffer into) { read(into, told(std::move(handler))); },
            token, boost::asio::mutable_buffer(*boost::asio::buffer_sequence_begin(buffers)));
    }

    template <typename Buffers, typename Token>
    auto async_write_some(const Buffers &buffers, Token &&token)
    {
        Pieces pieces;
        auto piece = boost::asio::buffer_sequence_begin(buffers);
        for (size_t i = 0; i < pieces.size() && piece != boost::asio::buffer_sequence_end(buffers); ++i)
            pieces[i] = *piece++;
        return boost::asio::async_initiate<Token, void(error_code, size_t)>(
            [this](auto handler, const Pieces &from) { write(from, told(std::move(handler))); }, token,
            pieces);
    }

private:
    struct Tls;
    using Told = std::function<void(error_code, size_t)>;
    using Pieces = std::array<boost::asio::const_buffer, 8>; // some may be empty

    template <typename Handler>
    static Told told(Handler handler)
    {
        return [kept = std::make_shared<Handler>(std::move(handler))](error_code failure, size_t count) {
            (*kept)(failure, count);
        };
    }
    void read(boost::asio::mutable_buffer into, Told told);
    void write(const Pieces &from, Told told);

    Tcp m_tcp;
    std::unique_ptr<Tls> m_tls;
};

} // namespace ringbook::hub
