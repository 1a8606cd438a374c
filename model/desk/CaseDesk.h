#pragma once

#include "model/core/Clock.h"
#include "model/core/Result.h"
#include "model/domain/Case.h"
#include "model/domain/Interaction.h"

#include <QVector>

namespace ringbook::model {

class Book;
class ChangeWriter;

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
    Result<CaseNote> note(Id<Case> caseId, const QString &text);
    Result<Case> move(Id<Case> caseId, Case::Status to);
    Result<Case> theCase(Id<Case> caseId) const;

    /// Open cases of everybody, nearest due time first (none last), at most `limit`.
    Result<QVector<Case>> openCases(int limit) const;

private:
    Book &m_book;
    ChangeWriter &m_writer;
    const ringbook::Clock &m_clock;
    Id<User> m_me;
};

} // namespace ringbook::model
