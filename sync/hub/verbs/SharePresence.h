#pragma once

#include "sync/hub/PresenceBoard.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

/// A desk says which customer is on its screen.
class SharePresence final : public Verb
{
public:
    explicit SharePresence(PresenceBoard &board) : m_board(board) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    PresenceBoard &m_board;
};

} // namespace ringbook::hub
