#pragma once

#include "sync/hub/WriteBatch.h"

#include <functional>

namespace ringbook::hub {

/// Writes into the user's record of this book what is to be otherwise there; nothing where there is none.
Status setUserFields(WriteBatch &batch, const QString &book, qint64 user, const model::Fields &wanted);

/// Does what may change whose telephone is whose, and writes what came of it into the user records of
/// everybody concerned, so that each desk dials and names them where they sit.
Status reseat(WriteBatch &batch, const std::function<Status(Seats &seats)> &change);

} // namespace ringbook::hub
