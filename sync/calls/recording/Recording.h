#pragma once

#include "model/core/Clock.h"
#include "model/core/Result.h"

#include <QByteArray>
#include <QHash>
#include <QVector>

namespace ringbook::calls {

constexpr qint64 maxRecordingBytes = 256 << 20;
constexpr int maxRecordingLineBytes = 256 * 1024;
constexpr int maxRecordedConnections = 100;

/// What a PBX really sent, taken apart: per connection the greeting, what it answered to actions, and the
/// events in the pieces and at the times they came. Times in ms since the recording began.
struct Recording
{
    struct Piece
    {
        TimeMs at = 0;
        QByteArray bytes = {};
    };

    struct Connection
    {
        TimeMs begins = 0;
        QByteArray greeting = {};
        QHash<QByteArray, QVector<QByteArray>> answers =
            {};                 ///< by action; "\r\nActionID: ?" stands for the id
        QByteArray booted = {}; ///< the FullyBooted event, if the user may see it
        QVector<Piece> pieces = {};
        TimeMs ends = 0;
    };

    QVector<Connection> connections = {}; ///< one after the other; at least one

    /// One JSON object a line, as `ringbook-hub calls record` writes them: `t_ms`, `dir` ("in" from the PBX,
    /// "out" to it, "eof"), `line` without its end, empty behind a message, `seg` (the read it came with) and
    /// `conn` (from 1). A sentence with the line's number about the first thing that is wrong.
    static Result<Recording> load(const QString &path);
};

} // namespace ringbook::calls
