#include "model/store/Reading.h"

#include "model/domain/Kinds.h"
#include "model/store/RecordTables.h"

namespace ringbook::model {

namespace {

template <typename T>
T read(const Row &row, const KindSpec *kind, T (*from)(Id<T>, const Fields &))
{
    return from(Id<T>{row.number("id")}, fieldsOf(row, *kind));
}

} // namespace

Customer readCustomer(const Row &row)
{
    static const KindSpec *kind = kindSpec("customer");
    return read(row, kind, customerFrom);
}

ContactPoint readContactPoint(const Row &row)
{
    static const KindSpec *kind = kindSpec("contact_point");
    return read(row, kind, contactPointFrom);
}

Alert readAlert(const Row &row)
{
    static const KindSpec *kind = kindSpec("alert");
    return read(row, kind, alertFrom);
}

Interaction readInteraction(const Row &row)
{
    static const KindSpec *kind = kindSpec("interaction");
    return read(row, kind, interactionFrom);
}

Case readCase(const Row &row)
{
    static const KindSpec *kind = kindSpec("case");
    return read(row, kind, caseFrom);
}

CaseNote readCaseNote(const Row &row)
{
    static const KindSpec *kind = kindSpec("case_note");
    return read(row, kind, caseNoteFrom);
}

FollowUp readFollowUp(const Row &row)
{
    static const KindSpec *kind = kindSpec("follow_up");
    return read(row, kind, followUpFrom);
}

Conflict readConflict(const Row &row)
{
    static const KindSpec *kind = kindSpec("conflict");
    return read(row, kind, conflictFrom);
}

User readUser(const Row &row)
{
    static const KindSpec *kind = kindSpec("user");
    return read(row, kind, userFrom);
}

Team readTeam(const Row &row)
{
    static const KindSpec *kind = kindSpec("team");
    return read(row, kind, teamFrom);
}

Queue readQueue(const Row &row)
{
    static const KindSpec *kind = kindSpec("queue");
    return read(row, kind, queueFrom);
}

Category readCategory(const Row &row)
{
    static const KindSpec *kind = kindSpec("category");
    return read(row, kind, categoryFrom);
}

OutcomeCode readOutcomeCode(const Row &row)
{
    static const KindSpec *kind = kindSpec("outcome_code");
    return read(row, kind, outcomeCodeFrom);
}

Result<int> countOf(const Result<Row> &row)
{
    if (!row)
        return row.error();
    return int(row->number("count"));
}

} // namespace ringbook::model
