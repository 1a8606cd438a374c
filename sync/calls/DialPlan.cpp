#include "sync/calls/DialPlan.h"

#include "model/domain/PhoneNumber.h"

#include <algorithm>

namespace ringbook::calls {

namespace {

const QString separators = QStringLiteral(" -()/.\u00a0\u2011\u2013");

Error noNumber()
{
    return {Fault::Invalid, QStringLiteral("This is no telephone number; it cannot be dialled.")};
}

Error denied()
{
    return {Fault::Denied,
            QStringLiteral(
                "This number is not dialled from desks here; use the phone, or ask your administrator.")};
}

/// Empty for what nobody dials.
QString withoutSeparators(const QString &wanted)
{
    QString number;
    for (const QChar c : wanted) {
        const bool isPlus = c == u'+' && number.isEmpty();
        if ((c >= u'0' && c <= u'9') || c == u'*' || c == u'#' || isPlus)
            number += c;
        else if (!separators.contains(c))
            return {};
    }
    return number;
}

bool beginsWithOneOf(const QStringList &beginnings, const QString &number)
{
    return std::ranges::any_of(beginnings,
                               [&](const QString &beginning) { return number.startsWith(beginning); });
}

/// A home number that is one abroad as it is dialled: "+49 0441 6329…" would be 00 441 632… and so get past
/// what is allowed.
bool leadsAbroad(const QString &e164, const NumberPlan &plan)
{
    const QString country = u'+' + plan.countryCode;
    const bool isHome = !plan.countryCode.isEmpty() && e164.startsWith(country);
    return isHome && !plan.internationalPrefix.isEmpty() &&
           (plan.nationalPrefix + e164.sliced(country.size())).startsWith(plan.internationalPrefix);
}

QString written(const QString &e164, const PbxSettings &settings)
{
    const QString country = u'+' + settings.plan.countryCode;
    const bool isHome = !settings.plan.countryCode.isEmpty() && e164.startsWith(country);
    switch (settings.dial.form) {
    case DialRules::Form::Plus: return e164;
    case DialRules::Form::National:
        if (isHome)
            return settings.dial.prefix + settings.plan.nationalPrefix + e164.sliced(country.size());
        break;
    case DialRules::Form::International: break;
    }
    return settings.dial.prefix + settings.plan.internationalPrefix + e164.sliced(1);
}

} // namespace

Result<QString> numberToDial(const QString &wanted, const PbxSettings &settings)
{
    if (wanted.size() > model::maxPhoneTextLength)
        return noNumber();
    const QString number = withoutSeparators(wanted);
    if (number.isEmpty() || number.size() > mostDialledDigits + 1)
        return noNumber();
    if (settings.agentWith(number))
        return number;
    const DialRules &rules = settings.dial;
    const QString full = lineNumberToE164(number, settings.plan);
    if (full.isEmpty())
        return rules.allow.contains(number) ? Result<QString>(number) : denied();
    if (leadsAbroad(full, settings.plan))
        return noNumber();
    if (beginsWithOneOf(rules.deny, full) || (!rules.allow.isEmpty() && !beginsWithOneOf(rules.allow, full)))
        return denied();
    const QString dialled = written(full, settings);
    return dialled.size() > mostDialledDigits ? Result<QString>(noNumber()) : dialled;
}

} // namespace ringbook::calls
