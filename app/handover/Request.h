#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace ringbook::app {

constexpr int maxRingNumberLength = 40;
constexpr int maxCallerNameLength = 80;
constexpr int maxCallNameLength = 64;
constexpr int maxExtensionLength = 10;

/// What somebody on this machine wants of the desk that runs: a later start of the program, a softphone that
/// tells of a call, a link. All of it is text from outside.
struct Request
{
    enum class Kind { Show, Ring, Answered, Ended, Dial, PracticeCall };

    Kind kind = Kind::Show;
    QString number = {};    ///< of a call: as callerNumber() has it; to dial: as dialledNumber() has it
    QString name = {};      ///< what the caller's telephone says, if it says anything
    QString call = {};      ///< what the program that tells of the call calls it; may be empty
    QString extension = {}; ///< Dial: what is dialled once the number has answered

    bool operator==(const Request &) const = default;
};

/// A caller's number may be anything the caller likes. It is let in if it is at most maxRingNumberLength
/// digits and what people write between them; a word for a withheld one becomes "anonymous"; all else is
/// empty, an unknown number.
QString callerNumber(const QString &text);

/// What is dialled for a number as written (RFC 3966: visual separators are dropped): digits, * and #, after
/// a + if it has one. Empty: that is no number.
QString dialledNumber(const QString &text);

/// A request as the one line that goes to the desk, and what a desk makes of a line; none: it is no request.
QByteArray lineOf(const Request &request);
std::optional<Request> requestFrom(const QByteArray &line);

/// As long as a line can be, its end included.
constexpr int maxRequestBytes =
    4 * (maxRingNumberLength + maxCallerNameLength + maxCallNameLength + maxExtensionLength) + 5;

} // namespace ringbook::app
