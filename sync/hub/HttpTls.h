#pragma once

#include "model/core/Clock.h"
#include "sync/hub/HttpFront.h"

#include <QDateTime>

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <utility> // Asio 1.74 needs it first

namespace ringbook::hub {

/// The certificate that desks are shown and its key, from two files that somebody renews: what connects after
/// that is shown the new one. TLS 1.2 and later. On one thread.
class HttpTls
{
public:
    /// A sentence says what is wrong with the files; a key that everybody may read is only warned of.
    static Result<HttpTls> open(const TlsFiles &files, const Clock &clock);

    /// Good until the next refresh(); connections keep what they began with.
    boost::asio::ssl::context &context() const { return *m_context; }

    /// Looks at the files, at most once a minute. If they changed and are of no use all stays as it is, and a
    /// sentence comes back, once. In the last two weeks of the certificate another one does, once a day.
    Status refresh();

private:
    using Moments = std::pair<QDateTime, QDateTime>;
    HttpTls(TlsFiles files, const Clock &clock) : m_files(std::move(files)), m_clock(&clock) {}
    Moments changedAt() const;
    Status load();
    Status tellEnd();

    TlsFiles m_files;
    const Clock *m_clock;
    std::unique_ptr<boost::asio::ssl::context> m_context;
    Moments m_loaded; ///< when the files that were tried last had been written
    qint64 m_lookedNs = 0;
    TimeMs m_ends = 0;      ///< the certificate that is shown
    TimeMs m_tellEndAt = 0; ///< not again before
};

/// True if it is because somebody did not know that TLS is spoken here.
bool isPlainHttp(const boost::system::error_code &handshakeFailure);

} // namespace ringbook::hub
