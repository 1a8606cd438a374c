#pragma once

#include <QByteArray>

namespace ringbook::fuzz {

// What a telephone system says to a hub, damaged on the way or sent by somebody hostile.

/// However it is cut, it is the same messages, all within the limits.
bool amiMessages(const QByteArray &input);

/// Whatever they mean: agents see plain text of one line, and nothing of a number that is withheld.
bool amiCalls(const QByteArray &input);

/// The same of FreeSWITCH's event socket.
bool eslFrames(const QByteArray &input);

/// As amiCalls(); and whatever it orders is one line, of words that end no command.
bool eslCalls(const QByteArray &input);

/// What hosted telephone systems post, each line a request, in every form: whatever comes of it may be shown.
bool hookRequests(const QByteArray &input);

} // namespace ringbook::fuzz
