#pragma once

#include "model/desk/ChangeWriter.h"
#include "model/store/Book.h"
#include "tests/sim/Dice.h"

namespace ringbook::sim {

/// Something an agent, a newer program or a mistaken one might save: new records, edits of few fields of the
/// same few records, steps of cases, deletions, what the hub will refuse, kinds and fields nobody knows.
/// Inside a save.
QVector<model::ChangeWriter::Edit> someEdits(Dice &dice, const model::Book &book, model::ChangeWriter &writer,
                                             const QVector<model::RecordKey> &known);

} // namespace ringbook::sim
