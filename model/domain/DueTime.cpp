#include "model/domain/DueTime.h"

#include <QDateTime>
#include <QHash>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace ringbook::model {

namespace {

constexpr int longestText = 60;
constexpr int mostWords = 5; ///< of a moment

QRegularExpression whole(const char *pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QString::fromUtf8(pattern)),
                              QRegularExpression::CaseInsensitiveOption);
}

/// Milliseconds of one such unit; 0: it is none.
TimeMs unitOf(const QString &word)
{
    static const QRegularExpression minutes = whole("m|min|mins|minutes?|minuten?");
    static const QRegularExpression hours = whole("h|hrs?|hours?|std|stunden?");
    static const QRegularExpression days = whole("d|days?|tage?n?");
    static const QRegularExpression weeks = whole("w|weeks?|wochen?");
    for (const auto &[unit, ms] : {std::pair(&minutes, TimeMs(minuteMs)), std::pair(&hours, TimeMs(hourMs)),
                                   std::pair(&days, TimeMs(dayMs)), std::pair(&weeks, TimeMs(7 * dayMs))})
        if (unit->match(word).hasMatch())
            return ms;
    return 0;
}

/// The wall-clock's; days are days of the calendar, whatever the clocks do.
std::optional<TimeMs> fromNow(const QString &text, const QDateTime &now)
{
    static const QRegularExpression shape = whole("(?:in\\s*|\\+)(\\d{1,4})\\s*(\\w+)");
    const auto match = shape.match(text);
    const TimeMs unit = match.hasMatch() ? unitOf(match.captured(2)) : 0;
    if (unit == 0)
        return std::nullopt;
    const qint64 count = match.captured(1).toLongLong();
    return unit < dayMs ? now.addMSecs(count * unit).toMSecsSinceEpoch()
                        : now.addDays(count * (unit / dayMs)).toMSecsSinceEpoch();
}

std::optional<QTime> timeFrom(const QString &text)
{
    static const QRegularExpression shape =
        whole("(\\d{1,2})(?:[:.](\\d{2}))?\\s*(am|pm|h|uhr)?(?:\\s*(\\d{2}))?");
    static const QHash<QString, QTime> names = {{QStringLiteral("noon"), {12, 0}},
                                                {QStringLiteral("mittag"), {12, 0}},
                                                {QStringLiteral("mittags"), {12, 0}}};
    if (const auto name = names.constFind(text.toLower()); name != names.constEnd())
        return *name;
    const auto match = shape.match(text);
    if (!match.hasMatch() ||
        (!match.captured(4).isEmpty() && match.captured(3).toLower() != QLatin1String("uhr")))
        return std::nullopt;
    int hour = match.captured(1).toInt();
    const int minute = (match.captured(4).isEmpty() ? match.captured(2) : match.captured(4)).toInt();
    const QString half = match.captured(3).toLower();
    const bool isHalf = half == QLatin1String("am") || half == QLatin1String("pm");
    if (isHalf && (hour < 1 || hour > 12))
        return std::nullopt;
    if (isHalf)
        hour = hour % 12 + (half == QLatin1String("pm") ? 12 : 0);
    const QTime time(hour, minute);
    return time.isValid() ? std::optional(time) : std::nullopt;
}

/// 1 is Monday; 0: it names no day of the week.
int weekdayOf(const QString &word)
{
    static const char *const names[] = {"mon|monday|mo|montag",      "tue|tues|tuesday|di|dienstag",
                                        "wed|wednesday|mi|mittwoch", "thu|thur|thurs|thursday|do|donnerstag",
                                        "fri|friday|fr|freitag",     "sat|saturday|sa|samstag|sonnabend",
                                        "sun|sunday|so|sonntag"};
    for (int day = 1; day <= 7; ++day)
        if (whole(names[day - 1]).match(word).hasMatch())
            return day;
    return 0;
}

