#pragma once

namespace ringbook::ui {

/// Whether the desktop blends windows into each other, so that a window may have soft corners and a shadow.
/// Where it does not, what is transparent would be black.
bool desktopBlends();

} // namespace ringbook::ui
