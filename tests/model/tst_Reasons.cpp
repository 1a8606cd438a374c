#include "model/desk/Reasons.h"
#include "tests/support/FakeClock.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::model;
using namespace ringbook::tests;

namespace {

const Today today = todayAt(FakeClock::start, berlin);
const TimeMs now = FakeClock::start;

/// The reasons as a picture: "OverdueFollowUp call back | DueCase leak".
QString picture(const CallerHistory &history, bool calling = false)
{
    Today moment = today;
    moment.calling = calling;
    static const QStringList kinds = {"overdue", "case", "today", "missed", "repeat"};
    QStringList lines;
    for (const ProbableReason &reason : probableReasons(history, moment)) {
        QString line = kinds[int(reason.kind)];
        if (!reason.text.isEmpty())
            line += ' ' + reason.text;
        if (reason.count)
            line += ' ' + QString::number(reason.count);
        lines += line;
    }
    return lines.join(" | ");
}

FollowUp followUp(const QString &what, TimeMs dueAt)
{
    return {.id = {7}, .what = what, .dueAt = dueAt, .madeBy = {9}};
}

Case openCase(const QString &subject, std::optional<TimeMs> dueAt, TimeMs openedAt = 0)
{
    return {.id = {8}, .code = "K73QF9X", .subject = subject, .openedAt = openedAt, .dueAt = dueAt};
}

Interaction callIn(TimeMs at, bool answered = true)
{
    return {.direction = Interaction::Direction::In,
            .startedAt = at,
            .answeredAt = answered ? std::optional(at + secondMs) : std::nullopt};
}

Interaction callOut(TimeMs at, bool answered)
{
    Interaction call = callIn(at, answered);
    call.direction = Interaction::Direction::Out;
    call.agent = {9};
    return call;
}

} // namespace

