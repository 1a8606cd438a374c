#include "model/domain/WithheldNumber.h"

#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"

#include <QSet>

namespace ringbook::model {

bool meansWithheld(const QString &text)
{
    static const QSet<QString> words = {
        "",
        "anonymous",
        "unknown",
        "<unknown>",
        "restricted",
        "private",
        "s",
        "private number",
        "unavailable",
        "withheld",
        "blocked",
        "asterisk",
        "anonym",
        "unbekannt",
        "hidden",
        "no number",
        "id withheld",
        "not available",
        "none",
        "anonymous@anonymous.invalid",
        "number unavailable",
    };
    if (text.size() > maxPhoneTextLength)
        return false;
    const QString word = plainText(text, maxPhoneTextLength).toLower();
    return words.contains(word) || word.startsWith("prohib");
}

} // namespace ringbook::model
