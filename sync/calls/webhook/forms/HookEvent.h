#pragma once

#include "model/domain/Call.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace ringbook::calls {

/// What a hosted telephone system said of one call, whatever its form. All text is as it came.
struct HookEvent
{
    enum class What {
        Other,   ///< nothing about who talks to whom
        Ringing, ///< at these agents; if it names none, at whom its queue or line is for
        Answered,
        Left,   ///< these agents' phones ring no more, or they hung up; the call goes on
        HungUp, ///< what the sender takes for the call is over
        Held,
        Resumed,
        Transferred, ///< by the agent, to `to`
    };
    enum class Cause { Unknown, Normal, Cancelled, NoAnswer, Busy, Rejected, Failed, Forwarded };

    What what = What::Other;
    QString event = {};  ///< the sender's own word for it
    QString call = {};   ///< as the sender names it
    QString origin = {}; ///< the call that it was transferred from, where the sender says so
    QString leg = {};    ///< one phone's part in the call, where the sender names it
    model::AgentCall::Direction direction = model::AgentCall::Direction::Inbound;
    QString from = {};
    QString to = {};
    QString name = {}; ///< the caller's
    QString queue = {};
    QString diversion = {};   ///< who was called first, if it was not `to`
    QStringList agents = {};  ///< what the sender calls them; one may have several names here
    bool nobodyRings = false; ///< a machine or a queue does: names no agent on purpose
    bool ringsOn = false; ///< the sender keeps the id when the call goes on ringing elsewhere, and counts not
    bool withheld = false;
    Cause cause = Cause::Unknown;
    std::optional<model::Transfer::Type> transfer = {}; ///< how the one who answered got it, if by one
    std::optional<TimeMs> at = {};  ///< by the sender's clock: only to compare with itself
    std::optional<qint64> seq = {}; ///< grows within the leg, or within the call where there are none
};

} // namespace ringbook::calls
