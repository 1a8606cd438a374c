#include "model/desk/CaseDesk.h"

#include "model/desk/Composition.h"
#include "model/domain/CaseCode.h"
#include "model/domain/PlainText.h"
#include "model/store/Book.h"
#include "model/store/CaseStore.h"
#include "model/store/CustomerStore.h"
#include "model/store/SetUpStore.h"

namespace ringbook::model {

CaseDesk::CaseDesk(Book &book, ChangeWriter &writer, const ringbook::Clock &clock, Id<User> me)
    : m_book(book),
      m_writer(writer),
      m_clock(clock),
      m_me(me)
{
}

Result<Case> CaseDesk::open(const NewCase &what)
{
    Case opened;
    const auto saved = m_writer.save([&]() -> Result<QVector<ChangeWriter::Edit>> {
        const auto file = newCase(m_writer, what, {m_me, m_clock.now()}, {});
        if (!file)
            return file.error();
        opened = *file;
        return QVector{creation("case", opened)};
    });
    if (!saved)
        return saved.error();
    return opened;
}

Result<CaseNote> CaseDesk::note(Id<Case> caseId, const QString &text)
{
    if (const auto file = theCase(caseId); !file)
        return file.error();
    if (plainLines(text).isEmpty())
        return Error{Fault::Invalid, "a note needs a text"};

    CaseNote written;
    const auto saved = m_writer.save([&]() -> Result<QVector<ChangeWriter::Edit>> {
        const auto note = newNote(m_writer, caseId, text, {m_me, m_clock.now()}, {});
        if (!note)
            return note.error();
        written = *note;
        return QVector{creation("case_note", written)};
    });
    if (!saved)
        return saved.error();
    return written;
}

Result<Case> CaseDesk::move(Id<Case> caseId, Case::Status to)
{
    const auto before = theCase(caseId);
    if (!before)
        return before.error();
    if (!canMove(before->status, to))
        return Error{Fault::Invalid,
                     QString("a case cannot go from %1 to %2").arg(name(before->status), name(to))};

    Case after = *before;
    after.status = to;
    if (after.status != before->status)
        after.closedAt = to == Case::Status::Closed ? std::optional(m_clock.now()) : std::nullopt;
    return saved(*before, after);
}

Result<Case> CaseDesk::assign(Id<Case> caseId, Id<User> assignee)
{
    const auto before = theCase(caseId);
    if (!before)
        return before.error();
    Case after = *before;
    after.assignee = assignee;
    return saved(*before, after);
}

Result<Case> CaseDesk::saved(const Case &before, const Case &after)
{
    if (const auto done = m_writer.save({difference("case", before, after)}); !done)
        return done.error();
    return after;
}

Result<Case> CaseDesk::theCase(Id<Case> caseId) const
{
    return CaseStore(m_book.db()).theCase(caseId);
}

Result<Case> CaseDesk::caseByCode(const QString &code) const
{
    if (const auto parts = readCaseCode(code); !parts)
        return parts.error();
    return CaseStore(m_book.db()).byCode(canonicalCaseCode(code));
}

Result<QVector<CaseNote>> CaseDesk::notes(Id<Case> caseId) const
{
    return CaseStore(m_book.db()).notes(caseId);
}

Result<QVector<Case>> CaseDesk::openCases(int limit) const
{
    return CaseStore(m_book.db()).open(limit);
}

Result<QVector<CaseLine>> CaseDesk::openCaseLines(int limit) const
{
    const auto cases = openCases(limit);
    if (!cases)
        return cases.error();
    QVector<CaseLine> lines;
    for (const Case &file : *cases) {
        const auto customer = CustomerStore(m_book.db()).nameOf(file.customer);
        if (!customer)
            return customer.error();
        const auto assignee = SetUpStore(m_book.db()).userName(file.assignee);
        if (!assignee)
            return assignee.error();
        lines.append({file, *customer, *assignee});
    }
    return lines;
}

Result<int> CaseDesk::openCaseCount() const
{
    return CaseStore(m_book.db()).openCount();
}

} // namespace ringbook::model
