#include "ui/text/Times.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace ringbook::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Times)
};

QDateTime local(TimeMs at, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(at, zone);
}

QString dateIn(TimeMs at, const Reading &reading)
{
    const QDate date = local(at, reading.zone).date();
    const bool isThisYear = date.year() == local(reading.now, reading.zone).date().year();
    return QLocale().toString(date, isThisYear ? Words::tr("d MMM", "day of this year")
                                               : Words::tr("d MMM yyyy", "day of another year"));
}

QString withTime(const QString &day, TimeMs at, const Reading &reading)
{
    return Words::tr("%1 %2", "day and time").arg(day, clockTime(at, reading));
}

} // namespace

qint64 daysFromToday(TimeMs at, const Reading &reading)
{
    return local(reading.now, reading.zone).date().daysTo(local(at, reading.zone).date());
}

QString clockTime(TimeMs at, const Reading &reading)
{
    return local(at, reading.zone).toString(QStringLiteral("HH:mm"));
}

QString when(TimeMs at, const Reading &reading)
{
    switch (daysFromToday(at, reading)) {
    case 0: return withTime(Words::tr("Today"), at, reading);
    case -1: return withTime(Words::tr("Yesterday"), at, reading);
    case 1: return withTime(Words::tr("Tomorrow"), at, reading);
    default: return inSentence(at, reading);
    }
}

QString inSentence(TimeMs at, const Reading &reading)
{
    const bool isThisYear =
        local(at, reading.zone).date().year() == local(reading.now, reading.zone).date().year();
    const bool isNear = std::abs(daysFromToday(at, reading)) <= 1;
    const QString day = dayInSentence(at, reading);
    return isThisYear || isNear ? withTime(day, at, reading) : day;
}

QString dayInSentence(TimeMs at, const Reading &reading)
{
    switch (daysFromToday(at, reading)) {
    case 0: return Words::tr("today");
    case -1: return Words::tr("yesterday");
    case 1: return Words::tr("tomorrow");
    default: return dateIn(at, reading);
    }
}

QString exactTime(TimeMs at, const QTimeZone &zone)
{
    const QDateTime time = local(at, zone);
    return Words::tr("%1 %2 %3", "date, time, zone")
        .arg(QLocale().toString(time.date(), QLocale::LongFormat), time.toString(QStringLiteral("HH:mm:ss")),
             time.timeZoneAbbreviation());
}

QString duration(qint64 ms)
{
    const qint64 seconds = std::max<qint64>(ms, 0) / secondMs;
    const qint64 hours = seconds / (hourMs / secondMs);
    const auto two = [](qint64 part) { return QStringLiteral("%1").arg(part, 2, 10, QLatin1Char('0')); };
    const QString rest = two(seconds / 60 % 60) + u':' + two(seconds % 60);
    return hours == 0 ? rest : QString::number(hours) + u':' + rest;
}

QString spokenDuration(qint64 ms)
{
    if (ms < minuteMs)
        return Words::tr("%1 s", "seconds").arg(std::max<qint64>(ms, 0) / secondMs);
    const qint64 minutes = (ms + minuteMs / 2) / minuteMs;
    if (minutes < 60)
        return Words::tr("%1 min", "minutes").arg(minutes);
    if (minutes % 60 == 0)
        return Words::tr("%1 h", "hours").arg(minutes / 60);
    return Words::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString timeThere(TimeMs now, const QString &zoneName)
{
    const QTimeZone zone(zoneName.toUtf8());
    if (zoneName.isEmpty() || !zone.isValid())
        return {};
    const QString place = zoneName.section(u'/', -1).replace(u'_', u' ');
    return Words::tr("%1, %2", "time and place").arg(clockTime(now, {now, zone}), place);
}

} // namespace ringbook::ui
