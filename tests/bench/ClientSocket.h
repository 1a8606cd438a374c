#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <optional>

namespace ringbook::bench {

/// A desk's socket, with TLS where the hub's address begins with https. Whose certificate it is does not
/// matter here.
struct ClientSocket
{
    using Tcp = boost::asio::ip::tcp::socket;

    explicit ClientSocket(boost::asio::io_context &io) : tcp(io) {}

    void connect(const Tcp::endpoint_type &hub, bool hasTls, boost::system::error_code &failure)
    {
        namespace ssl = boost::asio::ssl;
        static ssl::context any(ssl::context::tls_client);
        tcp.connect(hub, failure);
        if (!hasTls || failure)
            return;
        tls.emplace(tcp, any);
        tls->handshake(ssl::stream_base::client, failure);
    }

    /// Does the work with what is read and written.
    template <typename Work>
    auto with(Work work)
    {
        return tls ? work(*tls) : work(tcp);
    }

    Tcp tcp;
    std::optional<boost::asio::ssl::stream<Tcp &>> tls = {};
};

} // namespace ringbook::bench
