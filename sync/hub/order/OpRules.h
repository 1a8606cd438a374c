#pragma once

#include "model/domain/Record.h"
#include "sync/hub/order/Merge.h"

namespace ringbook::hub {

constexpr int maxNameLength = 40; ///< of a kind or a field
constexpr int maxFieldsPerRecord = 100;
constexpr qint64 maxRecordTextBytes = 1
                                      << 20; ///< of all fields; a change that carries them all fits one page

constexpr TimeMs earliestMoment = -2'208'988'800'000; ///< 1900-01-01T00:00Z, the first that a field may hold
constexpr TimeMs latestMoment = 7'258'118'400'000;    ///< 2200-01-01T00:00Z, the last

/// Who pushes: proved by the session.
struct Author
{
    qint64 device = 0;
    qint64 user = 0;
    QString role = {}; ///< agent, lead, admin
};

/// Why an op cannot be accepted whatever the record looks like; nothing if it can. Kinds and fields this
/// program does not know are fine: a newer desk wrote them.
std::optional<QString> reasonToRefuse(const model::Op &op, const Author &author);

/// Why the author may not do that to the record as it is: nobody but a lead signs for others, or changes and
/// removes what another said in a note or of a call. A record that has not come back to a restored hub yet
/// may be anybody's.
std::optional<QString> whoseElse(const model::Op &op, const Author &author, const RecordState &state);

/// Names an op's content: the same op sent again has the same, another op has another.
qint64 contentHash(const model::Op &op);

} // namespace ringbook::hub
