#include "model/core/Id.h"
#include "sync/hub/order/Sequencer.h"

#include <QtTest>

using namespace ringbook;
using namespace ringbook::hub;
using model::Action;
using sync::Verdict;

namespace {

const Author anna{.device = 2, .user = 20, .role = "agent"};

QString asText(const QString &, const QString &, const QVariant &value)
{
    return '"' + value.toString() + '"';
}

model::Op create(qint64 n, const QString &kind = "customer")
{
    return {.counter = n,
            .record = {kind, makeId(2, n)},
            .action = Action::Create,
            .edits = {{"name", {"Ana", 0}}}};
}

QVector<model::Op> ops(std::initializer_list<qint64> counters)
{
    QVector<model::Op> made;
    for (const qint64 n : counters)
        made.append(create(n));
    return made;
}

} // namespace

class tst_Sequencer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersFollowEachOther()
    {
        Sequencer sequencer(41, asText);
        qint64 lastRecord = 0;

        const Ordered first = sequencer.order(create(1), anna, 1000, {}, lastRecord);
        const Ordered second = sequencer.order(create(2), anna, 1000, {}, lastRecord);

        QCOMPARE(first.answer.seq, 42);
        QCOMPARE(second.answer.seq, 43);
        QCOMPARE(sequencer.head(), 43);
    }

    void refusedOpTakesNoNumber()
    {
        Sequencer sequencer(41, asText);
        qint64 lastRecord = 0;

        const Ordered refused = sequencer.order(create(1, "team"), anna, 1000, {}, lastRecord);

        QCOMPARE(refused.answer.verdict, Verdict::Refused);
        QVERIFY(!refused.answer.reason.isEmpty());
        QVERIFY(refused.changes.isEmpty());
        QCOMPARE(sequencer.head(), 41);
    }

    void conflictIsARecordOfItsOwn()
    {
        Sequencer sequencer(41, asText);
        qint64 lastRecord = 4;
        const Stamp byBen{.seq = 40, .device = 3, .author = 30, .at = 1200};
        const RecordState state{.exists = true,
                                .seq = 40,
                                .fields = {{"name", "Anna"}},
                                .made = {10, 2, 20, 900},
                                .edited = {{"name", byBen}}};
        const model::Op op{
            .counter = 7, .record = {"customer", 5}, .action = Action::Set, .edits = {{"name", {"Ana", 39}}}};

        const Ordered ordered = sequencer.order(op, anna, 1300, state, lastRecord);

        QCOMPARE(ordered.answer.verdict, Verdict::Conflict);
        QCOMPARE(ordered.changes.size(), 2);
        const model::Change conflict = ordered.changes[1];
        QCOMPARE(conflict.seq, 43);
        QCOMPARE(conflict.record, (model::RecordKey{"conflict", makeId(hubDevice, 5)}));
        QCOMPARE(conflict.fields["kept"], "\"Ana\"");
        QCOMPARE(conflict.fields["lost"], "\"Anna\"");
        QCOMPARE(conflict.fields["lost_by"], 30);
        QCOMPARE(ordered.records[1].first, conflict.record);
        QCOMPARE(lastRecord, 5);
    }

    void opsFitWhenTheyFollowTheLastOne()
    {
        QCOMPARE(admit(ops({1, 2}), 0).kind, Admission::Kind::Fits);
        QCOMPARE(admit(ops({5, 6}), 4).known, 0);
    }

    void repeatedOpsAreKnown()
    {
        QCOMPARE(admit(ops({3, 4, 5}), 4).known, 2);
        QCOMPARE(admit(ops({1, 2}), 9).known, 2);
    }

    void missingOpsAreAGap()
    {
        const Admission admission = admit(ops({6}), 4);

        QCOMPARE(admission.kind, Admission::Kind::Gap);
        QCOMPARE(admission.expected, 5);
    }

    void orderWithinAPushIsStrict()
    {
        QCOMPARE(admit(ops({1, 3}), 0).kind, Admission::Kind::OutOfOrder);
        QCOMPARE(admit(ops({2, 1}), 0).kind, Admission::Kind::OutOfOrder);
        QCOMPARE(admit(ops({1, 1}), 0).kind, Admission::Kind::OutOfOrder);
    }

    void timesMoveWithTheDevicesClockAndNeverIntoTheFuture()
    {
        QCOMPARE(correctedTime(900, 1000, 5000), 4900);
        QCOMPARE(correctedTime(9000, 10'000, 5000), 4000);
        QCOMPARE(correctedTime(2000, 1000, 5000), 5000);
        QCOMPARE(correctedTime(4000, 0, 5000), 4000);
    }

    void contentHasOneHashAndOtherContentAnother()
    {
        model::Op other = create(1);
        other.edits["name"].value = "Ana!";

        QCOMPARE(contentHash(create(1)), contentHash(create(1)));
        QVERIFY(contentHash(create(1)) != contentHash(other));
    }

    /// It lies in the databases of hubs: it is this number on every machine, whatever Qt it has.
    void theHashOfAContentStaysWhatItIs()
    {
        const model::Op op{.record = {"customer", 77},
                           .action = Action::Set,
                           .edits = {{"name", {QStringLiteral("Ana ß"), 3}},
                                     {"parent", {qint64(5), 0}},
                                     {"tier", {{}, 0}},
                                     {"vip", {true, 0}}},
                           .madeAt = 1'795'000'000'000};

        QCOMPARE(contentHash(op), -1'986'530'362'591'933'908);
    }

    void opsThatBreakARuleAreRefused_data()
    {
        QTest::addColumn<model::Op>("op");
        QTest::addColumn<bool>("isFine");
        const auto row = [](const char *name, bool isFine, const QString &kind, Action action,
                            const QMap<QString, model::FieldEdit> &edits, qint64 id = makeId(2, 1)) {
            QTest::newRow(name) << model::Op{.record = {kind, id}, .action = action, .edits = edits}
                                << isFine;
        };
        const QString longest(sync::maxFieldTextBytes, 'x');
        row("plain", true, "customer", Action::Create, {{"name", {"Ana", 0}}});
        row("kind of a newer desk", true, "parcel", Action::Create, {{"weight", {qlonglong(3), 0}}});
        row("field of a newer desk", true, "customer", Action::Set, {{"shoe_size", {qlonglong(39), 0}}});
        row("kind that is no name", false, "Customer!", Action::Create, {{"name", {"Ana", 0}}});
        row("kind of 41 letters", false, QString(41, 'k'), Action::Create, {{"name", {"Ana", 0}}});
        row("field that is no name", false, "customer", Action::Set, {{"a b", {"Ana", 0}}});
        row("no id", false, "customer", Action::Create, {{"name", {"Ana", 0}}}, 0);
        row("another device's id", false, "customer", Action::Create, {{"name", {"Ana", 0}}}, makeId(3, 1));
        row("another device's record", true, "customer", Action::Set, {{"name", {"Ana", 0}}}, makeId(3, 1));
        row("nothing", false, "customer", Action::Set, {});
        row("number for a text", false, "customer", Action::Set, {{"name", {qlonglong(1), 0}}});
        row("text for a moment", false, "case", Action::Set, {{"due_at", {"tomorrow", 0}}});
        row("cleared moment", true, "case", Action::Set, {{"due_at", {QVariant(), 0}}});
        row("first moment", true, "interaction", Action::Set, {{"started_at", {earliestMoment, 0}}});
        row("one before", false, "interaction", Action::Set, {{"started_at", {earliestMoment - 1, 0}}});
        row("last moment", true, "follow_up", Action::Set, {{"due_at", {latestMoment, 0}}});
        row("one after", false, "follow_up", Action::Set, {{"due_at", {latestMoment + 1, 0}}});
        row("note of another age", false, "case_note", Action::Create, {{"at", {latestMoment + 1, 0}}});
        row("number that is no moment", true, "case", Action::Set, {{"severity", {latestMoment + 1, 0}}});
        row("longest text", true, "customer", Action::Set, {{"notes", {longest, 0}}});
        row("longer text", false, "customer", Action::Set, {{"notes", {longest + 'x', 0}}});
        row("set-up", false, "queue", Action::Create, {{"name", {"sales", 0}}});
        row("own conflict", false, "conflict", Action::Create, {{"state", {"open", 0}}});
        row("deleted customer", false, "customer", Action::Delete, {{"name", {"Ana", 9}}});
        row("deleted contact point", true, "contact_point", Action::Delete, {{"label", {"home", 9}}});
        row("settled conflict", true, "conflict", Action::Set, {{"state", {"settled", 0}}}, makeId(1, 1));
    }

    void opsThatBreakARuleAreRefused()
    {
        QFETCH(model::Op, op);
        QTEST(!reasonToRefuse(op, anna).has_value(), "isFine");
    }

    void leadsDeleteCustomers()
    {
        const model::Op op{
            .record = {"customer", 7}, .action = Action::Delete, .edits = {{"name", {"Ana", 9}}}};

        QVERIFY(!reasonToRefuse(op, {.device = 2, .user = 20, .role = "lead"}));
    }

    void agentsSpeakForThemselvesOnly_data()
    {
        QTest::addColumn<model::Op>("op");
        QTest::addColumn<bool>("isFine");
        const auto row = [](const char *name, bool isFine, const QString &kind, Action action,
                            const model::Fields &fields) {
            model::Op op{.record = {kind, makeId(2, 1)}, .action = action};
            for (auto field = fields.begin(); field != fields.end(); ++field)
                op.edits.insert(field.key(), {*field, 9});
            QTest::newRow(name) << op << isFine;
        };
        const qlonglong me = 20;
        const qlonglong ben = 30;
        row("own call", true, "interaction", Action::Create, {{"agent", me}, {"note", "hello"}});
        row("call of nobody", true, "interaction", Action::Create, {{"note", "hello"}});
        row("call in Ben's name", false, "interaction", Action::Create, {{"agent", ben}});
        row("case in Ben's name", false, "case", Action::Create, {{"opened_by", ben}});
        row("note in Ben's name", false, "case_note", Action::Create, {{"author", ben}});
        row("promise in Ben's name", false, "follow_up", Action::Create, {{"made_by", ben}});
        row("alert in Ben's name", false, "alert", Action::Create, {{"author", ben}});
        row("Ben as assignee", true, "case", Action::Create, {{"opened_by", me}, {"assignee", ben}});
        row("kind of a newer desk", true, "parcel", Action::Create, {{"author", ben}});
    }

    void agentsSpeakForThemselvesOnly()
    {
        QFETCH(model::Op, op);
        QTEST(!whoseElse(op, anna, {}).has_value(), "isFine");
        QVERIFY(!whoseElse(op, {.device = 2, .user = 20, .role = "lead"}, {}));
    }

    void whatBenSaidStaysAsHeSaidIt_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("author");
        QTest::addColumn<Action>("action");
        QTest::addColumn<QString>("field");
        QTest::addColumn<bool>("isFine");
        const auto row = [](const char *name, bool isFine, const char *kind, const char *author,
                            Action action, const char *field) {
            QTest::newRow(name) << QString(kind) << QString(author) << action << QString(field) << isFine;
        };
        row("his note's text", false, "case_note", "author", Action::Set, "text");
        row("his note's case", false, "case_note", "author", Action::Set, "case");
        row("his note", false, "case_note", "author", Action::Delete, "text");
        row("his call's note", false, "interaction", "agent", Action::Set, "note");
        row("his call's outcome", false, "interaction", "agent", Action::Set, "outcome");
        row("that it was his call", false, "interaction", "agent", Action::Set, "agent");
        row("his call", false, "interaction", "agent", Action::Delete, "note");
        row("whose call it was", true, "interaction", "agent", Action::Set, "customer");
        row("his case's subject", true, "case", "opened_by", Action::Set, "subject");
        row("that he opened it", false, "case", "opened_by", Action::Set, "opened_by");
        row("his promise's state", true, "follow_up", "made_by", Action::Set, "state");
        row("his alert", true, "alert", "author", Action::Delete, "text");
    }

    void whatBenSaidStaysAsHeSaidIt()
    {
        QFETCH(QString, kind);
        QFETCH(QString, author);
        QFETCH(Action, action);
        QFETCH(QString, field);
        const RecordState bens{.exists = true, .fields = {{author, qlonglong(30)}}};
        const RecordState annas{.exists = true, .fields = {{author, qlonglong(20)}}};
        const model::Op op{.record = {kind, 7}, .action = action, .edits = {{field, {QVariant(), 9}}}};

        QTEST(!whoseElse(op, anna, bens).has_value(), "isFine");
        QVERIFY(!whoseElse(op, anna, annas));
        QVERIFY(!whoseElse(op, {.device = 2, .user = 20, .role = "lead"}, bens));
    }

    /// It comes back with the desk that made it, and until then nobody knows whose it is.
    void wordsOfARecordThatIsNotBackYetAreNotWritten()
    {
        const model::Op note{.record = {"case_note", makeId(3, 1)}, .edits = {{"text", {"promised", 9}}}};
        const model::Op call{.record = {"interaction", makeId(3, 1)}, .edits = {{"queue", {"sales", 9}}}};

        QVERIFY(whoseElse(note, anna, {}));
        QVERIFY(!whoseElse(call, anna, {}));
    }

    void anOpInAnothersNameIsAnsweredWithTheReason()
    {
        Sequencer sequencer(41, asText);
        qint64 lastRecord = 0;
        model::Op op = create(1, "interaction");
        op.edits.insert("agent", {qlonglong(30), 0});

        const Ordered refused = sequencer.order(op, anna, 1000, {}, lastRecord);

        QCOMPARE(refused.answer.verdict, Verdict::Refused);
        QVERIFY(refused.answer.reason.contains("another user"));
        QVERIFY(refused.records.isEmpty());
    }

    void aRecordHasAtMostAHundredFields()
    {
        model::Op op = create(1);
        op.edits.clear();
        for (int i = 0; i < maxFieldsPerRecord; ++i)
            op.edits.insert(QStringLiteral("f%1").arg(i), {"x", 0});
        QVERIFY(!reasonToRefuse(op, anna));

        op.edits.insert("one_more", {"x", 0});
        QVERIFY(reasonToRefuse(op, anna));
    }

    void administratorsChangeTheSetUp()
    {
        QVERIFY(!reasonToRefuse(create(1, "team"), {.device = 2, .user = 20, .role = "admin"}));
    }

    /// Somebody who claims to have seen what is still to come has seen nothing.
    void baseAheadOfTheLogHidesNoConflict()
    {
        Sequencer sequencer(41, asText);
        qint64 lastRecord = 0;
        const Ordered made = sequencer.order(create(1), anna, 1000, {}, lastRecord);
        const model::Op rename{.record = create(1).record, .edits = {{"name", {"Bia", 9'000'000}}}};
        const Author ben{.device = 3, .user = 30, .role = "agent"};

        const Ordered renamed = sequencer.order(rename, ben, 2000, made.records[0].second, lastRecord);

        QCOMPARE(renamed.answer.verdict, Verdict::Conflict);
    }

    void recordDoesNotGrowWithoutEnd()
    {
        Sequencer sequencer(0, asText);
        qint64 lastRecord = 0;
        RecordState state = sequencer.order(create(1), anna, 1000, {}, lastRecord).records[0].second;
        const auto add = [&](const QString &field, const QString &text) {
            const model::Op op{.record = create(1).record, .edits = {{field, {text, 0}}}};
            const Ordered ordered = sequencer.order(op, anna, 1000, state, lastRecord);
            if (!ordered.records.isEmpty())
                state = ordered.records[0].second;
            return ordered.answer;
        };
        const QString long_(sync::maxFieldTextBytes, 'x');
        for (int n = 1; n < maxRecordTextBytes / long_.size(); ++n)
            QCOMPARE(add(QString("field_%1").arg(n), long_).verdict, Verdict::Applied);

        QCOMPARE(add("one_too_many", long_).verdict, Verdict::Refused);
        QVERIFY(add("one_too_many", long_).reason.contains("The record would hold more"));
        QCOMPARE(add("name", "Bia").verdict, Verdict::Applied);
    }

    void onlyTheStateOfAConflictCanBeChanged()
    {
        model::Op op{.record = {"conflict", makeId(hubDevice, 1)}, .edits = {{"state", {"done", 0}}}};
        QVERIFY(!reasonToRefuse(op, anna));

        op.edits.insert("kept", {"mine", 0});

        QVERIFY(reasonToRefuse(op, anna));
    }

    void clocksAtTheEndOfTimeAreJustClocks()
    {
        constexpr TimeMs last = std::numeric_limits<TimeMs>::max();

        QCOMPARE(correctedTime(last, 1000, 5000), 5000);
        QCOMPARE(correctedTime(last, last, 5000), 5000);
        QVERIFY(correctedTime(-last - 1, last, 5000) < 0);
    }
};

QTEST_APPLESS_MAIN(tst_Sequencer)
#include "tst_Sequencer.moc"
