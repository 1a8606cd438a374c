#pragma once

#include "model/core/Id.h"
#include "model/domain/Customer.h"

namespace ringbook::model {

/// Something a customer wants from us, until it is done.
struct Case
{
    enum class Type { Complaint, ServiceRequest, Return, Information };
    enum class Status { New, InProgress, Waiting, Resolved, Closed };

    Id<Case> id = {};
    QString code = {}; ///< CaseCode.h; without dashes
    Type type = Type::Complaint;
    Id<Customer> customer = {};
    Id<struct Category> category = {};
    QString product = {};
    std::optional<int> severity = {}; ///< 1 (worst) to 4
    QString subject = {};             ///< one line
    Status status = Status::New;
    Id<struct Queue> queue = {};
    Id<struct User> assignee = {};
    TimeMs openedAt = 0;
    Id<struct User> openedBy = {};
    std::optional<TimeMs> dueAt = {};
    std::optional<TimeMs> closedAt = {};
    QString remedySought = {};
    QString remedyGiven = {};
    QString rootCause = {};
    QString resolution = {};
    Id<struct Interaction> interaction = {}; ///< the contact in which it was opened

    bool operator==(const Case &) const = default;
};

/// Append-only text on a case.
struct CaseNote
{
    Id<CaseNote> id = {};
    Id<Case> caseId = {};
    Id<struct Interaction> interaction = {};
    Id<struct User> author = {};
    QString text = {};
    TimeMs at = 0;

    bool operator==(const CaseNote &) const = default;
};

/// Something we will do for a customer at a moment: call back, visit, maintain, ask how it went.
struct FollowUp
{
    enum class Kind { Callback, Visit, Maintenance, AfterSale };
    enum class State { Open, Done, Cancelled };

    Id<FollowUp> id = {};
    Id<Customer> customer = {};
    Id<Case> caseId = {};
    Kind kind = Kind::Callback;
    QString what = {};
    TimeMs dueAt = 0;
    QString zone = {}; ///< IANA name of the wall-clock it was agreed in
    State state = State::Open;
    Id<struct User> assignee = {};
    Id<struct Team> team = {};
    Id<struct User> madeBy = {};
    TimeMs at = 0; ///< when it was agreed
    // Of a call-back that nobody agreed: for a call that nobody took.
    QString e164 = {};     ///< whom to call; customers have theirs
    QString queue = {};    ///< or the line they called
    int calls = 0;         ///< that it stands for; 0: it was agreed
    TimeMs lastCallAt = 0; ///< of these the last
    int tries = 0;         ///< calls of ours that they did not take
    Id<struct User> doneBy = {};
    TimeMs doneAt = 0;

    bool operator==(const FollowUp &) const = default;
};

/// New, in progress or waiting: somebody still has to do something.
bool isOpen(Case::Status status);

/// Whether a case may step from one status to another. Staying where it is always may.
///     New          InProgress, Resolved
///     InProgress   Waiting, Resolved
///     Waiting      InProgress, Resolved
///     Resolved     Closed, InProgress (reopened)
///     Closed       InProgress (reopened)
bool canMove(Case::Status from, Case::Status to);

/// Whether the case is this customer's own or that of the organisation they work for.
bool concerns(const Case &file, const Customer &customer);

Fields fieldsOf(const Case &file);
Fields fieldsOf(const CaseNote &note);
Fields fieldsOf(const FollowUp &followUp);
Case caseFrom(Id<Case> id, const Fields &fields);
CaseNote caseNoteFrom(Id<CaseNote> id, const Fields &fields);
FollowUp followUpFrom(Id<FollowUp> id, const Fields &fields);

QString name(Case::Type type); ///< as on the wire: "complaint", "service_request", "return", "information"
QString name(Case::Status status);   ///< "new", "in_progress", "waiting", "resolved", "closed"
QString name(FollowUp::Kind kind);   ///< "callback", "visit", "maintenance", "after_sale"
QString name(FollowUp::State state); ///< "open", "done", "cancelled"
std::optional<Case::Type> caseTypeFromName(const QString &name);
std::optional<Case::Status> statusFromName(const QString &name);
std::optional<FollowUp::Kind> followUpKindFromName(const QString &name);
std::optional<FollowUp::State> followUpStateFromName(const QString &name);

} // namespace ringbook::model
