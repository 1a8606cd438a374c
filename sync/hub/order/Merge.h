#pragma once

#include "model/domain/Record.h"
#include "sync/protocol/Messages.h"

namespace ringbook::hub {

/// Who wrote a value, and when: `at` is the author's clock, corrected, and never later than the arrival.
struct Stamp
{
    qint64 seq = 0;
    qint64 device = 0; ///< 0: the hub itself
    qint64 author = 0;
    TimeMs at = 0;

    bool operator==(const Stamp &) const = default;
};

/// A record at the hub.
struct RecordState
{
    bool exists = false;
    bool deleted = false; ///< the fields are still there, for an edit that did not know
    bool erased = false;  ///< and deleted: nothing is there any more but who erased it, in `made`
    qint64 seq = 0;       ///< of the last change to any of its fields
    model::Fields fields = {};
    Stamp made = {};                  ///< holds for every field that is not in `edited`
    QMap<QString, Stamp> edited = {}; ///< "" is the deletion

    Stamp stampOf(const QString &field) const { return edited.value(field, made); }
    bool operator==(const RecordState &) const = default;
};

/// Two values for one thing, one of which gave way. The field "" is the record's being there at all.
struct Clash
{
    QString field = {};
    QVariant kept = {};
    QVariant lost = {};
    Stamp keptStamp = {};
    Stamp lostStamp = {};

    bool operator==(const Clash &) const = default;
};

struct MergeOutcome
{
    sync::Verdict verdict = sync::Verdict::Applied;
    QString reason = {};                       ///< if refused: then nothing else here counts
    RecordState state = {};                    ///< the record from now on
    model::Action action = model::Action::Set; ///< what the change says happened
    model::Fields fields = {};                 ///< for each field named: the value that holds
    QVector<Clash> clashes = {};
};

/// What becomes of an op on a record. `stamp` is the op's: its seq if it is accepted, its device and author.
/// Per field, and for the fields of a group together: nobody else wrote it since the op's base: the op's
/// value. Somebody did, and another value: the later one by `at`; the other is a clash. Case status moves
/// only along permitted steps.
MergeOutcome merge(const model::Op &op, const RecordState &state, const Stamp &stamp);

} // namespace ringbook::hub
