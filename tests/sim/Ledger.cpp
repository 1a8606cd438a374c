#include "tests/sim/Ledger.h"

#include "model/domain/Kinds.h"
#include "sync/protocol/RecordJson.h"

namespace ringbook::sim {

namespace {

using model::Action;

void fold(Ledger::Record &record, Action action, const model::Fields &fields)
{
    if (action == Action::Delete || action == Action::Erase)
        return record.reset();
    if (!record)
        record = model::Fields();
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        record->remove(field.key());
        if (field->isValid())
            record->insert(field.key(), *field);
    }
}

model::Fields valuesOf(const model::Op &op)
{
    model::Fields fields;
    for (auto edit = op.edits.begin(); edit != op.edits.end(); ++edit)
        fields.insert(edit.key(), edit->value);
    return fields;
}

/// A desk that meets another log forgets what it had seen in the old one.
model::Op withoutBases(model::Op op)
{
    for (model::FieldEdit &edit : op.edits)
        edit.base = 0;
    return op;
}

bool isSame(const Ledger::Kept &one, const Ledger::Kept &other)
{
    return one.device == other.device && withoutBases(one.op) == withoutBases(other.op);
}

bool isConflictAbout(const model::Change &change, const model::RecordKey &record)
{
    return change.device == 0 && change.record.kind == QLatin1String("conflict") &&
           change.action == Action::Create && change.fields.value("record").toLongLong() == record.id &&
           change.fields.value("kind").toString() == record.kind;
}

/// Whether the op's value of this field holds; not if another's does, of it or of one that belongs with it.
bool holds(const model::Op &op, const model::Change &change, const QString &name)
{
    if (op.action == Action::Delete || !op.edits.contains(name))
        return false;
    const model::KindSpec *kind = model::kindSpec(op.record.kind);
    const QString group = kind ? kind->groupOf(name) : QString();
    for (auto edit = op.edits.begin(); edit != op.edits.end(); ++edit) {
        const bool belongs = edit.key() == name || (!group.isEmpty() && kind->groupOf(edit.key()) == group);
        if (belongs && change.fields.value(edit.key()) != edit->value)
            return false;
    }
    return true;
}

} // namespace

QString markerOf(qint64 customer)
{
    return QStringLiteral("marker%1of").arg(customer);
}

QString print(const model::RecordKey &key)
{
    return QStringLiteral("%1 %2").arg(key.kind).arg(key.id);
}

QString print(const Ledger::Record &record)
{
    if (!record)
        return QStringLiteral("(none)");
    QStringList fields;
    for (auto field = record->begin(); field != record->end(); ++field)
        fields += field.key() + '=' + field->toString();
    return fields.join(' ');
}

void Ledger::see(const model::RecordKey &key)
{
    if (m_seen.contains(key))
        return;
    m_seen.insert(key);
    m_records.append(key);
}

void Ledger::kept(qint64 desk, qint64 device, const model::Op &op, bool acknowledged)
{
    if (isBlank(op))
        return; // what is left of one about somebody who was erased
    m_desks.insert(desk);
    Kept &kept = m_kept[{desk, op.counter}];
    if (kept.op.counter != 0 && withoutBases(kept.op) != withoutBases(op))
        m_findings.add(
            Wrong::Lost,
            QStringLiteral("op %1 of desk %2 has another content than before").arg(op.counter).arg(desk));
    kept.device = device;
    kept.op = op;
    kept.acknowledged = kept.acknowledged || acknowledged;
    see(op.record);
    comesNear(op);
}

void Ledger::copied(qint64 desk, qint64 copy)
{
    copied(keptBy(desk), copy);
}

void Ledger::copied(const QVector<std::pair<qint64, Kept>> &all, qint64 copy)
{
    m_desks.insert(copy);
    for (const auto &[counter, kept] : all)
        m_kept[{copy, counter}] = kept;
}

