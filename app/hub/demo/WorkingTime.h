#pragma once

#include "model/core/Clock.h"

#include <QStringList>
#include <QTimeZone>
#include <QVector>

namespace ringbook::app::demo {

/// The hours in which the company works, from two years ago until now, laid end to end: what is spread evenly
/// over them falls on working days only.
class WorkingTime
{
public:
    WorkingTime(TimeMs now, const QTimeZone &zone);

    TimeMs now() const { return m_now; }
    const QTimeZone &zone() const { return m_zone; }

    TimeMs length() const { return m_length; }
    TimeMs at(TimeMs worked) const; ///< the moment when so much had been worked; at most now

    /// The moment itself if somebody is at work then, else one on the last working day before it; not before
    /// `earliest`, not after now.
    TimeMs atWork(TimeMs at, TimeMs earliest) const;

    /// Local time on the day so many days after today, or before it.
    TimeMs onDay(int daysFromToday, int hour, int minute) const;

    /// The same, but a weekend gives way: to the Monday after it, or to the Friday before if it lies in the
    /// past.
    TimeMs onWorkday(int daysFromToday, int hour, int minute) const;

    /// "Tue 12 May" of a moment, or of the Monday after it. Only looked up: sentences need millions.
    const QString &workdayName(TimeMs at) const;

private:
    TimeMs m_now;
    QTimeZone m_zone;
    QVector<TimeMs> m_openings; ///< of working days
    TimeMs m_length = 0;
    TimeMs m_firstDay = 0;  ///< of m_dayNames
    QStringList m_dayNames; ///< weekends are called like the Monday after them
};

} // namespace ringbook::app::demo
