#include "model/desk/Reasons.h"

#include <QDateTime>

#include <algorithm>
#include <limits>
#include <tuple>

namespace ringbook::model {

namespace {

using Reason = std::optional<ProbableReason>;

Reason followUpDue(const CallerHistory &history, TimeMs from, TimeMs until, ProbableReason::Kind kind)
{
    const FollowUp *nearest = nullptr;
    for (const FollowUp &followUp : history.followUps)
        if (followUp.state == FollowUp::State::Open && followUp.dueAt >= from && followUp.dueAt < until &&
            (!nearest || followUp.dueAt < nearest->dueAt))
            nearest = &followUp;
    if (!nearest)
        return std::nullopt;
    return ProbableReason{.kind = kind,
                          .text = nearest->what,
                          .dueAt = nearest->dueAt,
                          .by = nearest->madeBy,
                          .followUpKind = nearest->kind,
                          .id = nearest->id.value};
}

Reason dueCase(const CallerHistory &history)
{
    const auto urgency = [](const Case &file) {
        return std::tuple(file.dueAt.value_or(std::numeric_limits<TimeMs>::max()), -file.openedAt);
    };
    const auto nearest = std::ranges::min_element(history.openCases, {}, urgency);
    if (nearest == history.openCases.end())
        return std::nullopt;
    return ProbableReason{.kind = ProbableReason::Kind::DueCase,
                          .text = nearest->subject,
                          .caseCode = nearest->code,
                          .dueAt = nearest->dueAt,
                          .caseType = nearest->type,
                          .id = nearest->id.value};
}

/// What lies in the future was written by a clock that was wrong.
bool isBetween(const Interaction &contact, TimeMs since, TimeMs now)
{
    const TimeMs at = contact.startedAt.value_or(0);
    return at >= since && at <= now;
}

/// The newest call of ours that was not taken, unless we have spoken since.
Reason ourMissedCall(const CallerHistory &history, TimeMs since, TimeMs now)
{
    for (const Interaction &contact : history.recent) {
        if (contact.channel != Interaction::Channel::Call || !isBetween(contact, since, now))
            continue;
        if (contact.answeredAt)
            return std::nullopt;
        if (contact.direction == Interaction::Direction::Out)
            return ProbableReason{.kind = ProbableReason::Kind::OurMissedCall,
                                  .text = contact.note,
                                  .at = contact.startedAt,
                                  .by = contact.agent};
    }
    return std::nullopt;
}

Reason repeatCall(const CallerHistory &history, TimeMs since, const Today &today)
{
    const auto calls = std::ranges::count_if(history.recent, [&](const Interaction &contact) {
        return contact.channel == Interaction::Channel::Call &&
               contact.direction == Interaction::Direction::In && isBetween(contact, since, today.now);
    });
    const int count = int(calls) + (today.calling ? 1 : 0);
    if (count < 2)
        return std::nullopt;
    return ProbableReason{.kind = ProbableReason::Kind::RepeatCall, .count = count};
}

} // namespace

Today todayAt(TimeMs now, const QTimeZone &zone)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(now, zone).date();
    return {.now = now, .end = today.addDays(1).startOfDay(zone).toMSecsSinceEpoch()};
}

QVector<ProbableReason> probableReasons(const CallerHistory &history, const Today &today)
{
    const TimeMs since = today.now - repeatWindow;
    QVector<ProbableReason> reasons;
    for (const Reason &reason :
         {followUpDue(history, std::numeric_limits<TimeMs>::min(), today.now,
                      ProbableReason::Kind::OverdueFollowUp),
          dueCase(history), followUpDue(history, today.now, today.end, ProbableReason::Kind::FollowUpToday),
          ourMissedCall(history, since, today.now), repeatCall(history, since, today)})
        if (reason && reasons.size() < maxReasons)
            reasons.append(*reason);
    return reasons;
}

bool likelier(const Candidate &a, const Candidate &b)
{
    const auto rank = [](const Candidate &candidate) {
        return std::tuple(
            candidate.openCases == 0, candidate.nextDueAt.value_or(std::numeric_limits<TimeMs>::max()),
            -candidate.lastContactAt.value_or(0), candidate.customer.name, candidate.customer.id);
    };
    return rank(a) < rank(b);
}

} // namespace ringbook::model
