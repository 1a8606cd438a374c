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
        {"code", fieldValue(file.code)},
        {"type", name(file.type)},
        {"customer", fieldValue(file.customer)},
        {"category", fieldValue(file.category)},
        {"product", fieldValue(file.product)},
        {"severity", fieldValue(file.severity)},
        {"subject", fieldValue(file.subject)},
        {"status", name(file.status)},
        {"queue", fieldValue(file.queue)},
        {"assignee", fieldValue(file.assignee)},
        {"opened_at", momentValue(file.openedAt)},
        {"opened_by", fieldValue(file.openedBy)},
        {"due_at", fieldValue(file.dueAt)},
        {"closed_at", fieldValue(file.closedAt)},
        {"remedy_sought", fieldValue(file.remedySought)},
        {"remedy_given", fieldValue(file.remedyGiven)},
        {"root_cause", fieldValue(file.rootCause)},
        {"resolution", fieldValue(file.resolution)},
        {"interaction", fieldValue(file.interaction)},
    };
}

Case caseFrom(Id<Case> id, const Fields &fields)
{
    const FieldReader reader(fields);
    Case file{.id = id};
    reader.read("code", file.code);
    reader.read("type", file.type, caseTypeFromName);
    reader.read("customer", file.customer);
    reader.read("category", file.category);
    reader.read("product", file.product);
    reader.read("severity", file.severity);
    reader.read("subject", file.subject);
    reader.read("status", file.status, statusFromName);
    reader.read("queue", file.queue);
    reader.read("assignee", file.assignee);
    reader.read("opened_at", file.openedAt);
    reader.read("opened_by", file.openedBy);
    reader.read("due_at", file.dueAt);
    reader.read("closed_at", file.closedAt);
    reader.read("remedy_sought", file.remedySought);
    reader.read("remedy_given", file.remedyGiven);
    reader.read("root_cause", file.rootCause);
    reader.read("resolution", file.resolution);
    reader.read("interaction", file.interaction);
    return file;
}

Fields fieldsOf(const CaseNote &note)
{
    return {
        {"case", fieldValue(note.caseId)},   {"interaction", fieldValue(note.interaction)},
        {"author", fieldValue(note.author)}, {"text", fieldValue(note.text)},
        {"at", momentValue(note.at)},
    };
}

CaseNote caseNoteFrom(Id<CaseNote> id, const Fields &fields)
{
    const FieldReader reader(fields);
    CaseNote note{.id = id};
    reader.read("case", note.caseId);
    reader.read("interaction", note.interaction);
    reader.read("author", note.author);
    reader.read("text", note.text);
    reader.read("at", note.at);
    return note;
}

Fields fieldsOf(const FollowUp &followUp)
{
    return {
        {"customer", fieldValue(followUp.customer)},
        {"case", fieldValue(followUp.caseId)},
        {"kind", name(followUp.kind)},
        {"what", fieldValue(followUp.what)},
        {"due_at", momentValue(followUp.dueAt)},
        {"zone", fieldValue(followUp.zone)},
        {"state", name(followUp.state)},
        {"assignee", fieldValue(followUp.assignee)},
        {"team", fieldValue(followUp.team)},
        {"made_by", fieldValue(followUp.madeBy)},
        {"at", momentValue(followUp.at)},
    };
}

FollowUp followUpFrom(Id<FollowUp> id, const Fields &fields)
{
    const FieldReader reader(fields);
    FollowUp followUp{.id = id};
    reader.read("customer", followUp.customer);
    reader.read("case", followUp.caseId);
    reader.read("kind", followUp.kind, followUpKindFromName);
    reader.read("what", followUp.what);
    reader.read("due_at", followUp.dueAt);
    reader.read("zone", followUp.zone);
    reader.read("state", followUp.state, followUpStateFromName);
    reader.read("assignee", followUp.assignee);
    reader.read("team", followUp.team);
    reader.read("made_by", followUp.madeBy);
    reader.read("at", followUp.at);
    return followUp;
}

} // namespace ringbook::model
