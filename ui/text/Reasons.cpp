#include "ui/text/Reasons.h"

#include "ui/text/Numbers.h"

#include <QCoreApplication>

namespace ringbook::ui {

using model::ProbableReason;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Reasons)
};

struct Badge
{
    Tone tone;
    QString text;
};

Badge dueBadge(const ProbableReason &reason, const Reading &reading)
{
    if (!reason.dueAt)
        return {Tone::Neutral, Words::tr("Open")};
    if (*reason.dueAt < reading.now)
        return {Tone::Bad, Words::tr("Overdue")};
    if (daysFromToday(*reason.dueAt, reading) == 0)
        return {Tone::Warn, Words::tr("Due %1").arg(clockTime(*reason.dueAt, reading))};
    return {Tone::Neutral, Words::tr("Due %1").arg(dayInSentence(*reason.dueAt, reading))};
}

/// The badge already says the time of what is due later today or on another day.
QString dueTail(const ProbableReason &reason, const Reading &reading)
{
    if (!reason.dueAt || *reason.dueAt >= reading.now)
        return {};
    return Words::tr(", due %1").arg(inSentence(*reason.dueAt, reading));
}

QString byTail(const ProbableReason &reason)
{
    return reason.who.isEmpty() ? QString() : Words::tr(", by %1").arg(isolated(reason.who));
}

QString sinceTail(const ProbableReason &reason, const Reading &reading)
{
    if (!reason.dueAt || *reason.dueAt >= reading.now)
        return {};
    return Words::tr(", since %1")
        .arg(daysFromToday(*reason.dueAt, reading) == 0 ? clockTime(*reason.dueAt, reading)
                                                        : dayInSentence(*reason.dueAt, reading));
}

QString ordinal(int count)
{
    switch (count) {
    case 2: return Words::tr("Second call in 7 days");
    case 3: return Words::tr("Third call in 7 days");
    case 4: return Words::tr("Fourth call in 7 days");
    default: return Words::tr("%1 calls in 7 days").arg(count);
    }
}

QString caseTail(const ProbableReason &reason, const QString &between)
{
    return reason.text.isEmpty() ? QString() : between + isolated(reason.text);
}

ReasonWords missedWords(const ProbableReason &reason, const Reading &reading)
{
    const QString at = reason.dueAt ? u' ' + inSentence(*reason.dueAt, reading) : QString();
    return {.tone = Tone::Neutral,
            .chip = Words::tr("Calls back"),
            .lead = reason.who.isEmpty() ? Words::tr("We tried to reach them")
                                         : Words::tr("%1 tried to reach them").arg(isolated(reason.who)),
            .tail = at};
}

/// Nobody agreed it: nobody took their call.
bool isWanted(const ProbableReason &reason)
{
    return reason.text.isEmpty() && !reason.by;
}

ReasonWords wantedWords(const ProbableReason &reason, const Reading &reading)
{
    const QString at = reason.dueAt ? u' ' + inSentence(*reason.dueAt, reading) : QString();
    return {.tone = Tone::Warn,
            .chip = Words::tr("Not called back"),
            .lead = Words::tr("Nobody took their call"),
            .tail = at};
}

ReasonWords repeatWords(const ProbableReason &reason)
{
    return {.tone = Tone::Neutral, .chip = Words::tr("Repeat"), .lead = ordinal(reason.count)};
}

} // namespace

ReasonWords reasonWords(const ProbableReason &reason, const Reading &reading)
{
    const Badge badge = dueBadge(reason, reading);
    switch (reason.kind) {
    case ProbableReason::Kind::OverdueFollowUp:
    case ProbableReason::Kind::FollowUpToday:
        if (isWanted(reason))
            return wantedWords(reason, reading);
        return {.tone = badge.tone,
                .chip = badge.text,
                .lead = Words::tr("Promise: "),
                .subject = isolated(reason.text),
                .tail = dueTail(reason, reading) + byTail(reason)};
    case ProbableReason::Kind::DueCase:
        return {.tone = badge.tone,
                .chip = badge.text,
                .lead = Words::tr("Case "),
                .subject = caseCodeForPeople(reason.caseCode),
                .tail = caseTail(reason, QStringLiteral(": ")) + dueTail(reason, reading)};
    case ProbableReason::Kind::OurMissedCall: return missedWords(reason, reading);
    case ProbableReason::Kind::RepeatCall: return repeatWords(reason);
    }
    return {};
}

ReasonWords shortReasonWords(const ProbableReason &reason, const Reading &reading)
{
    const Badge badge = dueBadge(reason, reading);
    switch (reason.kind) {
    case ProbableReason::Kind::OverdueFollowUp:
    case ProbableReason::Kind::FollowUpToday:
        if (isWanted(reason))
            return wantedWords(reason, reading);
        return {.tone = badge.tone,
                .chip = badge.text,
                .subject = isolated(reason.text),
                .tail = sinceTail(reason, reading)};
    case ProbableReason::Kind::DueCase:
        return {.tone = badge.tone,
                .chip = badge.text,
                .lead = Words::tr("case "),
                .subject = caseCodeForPeople(reason.caseCode),
                .tail = caseTail(reason, QStringLiteral(", "))};
    case ProbableReason::Kind::OurMissedCall: return missedWords(reason, reading);
    case ProbableReason::Kind::RepeatCall: return repeatWords(reason);
    }
    return {};
}

QString candidateReason(const model::Candidate &candidate, const Reading &reading)
{
    if (candidate.openCases > 0 && candidate.nextDueAt) {
        const bool isOverdue = *candidate.nextDueAt < reading.now;
        return (isOverdue ? Words::tr("open case, overdue since %1") : Words::tr("open case due %1"))
            .arg(inSentence(*candidate.nextDueAt, reading));
    }
    if (candidate.openCases == 1)
        return Words::tr("1 open case");
    if (candidate.openCases > 1)
        return Words::tr("%1 open cases").arg(grouped(candidate.openCases));
    if (candidate.lastContactAt)
        return Words::tr("last contact %1").arg(dayInSentence(*candidate.lastContactAt, reading));
    return Words::tr("no open case");
}

} // namespace ringbook::ui
