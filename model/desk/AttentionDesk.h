#pragma once

#include "model/desk/ChangeWriter.h"
#include "model/domain/Conflict.h"
#include "model/domain/Customer.h"

#include <QVector>

namespace ringbook::model {

/// What a change is about, in names people know.
struct Subject
{
    Id<Customer> customer = {}; ///< none: nobody's, or not in the book
    QString customerName = {};
    QString caseCode = {}; ///< of the case the record is or belongs to
};

/// One of the two values of a conflict. A reference comes with the name it stands for.
struct Version
{
    QVariant value = {}; ///< invalid: empty
    QString name = {};   ///< of the record a reference names
    QString who = {};
    bool mine = false;
    TimeMs at = 0;
};

struct ConflictLine
{
    Conflict conflict = {};
    Subject subject = {};
    Version kept = {};
    Version lost = {};
};

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

    /// The value that gave way holds from now on, with those that belong together with it; nothing is lost by
    /// it: both are still in the conflict. NotFound if somebody settled it meanwhile.
    Status takeOther(Id<Conflict> conflict);
    Status keepAsItIs(Id<Conflict> conflict); ///< likewise

    /// The refused change again, as a new one, with these values instead of its own where they are named; it
    /// leaves the tray in the same commit. NotFound.
    Status sendAgain(qint64 counter, const Fields &values = {});
    Status giveUp(qint64 counter); ///< the content is gone then

private:
    Result<ConflictLine> lineOf(const Conflict &conflict) const;
    Result<QVector<ConflictLine>> linesOf(const Result<QVector<Conflict>> &conflicts) const;
    Result<QVector<Conflict>> openTogether(Id<Conflict> id) const;
    Result<Version> version(const Conflict &conflict, const QVariant &value, Id<User> by, TimeMs at) const;
    Result<Subject> subjectOf(const RecordKey &record, const Fields &fields = {}) const;
    Result<bool> seesAll() const;

    DeskFile &m_desk;
    Book &m_book;
    ChangeWriter &m_writer;
    Id<User> m_me;
};

} // namespace ringbook::model
