#include "app/hub/demo/WorkingTime.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <iterator>

namespace ringbook::app::demo {

namespace {

constexpr int daysBack = 730;
constexpr int namedDaysAhead = 60;
constexpr TimeMs openHours = 11 * hourMs;
const QTime opening(7, 30);

/// The date, or the nearest working day in the direction of `step`.
QDate workday(QDate date, int step)
{
    while (date.dayOfWeek() > Qt::Friday)
        date = date.addDays(step);
    return date;
}

} // namespace

WorkingTime::WorkingTime(TimeMs now, const QTimeZone &zone) : m_now(now), m_zone(zone)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(now, zone).date();
    const QLocale english(QLocale::English, QLocale::UnitedKingdom);
    m_firstDay = today.addDays(-daysBack).startOfDay(zone).toMSecsSinceEpoch();
    for (int day = -daysBack; day <= namedDaysAhead; ++day) {
        const QDate date = today.addDays(day);
        m_dayNames.append(english.toString(workday(date, 1), "ddd d MMM"));
        const TimeMs open = QDateTime(date, opening, zone).toMSecsSinceEpoch();
        if (day > 0 || date.dayOfWeek() > Qt::Friday || open >= now)
            continue;
        m_openings.append(open);
        m_length += qMin(openHours, now - open);
    }
}

TimeMs WorkingTime::at(TimeMs worked) const
{
    const auto day = qBound(qint64(0), worked / openHours, qint64(m_openings.size() - 1));
    return qMin(m_openings[day] + worked - day * openHours, m_now);
}

TimeMs WorkingTime::atWork(TimeMs at, TimeMs earliest) const
{
    const auto next = std::upper_bound(m_openings.cbegin(), m_openings.cend(), at);
    const TimeMs open = next == m_openings.cbegin() ? m_openings.first() : *std::prev(next);
    const TimeMs worked = at - open < openHours ? at - open : at % openHours;
    return qBound(qMin(earliest, m_now), open + worked, m_now);
}

TimeMs WorkingTime::onDay(int daysFromToday, int hour, int minute) const
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_now, m_zone).date();
    return QDateTime(today.addDays(daysFromToday), QTime(hour, minute), m_zone).toMSecsSinceEpoch();
}

TimeMs WorkingTime::onWorkday(int daysFromToday, int hour, int minute) const
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_now, m_zone).date();
    const QDate date = workday(today.addDays(daysFromToday), daysFromToday < 0 ? -1 : 1);
    return QDateTime(date, QTime(hour, minute), m_zone).toMSecsSinceEpoch();
}

const QString &WorkingTime::workdayName(TimeMs at) const
{
    const auto day = (at - m_firstDay) / dayMs;
    return m_dayNames[qBound(qint64(0), day, qint64(m_dayNames.size() - 1))];
}

} // namespace ringbook::app::demo
