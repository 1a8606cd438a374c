#pragma once

#include "model/desk/Card.h"
#include "model/domain/Interaction.h"

#include <QTimeZone>

namespace ringbook::model {

/// How far back calls count as repeated, and a call of ours that nobody took as a reason to call back.
constexpr TimeMs repeatWindow = 7 * dayMs;
constexpr int maxReasons = 3;

/// What the rules look at, of one customer.
struct CallerHistory
{
    QVector<FollowUp> followUps = {}; ///< open ones, nearest due time first
    QVector<Case> openCases = {};     ///< nearest due time first, those without one last
    QVector<Interaction> recent = {}; ///< of the last repeatWindow, newest first
};

struct Today
{
    TimeMs now = 0;
    TimeMs end = 0;       ///< the first moment of tomorrow, where the agent is
    bool calling = false; ///< whether the customer is on the phone now: that call counts, too
};

Today todayAt(TimeMs now, const QTimeZone &zone);

/// Why they probably call: a follow-up that is overdue, the open case nearest its due time, a follow-up due
/// today, a call of ours they missed, repeated calls; one of each at most, in this order, the first
/// maxReasons of them. Names of colleagues are left to the caller.
QVector<ProbableReason> probableReasons(const CallerHistory &history, const Today &today);

/// Whether `a` is to stand before `b`: who has open cases, then the nearer due time, then the later contact,
/// then the name.
bool likelier(const Candidate &a, const Candidate &b);

} // namespace ringbook::model
