#include "app/handover/Request.h"

#include "model/domain/PlainText.h"
#include "model/domain/WithheldNumber.h"

#include <QStringList>

#include <algorithm>

namespace ringbook::app {

namespace {

using Kind = Request::Kind;

constexpr char kindLetters[] = {'s', 'r', 'a', 'e', 'd', 'p'}; ///< in the order of Request::Kind
constexpr QChar fieldEnd = u'\t';                              ///< no field can hold one

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

/// A line is no longer trusted than what it was made of.
std::optional<Request> checked(const Request &request)
{
    const Request call{.kind = request.kind,
                       .number = callerNumber(request.number),
                       .name = model::plainText(request.name, maxCallerNameLength),
                       .call = model::plainText(request.call, maxCallNameLength)};
    switch (request.kind) {
    case Kind::Show: return Request{};
    case Kind::Ring:
    case Kind::Answered:
    case Kind::Ended: return call;
    case Kind::Dial:
        if (request.number.isEmpty() || dialledNumber(request.number) != request.number)
            return std::nullopt;
        return Request{
            .kind = Kind::Dial, .number = request.number, .extension = dialledNumber(request.extension)};
    case Kind::PracticeCall: {
        const QString number = model::plainText(request.number, maxRingNumberLength);
        return number.isEmpty() ? std::nullopt : std::optional(Request{Kind::PracticeCall, number});
    }
    }
    return std::nullopt;
}

} // namespace

QString callerNumber(const QString &text)
{
    static const QString written = QStringLiteral("+*#().-/ ");
    const auto belongs = [](QChar c) { return isDigit(c) || written.contains(c); };
    if (text.size() > maxRingNumberLength || text.trimmed().isEmpty())
        return {};
    if (std::ranges::all_of(text, belongs) && std::ranges::any_of(text, isDigit))
        return text.trimmed();
    return model::meansWithheld(text) ? QStringLiteral("anonymous") : QString();
}

QString dialledNumber(const QString &text)
{
    static const QString visual = QStringLiteral("-.() ");
    QString number;
    for (const QChar c : text) {
        if (isDigit(c) || c == u'*' || c == u'#' || (c == u'+' && number.isEmpty()))
            number += c;
        else if (!visual.contains(c))
            return {};
    }
    const bool isNumber = number.size() <= maxRingNumberLength && std::ranges::any_of(number, isDigit);
    return isNumber ? number : QString();
}

QByteArray lineOf(const Request &request)
{
    const QStringList fields{request.number, request.name, request.call, request.extension};
    return kindLetters[int(request.kind)] + fields.join(fieldEnd).toUtf8() + '\n';
}

std::optional<Request> requestFrom(const QByteArray &line)
{
    const auto letter = line.isEmpty() ? std::end(kindLetters) : std::ranges::find(kindLetters, line[0]);
    if (letter == std::end(kindLetters) || !line.endsWith('\n') || line.size() > maxRequestBytes)
        return std::nullopt;
    const QStringList fields = QString::fromUtf8(line.sliced(1, line.size() - 2)).split(fieldEnd);
    return checked({.kind = Kind(letter - std::begin(kindLetters)),
                    .number = fields.value(0),
                    .name = fields.value(1),
                    .call = fields.value(2),
                    .extension = fields.value(3)});
}

} // namespace ringbook::app
