#pragma once

#include "model/domain/Conflict.h"
#include "model/domain/Customer.h"

#include <QStringList>

#include <optional>

namespace ringbook::model {

/// What a change is about, in names people know.
struct Subject
{
    Id<Customer> customer = {}; ///< none: nobody's, or not in the book
    QString customerName = {};
    QString caseCode = {}; ///< of the case the record is or belongs to
    QString contact = {};  ///< the number or address the record is
};

/// One of the two values of a conflict. A reference comes with the name it stands for.
struct Version
{
    QVariant value = {}; ///< invalid: empty
    QString name = {};   ///< of the record a reference names
    QString who = {};    ///< empty: somebody this book does not know
    bool mine = false;
    std::optional<TimeMs> at = {}; ///< none: since both of them; by whom and when is not known
};

struct ConflictLine
{
    Conflict conflict = {};
    Subject subject = {};
    Version present = {}; ///< what holds now, be it neither of the two by now
    Version lost = {};
    QStringList writers = {}; ///< of the two values, as far as they are known
    bool isForMe = false;     ///< to decide: I wrote one of the two, or look after all
};

} // namespace ringbook::model
