#pragma once

#include <QByteArray>

#include <functional>
#include <vector>

namespace ringbook::fuzz {

/// A decoder, fed with anything. It may refuse, but what it takes it must be able to write and take again:
/// false if it does not come back the same.
struct Target
{
    const char *name;
    std::function<bool(const QByteArray &input)> takes;
};

const std::vector<Target> &allTargets();

} // namespace ringbook::fuzz
