#pragma once

#include "sync/hub/Administration.h"

namespace ringbook::app {

/// What a new book begins with, so that the first call can be wrapped up: the usual outcomes of a contact and
/// a category a case type. An administrator changes them like every other record.
Status addStarterSetUp(hub::Administration &admin, const QString &book, TimeMs now);

} // namespace ringbook::app
