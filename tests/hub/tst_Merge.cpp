#include "model/core/Id.h"
#include "sync/hub/order/Merge.h"

#include <QtTest>

using namespace ringbook;
using hub::Clash;
using hub::MergeOutcome;
using hub::RecordState;
using hub::Stamp;
using model::Action;
using sync::Verdict;

namespace {

constexpr qint64 anna = 2;
constexpr qint64 ben = 3;

/// A complaint that Anna opened at seq 10.
RecordState complaint()
{
    return {.exists = true,
            .seq = 10,
            .fields = {{"subject", "leak"}, {"status", "new"}},
            .made = {.seq = 10, .device = anna, .author = 20, .at = 1000}};
}

/// The same after Ben changed a field at seq 12.
RecordState changedByBen(const QString &field, const QString &value)
{
    RecordState state = complaint();
    state.seq = 12;
    state.fields.insert(field, value);
    state.edited.insert(field, {.seq = 12, .device = ben, .author = 30, .at = 1200});
    return state;
}

model::Op set(const QString &field, const QVariant &value, qint64 base)
{
    return {.record = {"case", 7}, .action = Action::Set, .edits = {{field, {value, base}}}};
}

/// Of one who saw the subject as it was at `base`.
model::Op deleting(qint64 base)
{
    return {.record = {"case", 7}, .action = Action::Delete, .edits = {{"subject", {"leak", base}}}};
}

Stamp annaAt(TimeMs at)
{
    return {.seq = 15, .device = anna, .author = 20, .at = at};
}

} // namespace

