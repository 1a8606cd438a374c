#include "sync/calls/esl/EslOrders.h"

#include "model/domain/PhoneNumber.h"

#include <algorithm>

namespace ringbook::calls {

using What = model::CallCommand::What;

namespace {

constexpr qsizetype maxWordLength = 80;

const QString userPrefix = QStringLiteral("user/");

bool isAsciiLetterOrDigit(QChar c)
{
    return c.unicode() < 128 && c.isLetterOrNumber();
}

/// Of letters, digits and these: a channel's id, a user, a context.
bool isWord(const QString &text, QLatin1String also)
{
    return !text.isEmpty() && text.size() <= maxWordLength && !text.startsWith(u'-') &&
           std::ranges::all_of(text, [&](QChar c) { return isAsciiLetterOrDigit(c) || also.contains(c); });
}

bool isId(const QString &uuid)
{
    return isWord(uuid, QLatin1String("-_."));
}

bool isContext(const QString &context)
{
    return isWord(context, QLatin1String("-_."));
}

Error notInCall()
{
    return {Fault::NotFound, QStringLiteral("This call is over, or somebody else has it.")};
}

Error notDialable()
{
    return {Fault::Invalid, QStringLiteral("This is no telephone number; it cannot be dialled.")};
}

} // namespace

bool isDialable(const QString &number)
{
    const auto isKey = [](QChar c) {
        return (c >= u'0' && c <= u'9') || c == u'+' || c == u'*' || c == u'#';
    };
    return !number.isEmpty() && number.size() <= model::maxPhoneTextLength &&
           std::ranges::all_of(number, isKey);
}

Result<QString> eslDialOrder(const Agent &agent, const QString &number, const DialRules &rules,
                             const QString &uuid)
{
    const bool hasPrefix = agent.endpoint.startsWith(userPrefix);
    const QString user = hasPrefix ? agent.endpoint.sliced(userPrefix.size()) : agent.endpoint;
    if (!isDialable(number))
        return notDialable();
    if (!isWord(user, QLatin1String("-_.@")) || !isContext(rules.context) || !isId(uuid))
        return Error{Fault::Invalid,
                     QStringLiteral("Your phone cannot be rung from here; ask your administrator.")};
    QString variables =
        QStringLiteral("origination_uuid=%1,originate_timeout=%2").arg(uuid).arg(rules.ringSeconds);
    if (isDialable(agent.extension))
        variables += QStringLiteral(",origination_caller_id_number=%1").arg(agent.extension);
    return QStringLiteral("originate {%1}user/%2 %3 XML %4").arg(variables, user, number, rules.context);
}

Result<QString> eslOrder(const model::CallCommand &command, const EslPlace &place, const QString &context)
{
    const QString &channel = place.channel;
    if (!isId(channel))
        return notInCall();
    const bool needsTalk =
        command.what == What::Hold || command.what == What::Resume || command.what == What::Transfer;
    if (needsTalk && place.rings)
        return Error{Fault::Invalid, QStringLiteral("Answer the call first.")};
    switch (command.what) {
    case What::Answer:
        if (!place.rings)
            return Error{Fault::Invalid, QStringLiteral("This call is answered already.")};
        return QStringLiteral("uuid_phone_event %1 talk").arg(channel);
    case What::HangUp:
        return QStringLiteral("uuid_kill %1%2").arg(channel, place.rings ? " CALL_REJECTED" : "");
    case What::Hold: return QStringLiteral("uuid_hold %1").arg(channel);
    case What::Resume: return QStringLiteral("uuid_hold off %1").arg(channel);
    case What::Transfer:
        if (!isDialable(command.number) || !isContext(context))
            return notDialable();
        return QStringLiteral("uuid_transfer %1 -bleg %2 XML %3").arg(channel, command.number, context);
    case What::Dial: break;
    }
    return notDialable();
}

std::optional<QString> eslQuestion(const QString &uuid)
{
    if (!isId(uuid))
        return std::nullopt;
    return QStringLiteral("uuid_dump %1 json").arg(uuid);
}

} // namespace ringbook::calls
