#pragma once

#include "model/core/Clock.h"
#include "model/core/Result.h"
#include "model/domain/Case.h"
#include "model/domain/Interaction.h"
#include "model/domain/SetUp.h"

#include <QVector>

namespace ringbook::model {

class Book;
class ChangeWriter;

/// One case in a list over customers.
struct CaseLine
{
    Case file = {};
    QString customerName = {}; ///< empty: unidentified
    QString assigneeName = {}; ///< empty: nobody's
};

/// Cases: open one in one line, note on it, move it along its permitted steps.
class CaseDesk
{
public:
    CaseDesk(Book &book, ChangeWriter &writer, const ringbook::Clock &clock, Id<User> me);

    struct NewCase
    {
        Case::Type type = Case::Type::Complaint;
        Id<Customer> customer = {}; ///< may be none: unidentified
        QString subject = {};       ///< must not be empty
        QString remedySought = {};
        std::optional<int> severity = {};
    };
    Result<Case> open(const NewCase &what);
    Result<CaseNote> note(Id<Case> caseId, const QString &text); ///< Invalid if there is no text
    /// One permitted step (canMove); Invalid otherwise. Closing notes the time, reopening forgets it.
    Result<Case> move(Id<Case> caseId, Case::Status to);
    Result<Case> assign(Id<Case> caseId, Id<User> assignee); ///< no user: nobody's
    Result<Case> theCase(Id<Case> caseId) const;
    Result<Case> caseByCode(const QString &code) const;     ///< as typed or heard; Invalid, NotFound
    Result<QVector<CaseNote>> notes(Id<Case> caseId) const; ///< oldest first

    /// Open cases of everybody in the order of CaseStore::open(), at most `limit`.
    Result<QVector<Case>> openCases(int limit) const;
    Result<QVector<CaseLine>> openCaseLines(int limit) const; ///< the same, ready to show
    Result<int> openCaseCount() const;

private:
    Result<Case> saved(const Case &before, const Case &after);

    Book &m_book;
    ChangeWriter &m_writer;
    const ringbook::Clock &m_clock;
    Id<User> m_me;
};

} // namespace ringbook::model