class tst_Merge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void createTakesEveryField()
    {
        const model::Op op{.record = {"case", 7},
                           .action = Action::Create,
                           .edits = {{"subject", {"leak", 0}}, {"product", {QVariant(), 0}}}};

        const MergeOutcome outcome = merge(op, {}, annaAt(1000));

        QCOMPARE(outcome.verdict, Verdict::Applied);
        QCOMPARE(outcome.action, Action::Create);
        QCOMPARE(outcome.state.fields, (model::Fields{{"subject", "leak"}}));
        QCOMPARE(outcome.state.made, annaAt(1000));
        QVERIFY(outcome.state.edited.isEmpty());
    }

    void fieldNobodyElseWroteIsApplied()
    {
        const MergeOutcome outcome = merge(set("subject", "flood", 10), complaint(), annaAt(1300));

        QCOMPARE(outcome.verdict, Verdict::Applied);
        QCOMPARE(outcome.state.fields["subject"], "flood");
        QCOMPARE(outcome.state.stampOf("subject"), annaAt(1300));
        QCOMPARE(outcome.state.stampOf("status").seq, 10);
    }

    void fieldsOthersWroteMeanwhileAreMerged()
    {
        const MergeOutcome outcome =
            merge(set("subject", "flood", 10), changedByBen("product", "WP-9"), annaAt(1300));

        QCOMPARE(outcome.verdict, Verdict::Merged);
        QCOMPARE(outcome.state.fields["product"], "WP-9");
        QCOMPARE(outcome.state.fields["subject"], "flood");
        QCOMPARE(outcome.fields, (model::Fields{{"subject", "flood"}}));
    }

    void laterOfTwoEditsWins_data()
    {
        QTest::addColumn<TimeMs>("at");
        QTest::addColumn<QString>("kept");
        QTest::addColumn<QString>("lost");
        QTest::newRow("ours is later") << TimeMs(1201) << "flood"
                                       << "drip";
        QTest::newRow("same moment: the order decides") << TimeMs(1200) << "flood"
                                                        << "drip";
        QTest::newRow("theirs is later") << TimeMs(1199) << "drip"
                                         << "flood";
    }

    void laterOfTwoEditsWins()
    {
        QFETCH(TimeMs, at);
        QFETCH(QString, kept);
        QFETCH(QString, lost);

        const MergeOutcome outcome =
            merge(set("subject", "flood", 11), changedByBen("subject", "drip"), annaAt(at));

        QCOMPARE(outcome.verdict, Verdict::Conflict);
        QCOMPARE(outcome.state.fields["subject"], kept);
        QCOMPARE(outcome.fields["subject"], kept);
        QCOMPARE(outcome.clashes.size(), 1);
        QCOMPARE(outcome.clashes[0].kept, kept);
        QCOMPARE(outcome.clashes[0].lost, lost);
        QCOMPARE(outcome.clashes[0].lostStamp.device, lost == "flood" ? anna : ben);
    }

    void sameValueIsNoConflict()
    {
        const MergeOutcome outcome =
            merge(set("subject", "drip", 11), changedByBen("subject", "drip"), annaAt(1300));

        QCOMPARE(outcome.verdict, Verdict::Applied);
        QVERIFY(outcome.clashes.isEmpty());
    }

    void valueThatWasSeenIsOverwritten()
    {
        const MergeOutcome outcome =
            merge(set("subject", "flood", 12), changedByBen("subject", "drip"), annaAt(1100));

        QCOMPARE(outcome.verdict, Verdict::Applied);
        QCOMPARE(outcome.state.fields["subject"], "flood");
    }

    void ownEarlierEditIsNoConflict()
    {
        const RecordState state = merge(set("subject", "drip", 10), complaint(), annaAt(1200)).state;

        const MergeOutcome outcome = merge(set("subject", "flood", 10), state, annaAt(1300));

        QCOMPARE(outcome.verdict, Verdict::Applied);
    }

    void clearingAFieldIsAnEdit()
    {
        const MergeOutcome outcome =
            merge(set("subject", QVariant(), 11), changedByBen("subject", "drip"), annaAt(1300));

        QCOMPARE(outcome.verdict, Verdict::Conflict);
        QVERIFY(!outcome.state.fields.contains("subject"));
        QVERIFY(outcome.fields.contains("subject"));
    }

    void caseStepsAreGuarded_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<bool>("isAccepted");
        QTest::newRow("permitted") << "new"
                                   << "in_progress" << true;
        QTest::newRow("staying") << "new"
                                 << "new" << true;
        QTest::newRow("unknown") << "new"
                                 << "lost" << false;
        QTest::newRow("back to new") << "closed"
                                     << "new" << false;
    }

    void caseStepsAreGuarded()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        RecordState state = complaint();
        state.fields["status"] = from;

        const MergeOutcome outcome = merge(set("status", to, 10), state, annaAt(1300));

        QTEST(outcome.verdict != Verdict::Refused, "isAccepted");
        QCOMPARE(outcome.reason.isEmpty(), outcome.verdict != Verdict::Refused);
    }

    void stepThatLosesAnywayIsNotRefused()
    {
        const MergeOutcome outcome =
            merge(set("status", "new", 11), changedByBen("status", "closed"), annaAt(1100));

        QCOMPARE(outcome.verdict, Verdict::Conflict);
        QCOMPARE(outcome.state.fields["status"], "closed");
    }

    void recordThatIsNotThereIsRefused()
    {
        QCOMPARE(merge(set("subject", "x", 0), {}, annaAt(1)).verdict, Verdict::Refused);
    }

    void editOfARecordThatWasLostWaitsForTheOneWhoMadeIt()
    {
        model::Op edit = set("subject", "leak again", 9);
        edit.record.id = makeId(ben, 7);
        const model::Op made{.record = edit.record,
                             .action = Action::Create,
                             .edits = {{"subject", {"leak", 0}}, {"product", {"boiler", 0}}}};

        const MergeOutcome first = merge(edit, {}, annaAt(1500));
        const MergeOutcome both =
            merge(made, first.state, {.seq = 16, .device = ben, .author = 30, .at = 1000});

        QCOMPARE(first.verdict, Verdict::Applied);
        QCOMPARE(first.action, Action::Create);
        QCOMPARE(both.state.fields, (model::Fields{{"subject", "leak again"}, {"product", "boiler"}}));
        QCOMPARE(both.clashes.size(), 1);
    }

    void deleteKeepsTheFieldsForALateEdit()
    {
        const model::Op op{.record = {"case", 7}, .action = Action::Delete};

        const MergeOutcome outcome = merge(op, complaint(), annaAt(1300));

        QCOMPARE(outcome.action, Action::Delete);
        QVERIFY(outcome.state.deleted);
        QCOMPARE(outcome.state.fields["subject"], "leak");
    }

    void deleteGivesWayToAnEditItHadNotSeen()
    {
        const model::Op op{
            .record = {"case", 7}, .action = Action::Delete, .edits = {{"subject", {QVariant(), 11}}}};

        const MergeOutcome outcome = merge(op, changedByBen("subject", "drip"), annaAt(1300));

        QCOMPARE(outcome.verdict, Verdict::Conflict);
        QVERIFY(!outcome.state.deleted);
        QCOMPARE(outcome.clashes[0].lost, "deleted");
    }

    void deleteThatNamesNoFieldHasSeenNothing()
    {
        const model::Op op{.record = {"case", 7}, .action = Action::Delete};
        const Stamp byBen{.seq = 15, .device = ben, .author = 30, .at = 1300};

        const MergeOutcome bens = merge(op, complaint(), byBen);
        const MergeOutcome annas = merge(op, changedByBen("product", "boiler"), annaAt(1300));

        QCOMPARE(bens.verdict, Verdict::Conflict);
        QVERIFY(!bens.state.deleted);
        QCOMPARE(bens.clashes[0].keptStamp, complaint().made);
        QVERIFY(!annas.state.deleted);
        QCOMPARE(annas.clashes[0].keptStamp.author, 30);
    }

    void editThatDidNotKnowOfTheDeletionBringsTheRecordBack()
    {
        const Stamp byBen{.seq = 12, .device = ben, .author = 30, .at = 1200};
        const RecordState gone = merge(deleting(11), complaint(), byBen).state;

        const MergeOutcome outcome = merge(set("subject", "flood", 11), gone, annaAt(1100));

        QCOMPARE(outcome.verdict, Verdict::Conflict);
        QCOMPARE(outcome.action, Action::Create);
        QVERIFY(!outcome.state.deleted);
        QCOMPARE(outcome.fields, (model::Fields{{"subject", "flood"}, {"status", "new"}}));
        QCOMPARE(outcome.clashes[0].lost, "deleted");
    }

    void editThatKnewOfTheDeletionIsRefused()
    {
        const Stamp byBen{.seq = 12, .device = ben, .author = 30, .at = 1200};
        const RecordState gone = merge(deleting(11), complaint(), byBen).state;

        QCOMPARE(merge(set("subject", "flood", 12), gone, annaAt(1300)).verdict, Verdict::Refused);
    }

    void fieldsOfOneGroupAreOnePersons_data()
    {
        QTest::addColumn<TimeMs>("annaAt");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("dialled");
        QTest::newRow("Ben was later") << TimeMs(1100) << "030 111"
                                       << "+4930111";
        QTest::newRow("Anna was later") << TimeMs(1300) << "040 222"
                                        << "+4930999";
    }
    void fieldsOfOneGroupAreOnePersons()
    {
        QFETCH(const TimeMs, annaAt);
        RecordState phone{.exists = true,
                          .seq = 12,
                          .fields = {{"value", "030 111"}, {"e164", "+4930111"}, {"label", "home"}},
                          .made = {.seq = 10, .device = anna, .author = 20, .at = 1000}};
        phone.edited.insert("value", {.seq = 12, .device = ben, .author = 30, .at = 1200});
        const model::Op op{
            .record = {"contact_point", 7},
            .edits = {{"value", {"040 222", 10}}, {"e164", {"+4930999", 10}}, {"label", {"work", 10}}}};

        const MergeOutcome outcome = merge(op, phone, ::annaAt(annaAt));

        QTEST(outcome.state.fields["value"].toString(), "value");
        QTEST(outcome.state.fields["e164"].toString(), "dialled");
        QCOMPARE(outcome.state.fields["label"], "work"); // of no group
        QCOMPARE(outcome.verdict, Verdict::Conflict);
    }

    void ofAGroupThatGaveWayEachOtherValueIsKept()
    {
        RecordState phone{.exists = true,
                          .seq = 12,
                          .fields = {{"value", "030 111"}, {"e164", "+4930111"}},
                          .made = {.seq = 10, .device = anna, .author = 20, .at = 1000}};
        phone.edited.insert("value", {.seq = 12, .device = ben, .author = 30, .at = 1200});
        const model::Op op{.record = {"contact_point", 7},
                           .edits = {{"value", {"040 222", 10}}, {"e164", {"+4940222", 10}}}};

        const MergeOutcome outcome = merge(op, phone, annaAt(1100));

        QCOMPARE(outcome.clashes.size(), 2);
        QCOMPARE(outcome.clashes[0].lost, "+4940222");
        QCOMPARE(outcome.clashes[1].lost, "040 222");
    }

    void whatTwoDeletedIsGoneWhateverTheSecondHadSeen()
    {
        const RecordState changed = changedByBen("subject", "flood");
        const RecordState gone = merge(deleting(12), changed, annaAt(1300)).state;
        QVERIFY(gone.deleted);

        const MergeOutcome again =
            merge(deleting(10), gone, {.seq = 16, .device = anna + 5, .author = 40, .at = 1400});

        QVERIFY(again.state.deleted);
        QCOMPARE(again.action, Action::Delete);
        QVERIFY(again.clashes.isEmpty());
    }
};

QTEST_APPLESS_MAIN(tst_Merge)
#include "tst_Merge.moc"