void Ledger::broughtAlong(qint64 desk, const QVector<qint64> &counters)
{
    for (const qint64 counter : counters) {
        m_movedAlong.append(m_kept[{desk, counter}]);
        m_kept.erase({desk, counter});
    }
}

void Ledger::moved(qint64 desk, const QVector<qint64> &counters)
{
    broughtAlong(desk, counters);
    for (auto kept = m_kept.lower_bound({desk, 0}); kept != m_kept.end() && kept->first.first == desk; ++kept)
        kept->second.isGivenUp = true;
}

QVector<std::pair<qint64, Ledger::Kept>> Ledger::keptBy(qint64 desk) const
{
    QVector<std::pair<qint64, Kept>> all;
    for (auto kept = m_kept.lower_bound({desk, 0}); kept != m_kept.end() && kept->first.first == desk; ++kept)
        all.append({kept->first.second, kept->second});
    return all;
}

/// Two desks may have used this counter of one number: what was pushed, or else what the change looks like.
const Ledger::Kept *Ledger::keptOf(const Log &log, const model::Change &change) const
{
    const auto pushed = log.pushed.constFind({change.device, change.counter});
    const Kept *best = nullptr;
    qsizetype most = -1;
    for (const qint64 desk : m_desks) {
        const auto kept = m_kept.find({desk, change.counter});
        if (kept == m_kept.end() || kept->second.device != change.device ||
            kept->second.op.record != change.record)
            continue;
        const auto &edits = kept->second.op.edits;
        qsizetype same = 0;
        for (auto edit = edits.begin(); edit != edits.end(); ++edit)
            same += change.fields.contains(edit.key()) && change.fields.value(edit.key()) == edit->value;
        if (pushed != log.pushed.cend() && withoutBases(*pushed) == withoutBases(kept->second.op))
            return &kept->second;
        if (same > most) {
            best = &kept->second;
            most = same;
        }
    }
    return best;
}

qint64 Ledger::seqOf(const Log &log, const Kept &kept)
{
    const auto logged = log.ops.constFind({kept.device, kept.op.counter});
    if (logged == log.ops.constEnd())
        return 0;
    model::Op op = withoutBases(logged->second);
    op.madeAt = kept.op.madeAt; // who said the same under the same counter takes it for their own
    return op == withoutBases(kept.op) ? logged->first : 0;
}

/// Whether that is new.
bool Ledger::comesNear(const model::Op &op)
{
    for (const QString &kind : {QStringLiteral("customer"), QStringLiteral("case")}) {
        const qint64 id = op.edits.value(kind).value.toLongLong();
        if (m_nearErased.contains({kind, id}) && !m_nearErased.contains(op.record)) {
            m_nearErased.insert(op.record);
            return true;
        }
    }
    return false;
}

void Ledger::noticeErasure(const model::RecordKey &key)
{
    if (key.kind == QLatin1String("customer") && !m_erasedCustomers.contains(key.id))
        m_erasedCustomers.append(key.id);
    if (m_nearErased.contains(key))
        return;
    m_nearErased.insert(key);
    for (bool more = true; more;) {
        more = false;
        for (const auto &[counter, kept] : m_kept)
            more = comesNear(kept.op) || more;
    }
}

std::optional<qint64> Ledger::erasedAt(const model::RecordKey &key, const QString &epoch) const
{
    const auto log = m_logs.constFind(epoch);
    if (log == m_logs.constEnd())
        return std::nullopt;
    for (const qsizetype at : log->byRecord.value(key))
        if (log->changes[at].action == Action::Erase)
            return log->changes[at].seq;
    return std::nullopt;
}

void Ledger::pushed(const QString &epoch, qint64 device, const QVector<model::Op> &ops)
{
    for (const model::Op &op : ops) {
        m_logs[epoch].pushed.insert({device, op.counter}, op);
        for (const qint64 desk : std::as_const(m_desks)) {
            const auto kept = m_kept.find({desk, op.counter});
            if (kept == m_kept.end() || kept->second.device != device ||
                timesLogged(epoch, kept->second) > 0 || withoutBases(kept->second.op) != withoutBases(op))
                continue;
            kept->second.op.edits = op.edits;
        }
    }
}

