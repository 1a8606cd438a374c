#pragma once

namespace ringbook::app {

/// The program `ringbook`: exit status 0, 1 for failure, 2 for wrong usage.
int run(int argc, char **argv);

} // namespace ringbook::app
