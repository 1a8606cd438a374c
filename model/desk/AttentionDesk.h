#pragma once

#include "model/desk/ChangeWriter.h"
#include "model/desk/ConflictLine.h"

#include <QVector>

namespace ringbook::model {

/// A change of this desk that the hub refused; its content is all there.
struct RefusedLine
{
    Op op = {};
    QString reason = {}; ///< in the hub's words
    Subject subject = {};
};

struct Attention
{
    QVector<RefusedLine> refused = {};
    QVector<ConflictLine> conflicts = {}; ///< newest first
    qsizetype count() const { return refused.size() + conflicts.size(); }
};

constexpr int maxConflictsShown = 200;

/// What somebody has to look at: values that two people wrote without knowing of each other, and changes the
/// hub refused. An agent sees those they had a part in, a lead or an administrator all. Settling a conflict
/// is a change like any other: saved here first, seen by everybody later.
class AttentionDesk
{
public:
    AttentionDesk(DeskFile &desk, Book &book, ChangeWriter &writer, Id<struct User> me);

    Result<Attention> attention() const;

    /// What was decided, as long as it may be taken back.
    struct Settled
    {
        QVector<Id<Conflict>> conflicts =
            {};             ///< the one that was chosen first; none: it cannot be taken back
        QString state = {}; ///< theirs since then
        RecordKey record = {};
        Fields before = {}; ///< what the decision changed of the record
        Fields after = {};
    };

    /// The value that gave way holds from now on, with those that belong together with it; nothing is lost by
    /// it: both are still in the conflict. NotFound if somebody settled it meanwhile. Who had it deleted
    /// cannot take that back.
    Result<Settled> takeOther(Id<Conflict> conflict);
    Result<Settled> keepAsItIs(Id<Conflict> conflict); ///< likewise

    /// Open again, with the values of before. Conflict: somebody changed or settled something of it since,
    /// and that stays.
    Status takeBack(const Settled &settled);
    bool canTakeBack(const Settled &settled) const;

    /// The refused change again, as a new one, with these values instead of its own where they are named; it
    /// leaves the tray in the same commit. NotFound.
    Status sendAgain(qint64 counter, const Fields &values = {});
    Status giveUp(qint64 counter); ///< the content is gone then

private:
    Result<QVector<Conflict>> openTogether(Id<Conflict> id) const;
    Result<bool> stillStands(const Settled &settled) const;

    DeskFile &m_desk;
    Book &m_book;
    ChangeWriter &m_writer;
    Id<User> m_me;
};

} // namespace ringbook::model
