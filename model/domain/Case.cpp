#include "model/domain/Case.h"

#include "model/domain/FieldValue.h"
#include "model/domain/Names.h"

namespace ringbook::model {

namespace {

constexpr std::array types = {"complaint", "service_request", "return", "information"};
constexpr std::array statuses = {"new", "in_progress", "waiting", "resolved", "closed"};
constexpr std::array followUpKinds = {"callback", "visit", "maintenance", "after_sale"};
constexpr std::array followUpStates = {"open", "done", "cancelled"};

} // namespace

bool isOpen(Case::Status status)
{
    switch (status) {
    case Case::Status::New:
    case Case::Status::InProgress:
    case Case::Status::Waiting: return true;
    case Case::Status::Resolved:
    case Case::Status::Closed: return false;
    }
    return false;
}

bool canMove(Case::Status from, Case::Status to)
{
    using enum Case::Status;
    if (from == to)
        return true;
    switch (from) {
    case New: return to == InProgress || to == Resolved;
    case InProgress: return to == Waiting || to == Resolved;
    case Waiting: return to == InProgress || to == Resolved;
    case Resolved: return to == Closed || to == InProgress;
    case Closed: return to == InProgress;
    }
    return false;
}

bool concerns(const Case &file, const Customer &customer)
{
    return file.customer && (file.customer == customer.id || file.customer == customer.organisation);
}

QString name(Case::Type type)
{
    return nameAmong(types, type);
}

QString name(Case::Status status)
{
    return nameAmong(statuses, status);
}

QString name(FollowUp::Kind kind)
{
    return nameAmong(followUpKinds, kind);
}

QString name(FollowUp::State state)
{
    return nameAmong(followUpStates, state);
}

std::optional<Case::Type> caseTypeFromName(const QString &name)
{
    return valueAmong<Case::Type>(types, name);
}

std::optional<Case::Status> statusFromName(const QString &name)
{
    return valueAmong<Case::Status>(statuses, name);
}

std::optional<FollowUp::Kind> followUpKindFromName(const QString &name)
{
    return valueAmong<FollowUp::Kind>(followUpKinds, name);
}

std::optional<FollowUp::State> followUpStateFromName(const QString &name)
{
    return valueAmong<FollowUp::State>(followUpStates, name);
}

Fields fieldsOf(const Case &file)
{
    return {
        {u"code"_s, fieldValue(file.code)},
        {u"type"_s, name(file.type)},
        {u"customer"_s, fieldValue(file.customer)},
        {u"category"_s, fieldValue(file.category)},
        {u"product"_s, fieldValue(file.product)},
        {u"severity"_s, fieldValue(file.severity)},
        {u"subject"_s, fieldValue(file.subject)},
        {u"status"_s, name(file.status)},
        {u"queue"_s, fieldValue(file.queue)},
        {u"assignee"_s, fieldValue(file.assignee)},
        {u"opened_at"_s, momentValue(file.openedAt)},
        {u"opened_by"_s, fieldValue(file.openedBy)},
        {u"due_at"_s, fieldValue(file.dueAt)},
        {u"closed_at"_s, fieldValue(file.closedAt)},
        {u"remedy_sought"_s, fieldValue(file.remedySought)},
        {u"remedy_given"_s, fieldValue(file.remedyGiven)},
        {u"root_cause"_s, fieldValue(file.rootCause)},
        {u"resolution"_s, fieldValue(file.resolution)},
        {u"interaction"_s, fieldValue(file.interaction)},
    };
}

Case caseFrom(Id<Case> id, const Fields &fields)
{
    const FieldReader reader(fields);
    Case file{.id = id};
    reader.read(u"code"_s, file.code);
    reader.read(u"type"_s, file.type, caseTypeFromName);
    reader.read(u"customer"_s, file.customer);
    reader.read(u"category"_s, file.category);
    reader.read(u"product"_s, file.product);
    reader.read(u"severity"_s, file.severity);
    reader.read(u"subject"_s, file.subject);
    reader.read(u"status"_s, file.status, statusFromName);
    reader.read(u"queue"_s, file.queue);
    reader.read(u"assignee"_s, file.assignee);
    reader.read(u"opened_at"_s, file.openedAt);
    reader.read(u"opened_by"_s, file.openedBy);
    reader.read(u"due_at"_s, file.dueAt);
    reader.read(u"closed_at"_s, file.closedAt);
    reader.read(u"remedy_sought"_s, file.remedySought);
    reader.read(u"remedy_given"_s, file.remedyGiven);
    reader.read(u"root_cause"_s, file.rootCause);
    reader.read(u"resolution"_s, file.resolution);
    reader.read(u"interaction"_s, file.interaction);
    return file;
}

Fields fieldsOf(const CaseNote &note)
{
    return {
        {u"case"_s, fieldValue(note.caseId)},   {u"interaction"_s, fieldValue(note.interaction)},
        {u"author"_s, fieldValue(note.author)}, {u"text"_s, fieldValue(note.text)},
        {u"at"_s, momentValue(note.at)},
    };
}

CaseNote caseNoteFrom(Id<CaseNote> id, const Fields &fields)
{
    const FieldReader reader(fields);
    CaseNote note{.id = id};
    reader.read(u"case"_s, note.caseId);
    reader.read(u"interaction"_s, note.interaction);
    reader.read(u"author"_s, note.author);
    reader.read(u"text"_s, note.text);
    reader.read(u"at"_s, note.at);
    return note;
}

Fields fieldsOf(const FollowUp &followUp)
{
    return {
        {u"customer"_s, fieldValue(followUp.customer)},
        {u"case"_s, fieldValue(followUp.caseId)},
        {u"kind"_s, name(followUp.kind)},
        {u"what"_s, fieldValue(followUp.what)},
        {u"due_at"_s, momentValue(followUp.dueAt)},
        {u"zone"_s, fieldValue(followUp.zone)},
        {u"state"_s, name(followUp.state)},
        {u"assignee"_s, fieldValue(followUp.assignee)},
        {u"team"_s, fieldValue(followUp.team)},
        {u"made_by"_s, fieldValue(followUp.madeBy)},
        {u"at"_s, momentValue(followUp.at)},
        {u"e164"_s, fieldValue(followUp.e164)},
        {u"queue"_s, fieldValue(followUp.queue)},
        {u"calls"_s, countValue(followUp.calls)},
        {u"last_call_at"_s, momentValue(followUp.lastCallAt)},
        {u"tries"_s, countValue(followUp.tries)},
        {u"done_by"_s, fieldValue(followUp.doneBy)},
        {u"done_at"_s, momentValue(followUp.doneAt)},
    };
}

FollowUp followUpFrom(Id<FollowUp> id, const Fields &fields)
{
    const FieldReader reader(fields);
    FollowUp followUp{.id = id};
    reader.read(u"customer"_s, followUp.customer);
    reader.read(u"case"_s, followUp.caseId);
    reader.read(u"kind"_s, followUp.kind, followUpKindFromName);
    reader.read(u"what"_s, followUp.what);
    reader.read(u"due_at"_s, followUp.dueAt);
    reader.read(u"zone"_s, followUp.zone);
    reader.read(u"state"_s, followUp.state, followUpStateFromName);
    reader.read(u"assignee"_s, followUp.assignee);
    reader.read(u"team"_s, followUp.team);
    reader.read(u"made_by"_s, followUp.madeBy);
    reader.read(u"at"_s, followUp.at);
    reader.read(u"e164"_s, followUp.e164);
    reader.read(u"queue"_s, followUp.queue);
    reader.read(u"calls"_s, followUp.calls);
    reader.read(u"last_call_at"_s, followUp.lastCallAt);
    reader.read(u"tries"_s, followUp.tries);
    reader.read(u"done_by"_s, followUp.doneBy);
    reader.read(u"done_at"_s, followUp.doneAt);
    return followUp;
}

} // namespace ringbook::model
