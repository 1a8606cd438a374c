#pragma once

#include "model/core/Clock.h"
#include "model/core/Result.h"
#include "sync/calls/webhook/HookRequest.h"
#include "sync/calls/webhook/HookSettings.h"
#include "sync/calls/webhook/forms/HookFields.h"

#include <QHash>

namespace ringbook::calls {

constexpr TimeMs hookClockWindow = 5 * minuteMs; ///< how far the sender's clock may be off, either way
constexpr qsizetype maxHookReplays = 50'000;     ///< remembered; more within the window are refused

constexpr char hookTimestampHeader[] = "ringbook-timestamp"; ///< seconds since 1970
constexpr char hookSignatureHeader[] = "ringbook-signature";
constexpr char placetelSignatureHeader[] = "x-placetel-signature";
constexpr char twilioSignatureHeader[] = "x-twilio-signature";

/// Which signed requests have come within the window, so that none counts twice.
class HookReplays
{
public:
    /// False if it came before, or if too many came to remember another. `at` is the signed moment.
    bool isNew(const QByteArray &signature, TimeMs at, TimeMs now);

private:
    QHash<QByteArray, TimeMs> m_until;
    TimeMs m_sweptAt = 0;
};

/// Whether the sender has one of the secrets; always, where senders of this form do not sign. Fault::Denied
/// with a sentence for the administrator.
Status checkHook(const HookSettings &settings, const HookRequest &request, TimeMs now, HookReplays &replays);

/// Hex HMAC-SHA256 of "TIMESTAMP.BODY".
QByteArray genericSignature(const QByteArray &secret, const QByteArray &timestamp, const QByteArray &body);
/// Hex HMAC-SHA256 of the body.
QByteArray placetelSignature(const QByteArray &secret, const QByteArray &body);
/// Base64 HMAC-SHA1 of the address and the form's fields sorted by name, each name once with each of its
/// values (Twilio, "Webhooks security").
QByteArray twilioSignature(const QByteArray &secret, const QByteArray &url,
                           const QVector<HookFields::Field> &fields);

} // namespace ringbook::calls
