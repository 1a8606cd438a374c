#include "model/desk/AttentionDesk.h"

#include "model/desk/ConflictReader.h"
#include "model/domain/Kinds.h"
#include "model/store/Book.h"
#include "model/store/ConflictStore.h"
#include "model/store/DeskFile.h"

#include <algorithm>

namespace ringbook::model {

namespace {

ChangeWriter::Edit stateOf(Id<Conflict> conflict, const QString &state)
{
    return {.record = {QStringLiteral("conflict"), conflict.value}, .fields = {{"state", state}}};
}

} // namespace

AttentionDesk::AttentionDesk(DeskFile &desk, Book &book, ChangeWriter &writer, Id<User> me)
    : m_desk(desk),
      m_book(book),
      m_writer(writer),
      m_me(me)
{
}

Result<Attention> AttentionDesk::attention() const
{
    const auto identity = m_desk.identity();
    if (!identity)
        return identity.error();
    const auto refused = m_desk.refused(identity->book);
    if (!refused)
        return refused.error();
    const ConflictReader reader(m_book, m_me);
    Attention attention;
    for (const DeskFile::RefusedOp &kept : *refused) {
        Fields fields;
        for (auto edit = kept.op.edits.begin(); edit != kept.op.edits.end(); ++edit)
            fields.insert(edit.key(), edit->value);
        const auto subject = reader.subjectOf(kept.op.record, fields);
        if (!subject)
            return subject.error();
        attention.refused.append({kept.op, kept.reason, *subject});
    }
    const auto lines = reader.mine(maxConflictsShown);
    if (!lines)
        return lines.error();
    attention.conflicts = *lines;
    return attention;
}

/// This one and those of the same group of fields that came of the same two edits.
Result<QVector<Conflict>> AttentionDesk::openTogether(Id<Conflict> id) const
{
    const ConflictStore store(m_book.db());
    const auto chosen = store.openOne(id);
    if (!chosen)
        return chosen.error();
    auto all = store.openOn(chosen->record);
    if (!all)
        return all.error();
    const KindSpec *kind = kindSpec(chosen->record.kind);
    const QString group = kind ? kind->groupOf(chosen->field) : QString();
    all->removeIf([&](const Conflict &other) {
        const bool sameLoser = other.lostAt == chosen->lostAt && other.lostBy == chosen->lostBy;
        const bool sameWinner = other.keptAt == chosen->keptAt && other.keptBy == chosen->keptBy;
        const bool belongs =
            !group.isEmpty() && kind->groupOf(other.field) == group && (sameLoser || sameWinner);
        return other.id != id && !belongs;
    });
    return all;
}

Result<AttentionDesk::Settled> AttentionDesk::takeOther(Id<Conflict> id)
{
    const auto conflicts = openTogether(id);
    if (!conflicts)
        return conflicts.error();
    Settled settled{
        .conflicts = {id}, .state = QStringLiteral("flipped"), .record = conflicts->first().record};
    const auto record = m_book.record(settled.record);
    if (!record)
        return record.error();
    const Fields present = record->value_or(Fields{});
    ChangeWriter::Edit change{.record = settled.record};
    QVector<ChangeWriter::Edit> edits;
    for (const Conflict &conflict : *conflicts) {
        settled.before.insert(conflict.field, present.value(conflict.field));
        change.fields.insert(conflict.field, lostValue(conflict));
        edits.append(stateOf(conflict.id, settled.state));
        if (conflict.id != id)
            settled.conflicts.append(conflict.id);
    }
    if (change.fields.remove(QString())) { // edited here, deleted there: the deletion shall hold
        change.action = Action::Delete;
        change.fields = present;
        settled = {};
    }
    settled.after = change.fields;
    if (const auto saved = m_writer.save(QVector{change} + edits); !saved)
        return saved.error();
    return settled;
}

Result<AttentionDesk::Settled> AttentionDesk::keepAsItIs(Id<Conflict> id)
{
    const auto conflicts = openTogether(id);
    if (!conflicts)
        return conflicts.error();
    Settled settled{
        .conflicts = {id}, .state = QStringLiteral("settled"), .record = conflicts->first().record};
    QVector<ChangeWriter::Edit> edits;
    for (const Conflict &conflict : *conflicts) {
        edits.append(stateOf(conflict.id, settled.state));
        if (conflict.id != id)
            settled.conflicts.append(conflict.id);
    }
    if (const auto saved = m_writer.save(edits); !saved)
        return saved.error();
    return settled;
}

Result<bool> AttentionDesk::stillStands(const Settled &settled) const
{
    for (const Id<Conflict> id : settled.conflicts) {
        const auto conflict = m_book.record({QStringLiteral("conflict"), id.value});
        if (!conflict)
            return conflict.error();
        if (!*conflict || (*conflict)->value(QStringLiteral("state")) != settled.state)
            return false;
    }
    const auto record = m_book.record(settled.record);
    if (!record)
        return record.error();
    const auto holds = [&](const QString &field) {
        return *record && isSameValue((*record)->value(field), settled.after.value(field));
    };
    const QStringList changed = settled.after.keys();
    return std::ranges::all_of(changed, holds);
}

bool AttentionDesk::canTakeBack(const Settled &settled) const
{
    const auto stands = stillStands(settled);
    return !settled.conflicts.isEmpty() && stands && *stands;
}

Status AttentionDesk::takeBack(const Settled &settled)
{
    return m_writer.save([&]() -> Result<QVector<ChangeWriter::Edit>> {
        const auto stands = stillStands(settled);
        if (!stands)
            return stands.error();
        if (!*stands || settled.conflicts.isEmpty())
            return Error{Fault::Conflict, "somebody has changed it since"};
        QVector<ChangeWriter::Edit> edits{{.record = settled.record, .fields = settled.before}};
        for (const Id<Conflict> id : settled.conflicts)
            edits.append(stateOf(id, QStringLiteral("open")));
        return edits;
    });
}

Status AttentionDesk::sendAgain(qint64 counter, const Fields &values)
{
    const auto identity = m_desk.identity();
    if (!identity)
        return identity.error();
    return m_writer.save([&]() -> Result<QVector<ChangeWriter::Edit>> {
        const auto refused = m_desk.refused(identity->book);
        if (!refused)
            return refused.error();
        const auto kept =
            std::ranges::find(*refused, counter, [](const auto &line) { return line.op.counter; });
        if (kept == refused->end())
            return Error{Fault::NotFound, "there is no such refused change"};
        ChangeWriter::Edit edit{.record = kept->op.record, .action = kept->op.action};
        for (auto old = kept->op.edits.begin(); old != kept->op.edits.end(); ++old)
            edit.fields.insert(old.key(), values.value(old.key(), old->value));
        if (const auto dropped = m_desk.dropRefused(identity->book, counter); !dropped)
            return dropped.error();
        return QVector{edit};
    });
}

Status AttentionDesk::giveUp(qint64 counter)
{
    const auto identity = m_desk.identity();
    return identity ? m_desk.dropRefused(identity->book, counter) : Status(identity.error());
}

} // namespace ringbook::model
