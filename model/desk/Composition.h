#pragma once

#include "model/desk/CaseDesk.h"
#include "model/desk/ChangeWriter.h"
#include "model/domain/Customer.h"

namespace ringbook::model {

// What several use cases make of what a person typed, inside a ChangeWriter::Compose. Input that breaks a
// rule is Fault::Invalid.

/// Who does it, and when.
struct Doing
{
    Id<User> me = {};
    TimeMs now = 0;
};

/// Plain text, white space folded to single spaces; at most `maxLength` characters. `what` is for the error:
/// "the subject".
Result<QString> oneLine(const QString &typed, const QString &what, int maxLength);
/// Plain text, trimmed, lines kept; at most maxTextLength characters.
Result<QString> longText(const QString &typed, const QString &what);

Result<Case> newCase(ChangeWriter &writer, const CaseDesk::NewCase &what, const Doing &doing,
                     Id<Interaction> interaction);
Result<CaseNote> newNote(ChangeWriter &writer, Id<Case> file, const QString &text, const Doing &doing,
                         Id<Interaction> interaction);
Result<ContactPoint> newPhone(ChangeWriter &writer, Id<Customer> customer, const QString &number,
                              const QString &label, const QString &region);
Result<ContactPoint> newEmail(ChangeWriter &writer, Id<Customer> customer, const QString &address);

template <typename T>
ChangeWriter::Edit creation(const char *kind, const T &record)
{
    return {.record = {kind, record.id.value}, .action = Action::Create, .fields = fieldsOf(record)};
}

/// What turns `before` into `after`.
template <typename T>
ChangeWriter::Edit difference(const char *kind, const T &before, const T &after)
{
    return {.record = {kind, before.id.value}, .fields = changedFields(fieldsOf(before), fieldsOf(after))};
}

} // namespace ringbook::model
