#include "sync/hub/verbs/AcknowledgeErasures.h"

#include "sync/protocol/Codec.h"

namespace ringbook::hub {

void AcknowledgeErasures::answer(const Ask &ask, Reply reply)
{
    if (const auto trouble = bookTrouble(ask))
        return reply(*trouble);
    const auto ack = sync::readErasureAck(ask.body);
    if (!ack)
        return reply(problemOf(ack.error()));
    if (const auto trouble = schemaTrouble(ack->schema))
        return reply(*trouble);
    const QString name = ask.path.value(QStringLiteral("book"));
    const model::Cursor upTo{ack->epoch, ack->seq};
    const bool taken =
        m_writer.submit({[name, device = ask.caller.device, upTo](WriteBatch &batch) -> Status {
                             const auto book = batch.book(name);
                             if (!book)
                                 return book.error();
                             return batch.books().keepErasureAck(*book, device, upTo, batch.now());
                         },
                         [reply, told = sync::encode(*ack)](const Status &committed) {
                             reply(committed ? Answer(Told{told}) : Answer(problemOf(committed.error())));
                         },
                         name});
    if (!taken)
        reply(tooBusy());
}

} // namespace ringbook::hub
