#include "model/desk/AttentionDesk.h"
#include "tests/support/World.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::model;
using namespace ringbook::tests;

namespace {

/// Anna's desk; Ben Brandt won over her on the role of Ana Costa.
struct Quarrel
{
    World world;
    Id<User> ben = world.arrives(User{.name = "Ben Brandt", .login = "ben"}).id;
    Customer ana = world.customerWith("Ana Costa", "+493023125147");
    AttentionDesk attention{world.desk, world.book, world.writer, world.anna};

    Id<Conflict> conflictOn(const QString &kind, qint64 record, const QString &field, const QString &kept,
                            const QString &lost)
    {
        return world
            .arrives("conflict", Conflict{.record = {kind, record},
                                          .field = field,
                                          .kept = kept,
                                          .lost = lost,
                                          .keptBy = ben,
                                          .lostBy = world.anna,
                                          .keptAt = world.clock.now(),
                                          .lostAt = world.clock.now() - minuteMs,
                                          .state = "open"})
            .id;
    }
    Id<Conflict> aboutTheRole()
    {
        world.arrive({.record = {"customer", ana.id.value}, .fields = {{"role", "CIO"}}});
        return conflictOn("customer", ana.id.value, "role", "\"CIO\"", "\"Buyer\"");
    }

    void becomeLead() { world.arrive({.record = {"user", world.anna.value}, .fields = {{"role", "lead"}}}); }

    /// An op of this desk that the hub refused.
    qint64 refused(const RecordKey &record, const Fields &fields)
    {
        if (!world.writer.save({{.record = record, .fields = fields}}))
            return 0;
        const qint64 counter = world.outbox().last().counter;
        (void)world.desk.refuse(World::bookName, counter, "A case cannot go from “new” to “closed”.");
        (void)world.book.followOutbox(*world.desk.unconfirmed(World::bookName));
        return counter;
    }

    QString role() const { return world.customers.customer(ana.id)->role; }
};

} // namespace

