#pragma once

#include "model/core/Clock.h"

#include <QString>
#include <QTimeZone>

#include <optional>

namespace ringbook::model {

constexpr TimeMs furthestDueMs = 366 * dayMs;
constexpr int endOfDayHour = 17; ///< where only a day was said

/// A moment to come, as people type it in English or German: "15:30", "3pm", "tomorrow 10", "Fri", "Freitag
/// 14 Uhr", "24.11. 9:00", "2026-11-24", "in 2h", "in 3 Tagen". Read on the wall-clock of `zone`: an hour
/// that is left out when clocks go forward is the next one there is. A time without a day is the next one
/// there will be, a day without a time ends at endOfDayHour, a date without a year is the next one. Nothing
/// if the text is no such moment, or one that is past or further than furthestDueMs away.
std::optional<TimeMs> dueTimeFrom(const QString &text, TimeMs now, const QTimeZone &zone);

/// What is promised, and when.
struct DueLine
{
    QString what = {};
    std::optional<TimeMs> dueAt = {};

    bool operator==(const DueLine &) const = default;
};

/// "call back with the date by tomorrow 10" -> "call back with the date" and the moment. The longest end of
/// the line that is a moment counts; without one all of it is what.
DueLine dueLineFrom(const QString &line, TimeMs now, const QTimeZone &zone);

} // namespace ringbook::model