void Ledger::logged(const QString &epoch, const model::Change &change, bool isOld)
{
    Log &log = m_logs[epoch];
    if (change.seq != log.changes.size() + 1)
        m_findings.add(Wrong::Gap,
                       QStringLiteral("seq %1 follows %2").arg(change.seq).arg(log.changes.size()));
    see(change.record);
    if (change.action == Action::Erase)
        noticeErasure(change.record);
    if (change.device != 0) {
        const OpKey key{change.device, change.counter};
        if (++log.times[key] > 1)
            m_findings.add(Wrong::Doubled, QStringLiteral("op %1 of device %2 is again at seq %3")
                                               .arg(change.counter)
                                               .arg(change.device)
                                               .arg(change.seq));
        if (!isOld)
            noticeOverwriting(log, change);
        if (const Kept *kept = keptOf(log, change))
            log.ops[key] = {change.seq, kept->op};
    }
    apply(log, change);
}

/// By the wire's words: a field that somebody else wrote after its author had looked, to another value.
void Ledger::began(const QString &epoch)
{
    Log &log = m_logs[epoch];
    log.begun = log.changes.size();
}

void Ledger::grewOld()
{
    for (auto &[key, kept] : m_kept)
        for (const Log &log : std::as_const(m_logs))
            kept.isOld = kept.isOld || seqOf(log, kept) > 0;
}

void Ledger::goesOn(const QString &epoch, const QString &savedOf, qint64 upTo)
{
    const Log saved = m_logs.value(savedOf);
    for (auto known = saved.ops.begin(); known != saved.ops.end(); ++known)
        m_logs[epoch].pushed.insert(known.key(), known->second); // whose it was has not changed
    for (const model::Change &change : saved.changes.first(std::min(upTo, saved.changes.size())))
        logged(epoch, change, true);
}

void Ledger::noticeOverwriting(Log &log, const model::Change &change)
{
    const Kept *kept = keptOf(log, change);
    if (!kept) {
        m_findings.add(Wrong::Diverged, QStringLiteral("seq %1 is of an op nobody made").arg(change.seq));
        return;
    }
    const auto now = log.now.constFind(change.record);
    if (now == log.now.constEnd() || !now->fields || kept->op.action != Action::Set)
        return;
    const auto &edits = kept->op.edits;
    for (auto edit = edits.begin(); edit != edits.end(); ++edit) {
        const Written written = now->edited.value(edit.key(), now->made);
        const qint64 base = edit->base >= change.seq ? 0 : edit->base;
        const QVariant before = now->fields->value(edit.key());
        if (written.seq > base && written.device != change.device && before != edit->value)
            log.overwritings.append(
                {change.seq, change.record, edit.key(),
                 QString::fromUtf8(sync::encodeValue(change.record.kind, edit.key(), before)),
                 QString::fromUtf8(sync::encodeValue(change.record.kind, edit.key(), edit->value))});
    }
}

void Ledger::apply(Log &log, const model::Change &change)
{
    Now &now = log.now[change.record];
    const Written written{change.seq, change.device};
    const Kept *kept = keptOf(log, change);
    const bool isEdit = kept && kept->op.action == Action::Set;
    QStringList names = change.fields.keys();
    if (kept)
        names += kept->op.edits.keys(); // one that comes back after a deletion names no cleared fields
    for (const QString &name : std::as_const(names))
        if ((now.isThere || isEdit) && (!kept || holds(kept->op, change, name)))
            now.edited.insert(name, written);
    if (!std::exchange(now.isThere, true) &&
        !isEdit) // one that comes back after a deletion is as old as it was
        now.made = written;
    fold(now.fields, change.action, change.fields);
    log.byRecord[change.record].append(log.changes.size());
    log.changes.append(change);
}

