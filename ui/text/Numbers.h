#pragma once

#include <QString>

namespace ringbook::ui {

/// The text set apart from the reading direction around it: a number in an Arabic sentence keeps its order.
QString isolated(const QString &text);

/// The same without the marks that steer direction: for the clipboard and for assistants.
QString withoutMarks(QString text);

/// "+493023125147" -> "+49 30 23125 147", isolated left-to-right; what is no number comes back cleaned and
/// cut.
QString phoneForPeople(const QString &e164OrText);

/// "K73QF9X" -> "K7-3QF-9X", isolated left-to-right.
QString caseCodeForPeople(const QString &code);

/// 204118 -> "204 118", with thin spaces.
QString grouped(qint64 count);

} // namespace ringbook::ui
