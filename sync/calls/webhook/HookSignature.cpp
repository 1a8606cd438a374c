#include "sync/calls/webhook/HookSignature.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <functional>

namespace ringbook::calls {

namespace {

using Form = HookSettings::Form;
using Sign = std::function<QByteArray(const QByteArray &secret)>;

constexpr int maxTimestampDigits = 12;

Error denied(const QString &why)
{
    return {Fault::Denied, why};
}

QByteArray hmacSha256(const QByteArray &secret, const QByteArray &text)
{
    return QMessageAuthenticationCode::hash(text, secret, QCryptographicHash::Sha256).toHex();
}

/// Both secrets are tried in any case: how long it takes says nothing.
bool isSignedWith(const HookSettings &settings, const QByteArray &shown, const Sign &sign)
{
    const bool isCurrent = !settings.secret.isEmpty() && isSameSecret(shown, sign(settings.secret));
    const bool isFormer =
        !settings.formerSecret.isEmpty() && isSameSecret(shown, sign(settings.formerSecret));
    return isCurrent || isFormer;
}

std::optional<TimeMs> signedMoment(const QByteArray &timestamp)
{
    const bool isNumber = !timestamp.isEmpty() && timestamp.size() <= maxTimestampDigits &&
                          std::ranges::all_of(timestamp, [](char c) { return c >= '0' && c <= '9'; });
    return isNumber ? std::optional<TimeMs>(timestamp.toLongLong() * secondMs) : std::nullopt;
}

Status checkGeneric(const HookSettings &settings, const HookRequest &request, TimeMs now,
                    HookReplays &replays)
{
    const QByteArray timestamp = request.headers.value(hookTimestampHeader).trimmed();
    const QByteArray signature = request.headers.value(hookSignatureHeader).trimmed().toLower();
    const auto at = signedMoment(timestamp);
    if (!at || signature.isEmpty())
        return denied(
            QStringLiteral("it is not signed: Ringbook-Timestamp or Ringbook-Signature is missing"));
    if (!isSignedWith(settings, signature, [&](const QByteArray &secret) {
            return genericSignature(secret, timestamp, request.body);
        }))
        return denied(QStringLiteral("its signature is not right"));
    if (std::abs(now - *at) > hookClockWindow)
        return denied(QStringLiteral("it was signed more than five minutes before or after now; set the "
                                     "sender's clock"));
    if (!replays.isNew(signature, *at, now))
        return denied(QStringLiteral("the same request came before"));
    return Done{};
}

/// The address as Twilio may have signed it: it leaves a usual port out or puts it in.
QByteArrayList addressesOf(const QString &publicUrl, const QByteArray &target)
{
    const QUrl base(publicUrl);
    QByteArrayList addresses{publicUrl.toUtf8() + target};
    const int usual = base.scheme() == QLatin1String("https") ? 443 : 80;
    for (const int port : {-1, base.port(usual)}) {
        QUrl other = base;
        other.setPort(port);
        addresses.append(other.toEncoded() + target);
    }
    return addresses;
}

/// The digest of a body that is no form stands in the signed address.
bool isDigestInQuery(const HookRequest &request)
{
    const qsizetype mark = request.target.indexOf('?');
    const QUrlQuery query(QString::fromUtf8(mark < 0 ? QByteArray() : request.target.sliced(mark + 1)));
    const QByteArray named = query.queryItemValue(QStringLiteral("bodySHA256")).toLatin1().toLower();
    const QByteArray digest = QCryptographicHash::hash(request.body, QCryptographicHash::Sha256).toHex();
    return isSameSecret(named, digest);
}

Status checkTwilio(const HookSettings &settings, const HookRequest &request)
{
    const QByteArray signature = request.headers.value(twilioSignatureHeader).trimmed();
    const QByteArray type = request.headers.value("content-type");
    const bool isForm = !saysJson(request.body, type);
    const auto fields = readHookFields(isForm ? request.body : QByteArray(), type);
    if (!isForm && !isDigestInQuery(request))
        return denied(QStringLiteral("the digest of its body is not the one in its address"));
    const QVector<HookFields::Field> signedFields =
        isForm && fields ? fields->all() : QVector<HookFields::Field>();
    for (const QByteArray &url : addressesOf(settings.publicUrl, request.target))
        if (isSignedWith(settings, signature, [&](const QByteArray &secret) {
                return twilioSignature(secret, url, signedFields);
            }))
            return Done{};
    return denied(QStringLiteral("its signature is not right: look at \"secret\" (the Auth Token) and at "
                                 "\"public_url\", which must be as Twilio has it"));
}

} // namespace

QByteArray genericSignature(const QByteArray &secret, const QByteArray &timestamp, const QByteArray &body)
{
    return hmacSha256(secret, timestamp + '.' + body);
}

QByteArray placetelSignature(const QByteArray &secret, const QByteArray &body)
{
    return hmacSha256(secret, body);
}

QByteArray twilioSignature(const QByteArray &secret, const QByteArray &url,
                           const QVector<HookFields::Field> &fields)
{
    QVector<QPair<QByteArray, QByteArray>> sorted;
    for (const auto &[name, value] : fields)
        sorted.append({name.toUtf8(), value.toUtf8()});
    std::ranges::sort(sorted);
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    QByteArray text = url;
    for (const auto &[name, value] : sorted)
        text += name + value;
    return QMessageAuthenticationCode::hash(text, secret, QCryptographicHash::Sha1).toBase64();
}

Status checkHook(const HookSettings &settings, const HookRequest &request, TimeMs now, HookReplays &replays)
{
    switch (settings.form) {
    case Form::Generic: return checkGeneric(settings, request, now, replays);
    case Form::Twilio: return checkTwilio(settings, request);
    case Form::Placetel: {
        const QByteArray shown = request.headers.value(placetelSignatureHeader).trimmed().toLower();
        const bool isRight = isSignedWith(settings, shown, [&](const QByteArray &secret) {
            return placetelSignature(secret, request.body);
        });
        return isRight ? Status(Done{}) : denied(QStringLiteral("its signature is not right"));
    }
    case Form::Zammad:
    case Form::Sipgate:
    case Form::ThreeCx: break;
    }
    return Done{};
}

bool HookReplays::isNew(const QByteArray &signature, TimeMs at, TimeMs now)
{
    if (now - m_sweptAt >= minuteMs || m_until.size() >= maxHookReplays) {
        m_until.removeIf([now](const auto &known) { return known.value() < now; });
        m_sweptAt = now;
    }
    if (m_until.contains(signature) || m_until.size() >= maxHookReplays)
        return false;
    m_until.insert(signature, at + hookClockWindow);
    return true;
}

} // namespace ringbook::calls