void Ledger::committed(const QString &epoch, qint64 head)
{
    Log &log = m_logs[epoch];
    if (head != log.changes.size())
        m_findings.add(
            Wrong::Gap,
            QStringLiteral("the head is %1, the log ends at %2").arg(head).arg(log.changes.size()));
    for (const Overwriting &overwriting : std::as_const(log.overwritings)) {
        bool told = false;
        for (qsizetype at = overwriting.seq; at < log.changes.size() && log.changes[at].device == 0 && !told;
             ++at) {
            const model::Change &change = log.changes[at];
            const QString texts =
                change.fields.value("kept").toString() + '\n' + change.fields.value("lost").toString();
            told = isConflictAbout(change, overwriting.record) && texts.contains(overwriting.one) &&
                   texts.contains(overwriting.other);
        }
        if (!told && !isNearErased(overwriting.record))
            m_findings.add(Wrong::Silent, QStringLiteral("seq %1 overwrote %2 of %3 (%4, %5)")
                                              .arg(overwriting.seq)
                                              .arg(overwriting.field, print(overwriting.record),
                                                   overwriting.one, overwriting.other));
    }
    log.overwritings.clear();
}

int Ledger::timesLogged(const QString &epoch, const Kept &kept) const
{
    const auto log = m_logs.constFind(epoch);
    if (log == m_logs.constEnd() || seqOf(*log, kept) == 0)
        return 0;
    return log->times.value({kept.device, kept.op.counter});
}

QVector<const Ledger::Kept *> Ledger::others(qint64 desk, const Kept &kept) const
{
    QVector<const Kept *> all;
    for (const qint64 other : m_desks) {
        const auto same = m_kept.find({other, kept.op.counter});
        if (other != desk && same != m_kept.end() && isSame(same->second, kept))
            all.append(&same->second);
    }
    return all;
}

bool Ledger::isAlsoKept(qint64 desk, const Kept &kept) const
{
    return !others(desk, kept).isEmpty();
}

bool Ledger::isMovedAlong(const Kept &kept) const
{
    return std::ranges::any_of(m_movedAlong, [&](const Kept &before) { return isSame(before, kept); });
}

bool Ledger::isHandedOn(qint64 desk, const Kept &kept) const
{
    const auto hasTheNumber = [&](qint64 other) {
        const auto same = m_kept.find({other, kept.op.counter});
        return other != desk && !m_scrapped.contains(other) && same != m_kept.end() &&
               isSame(same->second, kept) && !same->second.isGivenUp;
    };
    return isMovedAlong(kept) || std::ranges::any_of(m_desks, hasTheNumber);
}

Ledger::Record Ledger::confirmed(const model::RecordKey &key, const QString &epoch, qint64 seq) const
{
    Record record;
    const auto log = m_logs.constFind(epoch);
    if (log == m_logs.constEnd())
        return record;
    for (const qsizetype at : log->byRecord.value(key)) {
        const model::Change &change = log->changes[at];
        if (change.seq > seq)
            break;
        fold(record, change.action, change.fields);
    }
    return record;
}

Ledger::Record Ledger::shown(const model::RecordKey &key, const model::Cursor &cursor, qint64 desk,
                             const QSet<qint64> &without, const QSet<qint64> &with) const
{
    Record record = confirmed(key, cursor.epoch, cursor.seq);
    const auto log = m_logs.constFind(cursor.epoch);
    for (auto kept = m_kept.lower_bound({desk, 0}); kept != m_kept.end() && kept->first.first == desk;
         ++kept) {
        if (kept->second.op.record != key)
            continue;
        const qint64 seq = log == m_logs.constEnd() ? 0 : seqOf(*log, kept->second);
        const qint64 counter = kept->first.second;
        const bool isAhead = log != m_logs.constEnd() && seq > std::max(cursor.seq, log->begun);
        const bool isNotInIt = !cursor.epoch.isEmpty() && seq == 0;
        if ((isNotInIt || isAhead || with.contains(counter)) && !without.contains(counter))
            fold(record, kept->second.op.action, valuesOf(kept->second.op));
    }
    return record;
}

} // namespace ringbook::sim
