#include "model/desk/CallBackDesk.h"
#include "tests/support/World.h"

#include <QtTest>

using namespace ringbook;
using namespace ringbook::model;
using tests::World;

namespace {

struct Desk
{
    World world;
    CallBackDesk callBacks{world.book, world.writer, world.clock, world.anna};
    User ben = world.arrives(User{.name = "Ben Brandt", .extension = "102"});

    FollowUp missed(const QString &e164, TimeMs ago, Id<Customer> customer = {})
    {
        const TimeMs at = world.clock.now() - ago;
        return world.arrives(FollowUp{.customer = customer,
                                      .dueAt = at,
                                      .at = at,
                                      .e164 = e164,
                                      .queue = "Support",
                                      .calls = 1,
                                      .lastCallAt = at});
    }

    QStringList list() const
    {
        QStringList lines;
        for (const CallBackLine &line : *callBacks.open(10))
            lines += QString("%1 %2 %3").arg(line.customerName, line.number, line.assigneeName).simplified();
        return lines;
    }
};

} // namespace

class tst_CallBackDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoWaitsLongestIsFirst()
    {
        Desk desk;
        const Customer ana = desk.world.customerWith("Ana Costa", "+4917139200470");
        desk.missed("+493023125902", hourMs);
        desk.missed("+4917139200470", 2 * hourMs, ana.id);

        QCOMPARE(desk.list(), QStringList({"Ana Costa +4917139200470", "+493023125902"}));
        QCOMPARE(*desk.callBacks.openCount(), 2);
    }

    void whatIsPromisedForLaterIsNotYetToDo()
    {
        Desk desk;
        const Customer ana = desk.world.customerWith("Ana Costa", "+4917139200470");
        const auto promise = [&](TimeMs in, FollowUp::Kind kind) {
            desk.world.arrives(FollowUp{
                .customer = ana.id, .kind = kind, .what = "call", .dueAt = desk.world.clock.now() + in});
        };
        promise(hourMs, FollowUp::Kind::Callback);
        promise(2 * dayMs, FollowUp::Kind::Callback);
        promise(hourMs, FollowUp::Kind::Visit);

        QCOMPARE(desk.list(), QStringList{"Ana Costa +4917139200470"});
    }

    void whoTakesItIsSeen()
    {
        Desk desk;
        const FollowUp missed = desk.missed("+493023125902", hourMs);
        desk.world.arrives(User{.id = desk.world.anna, .name = "Anna Albers"});

        QVERIFY(desk.callBacks.take(missed.id));
        QCOMPARE(desk.list(), QStringList{"+493023125902 Anna Albers"});
        QVERIFY(desk.callBacks.open(10)->first().isMine);

        QVERIFY(desk.callBacks.giveBack(missed.id));
        QCOMPARE(desk.list(), QStringList{"+493023125902"});
    }

    void whatIsDoneIsGoneAndCanComeBack()
    {
        Desk desk;
        const FollowUp missed = desk.missed("+493023125902", hourMs);

        QVERIFY(desk.callBacks.finish(missed.id));
        QCOMPARE(desk.list(), QStringList{});
        QVERIFY(desk.callBacks.reopen(missed.id));

        QCOMPARE(desk.list(), QStringList{"+493023125902"});
    }

    void whoIsNamedLaterGetsTheirCallBack()
    {
        Desk desk;
        desk.missed("+493023125902", hourMs);

        QVERIFY(desk.world.customers.create({.name = "Rui Costa", .phone = "030 23125902"}));

        QCOMPARE(desk.list(), QStringList{"Rui Costa +493023125902"});
    }

    void everyStatementMayFailWhileFinishing()
    {
        for (int n = 0;; ++n) {
            Desk desk;
            const FollowUp missed = desk.missed("+493023125902", hourMs);
            const QString before = desk.world.picture();
            desk.world.failStatement(n);

            const Status done = desk.callBacks.finish(missed.id);

            desk.world.failNoStatement();
            const bool failed = desk.world.asked > n;
            if (!done)
                QCOMPARE(desk.world.picture(), before);
            else
                QCOMPARE(desk.world.outbox().size(), 1);
            if (!failed)
                break;
        }
    }

    void nobodysFollowUpIsNoCrash()
    {
        Desk desk;

        QCOMPARE(desk.callBacks.finish({99}).error().fault, Fault::NotFound);
    }
};

QTEST_GUILESS_MAIN(tst_CallBackDesk)
#include "tst_CallBackDesk.moc"
