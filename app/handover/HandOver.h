#pragma once

#include "app/handover/Request.h"
#include "model/core/Result.h"

namespace ringbook::app {

/// The name under which the desk of a profile listens for local connections.
QString deskServerName(const QString &profile);

/// Whether a desk listens there. At once.
bool isDeskListening(const QString &profile);

/// Gives the request to the desk of this profile, within the time. NotFound: none listens there. Denied: the
/// desk's own sentence why not. Busy: it has the request and has not answered yet. Blocks; needs no
/// application.
Status handOver(const QString &profile, const Request &request, int timeoutMs);

/// How a desk answers: "ok", or this and its sentence.
constexpr char refusedAnswer[] = "no ";

} // namespace ringbook::app
