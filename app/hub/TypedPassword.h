#pragma once

#include "model/core/Result.h"

#include <QString>

namespace ringbook::app {

/// Asks on the terminal, twice, and does not show what is typed; Fault::Invalid if the two differ. Where
/// standard input is no terminal, its first line.
Result<QString> typedPassword();

} // namespace ringbook::app
