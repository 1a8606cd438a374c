#include "model/desk/Identification.h"

#include "model/store/CaseStore.h"
#include "model/store/CustomerStore.h"
#include "model/store/FollowUpStore.h"
#include "model/store/InteractionStore.h"

#include <algorithm>

namespace ringbook::model {

namespace {

using Edits = QVector<ChangeWriter::Edit>;

ChangeWriter::Edit theirs(const char *kind, qint64 id, Id<Customer> customer)
{
    return {.record = {kind, id}, .fields = {{"customer", customer.value}}};
}

} // namespace

Result<Edits> callsBecomeTheirs(Connection &db, const QString &e164, Id<Customer> customer)
{
    if (e164.isEmpty())
        return Edits();
    const auto owners = CustomerStore(db).owners(e164, 2);
    const auto calls = InteractionStore(db).recentUnidentified(e164, 0, maxIdentifiedCalls);
    const auto cases = CaseStore(db).unidentified(e164, maxIdentifiedCalls);
    const auto callBacks = FollowUpStore(db).unidentified(e164, maxIdentifiedCalls);
    if (!owners || !calls)
        return !owners ? owners.error() : calls.error();
    if (!cases || !callBacks)
        return !cases ? cases.error() : callBacks.error();
    if (std::ranges::any_of(*owners, [&](const Candidate &one) { return one.customer.id != customer; }))
        return Edits();
    Edits edits;
    for (const Interaction &call : *calls)
        edits.append(theirs("interaction", call.id.value, customer));
    for (const Case &file : *cases)
        edits.append(theirs("case", file.id.value, customer));
    for (const FollowUp &callBack : *callBacks)
        edits.append(theirs("follow_up", callBack.id.value, customer));
    return edits;
}

Result<Edits> caseBecomesTheirs(Connection &db, const Case &file, Id<Customer> customer)
{
    if (file.customer || !customer)
        return Edits();
    Edits edits{theirs("case", file.id.value, customer)};
    if (!file.interaction)
        return edits;
    const auto call = InteractionStore(db).interaction(file.interaction);
    if (call && !call->customer)
        edits.append(theirs("interaction", call->id.value, customer));
    return call || call.error().fault == Fault::NotFound ? Result<Edits>(edits) : call.error();
}

} // namespace ringbook::model
