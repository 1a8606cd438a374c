#pragma once

#include "model/domain/Telephony.h"
#include "ui/card/Row.h"
#include "ui/text/Times.h"

namespace ringbook::ui {

// What the page of the telephone systems says.

QString linkWord(const model::TelephonySource &source); ///< "Connected", "Not reached"
bool isLinked(const model::TelephonySource &source);
QString
clockWords(const model::TelephonySource &source); ///< "agrees with the hub's", "12 s ahead"; may be empty

Row telephoneRow(const model::TelephoneAt &phone, const Reading &reading);
Row unassignedRow(const model::Unassigned &unassigned);
Row stepRow(const model::TelephonyStep &step, const Reading &reading);
Row findingRow(const model::TelephonyFinding &finding);

/// The newest first.
QVector<Row> requestRows(const model::TelephonySource &source, const Reading &reading);

/// Of the last call the steps in their order; then those before it, newest first.
QVector<Row> stepRows(const model::TelephonySource &source, const Reading &reading);

} // namespace ringbook::ui
