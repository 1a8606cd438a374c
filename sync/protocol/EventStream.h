#pragma once

#include "model/core/Result.h"

#include <QByteArray>
#include <QVector>

namespace ringbook::sync {

/// One event of a stream. An empty name means "message", as browsers say.
struct StreamEvent
{
    QByteArray name = {};
    QByteArray data = {};
    QByteArray id = {};

    bool operator==(const StreamEvent &) const = default;
};

// Names of our events.
inline constexpr char helloEvent[] = "hello";
inline constexpr char changesEvent[] = "changes";
inline constexpr char pokeEvent[] = "poke";
inline constexpr char callEvent[] = "call";
inline constexpr char phoneEvent[] = "phone";
inline constexpr char presenceEvent[] = "presence";
inline constexpr char byeEvent[] = "bye";

/// Reads a stream of server-sent events (WHATWG HTML, "event stream interpretation") cut anywhere: CR, LF and
/// CRLF end lines, comments are skipped, data lines are joined by LF, an unfinished event at the end is
/// dropped.
class EventStreamParser
{
public:
    /// The events that became complete with these bytes. Fault::Protocol once a line or an event grows beyond
    /// maxEventBytes; the stream is of no use then.
    Result<QVector<StreamEvent>> feed(QByteArrayView bytes);

private:
    void endLine(QVector<StreamEvent> &events);
    void readField(QByteArrayView field, QByteArrayView value);

    QByteArray m_line;
    StreamEvent m_event;
    bool m_hasData = false;
    bool m_afterCr = false;
    bool m_begun = false; ///< past the place where a byte order mark may stand
};

/// The bytes of one event; `data` may have several lines.
QByteArray encodeEvent(QByteArrayView name, QByteArrayView data, QByteArrayView id = {});

/// A line every client skips: the heartbeat.
QByteArray heartbeat();

/// What a stream begins with: enough of a comment that nothing between keeps waiting for more.
QByteArray streamPadding();

} // namespace ringbook::sync
