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
