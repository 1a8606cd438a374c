#include "sync/hub/verbs/OpenStream.h"

#include "sync/protocol/Codec.h"
#include "sync/protocol/EventStream.h"

namespace ringbook::hub {

OpenStream::OpenStream(Fanout &fanout, const CallBoard &calls, const PresenceBoard &presence,
                       const Clock &clock, bool simulator, qint64 leaseMs)
    : m_fanout(fanout),
      m_calls(calls),
      m_presence(presence),
      m_clock(clock),
      m_simulator(simulator),
      m_leaseMs(leaseMs)
{
}

/// Listens first and looks then, so that nothing falls between; what is told twice does no harm.
OpenStream::Stream OpenStream::open(const Caller &caller, std::function<void()> wake) const
{
    Stream stream{.queue = m_fanout.subscribe(caller.user, caller.books, std::move(wake), caller.device)};
    const sync::Hello hello{
        .hubTime = m_clock.now(),
        .books = m_fanout.heads(caller.books),
        .calls = m_calls.callsOf(caller.user),
        .simulator = m_simulator,
        .leaseMs = m_leaseMs,
        .phone = m_calls.phoneOf(caller.user),
    };
    stream.hello = sync::streamPadding() + sync::encodeEvent(sync::helloEvent, sync::encode(hello));
    for (const sync::PresenceNews &news : m_presence.all(caller.books))
        stream.queue->putLatest(keyOf(news), sync::encodeEvent(sync::presenceEvent, sync::encode(news)));
    return stream;
}

} // namespace ringbook::hub
