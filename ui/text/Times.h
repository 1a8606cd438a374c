#pragma once

#include "model/core/Clock.h"

#include <QString>
#include <QTimeZone>

namespace ringbook::ui {

/// The moment and the place a text is read at. Days begin and end here.
struct Reading
{
    TimeMs now = 0;
    QTimeZone zone = QTimeZone::systemTimeZone();
};

/// "14:02"
QString clockTime(TimeMs at, const Reading &reading);
/// "14:02:31"
QString clockWithSeconds(TimeMs at, const Reading &reading);

/// "Today 09:12", "Yesterday 11:40", "Tomorrow 10:00", then "17 Nov 15:02", in another year "17 Nov 2025". To
/// stand alone; inSentence() is for the middle of one ("due yesterday 16:00").
QString when(TimeMs at, const Reading &reading);
QString inSentence(TimeMs at, const Reading &reading);

/// The day only: "today", "yesterday", "tomorrow", "3 Nov".
QString dayInSentence(TimeMs at, const Reading &reading);

/// For tool tips: "Saturday, 21 November 2026 14:07:31 CET".
QString exactTime(TimeMs at, const QTimeZone &zone);

/// "03:42", from an hour on "1:03:42". Never negative.
QString duration(qint64 ms);

/// For a history: "6 min", "42 s", "1 h 5 min".
QString spokenDuration(qint64 ms);

/// "14:07, Lisbon" for a customer's IANA zone; empty if there is no such zone.
QString timeThere(TimeMs now, const QString &zoneName);
QString placeOfZone(const QString &zoneName); ///< "Buenos Aires" of "America/Argentina/Buenos_Aires"

/// Whole days from the reading's day to that of `at`; negative for the past.
qint64 daysFromToday(TimeMs at, const Reading &reading);

} // namespace ringbook::ui
