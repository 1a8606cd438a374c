#pragma once

#include "model/desk/ChangeWriter.h"
#include "model/store/Book.h"
#include "tests/sim/Dice.h"

namespace ringbook::sim {

/// Something an agent, a newer program (then also kinds and fields that are unknown here) or a mistaken one
/// might save: new records, edits of few fields of the same few records, steps of cases, deletions, what the
/// hub will refuse. Inside a save.
QVector<model::ChangeWriter::Edit> someEdits(Dice &dice, const model::Book &book, model::ChangeWriter &writer,
                                             const QVector<model::RecordKey> &known, bool isNewer);

} // namespace ringbook::sim
