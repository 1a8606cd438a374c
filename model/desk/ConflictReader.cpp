#include "model/desk/ConflictReader.h"

#include "model/domain/Kinds.h"
#include "model/store/Book.h"
#include "model/store/CaseStore.h"
#include "model/store/ConflictStore.h"
#include "model/store/CustomerStore.h"
#include "model/store/SetUpStore.h"

#include <algorithm>
#include <array>

namespace ringbook::model {

namespace {

constexpr std::array customerFields = {"customer", "organisation"};

} // namespace

Result<QVector<ConflictLine>> ConflictReader::mine(int limit) const
{
    const auto all = seesAll();
    if (!all)
        return all.error();
    const ConflictStore store(m_book.db());
    return lines(*all ? store.open(limit) : store.openOf(m_me, limit), *all);
}

/// Most customers have none, and a call waits.
Result<QVector<ConflictLine>> ConflictReader::about(Id<Customer> customer, int limit) const
{
    const auto conflicts = ConflictStore(m_book.db()).openAbout(customer, limit);
    if (!conflicts || conflicts->isEmpty())
        return lines(conflicts, false);
    const auto all = seesAll();
    return all ? lines(conflicts, *all) : all.error();
}

Result<QVector<ConflictLine>> ConflictReader::lines(const Result<QVector<Conflict>> &conflicts,
                                                    bool seesAll) const
{
    if (!conflicts)
        return conflicts.error();
    QVector<ConflictLine> lines;
    for (const Conflict &conflict : *conflicts) {
        auto line = this->line(conflict);
        if (!line)
            return line.error();
        line->isForMe = seesAll || (m_me && (conflict.keptBy == m_me || conflict.lostBy == m_me));
        lines.append(*line);
    }
    return lines;
}

Result<ConflictLine> ConflictReader::line(const Conflict &conflict) const
{
    const auto subject = subjectOf(conflict.record);
    if (!subject)
        return subject.error();
    const auto present = presentVersion(conflict);
    if (!present)
        return present.error();
    const auto lost = version(conflict, lostValue(conflict), conflict.lostBy, conflict.lostAt);
    if (!lost)
        return lost.error();
    const auto writer = SetUpStore(m_book.db()).userName(conflict.keptBy);
    if (!writer)
        return writer.error();
    QStringList writers{*writer, lost->who};
    writers.removeAll(QString());
    return ConflictLine{conflict, *subject, *present, *lost, writers};
}

/// Later edits that knew what held have settled nothing.
Result<Version> ConflictReader::presentVersion(const Conflict &conflict) const
{
    const auto record = m_book.record(conflict.record);
    if (!record)
        return record.error();
    const QVariant kept = keptValue(conflict);
    const QVariant present = *record ? (*record)->value(conflict.field) : kept;
    const bool isOvertaken = !conflict.field.isEmpty() && *record && !isSameValue(present, kept);
    return isOvertaken ? version(conflict, present, {}, {})
                       : version(conflict, kept, conflict.keptBy, conflict.keptAt);
}

Result<Version> ConflictReader::version(const Conflict &conflict, const QVariant &value, Id<User> by,
                                        std::optional<TimeMs> at) const
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

Result<Subject> ConflictReader::subjectOf(const RecordKey &record, const Fields &fields) const
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
    const qint64 caseId = record.kind == QLatin1String("case") ? record.id : known.value("case").toLongLong();
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
    if (record.kind == QLatin1String("contact_point"))
        subject.contact = known.value("value").toString();
    subject.customerName = name->isEmpty() ? known.value("name").toString() : *name;
    return subject;
}

Result<bool> ConflictReader::seesAll() const
{
    return SetUpStore(m_book.db()).isLead(m_me);
}

} // namespace ringbook::model
