#include "app/handover/Links.h"

#include "model/domain/PlainText.h"

#include <QMap>

namespace ringbook::app {

namespace {

using Kind = Request::Kind;
using Parameters = QMap<QString, QString>;

const Error noNumber{Fault::Invalid, "this link holds no telephone number"};
const Error notUnderstood{Fault::Invalid, "this link says something that Ringbook does not know"};

QString decoded(const QString &text)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text.toUtf8()));
}

QString withoutSlashes(const QString &text)
{
    return text.startsWith("//") ? text.sliced(2) : text;
}

/// "a=1;b=2" by their names in small letters. None: one is named twice, so nobody knows which is meant.
std::optional<Parameters> parametersOf(const QString &text, QChar end)
{
    Parameters parameters;
    for (const QString &part : text.split(end, Qt::SkipEmptyParts)) {
        const QString name = part.section(u'=', 0, 0).toLower();
        if (parameters.contains(name))
            return std::nullopt;
        parameters[name] = decoded(part.section(u'=', 1));
    }
    return parameters;
}

std::optional<Kind> kindOfEvent(const QString &event)
{
    if (event.isEmpty() || event == "ring")
        return Kind::Ring;
    if (event == "answer")
        return Kind::Answered;
    return event == "end" ? std::optional(Kind::Ended) : std::nullopt;
}

/// ring?number=…&name=…&call=…&event=…
Result<Request> callRequest(const QString &rest)
{
    static const QStringList known = {"number", "name", "call", "event"};
    const QString place = rest.section(u'?', 0, 0);
    const auto said = parametersOf(rest.section(u'?', 1), u'&');
    if (!said || (place != "ring" && place != "ring/"))
        return notUnderstood;
    for (const QString &name : said->keys())
        if (!known.contains(name))
            return notUnderstood;
    const auto kind = kindOfEvent(said->value("event"));
    if (!kind)
        return notUnderstood;
    if (said->value("call").size() > maxCallNameLength)
        return Error{Fault::Invalid, "this link names its call by too long a name"};
    return Request{.kind = *kind,
                   .number = callerNumber(said->value("number")),
                   .name = model::plainText(said->value("name"), maxCallerNameLength),
                   .call = model::plainText(said->value("call"), maxCallNameLength)};
}

/// +49-30-23125-100;ext=12;phone-context=+49. A context that is no number says where a short one is valid,
/// which is here or nowhere.
Result<Request> dialRequest(const QString &written, const QString &said)
{
    const auto parameters = parametersOf(said, u';');
    QString number = dialledNumber(decoded(written));
    if (!parameters || number.isEmpty())
        return noNumber;
    const QString context = dialledNumber(parameters->value("phone-context"));
    if (context.startsWith(u'+') && !number.startsWith(u'+'))
        number.prepend(context);
    const QString extension = dialledNumber(parameters->value("ext"));
    if (number.size() > maxRingNumberLength || extension.size() > maxExtensionLength ||
        (extension.isEmpty() && parameters->contains("ext")))
        return noNumber;
    return Request{.kind = Kind::Dial, .number = number, .extension = extension};
}

/// "+4930…:password@host", "+4930…;ext=1@host": who it is, as far as a telephone can dial that.
Result<Request> sipRequest(const QString &rest)
{
    const QString user = rest.section(u'@', 0, 0).section(u':', 0, 0);
    return dialRequest(user.section(u';', 0, 0), rest.contains(u'@') ? user.section(u';', 1) : QString());
}

} // namespace

const QStringList &linkSchemes()
{
    static const QStringList schemes = {"ringbook", "tel", "callto", "sip", "sips"};
    return schemes;
}

bool isLink(const QString &text)
{
    return linkSchemes().contains(text.section(u':', 0, 0).toLower()) && text.contains(u':');
}

Result<Request> requestOfLink(const QString &link)
{
    if (link.size() > maxLinkLength)
        return Error{Fault::Invalid, "this link is longer than any that Ringbook knows"};
    if (!isLink(link))
        return notUnderstood;
    const QString scheme = link.section(u':', 0, 0).toLower();
    const QString rest = withoutSlashes(link.section(u':', 1));
    if (scheme == linkSchemes().first())
        return callRequest(rest);
    if (scheme == "sip" || scheme == "sips")
        return sipRequest(rest.section(u'?', 0, 0));
    return dialRequest(rest.section(u';', 0, 0), rest.section(u';', 1));
}

} // namespace ringbook::app
