#pragma once

#include "model/core/Result.h"

namespace ringbook::app {

/// The file of this profile whose certificates alone prove that somebody is the hub. Empty: those that the
/// system trusts do.
QString keptHubCertificate(const QString &profile);

/// From now on what is in `file` counts, for this profile; `system`: what the system trusts again. The
/// error's detail is for the terminal.
Status keepHubCertificate(const QString &file, const QString &profile);

} // namespace ringbook::app
