#pragma once

#include <QByteArray>

#include <memory>

class QUrl;

namespace ringbook::bench {

/// HTTP by hand over one connection that is kept, so that it is the hub that is measured. Blocks; one thread
/// at a time.
class Asker
{
public:
    explicit Asker(const QUrl &hub, QByteArray token = {});
    Asker(Asker &&other) noexcept;
    ~Asker();

    /// The body; empty if there was no answer or a refusal.
    QByteArray ask(const QByteArray &method, const QByteArray &path, const QByteArray &body = {});

    void setToken(const QByteArray &token) { m_token = token; }

private:
    bool fill(); ///< reads what there is; false: there is nobody

    struct Socket;
    std::unique_ptr<Socket> m_socket;
    QByteArray m_token;
    QByteArray m_read; ///< and not yet used
};

} // namespace ringbook::bench
