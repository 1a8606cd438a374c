#include "sync/hub/verbs/Push.h"

#include "model/domain/Erasure.h"
#include "sync/hub/LogLife.h"
#include "sync/hub/Sessions.h"
#include "sync/protocol/Codec.h"

namespace ringbook::hub {

namespace {

sync::OpAnswer repeated(qint64 counter, const KnownOp &known)
{
    const auto verdict = known.seq                    ? sync::Verdict::Duplicate
                         : known.reason == goneReason ? sync::Verdict::Gone
                                                      : sync::Verdict::Refused;
    return sync::OpAnswer{counter, verdict, known.seq, known.reason};
}

} // namespace

Push::Push(Caller caller, QString book, sync::PushRequest request, qint64 device)
    : caller(std::move(caller)),
      device(device),
      book(std::move(book)),
      request(std::move(request))
{
    for (const model::Op &op : this->request.ops)
        hashes.append(contentHash(op));
}

std::optional<sync::Problem> Push::admitted(const BookHead &head, const Admission &admission) const
{
    if (request.epoch != head.head.epoch)
        return resetTo({QStringLiteral("epoch"), head.head.epoch, head.head.seq});
    if (admission.kind == Admission::Kind::OutOfOrder)
        return sync::problemFrom(
            {Fault::Invalid, QStringLiteral("The ops are not in the order of their counters.")});
    if (admission.kind == Admission::Kind::Fits)
        return std::nullopt;
    sync::Problem gap = problem(409, sync::problem::gap, QStringLiteral("Ops are missing"),
                                QStringLiteral("Op %1 should come next.").arg(admission.expected));
    gap.expected = admission.expected;
    return gap;
}

Needs Push::needs() const
{
    Needs needs;
    if (!request.ops.isEmpty())
        needs.devices.insert(device, request.ops.first().counter);
    for (const model::Op &op : request.ops) {
        needs.records.insert(op.record);
        for (const model::RecordKey &owner : model::ownersOf(op))
            needs.owners.insert(owner);
    }
    return needs;
}

/// Whoever moved away from a number proves by its secret that they had it.
Status Push::checkFormer(WriteBatch &batch)
{
    if (device == caller.device)
        return Done{};
    const auto had =
        batch.accounts().recognize({device, secretHash(request.deviceSecret.toUtf8()), caller.user,
                                    QStringLiteral("moved to %1").arg(caller.device)},
                                   batch.now());
    if (!had)
        return had.error();
    if (!*had)
        answer = problem(403, sync::problem::strangeDevice, QStringLiteral("That device number is another's"),
                         QStringLiteral("The ops are of device %1, which this desk was not.").arg(device));
    return Done{};
}

Status Push::run(WriteBatch &batch)
{
    answer = {};
    if (const Status checked = checkFormer(batch); !checked || std::holds_alternative<sync::Problem>(answer))
        return checked;
    const auto head = batch.book(book);
    if (!head)
        return head.error();
    const auto last = batch.lastCounter(device, *head);
    if (!last)
        return last.error();
    const Admission admission = admit(request.ops, *last);
    if (const auto trouble = admitted(*head, admission)) {
        answer = *trouble;
        return Done{};
    }
    QVector<sync::OpAnswer> answers;
    if (const Status known = answerKnown(batch, *head, admission.known, answers); !known)
        return known;
    if (answers.size() < admission.known)
        return Done{}; // refused: the answer says why
    if (const Status fresh = orderFresh(batch, *head, admission.known, answers); !fresh)
        return fresh;
    const auto after = batch.book(book);
    if (!after)
        return after.error();
    answer = Told{sync::encode(sync::PushReply{after->head.epoch, after->head.seq, answers})};
    return Done{};
}

/// Then its answer would still be here.
bool Push::wasMadeLately(const model::Op &op, TimeMs now) const
{
    return correctedTime(op.madeAt, request.sentAt, now) > now - keepLogMs;
}

sync::Problem Push::clonedAt(qint64 counter) const
{
    sync::Problem cloned = problem(
        409, sync::problem::clonedProfile, QStringLiteral("Another desk has this device number"),
        QStringLiteral("Op %1 of device %2 came before with other content.").arg(counter).arg(device));
    cloned.differs = counter;
    return cloned;
}

/// Stops at the first op that is not what was sent under its counter before.
Status Push::answerKnown(WriteBatch &batch, const BookHead &head, qsizetype count,
                         QVector<sync::OpAnswer> &answers)
{
    for (qsizetype i = 0; i < count; ++i) {
        const model::Op &op = request.ops[i];
        const auto known = batch.known(device, head, op.counter);
        const bool isForgotten = !known && known.error().fault == Fault::NotFound;
        if (!known && !isForgotten)
            return known.error();
        const bool isSame = isForgotten ? !wasMadeLately(op, batch.now()) : known->contentHash == hashes[i];
        if (!isSame && !isBlank(op)) {
            answer = clonedAt(op.counter);
            return Done{};
        }
        const auto state = batch.record(head, op.record);
        if (!state)
            return state.error();
        if (state->erased && op.action != model::Action::Erase) {
            answers.append({op.counter, sync::Verdict::Gone, 0, goneReason});
            continue;
        }
        if (isForgotten) {
            answers.append({op.counter, sync::Verdict::Expired, 0,
                            QStringLiteral("It came before, too long ago to say what became of it.")});
            continue;
        }
        answers.append(repeated(op.counter, *known));
    }
    return Done{};
}

Status Push::orderFresh(WriteBatch &batch, const BookHead &head, qsizetype from,
                        QVector<sync::OpAnswer> &answers)
{
    const Author author{device, caller.user, caller.role};
    refused = 0;
    for (qsizetype i = from; i < request.ops.size(); ++i) {
        const TimeMs at = correctedTime(request.ops[i].madeAt, request.sentAt, batch.now());
        const auto ordered = batch.order(head, request.ops[i], author, at, hashes[i]);
        if (!ordered)
            return ordered.error();
        answers.append(*ordered);
        refused += ordered->verdict == sync::Verdict::Refused ? 1 : 0;
    }
    return Done{};
}

} // namespace ringbook::hub
