#include "model/domain/Erasure.h"
#include "sync/hub/WriteBatch.h"
#include "sync/protocol/RecordJson.h"

namespace ringbook::hub {

/// Whether an op comes too late: for something erased, or to make or change what is about that. Of one that
/// makes a record the desk may have kept no more than that it did.
Result<bool> WriteBatch::isGone(OpenBook &book, const model::Op &op, const RecordState &state)
{
    if (op.action == model::Action::Create && isBlank(op))
        return true;
    if (state.erased || book.stored.erased == 0)
        return state.erased && op.action != model::Action::Erase;
    for (const model::RecordKey &owner : model::ownersOf(op)) {
        const auto found = record(book.stored, owner);
        if (!found || found->erased)
            return found ? Result<bool>(true) : found.error();
    }
    return false;
}

/// One of a record that nobody has seen here is as good: perhaps it comes back to a restored hub.
Result<Ordered> WriteBatch::orderErasure(OpenBook &book, const model::Op &op, const Author &author, TimeMs at)
{
    if (const auto reason = reasonToRefuse(op, author))
        return Ordered{.answer = {op.counter, sync::Verdict::Refused, 0, *reason}};
    const RecordState &state = book.records[op.record];
    if (state.erased)
        return Ordered{.answer = {.counter = op.counter, .seq = state.seq}};
    return eraseIn(book, {op.record}, op, author, at);
}

/// Nobody has seen its record here, yet what names it may have come from others, before anybody was erased.
Result<Ordered> WriteBatch::orderGone(OpenBook &book, const model::Op &op, const Author &author, TimeMs at)
{
    const RecordState &state = book.records[op.record];
    if (op.action != model::Action::Create || state.exists || reasonToRefuse(op, author))
        return Ordered{.answer = {op.counter, sync::Verdict::Gone, 0, goneReason}};
    const auto records = withWhatIsAbout(book, {op.record});
    if (!records)
        return records.error();
    const Ordered ordered = book.sequencer->gone(op, at, *records);
    const Status noted = records->size() > 1 ? noteErased(book, ordered) : Status(Done{});
    return noted ? Result<Ordered>(ordered) : noted.error();
}

Result<Ordered> WriteBatch::eraseIn(OpenBook &book, const QVector<model::RecordKey> &records,
                                    const model::Op &op, const Author &author, TimeMs at)
{
    const auto all = withWhatIsAbout(book, records);
    if (!all)
        return all.error();
    if (const Status forgotten = forgetPhoneOrders(book, *all); !forgotten)
        return forgotten.error();
    const Ordered ordered = book.sequencer->erase(op, author, at, *all);
    const Status noted = noteErased(book, ordered);
    return noted ? Result<Ordered>(ordered) : noted.error();
}

/// What was ordered before in this batch is looked through as well.
Result<QVector<model::RecordKey>> WriteBatch::withWhatIsAbout(OpenBook &book,
                                                              const QVector<model::RecordKey> &records)
{
    if (const Status put = putRecords(book); !put)
        return put.error();
    const auto about = m_books.about(book.stored.id, records);
    if (!about)
        return about.error();
    QVector<model::RecordKey> all = records;
    for (const auto &[key, state] : *about) {
        book.records.insert(key, state);
        all.append(key);
    }
    return all;
}

/// That somebody called there says who was a customer.
Status WriteBatch::forgetPhoneOrders(OpenBook &book, const QVector<model::RecordKey> &erased)
{
    for (const model::RecordKey &key : erased) {
        const QString e164 = book.records.value(key).fields.value(QStringLiteral("e164")).toString();
        if (e164.isEmpty())
            continue;
        if (const Status forgotten = phoneOrders().forget(e164); !forgotten)
            return forgotten;
    }
    return Done{};
}

Status WriteBatch::noteErased(OpenBook &book, const Ordered &ordered)
{
    for (const model::Change &change : ordered.changes)
        book.erased.insert(change.record, change.seq);
    book.stored.erased = book.sequencer->head();
    return m_books.noteErasure(book.stored.id, book.stored.erased);
}

/// Once for all erasures of a batch, whose own entries are in the log by then and are told as it has them.
Status WriteBatch::blankErased(OpenBook &book)
{
    if (book.erased.isEmpty())
        return Done{};
    if (const Status blanked = m_books.blankLog(book.stored.id, book.erased); !blanked)
        return blanked;
    const auto entries = m_books.log(book.stored.id, book.stored.head.seq, int(book.entries.size()));
    if (!entries)
        return entries.error();
    book.entries = *entries;
    return Done{};
}

Result<qsizetype> WriteBatch::erase(const BookHead &head, const QVector<model::RecordKey> &records,
                                    const Author &author, TimeMs at)
{
    const auto book = open(head.name);
    if (!book)
        return book.error();
    QVector<model::RecordKey> left;
    for (const model::RecordKey &key : records) {
        const auto state = record(head, key);
        if (!state)
            return state.error();
        if (!state->erased)
            left.append(key);
    }
    if (left.isEmpty())
        return 0;
    const auto ordered = eraseIn(**book, left, {.record = left.first()}, author, at);
    if (!ordered)
        return ordered.error();
    take(**book, *ordered);
    return ordered->changes.size();
}

} // namespace ringbook::hub
