#pragma once

#include "model/core/Id.h"
#include "model/domain/Record.h"

namespace ringbook::model {

/// All that is known of somebody who was erased.
struct Erasure
{
    Id<struct User> by = {}; ///< none: not at a desk
    TimeMs at = 0;
};

/// The records that this one is about: when one of them is erased, so is this one. A customer's contact
/// points, interactions, cases and follow-ups, the notes of a case, the conflicts about any of these; also of
/// kinds that only a newer program knows.
QVector<RecordKey> ownersOf(const RecordKey &key, const Fields &fields);

/// The same for what an op writes.
QVector<RecordKey> ownersOf(const Op &op);

} // namespace ringbook::model
