#include "sync/hub/verbs/SharePresence.h"

#include "sync/protocol/Codec.h"

namespace ringbook::hub {

void SharePresence::answer(const Ask &ask, Reply reply)
{
    if (const auto trouble = bookTrouble(ask))
        return reply(*trouble);
    const auto share = sync::readPresenceShare(ask.body);
    if (!share)
        return reply(problemOf(share.error()));
    m_board.share(ask.path.value(QStringLiteral("book")), ask.caller, *share);
    reply(Told{"{}"});
}

} // namespace ringbook::hub
