#include "model/desk/Limits.h"
#include "model/store/FollowUpStore.h"
#include "tests/support/World.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ringbook;
using namespace ringbook::model;
using namespace ringbook::tests;

namespace {

/// A call that Anna took and that is over, with what she wrote.
CallDraft talked(World &world, const Customer &customer)
{
    AgentCall call = world.ringing("+493023125147");
    call.state = AgentCall::State::Over;
    call.result = AgentCall::Result::Answered;
    call.queue = "Service";
    call.answeredAt = call.startedAt + 5 * secondMs;
    call.endedAt = call.startedAt + 3 * minuteMs;
    return {.callId = call.callId,
            .call = call,
            .customer = customer.id,
            .note = "Valve leaks again.\nWants a date.",
            .outcome = "callback",
            .ringToPaintUs = 812};
}

QStringList kinds(const QVector<Op> &ops)
{
    QStringList kinds;
    for (const Op &op : ops)
        kinds += op.record.kind;
    return kinds;
}

} // namespace

class tst_CallDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsPromisedIsToBeDone()
    {
        World world;
        const Customer ana = world.customerWith("Ana Costa", "+493023125147");
        const auto ben = world.arrives(User{.name = "Ben Brandt"}).id;
        CallDraft draft = talked(world, ana);
        draft.caseType = "complaint";
        draft.subject = "Valve";
        draft.promises = {
            {.what = "call with the date", .dueAt = world.clock.now() + hourMs, .zone = "Europe/Berlin"},
            {.what = "send the offer", .dueAt = world.clock.now() + dayMs, .by = ben}};

        const auto filed = world.calls.wrapUp(draft);

        QVERIFY(filed);
        QCOMPARE(filed->promises.size(), 2);
        QCOMPARE(kinds(world.outbox()), (QStringList{"interaction", "case", "follow_up", "follow_up"}));
        const auto kept = FollowUpStore(world.book.db()).openOf(ana.id, 10);
        QCOMPARE(kept->size(), 2);
        const FollowUp &first = filed->promises[0];
        QCOMPARE(first.what, "call with the date");
        QCOMPARE(first.assignee, world.anna);
        QCOMPARE(first.madeBy, world.anna);
        QCOMPARE(first.zone, "Europe/Berlin");
        QCOMPARE(first.caseId, filed->opened->id);
        QCOMPARE(filed->promises[1].assignee, ben);
    }

    void whatIsPromisedToAStrangerIsKeptWithTheNumber()
    {
        World world;
        CallDraft draft = talked(world, {});
        draft.promises = {{.what = "call back", .dueAt = world.clock.now() + hourMs}};

        const auto filed = world.calls.wrapUp(draft);

        QVERIFY(filed);
        QCOMPARE(filed->promises[0].e164, "+493023125147");
        QVERIFY(!filed->promises[0].customer);
    }

    void aPromiseWithoutACallNeedsNoCase()
    {
        World world;
        const Customer ana = world.customerWith("Ana Costa", "+493023125147");
        CallDraft draft{.callId = "customer-1", .customer = ana.id};
        draft.promises = {{.what = "call back", .dueAt = world.clock.now() + hourMs}};
        QVERIFY(world.calls.wrapUp(draft));
        QCOMPARE(kinds(world.outbox()), QStringList{"follow_up"});

        draft.note = "and this"; // which belongs nowhere
        QVERIFY(!world.calls.wrapUp(draft));
    }

    void aDraftSurvivesAnEndWithoutWarning()
    {
        QTemporaryDir folder;
        CallDraft draft;
        {
            World world(folder.path());
            draft = talked(world, {});
            QVERIFY(world.calls.keepDraft(draft));
        }

        World world(folder.path());
        const auto drafts = world.calls.drafts();
        QCOMPARE(drafts->size(), 1);
        draft.keptAt = world.clock.now();
        draft.call.can = {}; // is the telephone's to say, each time
        QVERIFY(drafts->first() == draft);
    }

    void theNewestTextOfADraftIsKept()
    {
        World world;
        CallDraft draft = talked(world, {});
        QVERIFY(world.calls.keepDraft(draft));
        draft.note = "more";
        world.clock.advance(500);
        QVERIFY(world.calls.keepDraft(draft));

        QCOMPARE(world.calls.drafts()->size(), 1);
        QCOMPARE(world.calls.drafts()->first().note, "more");
        QCOMPARE(world.calls.drafts()->first().keptAt, world.clock.now());
    }

    void draftsStandOldestFirstAndOthersAreLeftAlone()
    {
        World world;
        QVERIFY(world.desk.keepDraft("other", "not a call", 1));
        QVERIFY(world.calls.keepDraft({.callId = "b"}));
        world.clock.advance(1);
        QVERIFY(world.calls.keepDraft({.callId = "a"}));

        const auto drafts = world.calls.drafts();

        QCOMPARE(drafts->size(), 2);
        QCOMPARE(drafts->at(0).callId, "b");
        QVERIFY(world.calls.dropDraft("b"));
        QCOMPARE(world.calls.drafts()->size(), 1);
    }

    void aDraftWithoutAKeyIsRefused()
    {
        World world;
        QCOMPARE(world.calls.keepDraft({}).error().fault, Fault::Invalid);
        QCOMPARE(world.calls.wrapUp({}).error().fault, Fault::Invalid);
    }

    void wrapUpFilesTheCallAndDropsTheDraft()
    {
        World world;
        const Customer ana = world.customerWith("Ana Costa", "+493023125147");
        const CallDraft draft = talked(world, ana);
        QVERIFY(world.calls.keepDraft(draft));
        QSignalSpy changed(&world.writer, &ChangeWriter::changed);

        const auto filed = world.calls.wrapUp(draft);

        QVERIFY(filed);
        const Interaction &call = filed->interaction;
        QCOMPARE(call.customer, ana.id);
        QCOMPARE(call.agent, world.anna);
        QCOMPARE(call.partyNumber, "+493023125147");
        QCOMPARE(call.ownLine, "Support");
        QCOMPARE(call.queue, "Service");
        QCOMPARE(call.note, draft.note);
        QCOMPARE(call.outcome, "callback");
        QCOMPARE(call.callId, draft.callId);
        QCOMPARE(call.ringToPaintUs, std::optional<qint64>(812));
        QCOMPARE(*call.endedAt - *call.startedAt, 3 * minuteMs);
        QVERIFY(interactionFrom(call.id, **world.book.record({"interaction", call.id.value})) == call);
        QVERIFY(world.calls.drafts()->isEmpty());
        QCOMPARE(kinds(world.outbox()), QStringList{"interaction"});
        QCOMPARE(changed.count(), 1);
    }

    void anUnidentifiedCallIsALegalRecord()
    {
        World world;

        const auto filed = world.calls.wrapUp(talked(world, {}));

        QVERIFY(filed);
        QCOMPARE(filed->interaction.customer, Id<Customer>{});
        QCOMPARE(kinds(world.outbox()), QStringList{"interaction"});
    }

    void aWithheldNumberIsNotStored()
    {
        World world;
        CallDraft draft = talked(world, {});
        draft.call.party = {.raw = "+493023125147", .e164 = "+493023125147", .withheld = true};

        QCOMPARE(world.calls.wrapUp(draft)->interaction.partyNumber, "");
    }

    void garbageForANumberIsStoredCleanedAndCut()
    {
        World world;
        CallDraft draft = talked(world, {});
        draft.call.party = {.raw = QString::fromUtf8("\u202e") + QString(10240, 'x')};

        QCOMPARE(world.calls.wrapUp(draft)->interaction.partyNumber, QString(maxPhoneTextLength, 'x'));
    }

    void anOutboundCallIsFiledAsOne()
    {
        World world;
        CallDraft draft = talked(world, {});
        draft.call.direction = AgentCall::Direction::Outbound;

        QCOMPARE(world.calls.wrapUp(draft)->interaction.direction, Interaction::Direction::Out);
    }

    void aCallThatWasSavedBeforeItsEndGetsItsEnd()
    {
        World world;
        CallDraft draft{.callId = "one", .call = world.ringing("+493023125147"), .outcome = "solved"};
        draft.call.callId = "one";
        draft.call.state = AgentCall::State::Connected;
        draft.call.answeredAt = 1000;
        const auto filed = world.calls.wrapUp(draft);
        QVERIFY(!filed->interaction.endedAt);
        AgentCall over = draft.call;
        over.state = AgentCall::State::Over;
        over.endedAt = 61'000;

        QVERIFY(world.calls.closeFiled(world.calls.filedCalls()->first(), over));

        const auto stored = world.book.record({"interaction", filed->interaction.id.value});
        QCOMPARE((*stored)->value("ended_at").toLongLong(), 61'000);
        QCOMPARE((*stored)->value("answered_at").toLongLong(), 1000);
        QVERIFY(world.calls.filedCalls()->isEmpty());
    }

    void whatIsSaidAfterACallWasSavedIsPartOfItsNote()
    {
        World world;
        CallDraft draft{.callId = "one", .call = world.ringing("+493023125147"), .note = "Leak"};
        draft.call.callId = "one";
        draft.outcome = "solved";
        const auto filed = world.calls.wrapUp(draft);
        CallDraft more{.callId = "customer-1", .filedAs = filed->interaction.id};
        QCOMPARE(missingIn(more), Missing::Note);
        more.note = "Wants a date";

        const auto added = world.calls.wrapUp(more);

        QVERIFY(added);
        const auto stored = world.book.record({"interaction", filed->interaction.id.value});
        QCOMPARE((*stored)->value("note").toString(), "Leak\nWants a date");
        QVERIFY(!added->opened && !added->note);
    }

    void aCaseOfNobodyThatIsAttachedToBecomesThatOfTheCaller()
    {
        World world;
        const Customer ana = world.customerWith("Ana", "+493023125147");
        const auto call = world.arrives(Interaction{.partyNumber = "+493023125148", .startedAt = 1});
        const auto file = world.arrives(Case{.code = "K73QF9X", .interaction = call.id});
        const CallDraft draft{.callId = "k", .customer = ana.id, .note = "It was hers", .attachTo = file.id};

        QVERIFY(world.calls.wrapUp(draft));

        QCOMPARE(world.cases.theCase(file.id)->customer, ana.id);
        QCOMPARE((*world.book.record({"interaction", call.id.value}))->value("customer").toLongLong(),
                 ana.id.value);
    }

    void wrapUpAsksForAnOutcome()
    {
        World world;
        CallDraft draft = talked(world, {});
        draft.outcome.clear();
        QVERIFY(world.calls.keepDraft(draft));

        QCOMPARE(world.calls.wrapUp(draft).error().fault, Fault::Invalid);

        QCOMPARE(world.calls.drafts()->size(), 1);
        QVERIFY(world.outbox().isEmpty());
    }

    void aNoteThatIsTooLongIsRefusedAndStaysADraft()
    {
        World world;
        CallDraft draft = talked(world, {});
        draft.note = QString(maxTextLength + 1, 'x');
        QVERIFY(world.calls.keepDraft(draft));

        QCOMPARE(world.calls.wrapUp(draft).error().fault, Fault::Invalid);
        QCOMPARE(world.calls.drafts()->first().note.size(), maxTextLength + 1);

        draft.note.chop(1);
        QVERIFY(world.calls.wrapUp(draft));
    }

    void aCaseBegunInTheCallIsFiledWithIt()
    {
        World world;
        const Customer ana = world.customerWith("Ana Costa", "+493023125147");
        CallDraft draft = talked(world, ana);
        draft.caseType = "service_request";
        draft.subject = "Leaking valve";
        draft.remedySought = "Repair";

        const auto filed = world.calls.wrapUp(draft);

        QVERIFY(filed && filed->opened);
        QCOMPARE(filed->opened->type, Case::Type::ServiceRequest);
        QCOMPARE(filed->opened->customer, ana.id);
        QCOMPARE(filed->opened->interaction, filed->interaction.id);
        QCOMPARE(filed->opened->remedySought, "Repair");
        QVERIFY(!filed->opened->code.isEmpty());
        QVERIFY(!filed->note);
        QCOMPARE(kinds(world.outbox()), (QStringList{"interaction", "case"}));
    }

    void aCaseBegunNeedsASubjectAndAKnownType()
    {
        World world;
        CallDraft draft = talked(world, {});
        draft.caseType = "complaint";
        QCOMPARE(world.calls.wrapUp(draft).error().fault, Fault::Invalid);
        draft.subject = "Leak";
        draft.caseType = "riddle";
        QCOMPARE(world.calls.wrapUp(draft).error().fault, Fault::Invalid);

        QVERIFY(world.outbox().isEmpty());
    }

    void anAttachedCallPutsItsNoteOnTheCase()
    {
        World world;
        const Customer ana = world.customerWith("Ana Costa", "+493023125147");
        const Case file =
            world.arrives(Case{.customer = ana.id, .subject = "Leak", .remedySought = "Repair"});
        CallDraft draft = talked(world, ana);
        draft.attachTo = file.id;

        const auto filed = world.calls.wrapUp(draft);

        QVERIFY(filed && filed->note && !filed->opened);
        QCOMPARE(filed->note->caseId, file.id);
        QCOMPARE(filed->note->interaction, filed->interaction.id);
        QCOMPARE(filed->note->text, draft.note);
        QCOMPARE(filed->note->author, world.anna);
        QCOMPARE(kinds(world.outbox()), (QStringList{"interaction", "case_note"}));
    }

    void anotherRemedySoughtIsSetOnTheAttachedCase()
    {
        World world;
        const Case file = world.arrives(Case{.subject = "Leak", .remedySought = "Repair"});
        CallDraft draft = talked(world, {});
        draft.attachTo = file.id;
        draft.remedySought = "Refund";

        QVERIFY(world.calls.wrapUp(draft));

        QCOMPARE(world.cases.theCase(file.id)->remedySought, "Refund");
        QCOMPARE(kinds(world.outbox()), (QStringList{"interaction", "case", "case_note"}));
    }

    void attachingToACaseThatIsGoneFilesNothing()
    {
        World world;
        CallDraft draft = talked(world, {});
        draft.attachTo = {99};

        QCOMPARE(world.calls.wrapUp(draft).error().fault, Fault::NotFound);

        QVERIFY(world.outbox().isEmpty());
    }

    void withoutACallThereIsNoInteractionAndTheNoteGoesToTheCase()
    {
        World world;
        const Customer ana = world.customerWith("Ana Costa", "+493023125147");

        const auto filed = world.calls.wrapUp({.callId = "customer:1",
                                               .customer = ana.id,
                                               .note = "Wrote a letter",
                                               .caseType = "complaint",
                                               .subject = "Leak"});

        QVERIFY(filed && filed->opened && filed->note);
        QCOMPARE(filed->interaction.id, Id<Interaction>{});
        QCOMPARE(filed->note->caseId, filed->opened->id);
        QCOMPARE(kinds(world.outbox()), (QStringList{"case", "case_note"}));
    }

    void withoutACallACaseIsAskedFor()
    {
        World world;
        QCOMPARE(world.calls.wrapUp({.callId = "customer:1", .note = "x"}).error().fault, Fault::Invalid);
    }

    void withoutACallANoteOnACaseIsNotEmpty()
    {
        World world;
        const auto file = world.cases.open({.customer = world.customerWith("Ana", "").id, .subject = "leak"});

        const auto filed = world.calls.wrapUp({.callId = "customer:1", .note = " ", .attachTo = file->id});

        QCOMPARE(filed.error().fault, Fault::Invalid);
        QVERIFY(world.cases.notes(file->id)->isEmpty());
    }

    void wrapUpWaitsForTheDiskOnce()
    {
        World world;
        CallDraft draft = talked(world, {});
        draft.caseType = "complaint";
        draft.subject = "Leak";
        QVERIFY(world.calls.keepDraft(draft));
        int commits = 0;
        world.desk.db().setGate([&commits](const QString &sql) {
            commits += sql == "COMMIT";
            return true;
        });

        QVERIFY(world.calls.wrapUp(draft));

        QCOMPARE(commits, 1);
    }

    void outcomesStandInTheirOrder()
    {
        World world;
        world.arrives(OutcomeCode{.code = "solved", .label = "Solved", .position = 2});
        world.arrives(OutcomeCode{.code = "callback", .label = "Call-back agreed", .position = 1});

        const auto outcomes = world.calls.outcomes();

        QCOMPARE(outcomes->size(), 2);
        QCOMPARE(outcomes->first().code, "callback");
    }

    void everyStatementMayFailWhileWrappingUp()
    {
        const auto arrange = [](World &world) {
            const Case file = world.arrives(Case{.subject = "Leak"});
            CallDraft draft = talked(world, world.customerWith("Ana", "+493023125147"));
            draft.caseType = "complaint";
            draft.subject = "Floor wet";
            draft.attachTo = file.id;
            (void)world.calls.keepDraft(draft);
            return draft;
        };
        QCOMPARE(
            failureSweep(arrange, [](World &world,
                                     const CallDraft &draft) { return bool(world.calls.wrapUp(draft)); }),
            "");
    }

    void everyStatementMayFailWhileKeepingADraft()
    {
        QCOMPARE(failureSweep(
                     [](World &world) { return talked(world, {}); },
                     [](World &world, const CallDraft &draft) { return bool(world.calls.keepDraft(draft)); }),
                 "");
    }
};

QTEST_GUILESS_MAIN(tst_CallDesk)
#include "tst_CallDesk.moc"
