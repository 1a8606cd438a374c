#pragma once

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

private:
    const Clock &m_clock;
    mutable std::mutex m_mutex;
    QHash<QString, Caller> m_callers;
};

QByteArray newSecret(); ///< 256 bits of chance, as text
QString secretHash(const QByteArray &secret);

/// A password as argon2id text, and back. Takes some 70 ms and 64 MB on purpose.
Result<QString> passwordHash(const QString &password);
bool isPassword(const QString &password, const QString &hash);

} // namespace ringbook::hub
