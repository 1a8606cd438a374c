#include "model/domain/Record.h"

#include "model/domain/Names.h"

namespace ringbook::model {

namespace {

constexpr std::array actions = {"create", "set", "delete", "erase"};

} // namespace

QString name(Action action)
{
    return nameAmong(actions, action);
}

std::optional<Action> actionFromName(const QString &name)
{
    return valueAmong<Action>(actions, name);
}

Op blankOp(qint64 counter)
{
    return {.counter = counter, .record = {QStringLiteral("void"), 1}};
}

bool isBlank(const Op &op)
{
    return (op.action == Action::Set || op.action == Action::Create) && op.edits.isEmpty();
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
