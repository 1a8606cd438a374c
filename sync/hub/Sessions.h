#pragma once

#include "sync/hub/Worker.h"
#include "sync/hub/store/Accounts.h"

#include <QHash>

#include <mutex>

namespace ringbook::hub {

constexpr TimeMs sessionLifeMs = 30 * dayMs;

/// Who is signed in, in memory, so that no request waits for the database to know its caller. Any thread.
class Sessions
{
public:
    explicit Sessions(const Clock &clock) : m_clock(clock) {}

    void put(const QString &tokenHash, const Caller &caller); ///< ends an older session of the same device
    std::optional<Caller> caller(const QByteArray &token) const;

    /// Reads from the database whose token this is: this hub was started since, or another one gave it out.
    /// `done` is called by the reader; an error means that nobody knows.
    void look(const QByteArray &token, Worker &reader, std::function<void(const Status &)> done);

    void forget(qint64 device); ///< its session is another now
    void forgetAll();

private:
    void keepAsRead(const QString &tokenHash, const Caller &caller, qint64 asOf);
    qint64 forgotten() const;

    const Clock &m_clock;
    mutable std::mutex m_mutex;
    QHash<QString, Caller> m_callers;
    qint64 m_forgotten = 0; ///< how often: what was read before is not kept
};

QByteArray newSecret(); ///< 256 bits of chance, as text
QString secretHash(const QByteArray &secret);

/// A password as argon2id text, and back. Takes some 70 ms and 64 MB on purpose.
Result<QString> passwordHash(const QString &password);
bool isPassword(const QString &password, const QString &hash);

} // namespace ringbook::hub
