#pragma once

#include "model/core/Clock.h"

#include <QMap>
#include <QString>
#include <QVariant>
#include <QVector>

namespace ringbook::model {

/// Field name -> value. Values are QString, qlonglong (whole numbers, moments, ids), bool, or an invalid
/// QVariant for "empty". Names are those of the wire and of the columns (Kinds.h); unknown names are carried
/// along untouched.
using Fields = QMap<QString, QVariant>;

/// What a record is called, everywhere: its kind ("customer", "case" …) and its id.
struct RecordKey
{
    QString kind = {};
    qint64 id = 0;

    bool operator==(const RecordKey &) const = default;
    friend size_t qHash(const RecordKey &key, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, key.kind, key.id);
    }
};

/// Erase: as if there had never been such a record, for good; only its key is remembered.
enum class Action { Create, Set, Delete, Erase };
QString name(Action action); ///< as on the wire: "create", "set", "delete", "erase"
std::optional<Action> actionFromName(const QString &name);
constexpr bool removes(Action action)
{
    return action == Action::Delete || action == Action::Erase;
}

/// One field of an op: the value it shall have, and the seq up to which its author had seen this book.
struct FieldEdit
{
    QVariant value = {};
    qint64 base = 0;

    bool operator==(const FieldEdit &) const = default;
};

/// One intended change by one device; the unit that is kept in the outbox and pushed.
struct Op
{
    qint64 counter = 0; ///< 1, 2, 3 … per device and book, without gaps
    RecordKey record = {};
    Action action = Action::Set;
    QMap<QString, FieldEdit> edits = {};
    TimeMs madeAt = 0;

    bool operator==(const Op &) const = default;
};

/// An op that uses up its counter and changes nothing: what is left of one that was taken back.
Op blankOp(qint64 counter);
bool isBlank(const Op &op); ///< also one that made a record and only says which: it is about somebody erased

/// Ops a desk made under a number it has no more.
struct FormerOps
{
    qint64 device = 0;    ///< 0: none
    QString secret = {};  ///< of that number
    QVector<Op> ops = {}; ///< counter order
};

/// An op after the hub ordered and merged it. `fields` holds the values that hold from `seq` on, for the
/// fields named.
struct Change
{
    qint64 seq = 0;
    RecordKey record = {};
    Action action = Action::Set;
    Fields fields = {};
    qint64 device = 0;  ///< whose op it was; 0: made by the hub itself
    qint64 counter = 0; ///< that device's op counter
    qint64 author = 0;  ///< user id; 0: none
    TimeMs madeAt = 0;  ///< when the author made it

    bool operator==(const Change &) const = default;
};

/// Up to where a book has been seen. The epoch names the log the seq belongs to.
struct Cursor
{
    QString epoch = {};
    qint64 seq = 0;
    bool byRows = false; ///< what changed last by seq is here; what changed again later is not

    bool operator==(const Cursor &) const = default;
};

/// The fields of `after` that differ from `before`, as a change would carry them.
Fields changedFields(const Fields &before, const Fields &after);

} // namespace ringbook::model
