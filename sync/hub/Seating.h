#pragma once

#include "sync/hub/WriteBatch.h"

#include <functional>

namespace ringbook::hub {

/// Does what may change whose telephone is whose, and writes what came of it into the user records of
/// everybody concerned, so that each desk dials and names them where they sit.
Status reseat(WriteBatch &batch, const std::function<Status(Seats &seats)> &change);

} // namespace ringbook::hub
