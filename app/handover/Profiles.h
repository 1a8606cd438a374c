#pragma once

#include <QStringList>

namespace ringbook::app {

/// The profile of who named none: the environment's RINGBOOK_PROFILE, else the user's own folder for this
/// program's files. An absolute path. The application's name has to be set.
QString usualProfile();

/// Where the desk runs that is meant by somebody who names no profile, likeliest first: RINGBOOK_PROFILE
/// alone, else the profile used last and the usual one.
QStringList likelyProfiles();

/// A desk runs on this one now. Should it not be kept, only the usual profile is likely.
void rememberProfile(const QString &profile);

} // namespace ringbook::app
