#pragma once

#include "model/domain/WithheldNumber.h"

#include <QString>

namespace ringbook::model {

/// More than any real number has; longer input is not looked at (E.164 allows 15 digits, dialled strings a
/// few more).
constexpr int maxPhoneTextLength = 40;

/// Fewer digits are an extension, an emergency or a service number: right only where it was dialled, so never
/// E.164.
constexpr int minPhoneDigits = 7;

/// As long as this, digits that begin with the region's own country code may be an international number
/// without its +.
constexpr int minBareInternational = 11;

constexpr int maxE164Length = 16; ///< the + and 15 digits

/// E.164 ("+493023125147") of a number as written or sent by a PBX, read as in `region` (ISO 3166, "DE");
/// empty if it is none. Possible is enough: numbers need not be in use in any plan, because plans change
/// faster than programs and numbers reserved for fiction are nobody's. Text with letters ("ext. 12") is no
/// E.164 number, but for the scheme of a link ("tel:"). Uses libphonenumber; about 10 microseconds, the first
/// call 8 milliseconds. Any thread.
QString toE164(const QString &text, const QString &region);

/// How the E.164 form of a number begins whose first digits have been typed: "+4930231" of "030 231"; empty
/// if the text is no beginning of a number.
QString e164Start(const QString &text, const QString &region);

/// Whether there is a country or territory of this name that has numbers of its own (ISO 3166, "DE").
bool hasNumbers(const QString &region);

/// Whether the text has the shape of E.164; for what others normalised.
bool isE164(const QString &text);

/// For people: international format, "+49 30 23125147"; anything that is no number comes back cleaned of
/// control characters and cut at maxPhoneTextLength.
QString formattedPhone(const QString &e164OrText);

} // namespace ringbook::model
