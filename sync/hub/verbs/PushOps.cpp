#include "sync/hub/verbs/PushOps.h"

#include "model/core/Id.h"
#include "sync/hub/verbs/Push.h"
#include "sync/protocol/Codec.h"

namespace ringbook::hub {

void PushOps::answer(const Ask &ask, Reply reply)
{
    if (const auto trouble = bookTrouble(ask))
        return reply(*trouble);
    auto request = sync::readPushRequest(ask.body);
    if (!request)
        return reply(problemOf(request.error()));
    if (const auto trouble = schemaTrouble(request->schema))
        return reply(*trouble);

    const auto device =
        ask.path.contains("device") ? idFromText(ask.path.value("device")) : std::optional(ask.caller.device);
    if (!device)
        return reply(problemOf({Fault::Invalid, QStringLiteral("That is no device number.")}));

    const auto push =
        std::make_shared<Push>(ask.caller, ask.path.value("book"), std::move(*request), *device);
    const bool taken =
        m_writer.submit({[push](WriteBatch &batch) { return push->run(batch); },
                         [push, reply, &metrics = m_metrics](const Status &committed) {
                             if (committed)
                                 metrics.refusedOps += push->refused;
                             reply(committed ? push->answer : Answer(problemOf(committed.error())));
                         },
                         push->book, push->needs()},
                        std::max<qint64>(1, push->request.ops.size()));
    if (!taken)
        reply(tooBusy());
}

} // namespace ringbook::hub
