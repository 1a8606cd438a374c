#pragma once

#include "model/desk/ConflictLine.h"
#include "ui/text/Times.h"

#include <QVector>

namespace ringbook::ui {

// Two values for one thing, in words.

/// Both values, told apart: where the usual words are the same for both, as they are written in the book.
struct TwoValues
{
    QString present = {};
    QString lost = {};
};
TwoValues valuesOnALine(const model::ConflictLine &line, const Reading &reading); ///< “Head of buying”, cut
TwoValues wholeValues(const model::ConflictLine &line, const Reading &reading);   ///< line by line

/// "Cleo Chen, today 17:52"; oneself is "You". Of a value that came after both: "Changed since both wrote".
QString versionOrigin(const model::Version &version, const Reading &reading);

/// "Tier"; of a case "Case K7-3QF-9X, Status"; of a number "+49 30 23125 147, Verified"; of a deletion what
/// was deleted.
QString disputedWord(const model::ConflictLine &line);

/// "Ana Costa: Tier", "Ana Costa: Case K7-3QF-9X"; of a customer who was deleted the name alone.
QString conflictTitle(const model::ConflictLine &line);

/// For a list: "Tier: now “Silver”, also “Platinum”".
QString conflictLine(const model::ConflictLine &line, const Reading &reading);
/// Beside the value that is shown: "Tier: also “Platinum” (Cleo Chen, today 17:52)".
QString otherValueLine(const model::ConflictLine &line, const Reading &reading);

/// For who does not decide: "Cleo Chen, Ben Brandt or a team lead decides."
QString decidersLine(const QVector<model::ConflictLine> &lines);

} // namespace ringbook::ui
