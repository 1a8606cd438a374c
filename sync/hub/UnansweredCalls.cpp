#include "sync/hub/UnansweredCalls.h"

#include "model/core/Id.h"
#include "model/domain/Case.h"
#include "model/domain/Interaction.h"

#include <QLoggingCategory>

namespace ringbook::hub {

using model::Call;
using model::FollowUp;
using model::Interaction;
using Direction = model::AgentCall::Direction;

namespace {

Q_LOGGING_CATEGORY(log, "ringbook.hub.calls")

const model::Party &otherParty(const Call &call)
{
    return call.direction == Direction::Outbound ? call.called : call.caller;
}

QString lineOf(const Call &call)
{
    return !call.called.name.isEmpty()   ? call.called.name
           : !call.called.e164.isEmpty() ? call.called.e164
                                         : call.called.raw;
}

Status create(WriteBatch &batch, const BookHead &book, const char *kind, const model::Fields &fields)
{
    const auto id = batch.newRecordId();
    if (!id)
        return id.error();
    model::Op op{
        .record = {QLatin1String(kind), *id}, .action = model::Action::Create, .madeAt = batch.now()};
    for (auto field = fields.begin(); field != fields.end(); ++field)
        if (field->isValid())
            op.edits.insert(field.key(), model::FieldEdit{*field, 0});
    const auto ordered = batch.order(book, op, Author{.role = QStringLiteral("admin")}, batch.now());
    return ordered ? Status(Done{}) : ordered.error();
}

Status change(WriteBatch &batch, const BookHead &book, const std::pair<model::RecordKey, RecordState> &record,
              const model::Fields &fields, qint64 user)
{
    model::Op op{.record = record.first, .action = model::Action::Set, .madeAt = batch.now()};
    for (auto field = fields.begin(); field != fields.end(); ++field)
        op.edits.insert(field.key(), model::FieldEdit{*field, record.second.seq});
    const Author author{.user = user, .role = QStringLiteral("admin")};
    const auto ordered = batch.order(book, op, author, batch.now());
    return ordered ? Status(Done{}) : ordered.error();
}

Interaction interactionOf(const Call &call, const CallPlace &place, Id<model::Customer> customer)
{
    const model::Party &party = otherParty(call);
    return {.customer = customer,
            .channel = Interaction::Channel::Call,
            .direction = Interaction::Direction::In,
            .ownLine = lineOf(call),
            .queue = place.queue,
            .partyNumber = party.withheld         ? QString()
                           : party.e164.isEmpty() ? party.raw
                                                  : party.e164,
            .startedAt = call.startedAt,
            .endedAt = call.endedAt,
            .outcome = name(call.outcome),
            .callId = call.id};
}

/// Whose it is, if it is one customer's alone.
Result<Id<model::Customer>> customerOf(WriteBatch &batch, const BookHead &book, const QString &e164)
{
    if (e164.isEmpty())
        return Id<model::Customer>{};
    const auto owners = batch.books().customersWith(book.id, e164);
    if (!owners)
        return owners.error();
    return Id<model::Customer>{owners->size() == 1 ? owners->first() : 0};
}

Status wantCallBack(WriteBatch &batch, const BookHead &book, const Call &call, const CallPlace &place,
                    Id<model::Customer> customer)
{
    const QString e164 = otherParty(call).e164;
    const auto open = batch.openCallBacks(book, e164);
    if (!open)
        return open.error();
    if (open->isEmpty())
        return create(batch, book, "follow_up",
                      fieldsOf(FollowUp{.customer = customer,
                                        .kind = FollowUp::Kind::Callback,
                                        .dueAt = *call.endedAt,
                                        .at = *call.endedAt,
                                        .e164 = e164,
                                        .queue = place.queue.isEmpty() ? lineOf(call) : place.queue,
                                        .calls = 1,
                                        .lastCallAt = *call.endedAt}));
    const FollowUp known = model::followUpFrom({open->first().first.id}, open->first().second.fields);
    return change(batch, book, open->first(),
                  {{QStringLiteral("calls"), qlonglong(known.calls + 1)},
                   {QStringLiteral("last_call_at"), qlonglong(*call.endedAt)}},
                  0);
}

Status fileUnanswered(WriteBatch &batch, const BookHead &book, const Call &call, const CallPlace &place)
{
    const model::Party &party = otherParty(call);
    const auto customer = customerOf(batch, book, party.withheld ? QString() : party.e164);
    if (!customer)
        return customer.error();
    const Status filed = create(batch, book, "interaction", fieldsOf(interactionOf(call, place, *customer)));
    if (!filed || party.withheld || party.e164.isEmpty())
        return filed; // nobody could be called
    return wantCallBack(batch, book, call, place, *customer);
}

/// By whoever spoke with them, or tried to.
Status noteOurs(WriteBatch &batch, const BookHead &book, const Call &call, const CallPlace &place,
                CallBack what)
{
    const auto open = batch.openCallBacks(book, otherParty(call).e164);
    if (!open)
        return open.error();
    const QString agent = what == CallBack::Done ? answeredBy(call) : call.callerAgent;
    const qint64 user = place.users.value(agent);
    for (const auto &record : *open) {
        const FollowUp known = model::followUpFrom({record.first.id}, record.second.fields);
        const model::Fields news = what == CallBack::Done
                                       ? model::Fields{{QStringLiteral("state"), name(FollowUp::State::Done)},
                                                       {QStringLiteral("done_by"), qlonglong(user)},
                                                       {QStringLiteral("done_at"), qlonglong(*call.endedAt)}}
                                       : model::Fields{{QStringLiteral("tries"), qlonglong(known.tries + 1)}};
        if (const Status changed = change(batch, book, record, news, user); !changed)
            return changed;
    }
    return Done{};
}

} // namespace

CallBack callBackAfter(const Call &call)
{
    const bool fromOutside = call.direction == Direction::Inbound;
    switch (call.outcome) {
    case Call::Outcome::Missed:
        return fromOutside                             ? CallBack::Wanted
               : call.direction == Direction::Outbound ? CallBack::TriedInVain
                                                       : CallBack::None;
    case Call::Outcome::Abandoned:
    case Call::Outcome::Rejected: return fromOutside ? CallBack::Wanted : CallBack::None;
    case Call::Outcome::Answered:
        return call.direction == Direction::Internal ? CallBack::None : CallBack::Done;
    case Call::Outcome::None:
    case Call::Outcome::Failed:
    case Call::Outcome::Merged:
    case Call::Outcome::Unknown: break;
    }
    return CallBack::None;
}

Status fileCall(WriteBatch &batch, const Call &ended, const CallPlace &place)
{
    const CallBack what = callBackAfter(ended);
    const model::Party &party = otherParty(ended);
    const bool isOurs = what == CallBack::Done || what == CallBack::TriedInVain;
    if (what == CallBack::None || !ended.endedAt || (isOurs && (party.withheld || party.e164.isEmpty())))
        return Done{};
    const auto book = batch.book(place.book);
    if (!book)
        return book.error().fault == Fault::NotFound ? Status(Done{}) : book.error();
    const auto isMine = batch.claimCall(ended.id);
    if (!isMine || !*isMine)
        return isMine ? Status(Done{}) : isMine.error();
    return isOurs ? noteOurs(batch, *book, ended, place, what) : fileUnanswered(batch, *book, ended, place);
}

void UnansweredCalls::file(const Call &ended, const CallPlace &place)
{
    if (callBackAfter(ended) == CallBack::None)
        return;
    const bool taken = m_writer.submit({[=](WriteBatch &batch) { return fileCall(batch, ended, place); },
                                        [](const Status &committed) {
                                            if (!committed)
                                                qCWarning(log, "a call could not be written down: %s",
                                                          qPrintable(committed.error().detail));
                                        },
                                        place.book});
    if (!taken)
        qCWarning(log, "a call could not be written down: too much waits already");
}

} // namespace ringbook::hub
