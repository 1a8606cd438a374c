#pragma once

#include "model/core/Result.h"
#include "model/desk/Card.h"
#include "model/domain/AgentCall.h"

#include <QString>

namespace ringbook::ui {

/// What somebody was doing when it failed.
enum class Doing {
    Starting, ///< opening the files of this desk
    SigningIn,
    LookingUp, ///< a caller, a customer, a history, a search
    Saving,    ///< anything that was typed
    Drafting,  ///< keeping it meanwhile; in one short line
};

/// What happened, what it means for the work, what to do: one or two sentences without technical words. There
/// is one for every fault in every situation. Error::detail is for the log and is not in it.
QString sentence(Doing doing, Fault fault);

/// For the file with this desk's own work, of which there is no other copy.
QString damagedDeskFile(const QString &path);

/// A desk that has not reached its hub for too long, since `when`: "yesterday 14:07".
QString lockedDesk(const QString &when);

// The words for values, as they stand alone on the screen.
QString word(model::Case::Type type);
QString word(model::Case::Status status);
QString word(model::Interaction::Channel channel);
QString word(model::FollowUp::Kind kind);
QString word(model::FollowUp::State state);
QString word(model::ContactPoint::Channel channel);
QString word(model::ContactPoint::Shared shared);
QString word(model::AgentCall::State state);
/// The same of a call; nobody tells any more how it goes: "Talking, as last known".
QString stateWord(const model::AgentCall &call, bool isHeard);
QString word(model::Confidence confidence);

/// "Portuguese, German" of "pt, de"; a tag nobody knows stays as it is.
QString languageNames(const QString &tags);

/// Why a call is over, for the one who sees the pop: "taken by Ben Brandt", "the caller hung up". Empty for
/// None.
QString whyOver(const model::AgentCall &call);

/// First line of an entry of the history: "Call in, 6 min · Call-back agreed", "Complaint opened: leaking
/// valve".
QString headline(const model::TimelineEntry &entry);
/// Second line: the note, the remedy sought; may be empty.
QString body(const model::TimelineEntry &entry);

} // namespace ringbook::ui
