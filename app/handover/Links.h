#pragma once

#include "app/handover/Request.h"
#include "model/core/Result.h"

#include <QStringList>

namespace ringbook::app {

constexpr int maxLinkLength = 2000; ///< of UTF-16 units; longer ones are not read

/// What begins a link that Ringbook opens, without the colon. The first is its own.
const QStringList &linkSchemes();

/// Whether the text begins as one of those.
bool isLink(const QString &text);

/// What a link asks for, which anybody may have written: `ringbook://ring?number=…&name=…&call=…&event=…` to
/// show or close a call here, `tel:` (RFC 3966), `callto:`, `sip:` and `sips:` (RFC 3261) to dial. Decoded
/// once. Invalid: a sentence for whoever opened it.
Result<Request> requestOfLink(const QString &link);

} // namespace ringbook::app
