#pragma once

#include "app/hub/DemoBook.h"
#include "sync/hub/store/Database.h"

namespace ringbook::app {

inline const QString demoBookName = QStringLiteral("main");

/// A demo book in a hub's database that has no book of this name yet, and four agents who sign in with the
/// password "demo": anna, ben, cleo and dora. Its device, ids, users and present moment are the hub's,
/// whatever the settings say.
Result<DemoCounts> makeDemo(const hub::Database &database, DemoSettings settings);

} // namespace ringbook::app
