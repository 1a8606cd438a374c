#pragma once

#include "model/core/Clock.h"
#include "model/store/Book.h"

#include <atomic>

namespace ringbook::hub {

constexpr int hotCustomers = 2000; ///< of a hot set, at most

/// What a desk needs first of a book: all set-up, and the customers most likely to call (a follow-up is due,
/// there was something in the last days, a case is open), the latest first, with their last contacts. A book
/// in memory, at the cursor of `whole`, a book file.
Result<model::Book> hotSetOf(const QString &whole, TimeMs now, const std::atomic<bool> &isStopped);

} // namespace ringbook::hub
