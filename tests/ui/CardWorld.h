#pragma once

#include "tests/support/World.h"
#include "ui/card/CardPage.h"

#include <QTemporaryDir>

namespace ringbook::tests {

/// A desk over real files in a folder of its own, with five outcomes, and what its card page needs.
struct CardWorld
{
    CardWorld()
    {
        const QStringList labels = {"Call-back agreed", "Solved", "Passed on", "Information", "Wrong number"};
        const QStringList codes = {"callback", "solved", "passed_on", "information", "wrong_number"};
        for (int i = 0; i < labels.size(); ++i)
            world.arrives(OutcomeCode{.code = codes.at(i), .label = labels.at(i), .position = i});
    }

    ui::CardDesks desks() { return {world.callers, world.calls, world.customers, world.clock}; }

    QTemporaryDir folder;
    World world{folder.path()};
};

} // namespace ringbook::tests
