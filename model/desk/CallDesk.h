#pragma once

#include "model/core/Clock.h"
#include "model/core/Result.h"
#include "model/desk/CallDraft.h"
#include "model/desk/ChangeWriter.h"
#include "model/domain/Case.h"
#include "model/domain/Interaction.h"
#include "model/domain/SetUp.h"

#include <QVector>

namespace ringbook::model {

class Book;
class DeskFile;

/// What wrapping up wrote.
struct Filed
{
    Interaction interaction = {};    ///< id 0: there was no call
    std::optional<Case> opened = {}; ///< the case that was begun
    QVector<FollowUp> promises = {}; ///< what is to be done, by whom
    std::optional<CaseNote> note =
        {}; ///< on the case the draft was attached to, or on the one begun without a call
};

/// Calls of this agent: drafts while they last, the interaction when they are wrapped up.
class CallDesk
{
public:
    CallDesk(DeskFile &desk, Book &book, ChangeWriter &writer, const ringbook::Clock &clock, Id<User> me);

    Status keepDraft(CallDraft draft);         ///< durable when it returns
    Result<QVector<CallDraft>> drafts() const; ///< unfinished ones, oldest first
    Status dropDraft(const QString &callId);

    /// Files the call as an interaction, opens the case that was begun, puts the note on the case it is
    /// attached to, keeps what was promised for the customer, or the number, and drops the draft; all of it
    /// or nothing. Invalid without an outcome, or with a case begun without a subject. Without a call there
    /// is no interaction and no outcome is asked for, but a case, begun or attached, is, or a call that was
    /// wrapped up before, whose note goes on.
    Result<Filed> wrapUp(const CallDraft &draft);

    /// Says whose a case is that was begun for nobody; one that is somebody's stays theirs.
    Status identify(Id<Case> caseId, Id<Customer> customer);

    /// Calls that were wrapped up while they went on, for whom and as what: nobody wraps them up twice, also
    /// after the program was started anew. They stay until they are forgotten or closed.
    Result<QVector<CallDraft>> filedCalls() const;
    Status forgetFiled(const QString &callId);
    /// One of them is over: its interaction gets the times it did not have when it was wrapped up.
    Status closeFiled(const CallDraft &filed, const AgentCall &over);

    /// In the order the administrator gave them: most likely first.
    Result<QVector<OutcomeCode>> outcomes() const;
    Result<QVector<User>> colleagues() const; ///< by name, without me

private:
    using Edits = QVector<ChangeWriter::Edit>;
    Status fileCall(const CallDraft &draft, Filed &filed, Edits &edits);
    Result<std::optional<Interaction>> filedByHub(const CallDraft &draft) const;
    Status fileCase(const CallDraft &draft, Filed &filed, Edits &edits);
    Status fileNote(const CallDraft &draft, Filed &filed, Edits &edits);
    Status filePromises(const CallDraft &draft, Filed &filed, Edits &edits);
    Status attach(const CallDraft &draft, Edits &edits);
    Status addToNote(const CallDraft &draft, Edits &edits);
    Status noteFiled(const CallDraft &draft, Id<Interaction> filedAs);
    Result<QVector<CallDraft>> keptUnder(const QString &prefix) const;

    DeskFile &m_desk;
    Book &m_book;
    ChangeWriter &m_writer;
    const ringbook::Clock &m_clock;
    Id<User> m_me;
};

} // namespace ringbook::model
