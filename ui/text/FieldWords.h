#pragma once

#include "model/desk/ConflictLine.h"
#include "ui/text/Times.h"

namespace ringbook::ui {

// A single field in words, for whoever has to decide about it.

/// "Role", "Due"; a field of a newer program is called what it is called there.
QString fieldWord(const QString &field);

/// “CIO”, “Today 14:00”, “In progress”, on one line and cut; empty: "nothing". Isolated, so that it turns
/// nothing around it.
QString valueWord(const QString &kind, const QString &field, const QVariant &value, const Reading &reading);
/// The same with its lines as they were written.
QString wholeValue(const QString &kind, const QString &field, const QVariant &value, const Reading &reading);

/// Who or what it is about: the customer, the case, or that nobody knows.
QString subjectWord(const model::Subject &subject);

} // namespace ringbook::ui
