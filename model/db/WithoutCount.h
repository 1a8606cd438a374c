#pragma once

#include "model/core/Result.h"

namespace ringbook::model {

/// Whether a statement ran, however many rows it changed.
inline Status withoutCount(const Result<int> &ran)
{
    return ran ? Status(Done{}) : ran.error();
}

} // namespace ringbook::model
