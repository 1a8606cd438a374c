#pragma once

#include "model/domain/AgentCall.h"

#include <QStringList>
#include <QVector>

namespace ringbook::model {

/// How long things may take before we stop believing in them.
struct CallTiming
{
    TimeMs showAfter = 300;           ///< after the offer, when the phone never said that it rings
    TimeMs settleAfter = 400;         ///< a cancelled leg waits so long for the reason
    TimeMs samePop = 10 * secondMs;   ///< an offer so soon after the last one is the same pop
    TimeMs legLimit = 180 * secondMs; ///< without news of a leg: lost
    TimeMs callLimit = 4 * hourMs;    ///< without news of a call: over, outcome unknown
    TimeMs presentationWait = 250;    ///< for the word whether the number may be shown
    TimeMs keepEnded = 60 * secondMs; ///< an ended call stays known so long
    bool showUntold = true;           ///< show the number when no such word came; an administrator decides
};

/// One agent being offered the call once. Several phones of one agent are one leg.
struct Leg
{
    QString agent = {};       ///< extension
    QStringList devices = {}; ///< channels that still ring
    QStringList silent = {};  ///< channels that rang and gave up, so that late news of them is known as such
    TimeMs offeredAt = 0;
    std::optional<TimeMs> ringingAt = {}; ///< shown since
    std::optional<TimeMs> endedAt = {}; ///< set with a result, or while a cancelled leg waits for its reason
    AgentCall::Result result = AgentCall::Result::None;
    QString takenBy = {}; ///< extension, when AnsweredElsewhere
    int round = 1;        ///< counts offers that are the same pop
    TimeMs popSince = 0;  ///< when the first of these rounds rang
    TimeMs newsAt = 0;

    bool isOver() const { return result != AgentCall::Result::None; }
    bool isUndecided() const { return endedAt && !isOver(); }
    bool isOpen() const { return !endedAt; }
    bool operator==(const Leg &) const = default;
};

/// Who owned the conversation, and when; time on hold belongs to it.
struct Segment
{
    QString agent = {};
    TimeMs from = 0;
    std::optional<TimeMs> to = {};
    std::optional<TimeMs> awaySince = {}; ///< not connected right now, but nobody else took over

    bool operator==(const Segment &) const = default;
};

struct Hold
{
    QString agent = {};
    TimeMs from = 0;
    std::optional<TimeMs> to = {};

    bool operator==(const Hold &) const = default;
};

struct Transfer
{
    enum class Type { Blind, Attended };

    Type type = Type::Blind;
    QString by = {};
    QString to = {}; ///< as dialled
    TimeMs at = 0;
    bool completed = false;

    bool operator==(const Transfer &) const = default;
};

struct Parking
{
    QString by = {};
    TimeMs at = 0;
    QString takenBy = {};
    std::optional<TimeMs> takenAt = {};

    bool operator==(const Parking &) const = default;
};

/// What the caller experiences, from the first ring to the end; the hub's truth of which each agent sees a
/// part.
struct Call
{
    enum class Outcome { None, Answered, Missed, Abandoned, Rejected, Failed, Merged, Unknown };
    enum class EndedBy { Unknown, Caller, Agent, Remote, Pbx };
    enum class Presentation { Unknown, Allowed, Withheld };

    QString id = {};
    QStringList externalIds = {}; ///< what the PBX calls it
    AgentCall::Direction direction = AgentCall::Direction::Inbound;
    Party caller = {};
    Party called = {};        ///< the number dialled; `name` is the label of the line
    QString callerAgent = {}; ///< extension, when an agent began it
    Presentation presentation = Presentation::Unknown;
    TimeMs askedAt = 0; ///< when waiting for the word on presentation began; 0: not yet
    QString queue = {};
    bool waitsInQueue = false;
    bool abandoned = false;
    bool dialledOut = false;
    TimeMs startedAt = 0;
    std::optional<TimeMs> answeredAt = {};
    std::optional<TimeMs> endedAt = {};
    QVector<Leg> legs = {};
    QVector<Segment> segments = {};
    QVector<Hold> holds = {};
    QVector<Transfer> transfers = {};
    std::optional<Parking> parked = {};
    Outcome outcome = Outcome::None;
    EndedBy endedBy = EndedBy::Unknown;
    int causeRaw = 0;
    QString mergedInto = {};
    bool inferred = false; ///< its beginning or a transfer was not seen but concluded
    TimeMs newsAt = 0;

    bool isOver() const { return endedAt.has_value(); }
    bool operator==(const Call &) const = default;
};

/// Who talks now, hold included; empty if nobody.
QString talkingAgent(const Call &call);

/// The first agent the other party spoke to; empty if none.
QString answeredBy(const Call &call);

TimeMs talkMs(const Call &call);

/// Everybody who was rung or talked.
QStringList agentsOf(const Call &call);

/// How an ended call came out, from what is known of it.
Call::Outcome outcomeOf(const Call &call);

QString name(Call::Outcome outcome); ///< "", "answered", "missed", "abandoned" …
QString name(Call::EndedBy side);    ///< "", "caller", "agent", "remote", "pbx"

} // namespace ringbook::model
