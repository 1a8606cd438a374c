#pragma once

#include <QString>

namespace ringbook::model {

/// More than any real number has; longer input is not looked at (E.164 allows 15 digits, dialled strings a few more).
constexpr int maxPhoneTextLength = 40;

/// E.164 ("+493023125147") of a number as written or sent by a PBX, read as in `region` (ISO 3166, "DE"); empty if it
/// is none. Uses libphonenumber; about 10 microseconds, the first call 8 milliseconds. Any thread.
QString toE164(const QString &text, const QString &region);

/// For people: international format, "+49 30 23125147"; anything that is no number comes back cleaned of control
/// characters and cut at maxPhoneTextLength.
QString formattedPhone(const QString &e164OrText);

/// True for what PBXs send instead of a number: empty, anonymous, unknown, restricted, private …
bool meansWithheld(const QString &text);

/// Text from the network made safe to show and store: no control or direction-changing characters, at most `length`
/// characters, no white space at the ends.
QString plainText(const QString &text, int length);

} // namespace ringbook::model
