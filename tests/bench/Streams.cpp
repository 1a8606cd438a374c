#include "tests/bench/Streams.h"

#include "model/core/Clock.h"
#include "tests/bench/ClientSocket.h"

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <thread>
#include <utility> // Asio 1.74 needs it first
#include <vector>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

namespace ringbook::bench {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

struct Streams::Stream
{
    explicit Stream(asio::io_context &io) : socket(io) {}

    ClientSocket socket;
    std::array<char, 4096> buffer;
    QByteArray said;
    bool isHeard = false;
};

struct Streams::All
{
    asio::io_context io;
    tcp::endpoint hub;
    bool hasTls = false;
    std::vector<std::shared_ptr<Stream>> streams;
    QByteArray words;
    qsizetype missing = 0;
};

Streams::Streams(const QUrl &hub) : m(std::make_unique<All>())
{
    m->hub = {asio::ip::make_address(hub.host().toStdString()), quint16(hub.port())};
    m->hasTls = hub.scheme() == "https";
}

Streams::~Streams() = default;

void Streams::open(const QByteArray &token)
{
    const auto stream = std::make_shared<Stream>(m->io);
    m->streams.push_back(stream);
    error_code failure;
    stream->socket.connect(m->hub, m->hasTls, failure);
    const QByteArray request =
        "GET /v1/stream HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer " + token + "\r\n\r\n";
    stream->socket.with([&](auto &socket) {
        asio::write(socket, asio::buffer(request.constData(), size_t(request.size())), failure);
    });
    if (!failure)
        read(stream);
}

void Streams::read(const std::shared_ptr<Stream> &stream)
{
    const auto heard = [=, this](const error_code &failure, size_t count) {
        if (failure)
            return;
        stream->said.append(stream->buffer.data(), qsizetype(count));
        if (!m->words.isEmpty() && !stream->isHeard && stream->said.contains(m->words)) {
            stream->isHeard = true;
            --m->missing;
        }
        read(stream);
    };
    stream->socket.with([&](auto &socket) { socket.async_read_some(asio::buffer(stream->buffer), heard); });
}

void Streams::forget()
{
    for (const auto &stream : m->streams)
        stream->said.clear();
}

bool Streams::waitForAll(const QByteArray &words, int timeoutMs)
{
    m->words = words;
    m->missing = 0;
    for (const auto &stream : m->streams) {
        stream->isHeard = stream->said.contains(words);
        m->missing += !stream->isHeard;
    }
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeoutMs);
    m->io.restart();
    while (m->missing > 0 && m->io.run_one_until(until) > 0)
        ;
    return m->missing == 0;
}

const QByteArray &Streams::said(qsizetype stream) const
{
    return m->streams[size_t(stream)]->said;
}

void openFilesFor(int sockets)
{
#ifdef Q_OS_UNIX
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, rlim_t(sockets) * 3 + 1000);
    ::setrlimit(RLIMIT_NOFILE, &files);
#else
    Q_UNUSED(sockets);
#endif
}

double rawBroadcastUs(int sockets, qsizetype bytes)
{
    static asio::io_context io;
    static std::vector<std::pair<tcp::socket, tcp::socket>> pairs;
    tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
    while (int(pairs.size()) < sockets) {
        tcp::socket writer(io);
        writer.connect(acceptor.local_endpoint());
        pairs.emplace_back(std::move(writer), acceptor.accept());
    }
    const std::vector<char> block(size_t(std::max<qsizetype>(1, bytes)), 'x');
    const SystemClock clock;
    const qint64 begun = clock.monotonicNs();
    std::thread writing([&] {
        for (auto &[writer, reader] : pairs)
            asio::write(writer, asio::buffer(block));
    });
    std::vector<char> scrap(block.size());
    for (auto &[writer, reader] : pairs)
        for (size_t read = 0; read < block.size();)
            read += reader.read_some(asio::buffer(scrap));
    const double us = double(clock.monotonicNs() - begun) / 1000;
    writing.join();
    return us;
}

} // namespace ringbook::bench