class tst_AttentionDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothValuesAreThereWithWhoWroteThem()
    {
        Quarrel quarrel;
        quarrel.aboutTheRole();

        const ConflictLine line = quarrel.attention.attention()->conflicts.value(0);

        QCOMPARE(line.subject.customerName, "Ana Costa");
        QCOMPARE(line.present.value, "CIO");
        QCOMPARE(line.present.who, "Ben Brandt");
        QVERIFY(!line.present.mine);
        QCOMPARE(line.lost.value, "Buyer");
        QVERIFY(line.lost.mine);
    }

    void aReferenceIsNamed()
    {
        Quarrel quarrel;
        const Case file = quarrel.world.arrives(
            Case{.code = "A04010", .customer = quarrel.ana.id, .assignee = quarrel.ben});
        quarrel.conflictOn("case", file.id.value, "assignee", QString("\"%1\"").arg(quarrel.ben.value),
                           "null");

        const ConflictLine line = quarrel.attention.attention()->conflicts.value(0);

        QCOMPARE(line.subject.customer, quarrel.ana.id);
        QCOMPARE(line.subject.caseCode, "A04010");
        QCOMPARE(line.present.name, "Ben Brandt");
        QVERIFY(!line.lost.value.isValid());
    }

    void whatHoldsByNowIsSaid()
    {
        Quarrel quarrel;
        quarrel.aboutTheRole();
        quarrel.world.arrive(
            {.record = {"customer", quarrel.ana.id.value}, .fields = {{"role", "Head of buying"}}});

        const ConflictLine line = quarrel.attention.attention()->conflicts.value(0);

        QCOMPARE(line.present.value, "Head of buying");
        QVERIFY(!line.present.at);
        QVERIFY(!line.present.mine);
        QCOMPARE(line.lost.value, "Buyer");
        QVERIFY(line.isForMe);
    }

    void othersConflictsAreForTheLead()
    {
        Quarrel quarrel;
        quarrel.world.arrives("conflict", Conflict{.record = {"customer", quarrel.ana.id.value},
                                                   .field = "role",
                                                   .keptBy = quarrel.ben,
                                                   .lostBy = quarrel.ben,
                                                   .state = "open"});
        QVERIFY(quarrel.attention.attention()->conflicts.isEmpty());
        const auto before = quarrel.world.callers.cardOf(quarrel.ana.id); // everybody sees it on the card
        QCOMPARE(before->conflicts.size(), 1);
        QVERIFY(!before->conflicts.first().isForMe);

        quarrel.becomeLead();

        QCOMPARE(quarrel.attention.attention()->conflicts.size(), 1);
        QVERIFY(quarrel.world.callers.cardOf(quarrel.ana.id)->conflicts.first().isForMe);
    }

    void takingTheOtherValueIsOneSaveAndSettlesIt()
    {
        Quarrel quarrel;
        const auto conflict = quarrel.aboutTheRole();

        QVERIFY(quarrel.attention.takeOther(conflict));

        QCOMPARE(quarrel.role(), "Buyer");
        QCOMPARE(quarrel.world.outbox().size(), 2);
        QVERIFY(quarrel.attention.attention()->conflicts.isEmpty());
        QCOMPARE(quarrel.attention.takeOther(conflict).error().fault, Fault::NotFound);
    }

    void whatWasSettledIsTakenBackWithItsValues()
    {
        Quarrel quarrel;
        const auto conflict = quarrel.aboutTheRole();
        const QString before = quarrel.role();

        const auto taken = quarrel.attention.takeOther(conflict);
        QVERIFY(quarrel.attention.takeBack(*taken));
        QCOMPARE(quarrel.role(), before);
        QCOMPARE(quarrel.attention.attention()->conflicts.size(), 1);

        const auto kept = quarrel.attention.keepAsItIs(conflict);
        QVERIFY(quarrel.attention.takeBack(*kept));
        QCOMPARE(quarrel.role(), before);
        QCOMPARE(quarrel.attention.attention()->conflicts.size(), 1);
        QCOMPARE(quarrel.attention.takeBack(*kept).error().fault, Fault::Conflict); // it is open
    }

    void whatChangedSinceIsNotTakenBack()
    {
        Quarrel quarrel;
        const auto conflict = quarrel.aboutTheRole();
        const auto taken = quarrel.attention.takeOther(conflict);
        QVERIFY(quarrel.attention.canTakeBack(*taken));

        QVERIFY(quarrel.world.writer.save(
            {{.record = {"customer", quarrel.ana.id.value}, .fields = {{"role", "Head of buying"}}}}));

        QVERIFY(!quarrel.attention.canTakeBack(*taken));
        QCOMPARE(quarrel.attention.takeBack(*taken).error().fault, Fault::Conflict);
        QCOMPARE(quarrel.role(), "Head of buying");
    }

    void whatBelongsTogetherIsTakenTogether()
    {
        Quarrel quarrel;
        const auto point =
            quarrel.world.arrives(ContactPoint{.customer = quarrel.ana.id, .value = "1", .e164 = "+491"});
        const auto value = quarrel.conflictOn("contact_point", point.id.value, "value", "\"1\"", "\"2\"");
        quarrel.conflictOn("contact_point", point.id.value, "e164", "\"+491\"", "\"+492\"");
        quarrel.conflictOn("contact_point", point.id.value, "label", "\"home\"", "\"work\"");

        const auto taken = quarrel.attention.takeOther(value);

        QVERIFY(taken);
        const auto fields = **quarrel.world.book.record({"contact_point", point.id.value});
        QCOMPARE(fields["value"], "2");
        QCOMPARE(fields["e164"], "+492");
        QCOMPARE(quarrel.attention.attention()->conflicts.size(), 1); // the label is another matter

        QVERIFY(quarrel.attention.takeBack(*taken));
        const auto back = **quarrel.world.book.record({"contact_point", point.id.value});
        QCOMPARE(back["value"], "1");
        QCOMPARE(back["e164"], "+491");
        QCOMPARE(quarrel.attention.attention()->conflicts.size(), 3);
    }

    void keepingItAsItIsChangesOnlyTheConflict()
    {
        Quarrel quarrel;
        const auto conflict = quarrel.aboutTheRole();

        QVERIFY(quarrel.attention.keepAsItIs(conflict));

        QCOMPARE(quarrel.role(), "CIO");
        QCOMPARE(quarrel.world.outbox().size(), 1);
        QVERIFY(quarrel.attention.attention()->conflicts.isEmpty());
    }

    void aDeletionThatGaveWayCanHoldAfterAll()
    {
        Quarrel quarrel;
        const auto conflict =
            quarrel.conflictOn("customer", quarrel.ana.id.value, "", "\"edited\"", "\"deleted\"");

        const auto taken = quarrel.attention.takeOther(conflict);

        QVERIFY(taken);
        QVERIFY(!quarrel.attention.canTakeBack(*taken));
        QVERIFY(!quarrel.world.customers.customer(quarrel.ana.id));
        QCOMPARE(quarrel.world.outbox().first().action, Action::Delete);
    }

    void takingTheOtherValueIsAllOrNothing()
    {
        const auto arrange = [](World &world) {
            const Customer ana = world.arrives(Customer{.name = "Ana Costa", .role = "CIO"});
            return world
                .arrives("conflict", Conflict{.record = {"customer", ana.id.value},
                                              .field = "role",
                                              .kept = "\"CIO\"",
                                              .lost = "\"Buyer\"",
                                              .lostBy = world.anna})
                .id;
        };
        const auto act = [](World &world, Id<Conflict> conflict) {
            return bool(AttentionDesk(world.desk, world.book, world.writer, world.anna).takeOther(conflict));
        };

        QCOMPARE(failureSweep(arrange, act), QString());
    }

    void aRefusedChangeIsThereWithItsContentAndReason()
    {
        Quarrel quarrel;
        const qint64 counter = quarrel.refused({"customer", quarrel.ana.id.value}, {{"role", "Buyer"}});

        const RefusedLine line = quarrel.attention.attention()->refused.value(0);

        QCOMPARE(line.op.counter, counter);
        QCOMPARE(line.op.edits["role"].value, "Buyer");
        QVERIFY(line.reason.contains("cannot go"));
        QCOMPARE(line.subject.customerName, "Ana Costa");
        QCOMPARE(quarrel.role(), quarrel.ana.role);
    }

    void aRefusedChangeIsSentAgainAsItWasOrCorrected()
    {
        Quarrel quarrel;
        const qint64 counter = quarrel.refused({"customer", quarrel.ana.id.value}, {{"role", "Buyer"}});

        QVERIFY(
            quarrel.attention.sendAgain(counter, {{"role", "Head of buying"}, {"name", "not asked for"}}));

        QCOMPARE(quarrel.role(), "Head of buying");
        QCOMPARE(quarrel.world.outbox().size(), 1);
        QCOMPARE(quarrel.world.outbox().first().edits.keys(), QStringList("role"));
        QVERIFY(quarrel.attention.attention()->refused.isEmpty());
        QCOMPARE(quarrel.attention.sendAgain(counter).error().fault, Fault::NotFound);
    }

    void whatIsGivenUpIsGoneFromTheTray()
    {
        Quarrel quarrel;
        const qint64 counter = quarrel.refused({"customer", quarrel.ana.id.value}, {{"role", "Buyer"}});

        QVERIFY(quarrel.attention.giveUp(counter));

        QCOMPARE(quarrel.attention.attention()->count(), 0);
        QVERIFY(quarrel.world.outbox().isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_AttentionDesk)
#include "tst_AttentionDesk.moc"
