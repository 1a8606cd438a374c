#pragma once

#include "resources/cmake/precompiled_test.h"
#include "resources/cmake/precompiled_ui.h"
