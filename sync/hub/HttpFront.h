#pragma once

#include "sync/hub/Leases.h"
#include "sync/hub/Sessions.h"
#include "sync/hub/verbs/OpenStream.h"
#include "sync/hub/verbs/Verb.h"

#include <QHash>

#include <chrono>
#include <memory>
#include <optional>

namespace ringbook::hub {

constexpr int maxHeaderBytes = 16 << 10; ///< of the fields; the request line comes on top

struct ListenAddress
{
    QString host = QStringLiteral("127.0.0.1");
    quint16 port = 8750; ///< 0: any that is free
};

/// "127.0.0.1:8750", "[::1]:8750", or "localhost:8750", which is the first; a sentence if it is none.
Result<ListenAddress> readListenAddress(const QString &text);

/// True if only programs on this machine can connect to it.
bool isLoopback(const ListenAddress &address);

/// Two PEM files. They may be renewed while they are used.
struct TlsFiles
{
    QString certificate = {}; ///< the hub's own, then those that vouch for it
    QString key = {};
};

/// HTTP in front of the verbs, on a thread of its own: routes, limits, tokens, streams. Speaks of the verbs
/// only as questions and answers; they know nothing of it.
class HttpFront
{
public:
    struct Parts
    {
        QHash<sync::Operation, Verb *> verbs;
        const OpenStream &streams;
        Sessions &sessions;
        Worker &reader;
        Fanout &fanout;
        PresenceBoard &presence;
        const Clock &clock;
        Leases *leases = nullptr; ///< told who was heard of, if there is one
        std::chrono::milliseconds firstRequestTime = std::chrono::seconds(10); ///< with the handshake
    };
    explicit HttpFront(Parts parts);
    ~HttpFront(); ///< whoever still owes an answer must be gone by now

    /// Returns the port. Fault::Busy with a sentence if somebody else listens there. Without files it speaks
    /// plain HTTP.
    Result<quint16> start(const ListenAddress &address, const std::optional<TlsFiles> &tls = {});

    /// Says bye to the streams, finishes what is being answered, at most some two seconds. May be called
    /// twice.
    void stop();

private:
    class Server;
    std::unique_ptr<Server> m_server;
};

} // namespace ringbook::hub
