#pragma once

#include "model/db/Driver.h"

namespace ringbook::model {

Result<std::unique_ptr<Driver>> openPostgresDriver(const QString &url);

} // namespace ringbook::model
