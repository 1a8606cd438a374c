#include "sync/hub/verbs/Records.h"

#include "model/core/Id.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/RecordJson.h"

namespace ringbook::hub {

namespace {

std::optional<model::RecordKey> keyOf(const Ask &ask)
{
    const auto id = idFromText(ask.path.value(QStringLiteral("id")));
    if (!id)
        return std::nullopt;
    return model::RecordKey{ask.path.value(QStringLiteral("kind")), *id};
}

sync::Problem noSuchRecord()
{
    return sync::problemFrom({Fault::NotFound, QStringLiteral("There is no such record in this book.")});
}

Told told(const model::RecordKey &key, const RecordState &state)
{
    return Told{.body = sync::encode(sync::RecordReply{key, state.seq, state.fields}), .version = state.seq};
}

/// One PATCH inside the writer.
struct Patch
{
    Caller caller;
    QString book;
    model::RecordKey key;
    model::Fields fields;
    qint64 ifVersion = 0;
    Answer answer;

    Status run(WriteBatch &batch);
};

Status Patch::run(WriteBatch &batch)
{
    const auto head = batch.book(book);
    if (!head)
        return head.error();
    const auto before = batch.record(*head, key);
    if (!before)
        return before.error();
    if (!before->exists || before->deleted) {
        answer = noSuchRecord();
        return Done{};
    }
    if (before->seq != ifVersion) {
        answer = sync::problemFrom(
            {Fault::Conflict, QStringLiteral("The record is at version %1 now.").arg(before->seq)});
        return Done{};
    }
    model::Op op{.record = key, .action = model::Action::Set, .madeAt = batch.now()};
    for (auto field = fields.begin(); field != fields.end(); ++field)
        op.edits.insert(field.key(), model::FieldEdit{*field, ifVersion});
    const auto ordered =
        batch.order(*head, op, Author{.user = caller.user, .role = caller.role}, batch.now());
    if (!ordered)
        return ordered.error();
    if (!wasTaken(ordered->verdict)) {
        answer = sync::problemFrom({Fault::Invalid, ordered->reason});
        return Done{};
    }
    const auto after = batch.record(*head, key);
    if (!after)
        return after.error();
    answer = told(key, *after);
    return Done{};
}

} // namespace

void ReadRecord::answer(const Ask &ask, Reply reply)
{
    if (const auto trouble = bookTrouble(ask))
        return reply(*trouble);
    const auto key = keyOf(ask);
    if (!key)
        return reply(noSuchRecord());
    const QString name = ask.path.value(QStringLiteral("book"));
    const bool taken = m_reader.submit([=, key = *key](model::Connection &db) {
        const Books books(db);
        const auto book = books.book(name);
        if (!book)
            return reply(problemOf(book.error()));
        const auto state = books.record(book->id, key);
        if (!state)
            return reply(problemOf(state.error()));
        if (!state->exists || state->deleted)
            return reply(noSuchRecord());
        reply(told(key, *state));
    });
    if (!taken)
        reply(tooBusy());
}

void PatchRecord::answer(const Ask &ask, Reply reply)
{
    if (const auto trouble = bookTrouble(ask))
        return reply(*trouble);
    const auto key = keyOf(ask);
    if (!key)
        return reply(noSuchRecord());
    if (!ask.ifVersion)
        return reply(problem(428, sync::problem::noVersion, QStringLiteral("Say which version you saw"),
                             QStringLiteral("A change needs If-Match with the record's ETag.")));
    const auto fields = sync::readFields(key->kind, ask.body);
    if (!fields)
        return reply(problemOf(fields.error()));

    const auto patch = std::make_shared<Patch>(
        Patch{ask.caller, ask.path.value(QStringLiteral("book")), *key, *fields, *ask.ifVersion, {}});
    const bool taken =
        m_writer.submit({[patch](WriteBatch &batch) { return patch->run(batch); },
                         [patch, reply](const Status &committed) {
                             reply(committed ? patch->answer : Answer(problemOf(committed.error())));
                         },
                         patch->book});
    if (!taken)
        reply(tooBusy());
}

} // namespace ringbook::hub
