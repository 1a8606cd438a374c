#pragma once

#include "sync/hub/order/OpRules.h"

#include <functional>

namespace ringbook::hub {

constexpr qint64 hubDevice = 1; ///< the device number in the ids of records the hub makes

/// Said of each op that is about something erased.
inline const QString goneReason = QStringLiteral("What it is about was erased.");

/// Whether the op, or what came of it, holds now.
constexpr bool wasTaken(sync::Verdict verdict)
{
    return verdict != sync::Verdict::Refused && verdict != sync::Verdict::Gone;
}

/// What one op came to: its answer, the changes to log in this order, the records as they are now.
struct Ordered
{
    sync::OpAnswer answer = {};
    QVector<model::Change> changes = {};
    QVector<std::pair<model::RecordKey, RecordState>> records = {};
};

/// Gives ops of one book their place: validates, merges, numbers. Free of I/O and clocks; whoever drives it
/// brings the records, keeps what comes out, and throws it away if keeping fails.
class Sequencer
{
public:
    /// A value as it stands in a conflict record.
    using JsonText = std::function<QString(const QString &kind, const QString &field, const QVariant &value)>;

    /// `head` is the book's last seq.
    Sequencer(qint64 head, JsonText jsonText);

    /// `at` is when the op was made, by the corrected clock of its device. `lastRecord` is the hub's counter
    /// for records it makes itself; it grows with each conflict.
    Ordered order(const model::Op &op, const Author &author, TimeMs at, const RecordState &state,
                  qint64 &lastRecord);

    /// What becomes of an op that would make the first of these, about somebody erased: it leaves its key, and
    /// those of the others, which are about it.
    Ordered gone(const model::Op &op, TimeMs at, const QVector<model::RecordKey> &records);
    /// Each of these is erased by an op on the first of them.
    Ordered erase(const model::Op &op, const Author &author, TimeMs at,
                  const QVector<model::RecordKey> &records);

    qint64 head() const { return m_head; }

private:
    void logErasure(Ordered &ordered, const model::RecordKey &record, const Author &author, TimeMs at);
    void logConflict(Ordered &ordered, const model::RecordKey &record, const Clash &clash, qint64 id);

    qint64 m_head = 0;
    JsonText m_jsonText;
};

/// When the op was made by the hub's clock: moved by what the device's clock is off, never later than now.
TimeMs correctedTime(TimeMs madeAt, TimeMs sentAt, TimeMs now);

/// How a push fits to what is known of its device.
struct Admission
{
    enum class Kind { Fits, Gap, OutOfOrder };

    Kind kind = Kind::Fits;
    qsizetype known = 0; ///< so many at the front are repeats, to be compared with what was answered
    qint64 expected = 0; ///< the counter that should have come
};
Admission admit(const QVector<model::Op> &ops, qint64 lastCounter);

} // namespace ringbook::hub
