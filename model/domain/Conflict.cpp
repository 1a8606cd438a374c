#include "model/domain/Conflict.h"

#include "model/domain/FieldValue.h"

namespace ringbook::model {

Fields fieldsOf(const Conflict &conflict)
{
    return {
        {"kind", fieldValue(conflict.record.kind)}, {"record", fieldValue(Id<void>{conflict.record.id})},
        {"field", fieldValue(conflict.field)},      {"kept", fieldValue(conflict.kept)},
        {"lost", fieldValue(conflict.lost)},        {"kept_by", fieldValue(conflict.keptBy)},
        {"lost_by", fieldValue(conflict.lostBy)},   {"kept_at", momentValue(conflict.keptAt)},
        {"lost_at", momentValue(conflict.lostAt)},  {"state", fieldValue(conflict.state)},
    };
}

Conflict conflictFrom(Id<Conflict> id, const Fields &fields)
{
    const FieldReader reader(fields);
    Conflict conflict{.id = id};
    reader.read("kind", conflict.record.kind);
    reader.read("record", conflict.record.id);
    reader.read("field", conflict.field);
    reader.read("kept", conflict.kept);
    reader.read("lost", conflict.lost);
    reader.read("kept_by", conflict.keptBy);
    reader.read("lost_by", conflict.lostBy);
    reader.read("kept_at", conflict.keptAt);
    reader.read("lost_at", conflict.lostAt);
    reader.read("state", conflict.state);
    return conflict;
}

} // namespace ringbook::model
