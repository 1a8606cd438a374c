#pragma once

#include "model/desk/AttentionDesk.h"
#include "ui/text/Times.h"

namespace ringbook::ui {

// A single field in words, for whoever has to decide about it.

/// "Role", "Due"; a field of a newer program is called what it is called there.
QString fieldWord(const QString &field);

/// “CIO”, “Today 14:00”, “In progress”; empty: "nothing". Isolated, so that it turns nothing around it.
QString valueWord(const QString &kind, const QString &field, const QVariant &value, const Reading &reading);

/// The same for one side of a conflict, a reference by the name it stands for.
QString valueWord(const model::Conflict &conflict, const model::Version &version, const Reading &reading);

/// Who or what it is about: the customer, the case, or that nobody knows.
QString subjectWord(const model::Subject &subject);

/// "Role: “CIO” holds, “Buyer” gave way"; for a deletion that an edit overruled its own sentence.
QString conflictLine(const model::ConflictLine &line, const Reading &reading);

/// "Role: also “Buyer”, to be decided"; beside the value that holds.
QString otherValueLine(const model::Conflict &conflict, const Reading &reading);

} // namespace ringbook::ui
