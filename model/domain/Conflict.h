#pragma once

#include "model/core/Id.h"
#include "model/domain/Record.h"

namespace ringbook::model {

/// Both values, when two people changed the same field without knowing of each other. Made by the hub's
/// merge.
struct Conflict
{
    Id<Conflict> id = {};
    RecordKey record = {};
    QString field = {};
    QString kept = {}; ///< the value that is shown, as JSON text
    QString lost = {}; ///< the other one, as JSON text
    Id<struct User> keptBy = {};
    Id<struct User> lostBy = {};
    TimeMs keptAt = 0;
    TimeMs lostAt = 0;
    QString state = {}; ///< open, settled (what held stays), flipped (the other one holds)

    bool operator==(const Conflict &) const = default;
};

const struct FieldSpec *fieldOf(const Conflict &conflict); ///< null: this program does not know it

// The two values, of the type their field has; invalid: empty.
QVariant keptValue(const Conflict &conflict);
QVariant lostValue(const Conflict &conflict);

/// Empty and missing are the same.
bool isSameValue(const QVariant &value, const QVariant &other);

Fields fieldsOf(const Conflict &conflict);
Conflict conflictFrom(Id<Conflict> id, const Fields &fields);

} // namespace ringbook::model
