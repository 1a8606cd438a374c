#pragma once

#include "sync/hub/CallBoard.h"
#include "sync/hub/PresenceBoard.h"
#include "sync/hub/store/Accounts.h"

namespace ringbook::hub {

/// Begins the stream of one desk: what it needs to know first, and a queue of what happens from then on.
class OpenStream
{
public:
    OpenStream(Fanout &fanout, const CallBoard &calls, const PresenceBoard &presence, const Clock &clock,
               bool simulator, qint64 leaseMs = 0);

    struct Stream
    {
        QByteArray hello = {}; ///< as it goes out
        std::shared_ptr<StreamQueue> queue = {};
    };
    Stream open(const Caller &caller, std::function<void()> wake) const;

private:
    Fanout &m_fanout;
    const CallBoard &m_calls;
    const PresenceBoard &m_presence;
    const Clock &m_clock;
    bool m_simulator = false;
    qint64 m_leaseMs = 0;
};

} // namespace ringbook::hub
