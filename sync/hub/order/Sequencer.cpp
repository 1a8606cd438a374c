#include "sync/hub/order/Sequencer.h"

#include "model/core/Id.h"
#include "model/domain/Conflict.h"

#include <algorithm>

namespace ringbook::hub {

namespace {

model::Conflict conflictOf(const model::RecordKey &record, const Clash &clash)
{
    return model::Conflict{
        .record = record,
        .field = clash.field,
        .keptBy = {clash.keptStamp.author},
        .lostBy = {clash.lostStamp.author},
        .keptAt = clash.keptStamp.at,
        .lostAt = clash.lostStamp.at,
        .state = QStringLiteral("open"),
    };
}

/// A base beyond this log was seen in another one. It counts as having seen nothing here: then nothing is
/// overwritten without a word.
model::Op withKnownBases(model::Op op, qint64 head)
{
    for (model::FieldEdit &edit : op.edits)
        if (edit.base > head)
            edit.base = 0;
    return op;
}

bool isTooLarge(const model::Fields &fields)
{
    qint64 bytes = 0;
    for (const QVariant &value : fields)
        if (value.typeId() == QMetaType::QString)
            bytes += value.toString().toUtf8().size();
    return fields.size() > maxFieldsPerRecord || bytes > maxRecordTextBytes;
}

} // namespace

Sequencer::Sequencer(qint64 head, JsonText jsonText) : m_head(head), m_jsonText(std::move(jsonText)) {}

Ordered Sequencer::order(const model::Op &op, const Author &author, TimeMs at, const RecordState &state,
                         qint64 &lastRecord)
{
    Ordered ordered{.answer = {.counter = op.counter, .verdict = sync::Verdict::Refused}};
    auto reason = reasonToRefuse(op, author);
    if (!reason)
        reason = whoseElse(op, author, state);
    if (reason) {
        ordered.answer.reason = *reason;
        return ordered;
    }
    const Stamp stamp{m_head + 1, author.device, author.user, at};
    MergeOutcome outcome = merge(withKnownBases(op, m_head), state, stamp);
    if (outcome.action != model::Action::Delete && isTooLarge(outcome.state.fields))
        outcome = {.verdict = sync::Verdict::Refused,
                   .reason = QStringLiteral("The record would hold more than %1 fields or %2 bytes of text.")
                                 .arg(maxFieldsPerRecord)
                                 .arg(maxRecordTextBytes)};
    ordered.answer.verdict = outcome.verdict;
    ordered.answer.reason = outcome.reason;
    if (outcome.verdict == sync::Verdict::Refused)
        return ordered;

    ordered.answer.seq = ++m_head;
    ordered.records.append({op.record, outcome.state});
    ordered.changes.append(model::Change{
        .seq = m_head,
        .record = op.record,
        .action = outcome.action,
        .fields = outcome.fields,
        .device = author.device,
        .counter = op.counter,
        .author = author.user,
        .madeAt = at,
    });
    for (const Clash &clash : outcome.clashes)
        logConflict(ordered, op.record, clash, makeId(hubDevice, ++lastRecord));
    return ordered;
}

Ordered Sequencer::gone(const model::Op &op, TimeMs at, const QVector<model::RecordKey> &records)
{
    Ordered ordered{.answer = {op.counter, sync::Verdict::Gone, 0, goneReason}};
    for (const model::RecordKey &record : records)
        logErasure(ordered, record, {}, at);
    ordered.records.first().second.made = {}; // nobody erased it: it never was here
    return ordered;
}

Ordered Sequencer::erase(const model::Op &op, const Author &author, TimeMs at,
                         const QVector<model::RecordKey> &records)
{
    Ordered ordered{.answer = {.counter = op.counter, .seq = m_head + 1}};
    for (const model::RecordKey &record : records)
        logErasure(ordered, record, record == op.record ? author : Author{.user = author.user}, at);
    ordered.changes.first().counter = op.counter;
    return ordered;
}

void Sequencer::logErasure(Ordered &ordered, const model::RecordKey &record, const Author &author, TimeMs at)
{
    ordered.changes.append({.seq = ++m_head,
                            .record = record,
                            .action = model::Action::Erase,
                            .device = author.device,
                            .author = author.user,
                            .madeAt = at});
    const Stamp stamp{.device = author.device, .author = author.user, .at = at};
    ordered.records.append(
        {record, {.exists = true, .deleted = true, .erased = true, .seq = m_head, .made = stamp}});
}

void Sequencer::logConflict(Ordered &ordered, const model::RecordKey &record, const Clash &clash, qint64 id)
{
    model::Conflict conflict = conflictOf(record, clash);
    conflict.kept = m_jsonText(record.kind, clash.field, clash.kept);
    conflict.lost = m_jsonText(record.kind, clash.field, clash.lost);

    const model::RecordKey key{QStringLiteral("conflict"), id};
    const Stamp stamp{.seq = ++m_head, .at = std::max(conflict.keptAt, conflict.lostAt)};
    const model::Fields fields = model::fieldsOf(conflict);
    ordered.changes.append(model::Change{
        .seq = m_head,
        .record = key,
        .action = model::Action::Create,
        .fields = fields,
        .madeAt = stamp.at,
    });
    RecordState state{.exists = true, .seq = m_head, .made = stamp};
    for (auto field = fields.begin(); field != fields.end(); ++field)
        if (field->isValid())
            state.fields.insert(field.key(), *field);
    ordered.records.append({key, state});
}

TimeMs correctedTime(TimeMs madeAt, TimeMs sentAt, TimeMs now)
{
    constexpr TimeMs farthest = TimeMs(1) << 52; // from here sums stay numbers
    const TimeMs offset = sentAt > 0 ? now - std::min(sentAt, farthest) : 0;
    return std::min(std::clamp(madeAt, -farthest, farthest) + offset, now);
}

Admission admit(const QVector<model::Op> &ops, qint64 lastCounter)
{
    Admission admission{.expected = lastCounter + 1};
    if (ops.isEmpty())
        return admission;
    for (qsizetype i = 1; i < ops.size(); ++i)
        if (ops[i].counter != ops[i - 1].counter + 1) {
            admission.kind = Admission::Kind::OutOfOrder;
            admission.expected = ops[i - 1].counter + 1;
            return admission;
        }
    if (ops.first().counter > lastCounter + 1)
        admission.kind = Admission::Kind::Gap;
    admission.known = std::clamp<qsizetype>(lastCounter - ops.first().counter + 1, 0, ops.size());
    return admission;
}

} // namespace ringbook::hub
