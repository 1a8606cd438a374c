#pragma once

#include "model/core/Clock.h"
#include "model/core/Result.h"
#include "model/domain/AgentCall.h"
#include "model/domain/Interaction.h"
#include "model/domain/SetUp.h"

#include <QVector>

namespace ringbook::model {

class Book;
class ChangeWriter;
class DeskFile;

/// What the agent has typed about one call and not saved yet; journaled so that a crash costs half a second.
struct CallDraft
{
    QString callId = {};
    AgentCall call = {}; ///< as last known
    Id<Customer> customer = {};
    QString note = {};
    QString outcome = {};
    QString caseType = {}; ///< empty: no case begun
    QString subject = {};
    QString remedySought = {};
    qint64 ringToPaintUs = 0;
    TimeMs keptAt = 0;
};

/// Calls of this agent: drafts while they last, the interaction when they are wrapped up.
class CallDesk
{
public:
    CallDesk(DeskFile &desk, Book &book, ChangeWriter &writer, const ringbook::Clock &clock, Id<User> me);

    Status keepDraft(CallDraft draft); ///< durable when it returns
    Result<QVector<CallDraft>> drafts() const; ///< unfinished ones, oldest first
    Status dropDraft(const QString &callId);

    /// Files the call as an interaction and drops its draft. Invalid without an outcome.
    Result<Interaction> wrapUp(const CallDraft &draft);

    Result<QVector<OutcomeCode>> outcomes() const; ///< most likely first

private:
    DeskFile &m_desk;
    Book &m_book;
    ChangeWriter &m_writer;
    const ringbook::Clock &m_clock;
    Id<User> m_me;
};

} // namespace ringbook::model
