#include "model/domain/Record.h"

#include "model/domain/Names.h"

namespace ringbook::model {

namespace {

constexpr std::array actions = {"create", "set", "delete"};

} // namespace

QString name(Action action)
{
    return nameAmong(actions, action);
}

std::optional<Action> actionFromName(const QString &name)
{
    return valueAmong<Action>(actions, name);
}

Fields changedFields(const Fields &before, const Fields &after)
{
    Fields changed;
    for (auto field = after.begin(); field != after.end(); ++field)
        if (before.value(field.key()) != field.value())
            changed.insert(field.key(), field.value());
    return changed;
}

} // namespace ringbook::model