class tst_Reasons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodyKnownHasNoReason()
    {
        QCOMPARE(picture({}), "");
        QCOMPARE(picture({}, true), "");
    }

    void theBestReasonsStandFirstAndThereAreThree()
    {
        const CallerHistory history{
            .followUps = {followUp("call back", now - hourMs), followUp("visit", now + hourMs)},
            .openCases = {openCase("leak", now + dayMs)},
            .recent = {callOut(now - hourMs, false), callIn(now - dayMs), callIn(now - 2 * dayMs)},
        };

        QCOMPARE(picture(history, true), "overdue call back | case leak | today visit");
    }

    void withoutPromisesAndCasesItIsAboutCalls()
    {
        const CallerHistory history{.recent = {callOut(now - hourMs, false), callIn(now - dayMs)}};

        QCOMPARE(picture(history, true), "missed | repeat 2");
    }

    void aFollowUpIsOverdueOnlyAfterItsMoment()
    {
        QCOMPARE(picture({.followUps = {followUp("x", now - 1)}}), "overdue x");
        QCOMPARE(picture({.followUps = {followUp("x", now)}}), "today x");
    }

    void todayEndsAtMidnightOfTheAgentsZone()
    {
        QCOMPARE(today.end, berlinAt(1, 0));
        QCOMPARE(picture({.followUps = {followUp("x", berlinAt(1, 0) - 1)}}), "today x");
        QCOMPARE(picture({.followUps = {followUp("x", berlinAt(1, 0))}}), "");
    }

    void theLongestOverdueFollowUpIsNamed()
    {
        const CallerHistory history{
            .followUps = {followUp("late", now - hourMs), followUp("later", now - dayMs)}};

        QCOMPARE(picture(history), "overdue later");
    }

    void aFollowUpThatIsDoneIsNoReason()
    {
        FollowUp done = followUp("x", now - hourMs);
        done.state = FollowUp::State::Done;

        QCOMPARE(picture({.followUps = {done}}), "");
    }

    void theCaseNearestItsDueTimeIsNamed()
    {
        const CallerHistory history{.openCases = {openCase("no date", {}), openCase("far", now + dayMs),
                                                  openCase("near", now - dayMs)}};

        QCOMPARE(picture(history), "case near");
    }

    void amongCasesWithoutDueTimeTheNewestIsNamed()
    {
        QCOMPARE(
            picture({.openCases = {openCase("old", {}, now - dayMs), openCase("new", {}, now - hourMs)}}),
            "case new");
    }

    void aCallOfOursThatNobodyTookIsAReasonUntilWeSpoke()
    {
        QCOMPARE(picture({.recent = {callOut(now - hourMs, false)}}), "missed");
        QCOMPARE(picture({.recent = {callOut(now - hourMs, true)}}), "");
        QCOMPARE(picture({.recent = {callIn(now - hourMs), callOut(now - 2 * hourMs, false)}}), "");
        QCOMPARE(picture({.recent = {callIn(now - hourMs, false), callOut(now - 2 * hourMs, false)}}),
                 "missed");
    }

    void callsRepeatFromTheSecondWithinSevenDays()
    {
        QCOMPARE(picture({.recent = {callIn(now - dayMs)}}), "");
        QCOMPARE(picture({.recent = {callIn(now - dayMs)}}, true), "repeat 2");
        QCOMPARE(picture({.recent = {callIn(now - dayMs), callIn(now - repeatWindow)}}), "repeat 2");
        QCOMPARE(picture({.recent = {callIn(now - dayMs), callIn(now - repeatWindow - 1)}}), "");
    }

    void whatAWrongClockPutIntoTheFutureIsNoReason()
    {
        QCOMPARE(picture({.recent = {callIn(now + 1), callIn(now)}}), "");
        QCOMPARE(picture({.recent = {callIn(now + dayMs), callOut(now - dayMs, false)}}), "missed");
    }

    void mailsAndOurOwnCallsAreNoRepeatedCalls()
    {
        Interaction mail = callIn(now - hourMs);
        mail.channel = Interaction::Channel::Mail;

        QCOMPARE(picture({.recent = {mail, callOut(now - 2 * hourMs, true)}}, true), "");
    }

    void aReasonSaysWhatWhenAndWho()
    {
        const auto reasons = probableReasons({.followUps = {followUp("call back", now - hourMs)},
                                              .openCases = {openCase("leak", now + dayMs)},
                                              .recent = {callOut(now - hourMs, false)}},
                                             today);

        QCOMPARE(reasons.size(), 3);
        QCOMPARE(reasons[0].dueAt, std::optional(now - hourMs));
        QCOMPARE(reasons[0].by.value, 9);
        QCOMPARE(reasons[0].id, 7);
        QCOMPARE(reasons[1].caseCode, QString("K73QF9X"));
        QCOMPARE(reasons[1].id, 8);
        QCOMPARE(reasons[2].at, std::optional(now - hourMs));
        QCOMPARE(reasons[2].by.value, 9);
    }

    void candidatesStandByOpenCasesThenDueTimeThenContact()
    {
        QVector<Candidate> candidates = {
            {.customer = {.name = "Zoe"}},
            {.customer = {.name = "Adam"}},
            {.customer = {.name = "spoke"}, .lastContactAt = now - dayMs},
            {.customer = {.name = "spoke later"}, .lastContactAt = now - hourMs},
            {.customer = {.name = "case"}, .openCases = 1},
            {.customer = {.name = "case due"}, .openCases = 1, .nextDueAt = now + dayMs},
            {.customer = {.name = "case due sooner"}, .openCases = 1, .nextDueAt = now},
        };
        std::ranges::sort(candidates, likelier);

        QStringList names;
        for (const Candidate &candidate : candidates)
            names += candidate.customer.name;
        QCOMPARE(names.join(", "), "case due sooner, case due, case, spoke later, spoke, Adam, Zoe");
    }
};

QTEST_APPLESS_MAIN(tst_Reasons)
#include "tst_Reasons.moc"
