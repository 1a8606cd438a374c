#include "tests/bench/Asker.h"

#include "tests/bench/ClientSocket.h"

#include <QUrl>

#include <boost/asio/io_context.hpp>
#include <boost/asio/write.hpp>

namespace ringbook::bench {

namespace asio = boost::asio;
using boost::system::error_code;

struct Asker::Socket
{
    asio::io_context io;
    ClientSocket socket{io};
};

Asker::Asker(const QUrl &hub, QByteArray token)
    : m_socket(std::make_unique<Socket>()),
      m_token(std::move(token))
{
    error_code failure;
    const auto host = asio::ip::make_address(hub.host().toStdString(), failure);
    m_socket->socket.connect({host, quint16(hub.port())}, hub.scheme() == "https", failure);
    m_socket->socket.tcp.set_option(asio::ip::tcp::no_delay(true), failure);
}

Asker::Asker(Asker &&other) noexcept = default;

Asker::~Asker() = default;

bool Asker::fill()
{
    constexpr qsizetype atOnce = 64 << 10;
    const qsizetype before = m_read.size();
    m_read.resize(before + atOnce);
    error_code failure;
    const size_t count = m_socket->socket.with([&](auto &socket) {
        return socket.read_some(asio::buffer(m_read.data() + before, size_t(atOnce)), failure);
    });
    m_read.resize(before + qsizetype(count));
    return !failure;
}

QByteArray Asker::ask(const QByteArray &method, const QByteArray &path, const QByteArray &body)
{
    const QByteArray request =
        method + ' ' + path + " HTTP/1.1\r\nHost: hub\r\nContent-Length: " + QByteArray::number(body.size()) +
        (m_token.isEmpty() ? QByteArray() : "\r\nAuthorization: Bearer " + m_token) + "\r\n\r\n" + body;
    error_code failure;
    m_socket->socket.with([&](auto &socket) {
        asio::write(socket, asio::buffer(request.constData(), size_t(request.size())), failure);
    });
    qsizetype headEnd = -1;
    while ((headEnd = m_read.indexOf("\r\n\r\n")) < 0)
        if (failure || !fill())
            return {};
    const QByteArray head = m_read.left(headEnd).toLower() + '\r';
    m_read.remove(0, headEnd + 4);
    const qsizetype at = head.indexOf("content-length:") + qsizetype(sizeof "content-length:") - 1;
    const qsizetype length = head.mid(at, head.indexOf('\r', at) - at).trimmed().toLongLong();
    while (m_read.size() < length)
        if (!fill())
            return {};
    const QByteArray answer = m_read.left(length);
    m_read.remove(0, length);
    return head.startsWith("http/1.1 200") ? answer : QByteArray();
}

} // namespace ringbook::bench
