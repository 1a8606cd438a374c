#pragma once

#include <QString>

namespace ringbook::app {

/// Asks on the terminal and does not show what is typed. Where standard input is no terminal, its first line.
QString typedPassword();

} // namespace ringbook::app
