#include "sync/hub/Sessions.h"

#include <QCryptographicHash>

#include <array>
#include <sodium.h>

namespace ringbook::hub {

void Sessions::put(const QString &tokenHash, const Caller &caller)
{
    const std::lock_guard lock(m_mutex);
    m_callers.removeIf([&](const auto &known) { return known.value().device == caller.device; });
    m_callers.insert(tokenHash, caller);
}

std::optional<Caller> Sessions::caller(const QByteArray &token) const
{
    const QString hash = secretHash(token);
    const std::lock_guard lock(m_mutex);
    const auto found = m_callers.constFind(hash);
    if (found == m_callers.constEnd() || found->expiresAt <= m_clock.now())
        return std::nullopt;
    return *found;
}

void Sessions::look(const QByteArray &token, Worker &reader, std::function<void(const Status &)> done)
{
    const bool taken = reader.submit([=, this, hash = secretHash(token)](model::Connection &db) {
        qint64 asOf = 0;
        Result<Caller> caller = Caller{};
        do { // until nobody signed in somewhere meanwhile: whose session ended is not known by then
            asOf = forgotten();
            caller = Accounts(db).session(hash, m_clock.now());
            if (caller)
                keepAsRead(hash, *caller, asOf);
        } while (caller && asOf != forgotten());
        const bool isKnown = caller || caller.error().fault == Fault::NotFound;
        done(isKnown ? Status(Done{}) : caller.error());
    });
    if (!taken)
        done(Error{Fault::Busy, QStringLiteral("The hub has more work than it can do at once.")});
}

void Sessions::keepAsRead(const QString &tokenHash, const Caller &caller, qint64 asOf)
{
    const std::lock_guard lock(m_mutex);
    if (asOf == m_forgotten)
        m_callers.insert(tokenHash, caller);
}

qint64 Sessions::forgotten() const
{
    const std::lock_guard lock(m_mutex);
    return m_forgotten;
}

void Sessions::forget(qint64 device)
{
    const std::lock_guard lock(m_mutex);
    ++m_forgotten;
    m_callers.removeIf([&](const auto &known) { return known.value().device == device; });
}

void Sessions::forgetAll()
{
    const std::lock_guard lock(m_mutex);
    ++m_forgotten;
    m_callers.clear();
}

QByteArray newSecret()
{
    std::array<char, 32> bytes;
    randombytes_buf(bytes.data(), bytes.size());
    return QByteArray(bytes.data(), qsizetype(bytes.size()))
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QString secretHash(const QByteArray &secret)
{
    return QString::fromLatin1(QCryptographicHash::hash(secret, QCryptographicHash::Sha256).toHex());
}

Result<QString> passwordHash(const QString &password)
{
    if (sodium_init() < 0)
        return Error{Fault::Failed, QStringLiteral("libsodium does not start.")};
    const QByteArray text = password.toUtf8();
    std::array<char, crypto_pwhash_STRBYTES> hash;
    if (crypto_pwhash_str(hash.data(), text.constData(), size_t(text.size()),
                          crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return Error{Fault::Failed, QStringLiteral("There is not enough memory to hash a password.")};
    return QString::fromLatin1(hash.data());
}

bool isPassword(const QString &password, const QString &hash)
{
    const QByteArray text = password.toUtf8();
    return sodium_init() >= 0 &&
           crypto_pwhash_str_verify(hash.toLatin1().constData(), text.constData(), size_t(text.size())) == 0;
}

} // namespace ringbook::hub
