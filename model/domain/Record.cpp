#include "model/domain/Record.h"

namespace ringbook::model {

Fields changedFields(const Fields &before, const Fields &after)
{
    Fields changed;
    for (auto field = after.begin(); field != after.end(); ++field)
        if (before.value(field.key()) != field.value())
            changed.insert(field.key(), field.value());
    return changed;
}

} // namespace ringbook::model
