#include "model/domain/Erasure.h"
#include "sync/hub/WriteBatch.h"
#include "sync/protocol/RecordJson.h"

namespace ringbook::hub {

/// Whether an op comes too late: for something erased, or to make or change what is about that.
Result<bool> WriteBatch::isGone(OpenBook &book, const model::Op &op, const RecordState &state)
{
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

/// What was ordered before in this batch is looked through as well.
Result<Ordered> WriteBatch::eraseIn(OpenBook &book, const QVector<model::RecordKey> &records,
                                    const model::Op &op, const Author &author, TimeMs at)
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
    Ordered ordered = book.sequencer->erase(op, author, at, all);
    for (const model::Change &change : std::as_const(ordered.changes))
        book.erased.insert(change.record, change.seq);
    book.stored.erased = book.sequencer->head();
    if (const Status noted = m_books.noteErasure(book.stored.id, book.stored.erased); !noted)
        return noted.error();
    return ordered;
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
