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

/// A time as it is looked at: going from one to a day of a zone costs more than all words.
struct Moment
{
    Moment(TimeMs at, const Reading &reading)
        : time(local(at, reading.zone)),
          today(local(reading.now, reading.zone).date())
    {
    }

    qint64 days() const { return today.daysTo(time.date()); }
    bool isThisYear() const { return time.date().year() == today.year(); }

    QDateTime time;
    QDate today;
};

QString two(qint64 number)
{
    return QString(QChar(u'0' + ushort(number / 10 % 10))) + QChar(u'0' + ushort(number % 10));
}

QString clock(const QDateTime &time)
{
    return two(time.time().hour()) + u':' + two(time.time().minute());
}

QString withTime(const QString &day, const Moment &moment)
{
    return Words::tr("%1 %2", "day and time").arg(day, clock(moment.time));
}

QString dayInSentence(const Moment &moment)
{
    switch (moment.days()) {
    case 0: return Words::tr("today");
    case -1: return Words::tr("yesterday");
    case 1: return Words::tr("tomorrow");
    default:
        return QLocale().toString(moment.time.date(), moment.isThisYear()
                                                          ? Words::tr("d MMM", "day of this year")
                                                          : Words::tr("d MMM yyyy", "day of another year"));
    }
}

QString inSentence(const Moment &moment)
{
    const QString day = dayInSentence(moment);
    const bool isNear = std::abs(moment.days()) <= 1;
    return moment.isThisYear() || isNear ? withTime(day, moment) : day;
}

} // namespace

qint64 daysFromToday(TimeMs at, const Reading &reading)
{
    return Moment(at, reading).days();
}

QString clockTime(TimeMs at, const Reading &reading)
{
    return clock(local(at, reading.zone));
}

QString clockWithSeconds(TimeMs at, const Reading &reading)
{
    return QDateTime::fromMSecsSinceEpoch(at, reading.zone).toString(QStringLiteral("HH:mm:ss"));
}

QString when(TimeMs at, const Reading &reading)
{
    const Moment moment(at, reading);
    switch (moment.days()) {
    case 0: return withTime(Words::tr("Today"), moment);
    case -1: return withTime(Words::tr("Yesterday"), moment);
    case 1: return withTime(Words::tr("Tomorrow"), moment);
    default: return inSentence(moment);
    }
}

QString inSentence(TimeMs at, const Reading &reading)
{
    return inSentence(Moment(at, reading));
}

QString dayInSentence(TimeMs at, const Reading &reading)
{
    return dayInSentence(Moment(at, reading));
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
    return Words::tr("%1, %2", "time and place").arg(clockTime(now, {now, zone}), placeOfZone(zoneName));
}

QString placeOfZone(const QString &zoneName)
{
    return zoneName.section(u'/', -1).replace(u'_', u' ');
}

} // namespace ringbook::ui