QDate nextOf(int day, int month, const QDate &today)
{
    for (int year = today.year(); year <= today.year() + 1; ++year)
        if (const QDate date(year, month, day); date.isValid() && date >= today)
            return date;
    return {};
}

/// Not valid: it names no day.
QDate dayFrom(const QString &text, const QDate &today)
{
    static const QRegularExpression dotted = whole("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})?");
    static const QRegularExpression iso = whole("(\\d{4})-(\\d{2})-(\\d{2})");
    const QString word = text.toLower();
    if (word == QLatin1String("today") || word == QLatin1String("heute"))
        return today;
    if (word == QLatin1String("tomorrow") || word == QLatin1String("tmrw") || word == QLatin1String("morgen"))
        return today.addDays(1);
    if (word == QString::fromUtf8("übermorgen"))
        return today.addDays(2);
    if (const int weekday = weekdayOf(word))
        return today.addDays((weekday - today.dayOfWeek() + 6) % 7 + 1);
    if (const auto match = dotted.match(word); match.hasMatch()) {
        const int day = match.captured(1).toInt(), month = match.captured(2).toInt();
        return match.captured(3).isEmpty() ? nextOf(day, month, today)
                                           : QDate(match.captured(3).toInt(), month, day);
    }
    if (const auto match = iso.match(word); match.hasMatch())
        return {match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt()};
    return {};
}

TimeMs momentOf(const QDate &day, const QTime &time, const QTimeZone &zone)
{
    const QDateTime moment(day, time, zone);
    if (moment.isValid() && moment.time() == time)
        return moment.toMSecsSinceEpoch();
    return QDateTime(day, time.addSecs(3600), zone).toMSecsSinceEpoch(); // this hour is left out
}

/// "tomorrow at 10": words that join a day and a time, or either to what is before it.
bool joins(const QString &word)
{
    static const QRegularExpression shape =
        whole("at|by|on|until|till|next|um|bis|am|gegen|ab|the|den|,|-|–");
    return shape.match(word).hasMatch();
}

std::optional<TimeMs> dayAndTime(const QStringList &words, const QDateTime &now, const QTimeZone &zone)
{
    const QDate day = dayFrom(words.first(), now.date());
    const QString rest = words.mid(day.isValid() ? 1 : 0).join(u' ');
    if (day.isValid() && rest.isEmpty())
        return momentOf(day, QTime(endOfDayHour, 0), zone);
    const auto time = timeFrom(rest);
    if (!time)
        return std::nullopt;
    if (day.isValid())
        return momentOf(day, *time, zone);
    const TimeMs today = momentOf(now.date(), *time, zone);
    return today > now.toMSecsSinceEpoch() ? today : momentOf(now.date().addDays(1), *time, zone);
}

} // namespace

std::optional<TimeMs> dueTimeFrom(const QString &text, TimeMs now, const QTimeZone &zone)
{
    if (text.size() > longestText)
        return std::nullopt;
    QStringList words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    const QDateTime here = QDateTime::fromMSecsSinceEpoch(now, zone);
    auto due = fromNow(words.join(u' '), here);
    if (!due) {
        words.removeIf([](const QString &word) { return joins(word); });
        if (words.isEmpty() || words.size() > mostWords)
            return std::nullopt;
        due = dayAndTime(words, here, zone);
    }
    return due && *due > now && *due - now <= furthestDueMs ? due : std::nullopt;
}

DueLine dueLineFrom(const QString &line, TimeMs now, const QTimeZone &zone)
{
    const QStringList words = line.simplified().split(u' ', Qt::SkipEmptyParts);
    for (qsizetype from = std::max<qsizetype>(0, words.size() - mostWords); from < words.size(); ++from) {
        const auto due = dueTimeFrom(words.mid(from).join(u' '), now, zone);
        if (!due)
            continue;
        QStringList what = words.first(from);
        while (!what.isEmpty() && joins(what.last()))
            what.removeLast();
        return {.what = what.join(u' '), .dueAt = due};
    }
    return {.what = words.join(u' ')};
}

} // namespace ringbook::model
