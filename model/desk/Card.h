#pragma once

#include "model/desk/ConflictLine.h"
#include "model/domain/AgentCall.h"
#include "model/domain/Candidate.h"
#include "model/domain/Case.h"
#include "model/domain/Customer.h"
#include "model/domain/TimelineEntry.h"

#include <QVector>

namespace ringbook::model {

/// How sure we are who is calling, and why; the ladder of number matching.
enum class Confidence {
    Exact,     ///< the number is this customer's alone
    Shared,    ///< several customers have it; somebody must choose
    Chosen,    ///< the agent said who it is
    Unknown,   ///< nobody has this number
    Withheld,  ///< the caller hides it
    Unreadable ///< what came is no number
};

/// One line of "probably about", best first.
struct ProbableReason
{
    enum class Kind { OverdueFollowUp, DueCase, FollowUpToday, OurMissedCall, RepeatCall };

    Kind kind = Kind::RepeatCall;
    QString text = {}; ///< what was promised, the case's subject; not yet worded
    QString caseCode = {};
    std::optional<TimeMs> dueAt = {};
    std::optional<TimeMs> at = {}; ///< OurMissedCall: when we called
    Id<struct User> by = {};       ///< the colleague who promised, or called
    QString who = {};              ///< their name
    int count = 0;                 ///< RepeatCall: calls within 7 days, the present one included
    Case::Type caseType = Case::Type::Complaint;            ///< DueCase
    FollowUp::Kind followUpKind = FollowUp::Kind::Callback; ///< OverdueFollowUp, FollowUpToday
    qint64 id = 0;                                          ///< of the case or follow-up; 0 for calls

    bool operator==(const ProbableReason &) const = default;
};

struct AlertLine
{
    QString text = {};
    QString author = {};
    std::optional<TimeMs> until = {};
};

/// All that is left of a customer who was erased.
struct ErasureLine
{
    QString by = {}; ///< empty: nobody at a desk
    TimeMs at = 0;
};

/// Everything the card shows of one customer, in one value, made by a handful of index look-ups.
struct Card
{
    Confidence confidence = Confidence::Unknown;
    QString number = {}; ///< E.164 or cleaned text; empty if withheld
    QString networkName = {};
    QVector<Candidate> candidates = {}; ///< when Shared: best first, at most maxCandidates
    int candidateCount = 0;             ///< how many there really are

    Customer customer = {}; ///< id 0: nobody (yet)
    QString organisationName = {};
    QVector<ContactPoint> contactPoints = {}; ///< phones first; those no longer theirs last
    QVector<AlertLine> alerts = {};           ///< at most maxAlerts, not expired
    QVector<ConflictLine> conflicts = {};     ///< newest first, at most maxConflicts
    QVector<ProbableReason> reasons = {};     ///< at most three
    QVector<Case> openCases = {};             ///< nearest due time first, at most maxOpenCases
    int openCaseCount = 0;
    QVector<TimelineEntry> timeline = {}; ///< the newest page
    std::optional<TimelineMark> timelineNext = {};
    int newSinceMine = 0;                  ///< entries of others since `lastMineAt`
    std::optional<TimeMs> lastMineAt = {}; ///< when this agent last spoke with the customer
};

constexpr int maxCandidates = 9;
constexpr int maxAlerts = 3;
constexpr int maxConflicts = 20; // more than a customer has fields
constexpr int maxNetworkNameLength = 80;
constexpr int maxOpenCases = 20;

} // namespace ringbook::model
