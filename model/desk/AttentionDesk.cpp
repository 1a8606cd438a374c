#include "model/desk/AttentionDesk.h"

#include "model/domain/Kinds.h"
#include "model/store/Book.h"
#include "model/store/CaseStore.h"
#include "model/store/ConflictStore.h"
#include "model/store/CustomerStore.h"
#include "model/store/DeskFile.h"
#include "model/store/SetUpStore.h"

#include <algorithm>
#include <array>

namespace ringbook::model {

namespace {

constexpr std::array customerFields = {"customer", "organisation"};

const FieldSpec *fieldOf(const Conflict &conflict)
{
    const KindSpec *kind = kindSpec(conflict.record.kind);
    return kind ? kind->field(conflict.field) : nullptr;
}

ChangeWriter::Edit stateOf(const Conflict &conflict, const QString &state)
{
    return {.record = {QStringLiteral("conflict"), conflict.id.value}, .fields = {{"state", state}}};
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
    Attention attention;
    for (const DeskFile::RefusedOp &kept : *refused) {
        Fields fields;
        for (auto edit = kept.op.edits.begin(); edit != kept.op.edits.end(); ++edit)
            fields.insert(edit.key(), edit->value);
        const auto subject = subjectOf(kept.op.record, fields);
        if (!subject)
            return subject.error();
        attention.refused.append({kept.op, kept.reason, *subject});
    }
    const auto all = seesAll();
    if (!all)
        return all.error();
    const ConflictStore store(m_book.db());
    const auto lines = linesOf(*all ? store.open(maxConflictsShown) : store.openOf(m_me, maxConflictsShown));
    if (!lines)
        return lines.error();
    attention.conflicts = *lines;
    return attention;
}

Result<QVector<ConflictLine>> AttentionDesk::linesOf(const Result<QVector<Conflict>> &conflicts) const
{
    if (!conflicts)
        return conflicts.error();
    QVector<ConflictLine> lines;
    for (const Conflict &conflict : *conflicts) {
        const auto line = lineOf(conflict);
        if (!line)
            return line.error();
        lines.append(*line);
    }
    return lines;
}

Result<ConflictLine> AttentionDesk::lineOf(const Conflict &conflict) const
{
    const auto subject = subjectOf(conflict.record);
    if (!subject)
        return subject.error();
    const auto kept = version(conflict, keptValue(conflict), conflict.keptBy, conflict.keptAt);
    if (!kept)
        return kept.error();
    const auto lost = version(conflict, lostValue(conflict), conflict.lostBy, conflict.lostAt);
    if (!lost)
        return lost.error();
    return ConflictLine{conflict, *subject, *kept, *lost};
}

Result<Version> AttentionDesk::version(const Conflict &conflict, const QVariant &value, Id<User> by,
                                       TimeMs at) const
{
    const FieldSpec *field = fieldOf(conflict);
    Version version{.value = value, .mine = by && by == m_me, .at = at};
    const auto who = SetUpStore(m_book.db()).userName(by);
    if (!who)
        return who.error();
    version.who = *who;
    if (!field || field->type != FieldType::Reference)
        return version;
    const bool isCustomer = std::ranges::any_of(
        customerFields, [field](const char *name) { return QLatin1String(name) == field->name; });
    const qint64 id = version.value.toLongLong();
    const auto name =
        isCustomer ? CustomerStore(m_book.db()).nameOf({id}) : SetUpStore(m_book.db()).userName({id});
    if (!name)
        return name.error();
    version.name = *name;
    return version;
}

/// By way of the case or the customer the record names; `fields` are those of a record that may not be in the
/// book.
Result<Subject> AttentionDesk::subjectOf(const RecordKey &record, const Fields &fields) const
{
    const auto stored = m_book.record(record);
    if (!stored)
        return stored.error();
    Fields known = fields;
    if (*stored)
        known.insert(**stored);
    Subject subject{.customer = {record.kind == QLatin1String("customer")
                                     ? record.id
                                     : known.value("customer").toLongLong()}};
    qint64 caseId = record.kind == QLatin1String("case") ? record.id : known.value("case").toLongLong();
    if (caseId) {
        const auto file = CaseStore(m_book.db()).theCase({caseId});
        if (!file && file.error().fault != Fault::NotFound)
            return file.error();
        if (file && !subject.customer)
            subject.customer = file->customer;
        subject.caseCode = file ? file->code : known.value("code").toString();
    }
    const auto name = CustomerStore(m_book.db()).nameOf(subject.customer);
    if (!name)
        return name.error();
    subject.customerName = name->isEmpty() ? known.value("name").toString() : *name;
    return subject;
}

Result<bool> AttentionDesk::seesAll() const
{
    const auto users = SetUpStore(m_book.db()).users();
    if (!users)
        return users.error();
    return std::ranges::any_of(*users, [this](const User &user) {
        return user.id == m_me && (user.role == QLatin1String("lead") || user.role == QLatin1String("admin"));
    });
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

Status AttentionDesk::takeOther(Id<Conflict> id)
{
    const auto conflicts = openTogether(id);
    if (!conflicts)
        return conflicts.error();
    ChangeWriter::Edit change{.record = conflicts->first().record};
    QVector<ChangeWriter::Edit> edits;
    for (const Conflict &conflict : *conflicts) {
        change.fields.insert(conflict.field, lostValue(conflict));
        edits.append(stateOf(conflict, QStringLiteral("flipped")));
    }
    if (change.fields.remove(QString())) { // edited here, deleted there: the deletion shall hold
        const auto record = m_book.record(change.record);
        if (!record)
            return record.error();
        change.action = Action::Delete;
        change.fields = record->value_or(Fields{});
    }
    return m_writer.save(QVector{change} + edits);
}

Status AttentionDesk::keepAsItIs(Id<Conflict> id)
{
    const auto conflicts = openTogether(id);
    if (!conflicts)
        return conflicts.error();
    QVector<ChangeWriter::Edit> edits;
    for (const Conflict &conflict : *conflicts)
        edits.append(stateOf(conflict, QStringLiteral("settled")));
    return m_writer.save(edits);
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
