#include "model/desk/ChangeWriter.h"

#include "model/core/Id.h"
#include "model/domain/CaseCode.h"
#include "model/domain/Kinds.h"
#include "model/store/DeskFile.h"

namespace ringbook::model {

namespace {

Error neverSignedIn()
{
    return {Fault::Denied, "this device has never been signed in, so it cannot make changes"};
}

/// The edit as an op; nothing if it would change nothing.
std::optional<Op> opOf(const ChangeWriter::Edit &edit, qint64 seenUpTo, TimeMs now)
{
    if (edit.action == Action::Set && edit.fields.isEmpty())
        return std::nullopt;
    Op op{.record = edit.record, .action = edit.action, .madeAt = now};
    for (auto field = edit.fields.begin(); field != edit.fields.end(); ++field) {
        const bool creating = edit.action == Action::Create;
        if (creating && !field->isValid())
            continue;
        const bool compareWithAll = creating || edit.unseen.contains(field.key());
        op.edits.insert(field.key(), {*field, compareWithAll ? 0 : seenUpTo});
    }
    return op;
}

/// With the present values of the fields that are written together with those of the edit.
ChangeWriter::Edit withGroups(ChangeWriter::Edit edit, const Book &book)
{
    const KindSpec *kind = kindSpec(edit.record.kind);
    if (edit.action != Action::Set || !kind)
        return edit;
    QSet<QString> groups;
    for (const QString &name : edit.fields.keys())
        if (const QString group = kind->groupOf(name); !group.isEmpty())
            groups.insert(group);
    const auto record = groups.isEmpty() ? Result(std::optional<Fields>()) : book.record(edit.record);
    if (!record || !*record)
        return edit;
    for (const FieldSpec &field : kind->fields)
        if (groups.contains(QLatin1String(field.group)) && !edit.fields.contains(QLatin1String(field.name)))
            edit.fields.insert(QLatin1String(field.name), (*record)->value(QLatin1String(field.name)));
    return edit;
}

QVector<RecordKey> recordsOf(const QVector<Op> &ops)
{
    QVector<RecordKey> records;
    for (const Op &op : ops)
        if (!records.contains(op.record))
            records.append(op.record);
    return records;
}

Status applyAll(Book &book, const QVector<Op> &ops)
{
    return book.db().atomically([&]() -> Status {
        for (const Op &op : ops)
            if (const auto applied = book.applyOwn(op); !applied)
                return applied.error();
        return Done{};
    });
}

} // namespace

ChangeWriter::ChangeWriter(DeskFile &desk, Book &book, const ringbook::Clock &clock)
    : m_desk(desk),
      m_book(book),
      m_clock(clock)
{
}

Status ChangeWriter::save(const QVector<Edit> &edits)
{
    return save([&edits]() -> Result<QVector<Edit>> { return edits; });
}

Status ChangeWriter::save(const Compose &compose)
{
    if (m_bookIsBehind)
        catchUp();

    QVector<Op> ops;
    const auto saved = m_desk.db().atomically([&]() -> Status {
        const auto edits = compose();
        if (!edits)
            return edits.error();
        const auto made = keepAll(*edits);
        if (!made)
            return made.error();
        ops = *made;
        return Done{};
    });
    if (!saved || ops.isEmpty())
        return saved;

    m_bookIsBehind = m_bookIsBehind || !applyAll(m_book, ops); // never one on top of a gap
    if (m_bookIsBehind)
        catchUp();
    Q_EMIT changed(recordsOf(ops));
    Q_EMIT kept();
    return Done{};
}

Result<QVector<Op>> ChangeWriter::keepAll(const QVector<Edit> &edits)
{
    const auto identity = m_desk.identity();
    if (!identity)
        return identity.error();
    if (!identity->device)
        return neverSignedIn();
    const auto cursor = m_book.cursor();
    const qint64 seenUpTo = cursor ? cursor->seq : 0; // a broken book must not keep anybody from saving

    const TimeMs now = m_clock.now(); // one for the whole save: it is counted by it
    QVector<Op> ops;
    for (const Edit &edit : edits) {
        auto op = opOf(withGroups(edit, m_book), seenUpTo, now);
        if (!op)
            continue;
        const auto counter = m_desk.keep(identity->book, *op);
        if (!counter)
            return counter.error();
        op->counter = *counter;
        ops.append(*op);
    }
    return ops;
}

void ChangeWriter::catchUp()
{
    if (const auto replayed = replayOutbox(); !replayed)
        Q_EMIT behind(replayed.error());
}

Result<qint64> ChangeWriter::newId()
{
    const auto identity = m_desk.identity();
    if (!identity)
        return identity.error();
    if (!identity->device)
        return neverSignedIn();
    const auto counter = m_desk.next("record");
    if (!counter)
        return counter.error();
    return makeId(identity->device, *counter);
}

Result<QString> ChangeWriter::newCaseCode()
{
    const auto identity = m_desk.identity();
    if (!identity)
        return identity.error();
    if (!identity->device)
        return neverSignedIn();
    const auto counter = m_desk.next("case");
    if (!counter)
        return counter.error();
    return caseCode(identity->device, *counter);
}

Status ChangeWriter::replayOutbox()
{
    const auto identity = m_desk.identity();
    if (!identity)
        return identity.error();
    const auto own = m_desk.unconfirmed(identity->book);
    if (!own)
        return own.error();
    const bool wasBehind = m_bookIsBehind;
    const auto shown = m_book.followOutbox(*own);
    m_bookIsBehind = !shown;
    if (!shown)
        return shown.error();
    if (wasBehind)
        Q_EMIT changed(recordsOf(own->ops));
    return Done{};
}

} // namespace ringbook::model
