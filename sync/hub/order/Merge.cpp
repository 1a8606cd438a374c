#include "sync/hub/order/Merge.h"

#include "model/core/Id.h"
#include "model/domain/Case.h"
#include "model/domain/Kinds.h"

#include <algorithm>

namespace ringbook::hub {

namespace {

using model::Action;
using model::FieldEdit;
using sync::Verdict;

MergeOutcome refused(const QString &reason)
{
    return MergeOutcome{.verdict = Verdict::Refused, .reason = reason};
}

/// Written by somebody else after the author of an edit had last looked.
bool unseen(const Stamp &written, qint64 base, const Stamp &op)
{
    return written.seq > base && written.device != op.device;
}

void put(model::Fields &fields, const QString &name, const QVariant &value)
{
    if (value.isValid())
        fields.insert(name, value);
    else
        fields.remove(name);
}

std::optional<QString> forbiddenStep(const model::Op &op, const RecordState &state)
{
    const auto edit = op.edits.constFind(QStringLiteral("status"));
    if (op.record.kind != QLatin1String("case") || edit == op.edits.constEnd())
        return std::nullopt;
    const QString wanted = edit->value.toString();
    const auto to = model::statusFromName(wanted);
    if (!to)
        return QStringLiteral("“%1” is not a status of a case.").arg(wanted.left(40));
    const QString current = state.fields.value(QStringLiteral("status")).toString();
    const auto from = model::statusFromName(current);
    if (from && !model::canMove(*from, *to))
        return QStringLiteral("A case cannot go from “%1” to “%2”.").arg(current, wanted);
    return std::nullopt;
}

MergeOutcome created(const model::Op &op, const Stamp &stamp)
{
    MergeOutcome outcome{.action = Action::Create};
    outcome.state = RecordState{.exists = true, .seq = stamp.seq, .made = stamp};
    for (auto edit = op.edits.begin(); edit != op.edits.end(); ++edit) {
        put(outcome.state.fields, edit.key(), edit->value);
        outcome.fields.insert(edit.key(), edit->value);
    }
    return outcome;
}

/// The fields of an op that are decided about together: those of one group, or one by itself.
QVector<QStringList> groupsOf(const model::Op &op)
{
    const model::KindSpec *kind = model::kindSpec(op.record.kind);
    QMap<QString, QStringList> groups;
    for (auto edit = op.edits.begin(); edit != op.edits.end(); ++edit) {
        const QString group = kind ? kind->groupOf(edit.key()) : QString();
        groups[group.isEmpty() ? u'.' + edit.key() : group].append(edit.key());
    }
    return groups.values();
}

/// When somebody else wrote another value that the op's author had not seen; the latest of these.
std::optional<TimeMs> clashedAt(const QStringList &names, const model::Op &op, const RecordState &state,
                                const Stamp &stamp)
{
    std::optional<TimeMs> latest;
    for (const QString &name : names) {
        const FieldEdit edit = op.edits[name];
        const Stamp written = state.stampOf(name);
        if (unseen(written, edit.base, stamp) && state.fields.value(name) != edit.value)
            latest = std::max(latest.value_or(written.at), written.at);
    }
    return latest;
}

/// All of the group are the op's values from now on, or none.
void mergeGroup(MergeOutcome &outcome, const QStringList &names, const model::Op &op, const Stamp &stamp)
{
    RecordState &state = outcome.state;
    const auto clashed = clashedAt(names, op, state, stamp);
    const bool isLost = clashed && *clashed > stamp.at;
    for (const QString &name : names) {
        const FieldEdit edit = op.edits[name];
        const QVariant current = state.fields.value(name);
        const Stamp written = state.stampOf(name);
        const bool differs = clashed && current != edit.value;
        if (isLost && differs)
            outcome.clashes.append(Clash{name, current, edit.value, written, stamp});
        if (!isLost && differs && unseen(written, edit.base, stamp))
            outcome.clashes.append(Clash{name, edit.value, current, stamp, written});
        if (!isLost) {
            put(state.fields, name, edit.value);
            state.edited.insert(name, stamp);
        }
        outcome.fields.insert(name, state.fields.value(name));
    }
}

/// Whether others wrote fields of this record that the op does not name, after the op's author had last
/// looked.
bool othersEdited(const model::Op &op, const RecordState &state, const Stamp &stamp)
{
    qint64 base = stamp.seq;
    for (const FieldEdit &edit : op.edits)
        base = std::min(base, edit.base);
    for (auto written = state.edited.begin(); written != state.edited.end(); ++written)
        if (!op.edits.contains(written.key()) && unseen(*written, base, stamp))
            return true;
    return false;
}

/// An edit of a record that somebody else deleted meanwhile: the edit is kept, the record is back for
/// everybody.
void revive(MergeOutcome &outcome, const Stamp &stamp)
{
    const Stamp deletion = outcome.state.edited.take(QString());
    outcome.state.deleted = false;
    outcome.action = Action::Create;
    outcome.clashes.append(
        Clash{QString(), QStringLiteral("edited"), QStringLiteral("deleted"), stamp, deletion});
}

MergeOutcome edited(const model::Op &op, const RecordState &state, const Stamp &stamp)
{
    MergeOutcome outcome{.state = state, .action = Action::Set};
    if (state.deleted) {
        const Stamp deletion = state.edited.value(QString());
        const bool knew = std::none_of(op.edits.begin(), op.edits.end(), [&](const FieldEdit &edit) {
            return unseen(deletion, edit.base, stamp);
        });
        if (knew)
            return refused(QStringLiteral("This record was deleted."));
        revive(outcome, stamp);
    }
    for (const QStringList &names : groupsOf(op))
        mergeGroup(outcome, names, op, stamp);
    outcome.state.seq = stamp.seq;
    if (outcome.action == Action::Create)
        outcome.fields = outcome.state.fields;
    if (!outcome.clashes.isEmpty())
        outcome.verdict = Verdict::Conflict;
    else if (othersEdited(op, state, stamp))
        outcome.verdict = Verdict::Merged;
    return outcome;
}

/// Others' records are known only from here: this one was lost with a log, and the desk that made it has not
/// brought it back yet. The edit is there first; everything else is as if nobody had written it.
MergeOutcome editedBeforeItIsBack(const model::Op &op, const Stamp &stamp)
{
    MergeOutcome outcome = edited(op, RecordState{.exists = true}, stamp);
    outcome.action = Action::Create;
    return outcome;
}

/// What somebody else wrote last of what a deletion's author had not seen.
std::optional<Stamp> unseenBy(const model::Op &op, const RecordState &state, const Stamp &stamp)
{
    const QStringList named =
        op.edits.isEmpty() ? state.fields.keys() + state.edited.keys() : op.edits.keys();
    std::optional<Stamp> last;
    for (const QString &name : named) {
        const Stamp written = state.stampOf(name);
        if (unseen(written, op.edits.value(name).base, stamp) && written.seq >= last.value_or(written).seq)
            last = written;
    }
    return last;
}

/// A delete names the fields its author had seen; one that names none has seen nothing. If somebody else has
/// written one of them since, the edit stays. What somebody deleted knowing of that edit is gone whatever
/// another one had seen.
MergeOutcome deleted(const model::Op &op, const RecordState &state, const Stamp &stamp)
{
    MergeOutcome outcome{.state = state, .action = Action::Delete};
    if (state.deleted) {
        outcome.state.seq = stamp.seq;
        return outcome;
    }
    if (const auto written = unseenBy(op, state, stamp)) {
        outcome.clashes = {
            Clash{QString(), QStringLiteral("edited"), QStringLiteral("deleted"), *written, stamp}};
        outcome.verdict = Verdict::Conflict;
        outcome.action = Action::Set;
        outcome.fields = state.fields;
    }
    outcome.state.seq = stamp.seq;
    if (outcome.action == Action::Delete) {
        outcome.state.deleted = true;
        outcome.state.edited.insert(QString(), stamp);
    }
    return outcome;
}

} // namespace

MergeOutcome merge(const model::Op &op, const RecordState &state, const Stamp &stamp)
{
    if (!state.exists && op.action == Action::Create) {
        if (const auto reason = forbiddenStep(op, state))
            return refused(*reason);
        return created(op, stamp);
    }
    const qint64 maker = deviceOf(op.record.id);
    if (!state.exists && op.action == Action::Set && maker != 0 && maker != stamp.device)
        return editedBeforeItIsBack(op, stamp);
    if (!state.exists)
        return refused(QStringLiteral("There is no such record."));
    if (op.action == Action::Delete)
        return deleted(op, state, stamp);

    const auto status = op.edits.constFind(QStringLiteral("status"));
    const bool losesAnyway = status != op.edits.constEnd() &&
                             unseen(state.stampOf(status.key()), status->base, stamp) &&
                             state.stampOf(status.key()).at > stamp.at;
    if (const auto reason = forbiddenStep(op, state); reason && !losesAnyway)
        return refused(*reason);
    return edited(op, state, stamp);
}

} // namespace ringbook::hub
