#pragma once

#include "model/core/Clock.h"
#include "model/core/Result.h"
#include "model/domain/AgentCall.h"
#include "model/domain/Case.h"
#include "model/domain/Interaction.h"
#include "model/domain/SetUp.h"

#include <QVector>

namespace ringbook::model {

class Book;
class ChangeWriter;
class DeskFile;

/// What the agent has typed about one call and not saved yet; journaled so that a crash costs half a second.
/// A customer opened without a call has a draft too: its `call` has no callId, its own callId is any other
/// key.
struct CallDraft
{
    QString callId = {}; ///< the key it is kept under
    AgentCall call = {}; ///< as last known
    Id<Customer> customer = {};
    QString note = {};
    QString outcome = {};
    QString caseType = {}; ///< empty: no case begun
    QString subject = {};
    QString remedySought = {};
    Id<Case> attachTo = {}; ///< an open case the note belongs to
    qint64 ringToPaintUs = 0;
    TimeMs keptAt = 0;
};

/// What wrapping up wrote.
struct Filed
{
    Interaction interaction = {};    ///< id 0: there was no call
    std::optional<Case> opened = {}; ///< the case that was begun
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
    /// attached to and drops the draft; all of it or nothing. Invalid without an outcome, or with a case
    /// begun without a subject. Without a call there is no interaction and no outcome is asked for, but a
    /// case, begun or attached, is.
    Result<Filed> wrapUp(const CallDraft &draft);

    Result<QVector<OutcomeCode>>
    outcomes() const; ///< in the order the administrator gave them: most likely first

private:
    DeskFile &m_desk;
    Book &m_book;
    ChangeWriter &m_writer;
    const ringbook::Clock &m_clock;
    Id<User> m_me;
};

} // namespace ringbook::model
