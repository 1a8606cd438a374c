#include "model/domain/PhoneNumber.h"

#include "model/domain/PlainText.h"

#include <algorithm>
#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>

namespace ringbook::model {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

/// The library's only instance, kept quiet: what strangers dial is nothing for a log.
const PhoneNumberUtil &library()
{
    static const PhoneNumberUtil &instance = []() -> PhoneNumberUtil & {
        auto *util = PhoneNumberUtil::GetInstance();
        util->SetLogger(new i18n::phonenumbers::NullLogger); // the library owns it
        return *util;
    }();
    return instance;
}

bool joinsDigits(QChar c)
{
    static const QString marks = QString::fromUtf8("+-./()\u2010\u2011\u2012\u2013\u2212\uFF0B");
    return c.isSpace() || marks.contains(c);
}

/// Digits, in any script, with what people write between them. Letters are no part of a number: "extension
/// 12" would be lost in E.164 and make the line look like somebody else's.
bool looksDialled(const QString &text)
{
    const auto digits = std::ranges::count_if(text, [](QChar c) { return c.isDigit(); });
    return digits >= minPhoneDigits &&
           std::ranges::all_of(text, [](QChar c) { return c.isDigit() || joinsDigits(c); });
}

/// What is copied from a web page comes as a link (RFC 3966).
QString withoutScheme(const QString &text)
{
    static const QString scheme = QStringLiteral("tel:");
    return text.startsWith(scheme, Qt::CaseInsensitive) ? text.mid(scheme.size()) : text;
}

std::optional<PhoneNumber> parsed(const QString &text, const QString &region)
{
    PhoneNumber number;
    const auto verdict = library().Parse(text.toStdString(), region.toStdString(), &number);
    if (verdict != PhoneNumberUtil::NO_PARSING_ERROR ||
        library().IsPossibleNumberWithReason(number) != PhoneNumberUtil::IS_POSSIBLE)
        return std::nullopt;
    return number;
}

/// What Parse() makes of E.164, without the regular expressions that it tries before: a card says several
/// numbers. Country codes are no beginning of one another.
std::optional<PhoneNumber> fromE164(const QString &e164)
{
    constexpr qsizetype longestCountryCode = 3;
    std::string region;
    for (qsizetype length = 1; length <= longestCountryCode; ++length) {
        const int countryCode = e164.mid(1, length).toInt();
        library().GetRegionCodeForCountryCode(countryCode, &region);
        if (region == "ZZ") // "unknown", in Unicode's words
            continue;
        const QString national = e164.mid(1 + length);
        const auto digit = std::ranges::find_if(national, [](QChar c) { return c != u'0'; });
        PhoneNumber number;
        number.set_country_code(countryCode);
        number.set_national_number(national.toULongLong());
        if (const auto zeros = digit - national.begin(); zeros > 0) {
            number.set_italian_leading_zero(true);
            number.set_number_of_leading_zeros(int(zeros));
        }
        return number;
    }
    return std::nullopt;
}

/// "4917112345678": what many PBXs send for +49 171 12345678. Read so only where a national number would
/// begin with a trunk prefix, which this has not.
std::optional<PhoneNumber> internationalWithoutPlus(const QString &text, const QString &region)
{
    const std::string countryCode = std::to_string(library().GetCountryCodeForRegion(region.toStdString()));
    std::string trunkPrefix;
    library().GetNddPrefixForRegion(region.toStdString(), true, &trunkPrefix);
    if (trunkPrefix.empty() || text.size() < minBareInternational ||
        !text.startsWith(QString::fromStdString(countryCode)))
        return std::nullopt;
    const auto number = parsed(u'+' + text, region);
    return number && library().IsValidNumber(*number) ? number : std::nullopt;
}

QString format(const PhoneNumber &number, PhoneNumberUtil::PhoneNumberFormat how)
{
    std::string text;
    library().Format(number, how, &text);
    return QString::fromStdString(text);
}

} // namespace

QString toE164(const QString &text, const QString &region)
{
    if (text.size() > maxPhoneTextLength)
        return {};
    const QString clean = withoutScheme(plainText(text, maxPhoneTextLength));
    if (!looksDialled(clean))
        return {};
    auto number = internationalWithoutPlus(clean, region);
    if (!number)
        number = parsed(clean, region);
    return number ? format(*number, PhoneNumberUtil::E164) : QString();
}

QString e164Start(const QString &text, const QString &region)
{
    QString dialled;
    for (const QChar c : plainText(text, maxPhoneTextLength)) {
        if (c.isDigit())
            dialled.append(QChar(u'0' + c.digitValue()));
        else if (dialled.isEmpty() && (c == u'+' || c == QChar(0xFF0B)))
            dialled.append(u'+');
        else if (!joinsDigits(c))
            return {};
    }
    if (dialled.startsWith("00"))
        dialled.replace(0, 2, u'+');
    if (dialled.startsWith(u'+') || dialled.isEmpty())
        return dialled;

    const int countryCode = library().GetCountryCodeForRegion(region.toStdString());
    if (!countryCode)
        return {};
    std::string trunkPrefix;
    library().GetNddPrefixForRegion(region.toStdString(), true, &trunkPrefix);
    if (!trunkPrefix.empty() && dialled.startsWith(QLatin1String(trunkPrefix.c_str())))
        dialled.remove(0, qsizetype(trunkPrefix.size()));
    return u'+' + QString::number(countryCode) + dialled;
}

bool hasNumbers(const QString &region)
{
    return library().GetCountryCodeForRegion(region.toStdString()) != 0;
}

bool isE164(const QString &text)
{
    return text.size() > minPhoneDigits && text.size() <= maxE164Length && text[0] == u'+' &&
           text[1] != u'0' &&
           std::all_of(text.begin() + 1, text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

QString formattedPhone(const QString &e164OrText)
{
    if (isE164(e164OrText))
        if (const auto number = fromE164(e164OrText); number && library().IsPossibleNumber(*number))
            return format(*number, PhoneNumberUtil::INTERNATIONAL);
    return plainText(e164OrText, maxPhoneTextLength);
}

} // namespace ringbook::model
