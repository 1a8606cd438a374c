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

    /// What takeBack() needs to make undone what settled a conflict.
    struct Settled
    {
        QVector<ChangeWriter::Edit> undo = {}; ///< empty: it cannot be taken back
    };

    /// The value that gave way holds from now on, with those that belong together with it; nothing is lost by
    /// it: both are still in the conflict. NotFound if somebody settled it meanwhile. Who had it deleted
    /// cannot take that back.
    Result<Settled> takeOther(Id<Conflict> conflict);
    Result<Settled> keepAsItIs(Id<Conflict> conflict); ///< likewise
    Status takeBack(const Settled &settled);           ///< open again, with the values of before

    /// The refused change again, as a new one, with these values instead of its own where they are named; it
    /// leaves the tray in the same commit. NotFound.
    Status sendAgain(qint64 counter, const Fields &values = {});
    Status giveUp(qint64 counter); ///< the content is gone then

private:
    Result<QVector<Conflict>> openTogether(Id<Conflict> id) const;

    DeskFile &m_desk;
    Book &m_book;
    ChangeWriter &m_writer;
    Id<User> m_me;
};

} // namespace ringbook::model
