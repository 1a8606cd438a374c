#include "model/domain/Conflict.h"
#include "tests/hub/HubThreads.h"

using namespace ringbook;
using namespace ringbook::test;
using sync::Verdict;

namespace {

constexpr qint64 anna = 2;
constexpr qint64 ben = 3;

model::Op rename(qint64 n, const model::RecordKey &record, const QString &name, qint64 base, TimeMs at)
{
    return {.counter = n,
            .record = record,
            .action = model::Action::Set,
            .edits = {{"name", {name, base}}},
            .madeAt = at};
}

} // namespace

class tst_PushOps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opsAreAnsweredOneByOneAndInOrder()
    {
        HubThreads hub;
        hub.start();

        const auto reply = hub.push(anna, {newCustomer(anna, 1, "Ana"), newCustomer(anna, 2, "Bia")});

        QCOMPARE(reply.answers.size(), 2);
        QCOMPARE(reply.answers[0], (sync::OpAnswer{1, Verdict::Applied, 1, {}}));
        QCOMPARE(reply.answers[1], (sync::OpAnswer{2, Verdict::Applied, 2, {}}));
        QCOMPARE(reply.head, 2);
    }

    void repeatedPushIsAnsweredAsBeforeAndDoneOnce()
    {
        HubThreads hub;
        hub.start();
        hub.push(anna, {newCustomer(anna, 1, "Ana")});

        const auto reply = hub.push(anna, {newCustomer(anna, 1, "Ana"), newCustomer(anna, 2, "Bia")});

        QCOMPARE(reply.answers[0], (sync::OpAnswer{1, Verdict::Duplicate, 1, {}}));
        QCOMPARE(reply.answers[1].verdict, Verdict::Applied);
        QCOMPARE(hub.pull(0).changes.size(), 2);
    }

    void sameCounterWithOtherContentIsAClonedProfile()
    {
        HubThreads hub;
        hub.start();
        hub.push(anna, {newCustomer(anna, 1, "Ana")});

        const auto problem = refused(
            ask(hub.pushOps, hub.pushing(anna, {newCustomer(anna, 1, "Eva"), newCustomer(anna, 2, "Bia")})));

        QCOMPARE(problem.status, 409);
        QCOMPARE(problem.type, "cloned-profile");
        QCOMPARE(problem.differs, 1);
        QCOMPARE(hub.pull(0).changes.size(), 1);
    }

    void anOpThatWasTakenBackIsAnsweredAsItOnceWas()
    {
        HubThreads hub;
        hub.start();
        hub.push(anna, {newCustomer(anna, 1, "Ana")});

        const auto reply = hub.push(anna, {{.counter = 1, .record = {"void", 1}}});

        QCOMPARE(reply.answers[0], (sync::OpAnswer{1, Verdict::Duplicate, 1, {}}));
    }

    void opsOfANumberItHadBeforeAreDoneUnderItForWhoHasItsSecret()
    {
        HubThreads hub(1);
        hub.start();
        auto db = *hub.data.database().open();
        hub::Accounts accounts(db);
        const qint64 before =
            *accounts.addDevice(hub::secretHash("secret"), "desk", accounts.byLogin("anna")->id, 1);
        const qint64 now = before + 1;
        const auto asking = [&](const QString &device, const char *secret) {
            hub::Ask ask = hub.pushing(now, {});
            ask.caller.user = accounts.byLogin("anna")->id;
            ask.path.insert("device", device);
            ask.body = sync::encode(sync::PushRequest{.schema = 1,
                                                      .epoch = hub.epoch,
                                                      .sentAt = hub.clock.now(),
                                                      .ops = {newCustomer(before, 1, "Ana")},
                                                      .deviceSecret = secret});
            return ask;
        };
        const QString there = QString::number(before);
        const qint64 head = hub.pull(0).head;

        QCOMPARE(refused(ask(hub.pushOps, asking(there, "guess"))).type, "strange-device");
        QCOMPARE(refused(ask(hub.pushOps, asking(there, ""))).type, "strange-device");
        QCOMPARE(refused(ask(hub.pushOps, asking(QString::number(before + 7), "secret"))).type,
                 "strange-device");
        QCOMPARE(refused(ask(hub.pushOps, asking("1", ""))).type, "strange-device"); // the hub's own
        for (const char *nonsense : {"-1", "two", "99999999999999999999", "0"})
            QCOMPARE(refused(ask(hub.pushOps, asking(nonsense, "secret"))).type, "invalid");
        QCOMPARE(hub.pull(0).head, head);
        const auto first = *sync::readPushReply(told(ask(hub.pushOps, asking(there, "secret"))).body);
        const auto again = *sync::readPushReply(told(ask(hub.pushOps, asking(there, "secret"))).body);

        QCOMPARE(first.answers.first().verdict, Verdict::Applied);
        QCOMPARE(again.answers.first().verdict, Verdict::Duplicate);
        QCOMPARE(hub.pull(0).head, head + 1);
        QCOMPARE(hub.pull(0).changes.last().device, before);
    }

    void aNumberOfAfterTheBackupIsTakenBackByWhoNamesItFirst()
    {
        HubThreads hub(1);
        hub.start();
        auto db = *hub.data.database().open();
        QVERIFY(db.run("UPDATE hub SET last_device = 20"));
        const qint64 account = hub::Accounts(db).byLogin("anna")->id;
        const auto recognized = [&](const char *secret) {
            return *hub::Accounts(db).recognize({17, hub::secretHash(secret), account, "desk"}, 1);
        };

        QVERIFY(recognized("secret"));
        QVERIFY(recognized("secret"));
        QVERIFY(!recognized("guess"));
    }

    void gapIsToldWithWhatShouldCome()
    {
        HubThreads hub;
        hub.start();

        const auto problem = refused(ask(hub.pushOps, hub.pushing(anna, {newCustomer(anna, 3, "Ana")})));

        QCOMPARE(problem.type, "gap");
        QCOMPARE(problem.expected, 1);
    }

    void otherEpochIsAReset()
    {
        HubThreads hub;
        hub.start();

        const auto problem =
            refused(ask(hub.pushOps, hub.pushing(anna, {newCustomer(anna, 1, "Ana")}, "yesterday")));

        QCOMPARE(problem.type, "reset");
        QCOMPARE(problem.reset, (sync::Reset{"epoch", hub.epoch, 0}));
    }

    void refusedOpDoesNotBlockTheNextAndStaysRefused()
    {
        HubThreads hub;
        hub.start();
        const model::Op nowhere = rename(1, {"customer", 77}, "Ana", 0, 1);

        const auto first = hub.push(anna, {nowhere, newCustomer(anna, 2, "Bia")});
        const auto again = hub.push(anna, {nowhere});

        QCOMPARE(first.answers[0].verdict, Verdict::Refused);
        QVERIFY(!first.answers[0].reason.isEmpty());
        QCOMPARE(first.answers[1], (sync::OpAnswer{2, Verdict::Applied, 1, {}}));
        QCOMPARE(again.answers[0], first.answers[0]);
    }

    void twoEditsOfOneFieldLeaveAConflictRecord()
    {
        HubThreads hub;
        hub.start();
        const model::Op made = newCustomer(anna, 1, "Ana");
        hub.push(anna, {made});

        hub.push(ben, {rename(1, made.record, "Anabel", 1, 2000)});
        const auto reply = hub.push(anna, {rename(2, made.record, "Annika", 1, 1000)});

        QCOMPARE(reply.answers[0].verdict, Verdict::Conflict);
        const auto changes = hub.pull(2).changes;
        QCOMPARE(changes.size(), 2);
        QCOMPARE(changes[0].fields["name"], "Anabel");
        const auto conflict = model::conflictFrom({changes[1].record.id}, changes[1].fields);
        QCOMPARE(conflict.record, made.record);
        QCOMPARE(conflict.kept, "\"Anabel\"");
        QCOMPARE(conflict.lost, "\"Annika\"");
        QCOMPARE(conflict.lostBy.value, anna * 10);
        QCOMPARE(conflict.state, "open");
    }

    void whatTwoAddAtOnceIsThereTwiceAndWhatOneRemovesIsOnlyThat()
    {
        HubThreads hub;
        hub.start();
        hub.push(anna, {newCustomer(anna, 1, "Ana")});
        const auto phone = [](qint64 device, qint64 counter, const QString &number) {
            model::Op op{.counter = counter,
                         .record = {"contact_point", makeId(device, counter)},
                         .action = model::Action::Create};
            op.edits.insert("customer", {makeId(anna, 1), 0});
            op.edits.insert("value", {number, 0});
            return op;
        };
        hub.push(anna, {phone(anna, 2, "030 1")});
        const qint64 seen = hub.pull(0).to;

        const auto added = hub.push(ben, {phone(ben, 1, "030 2")});
        model::Op removed{
            .counter = 3, .record = {"contact_point", makeId(anna, 2)}, .action = model::Action::Delete};
        for (const char *field : {"customer", "value"})
            removed.edits.insert(field, {{}, seen});
        const auto answer = hub.push(anna, {removed});

        QCOMPARE(added.answers.first().verdict, Verdict::Applied);
        QCOMPARE(answer.answers.first().verdict, Verdict::Applied);
        const auto changes = hub.pull(seen).changes;
        QCOMPARE(changes.size(), 2); // and no conflict record
        QCOMPARE(changes.last().record, (model::RecordKey{"contact_point", makeId(anna, 2)}));
    }

    void aDesksClockThatIsAheadWinsNothing()
    {
        HubThreads hub;
        hub.start();
        const model::Op made = newCustomer(anna, 1, "Ana");
        hub.push(anna, {made});
        const TimeMs now = hub.clock.now();
        hub.push(ben, {rename(1, made.record, "Anabel", 1, now)});
        hub::Ask late = hub.pushing(anna, {});
        const TimeMs tomorrow = now + dayMs;
        late.body = sync::encode(sync::PushRequest{1,
                                                   hub.epoch,
                                                   tomorrow + minuteMs, // made a minute ago
                                                   {rename(2, made.record, "Annika", 1, tomorrow)}});

        told(ask(hub.pushOps, late));

        QCOMPARE(hub.pull(2).changes[0].fields["name"], "Anabel");
    }

    void fiveHundredOpsFitAndOneMoreDoesNot()
    {
        HubThreads hub;
        hub.start();
        QVector<model::Op> ops;
        for (int n = 1; n <= sync::maxOpsPerPush; ++n)
            ops.append(newCustomer(anna, n, "Ana"));
        QCOMPARE(hub.push(anna, ops).answers.size(), sync::maxOpsPerPush);

        ops.append(newCustomer(anna, sync::maxOpsPerPush + 1, "Ana"));
        QCOMPARE(refused(ask(hub.pushOps, hub.pushing(anna, ops))).status, 400);
    }

    void moreThanTheWriterCanTakeIsRefusedForNow()
    {
        HubThreads hub; // not started: everything waits
        QVector<model::Op> ops;
        for (int n = 1; n <= sync::maxOpsPerPush; ++n)
            ops.append(newCustomer(anna, n, "Ana"));
        const hub::Ask push = hub.pushing(anna, ops);
        for (qint64 waiting = 0; waiting < hub::maxOpsWaiting; waiting += sync::maxOpsPerPush)
            hub.pushOps.answer(push, [](const hub::Answer &) {});

        const auto problem = refused(ask(hub.pushOps, push));

        QCOMPARE(problem.status, 503);
        hub.start();
    }
};

QTEST_GUILESS_MAIN(tst_PushOps)
#include "tst_PushOps.moc"
