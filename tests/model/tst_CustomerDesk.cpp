#include "model/desk/Limits.h"
#include "model/domain/CaseCode.h"
#include "tests/support/World.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringbook;
using namespace ringbook::model;
using namespace ringbook::tests;

namespace {

/// "Ana Costa, Ben Brandt" for a search.
QString found(const World &world, const QString &text, int limit = 10)
{
    const auto hits = world.customers.search(text, limit);
    if (!hits)
        return "error: " + hits.error().detail;
    QStringList names;
    for (const SearchHit &hit : *hits)
        names += hit.name;
    return names.join(", ");
}

} // namespace

class tst_CustomerDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void creatingStoresTheCustomerAndHowToReachThemTogether()
    {
        World world;

        const auto created = world.customers.create(
            {.name = " Ana  Costa ", .phone = "030 23125147", .email = "ana@example.com"});

        QVERIFY(created);
        QCOMPARE(world.customers.customer(created->id)->name, "Ana Costa");
        const auto card = world.callers.cardOf(created->id);
        QCOMPARE(card->contactPoints.size(), 2);
        QCOMPARE(card->contactPoints[0].value, "030 23125147");
        QCOMPARE(card->contactPoints[0].e164, "+493023125147");
        QCOMPARE(card->contactPoints[1].channel, ContactPoint::Channel::Email);
        QCOMPARE(world.outbox().size(), 3);
    }

    void creatingIsRefusedForWhatIsMissingOrWrong_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("phone");
        QTest::addColumn<QString>("email");
        QTest::addColumn<bool>("creates");
        QTest::newRow("no name") << " "
                                 << ""
                                 << "" << false;
        QTest::newRow("longest name") << QString(maxNameLength, 'x') << ""
                                      << "" << true;
        QTest::newRow("name too long") << QString(maxNameLength + 1, 'x') << ""
                                       << "" << false;
        QTest::newRow("a phone nobody understands") << "Ana"
                                                    << "ask for Ana"
                                                    << "" << true;
        QTest::newRow("phone too long") << "Ana" << QString(maxPhoneTextLength + 1, '1') << "" << false;
        QTest::newRow("phone too long at a space") << "Ana" << QString(maxPhoneTextLength, '1') + " 1"
                                                   << "" << false;
        QTest::newRow("10 kB phone") << "Ana" << QString(10240, '1') << "" << false;
        QTest::newRow("no address") << "Ana"
                                    << ""
                                    << "ana" << false;
        QTest::newRow("address with a space") << "Ana"
                                              << ""
                                              << "ana @example.com" << false;
        QTest::newRow("address too long") << "Ana"
                                          << "" << QString(maxEmailLength, 'x') + "@x" << false;
    }

    void creatingIsRefusedForWhatIsMissingOrWrong()
    {
        QFETCH(QString, name);
        QFETCH(QString, phone);
        QFETCH(QString, email);
        QFETCH(bool, creates);
        World world;

        const auto created = world.customers.create({.name = name, .phone = phone, .email = email});

        QCOMPARE(bool(created), creates);
        if (!creates) {
            QCOMPARE(created.error().fault, Fault::Invalid);
            QCOMPARE(*world.customers.customerCount(), 0);
            QVERIFY(world.outbox().isEmpty());
        }
    }

    void aNameIsStoredAsPlainText()
    {
        World world;
        QCOMPARE(world.customers.create({.name = QString::fromUtf8("\u202eAna\x01\nCosta\u2069")})->name,
                 "Ana Costa");
    }

    void onlyTheFieldsThatWereEditedAreSaved()
    {
        World world;
        const Customer before = world.arrives(Customer{.name = "Ana", .tier = "Gold"});
        Customer after = before;
        after.role = "Facility manager";

        QVERIFY(world.customers.update(before, after));

        QCOMPARE(world.outbox().size(), 1);
        QCOMPARE(world.outbox()[0].edits.keys(), QStringList{"role"});
        QCOMPARE(world.customers.customer(before.id)->role, "Facility manager");
    }

    void whatOthersChangedMeanwhileIsKept()
    {
        World world;
        const Customer before = world.arrives(Customer{.name = "Ana"});
        world.arrive({.record = {"customer", before.id.value}, .fields = {{"tier", "Gold"}}});
        Customer after = before;
        after.role = "Facility manager";

        QVERIFY(world.customers.update(before, after));

        QCOMPARE(world.customers.customer(before.id)->tier, "Gold");
    }

    void anEditOfAFieldThatOthersChangedMeanwhileSaysThatItWasUnseen()
    {
        World world;
        const Customer before = world.arrives(Customer{.name = "Ana"});
        world.arrive({.record = {"customer", before.id.value}, .fields = {{"tier", "Gold"}}});
        Customer after = before;
        after.tier = "Silver";
        after.role = "Facility manager";

        QVERIFY(world.customers.update(before, after));

        const Op op = world.outbox()[0];
        QCOMPARE(op.edits["tier"].base, 0);
        QCOMPARE(op.edits["role"].base, world.book.cursor()->seq);
    }

    void anEditIsRefusedForWhatIsMissingOrTooLong()
    {
        World world;
        const Customer before = world.arrives(Customer{.name = "Ana"});
        Customer after = before;
        after.name = " ";
        QCOMPARE(world.customers.update(before, after).error().fault, Fault::Invalid);
        after.name = QString(maxNameLength + 1, 'x');
        QCOMPARE(world.customers.update(before, after).error().fault, Fault::Invalid);
        after = before;
        after.notes = QString(maxTextLength + 1, 'x');
        QCOMPARE(world.customers.update(before, after).error().fault, Fault::Invalid);
        QCOMPARE(world.customers.update({.id = {99}}, {.id = {99}, .name = "x"}).error().fault,
                 Fault::NotFound);

        QVERIFY(world.outbox().isEmpty());
        after.notes.chop(1);
        QVERIFY(world.customers.update(before, after));
    }

    void aNumberThatIsAddedMatchesCallers()
    {
        World world;
        const Customer ana = world.arrives(Customer{.name = "Ana"});

        const auto added = world.customers.addPhone(ana.id, "(030) 23125-147", "Work");

        QCOMPARE(added->e164, "+493023125147");
        QCOMPARE(added->label, "Work");
        QCOMPARE(world.callers.cardFor({.raw = "03023125147"})->customer.name, "Ana");
    }

    void whatWasSaidBeforeTheyWereKnownBecomesTheirs()
    {
        World world;
        const QString number = "+493023125147";
        const auto call = world.arrives(Interaction{.partyNumber = number, .startedAt = 1});
        const auto file = world.arrives(Case{.code = "K73QF9X", .interaction = call.id});
        const Customer ben = world.arrives(Customer{.name = "Ben"});
        const auto bens =
            world.arrives(Interaction{.customer = ben.id, .partyNumber = number, .startedAt = 2});
        const auto owner = [&](const QString &kind, qint64 id) {
            return (*world.book.record({kind, id}))->value("customer").toLongLong();
        };

        const auto ana = world.customers.create({.name = "Ana", .phone = number});

        QCOMPARE(owner("interaction", call.id.value), ana->id.value);
        QCOMPARE(owner("case", file.id.value), ana->id.value);
        QCOMPARE(owner("interaction", bens.id.value), ben.id.value);
        QCOMPARE(world.callers.cardOf(ana->id)->openCases.size(), 1);
    }

    void whatWasSaidFromASharedNumberStaysNobodys()
    {
        World world;
        world.customerWith("Ben", "+493023125147");
        const Customer ana = world.arrives(Customer{.name = "Ana"});
        const auto call = world.arrives(Interaction{.partyNumber = "+493023125147", .startedAt = 1});

        QVERIFY(world.customers.addPhone(ana.id, "+493023125147", {}));

        QVERIFY((*world.book.record({"interaction", call.id.value}))->value("customer").isNull());
    }

    void aNumberTheyHaveAlreadyIsNotAddedTwice()
    {
        World world;
        const Customer ana = world.customerWith("Ana", "+493023125147");

        QVERIFY(world.customers.addPhone(ana.id, "030 23125147", "Work"));

        QVERIFY(world.outbox().isEmpty());
        QCOMPARE(world.callers.cardOf(ana.id)->contactPoints.size(), 1);
    }

    void addingANumberToNobodyIsRefused()
    {
        World world;
        QCOMPARE(world.customers.addPhone({99}, "030 23125147", "").error().fault, Fault::NotFound);
    }

    void aNumberThatIsNoLongerTheirsMatchesNobodyUntilItIsAgain()
    {
        World world;
        const Customer ana = world.customerWith("Ana", "+493023125147");
        const Id<ContactPoint> point = world.callers.cardOf(ana.id)->contactPoints[0].id;

        QCOMPARE(world.customers.setTheirs(point, false)->notTheirsSince, std::optional(world.clock.now()));
        QCOMPARE(world.callers.cardFor({.raw = "+493023125147"})->confidence, Confidence::Unknown);
        QCOMPARE(world.callers.cardOf(ana.id)->contactPoints.size(), 1);

        QVERIFY(world.customers.addPhone(ana.id, "030 23125147", ""));
        QCOMPARE(world.callers.cardFor({.raw = "+493023125147"})->confidence, Confidence::Exact);
        QCOMPARE(world.customers.setTheirs({99}, false).error().fault, Fault::NotFound);
    }

    void searchesNamesNumbersAddressesAndCodes()
    {
        World world;
        const Customer ana = world.customerWith("Ana Müller-Costa", "+493023125147");
        world.customerWith("Ben Brandt", "+12125550123");
        world.arrives(ContactPoint{
            .customer = ana.id, .channel = ContactPoint::Channel::Email, .value = "ana@example.com"});
        const auto file = world.cases.open({.customer = ana.id, .subject = "Leak"});

        QCOMPARE(found(world, "mull"), "Ana Müller-Costa");
        QCOMPARE(found(world, "cos ana"), "Ana Müller-Costa");
        QCOMPARE(found(world, "+49 30 2312"), "Ana Müller-Costa");
        QCOMPARE(found(world, "030/2312"), "Ana Müller-Costa");
        QCOMPARE(found(world, "0123"), "Ben Brandt");
        QCOMPARE(found(world, "ana@ex"), "Ana Müller-Costa");
        QCOMPARE(found(world, groupedCaseCode(file->code).toLower()), "Ana Müller-Costa");
        QCOMPARE(world.customers.search(file->code, 5)->first().caseCode, file->code);
    }

    void searchingForNothingOrNonsenseFindsNothing()
    {
        World world;
        world.customerWith("Ana Costa", "+493023125147");

        for (const QString &text :
             {QString(), QString("  "), QString("+"), QString("1"), QString("\"*'"), QString("zzz"),
              QString("ana OR 1"), QString(10240, 'a'), QString(10240, '1'), QString("%"), QString("NEAR("),
              QString::fromUtf8("\u202e")})
            QCOMPARE(found(world, text), "");
        QCOMPARE(found(world, "ana", 0), "");
    }

    void aSearchIsAsLongAsItMayBe()
    {
        World world;
        for (int i = 0; i < 5; ++i)
            world.customerWith("Ana", QString("+4930231250%1").arg(i, 2, 10, QChar('0')));

        QCOMPARE(world.customers.search("ana", 3)->size(), 3);
        QCOMPARE(world.customers.search("0302312", 3)->size(), 3);
        QCOMPARE(world.customers.search("0302312", 9)->size(), 5);
    }

    void everyStatementMayFail()
    {
        const auto arrange = [](World &world) { return world.customerWith("Ana", "+493023125147"); };
        QCOMPARE(failureSweep(arrange,
                              [](World &world, const Customer &) {
                                  return bool(world.customers.create(
                                      {.name = "Ben", .phone = "030 23125148", .email = "b@x.de"}));
                              }),
                 "");
        QCOMPARE(failureSweep(arrange,
                              [](World &world, const Customer &ana) {
                                  Customer after = ana;
                                  after.tier = "Gold";
                                  return bool(world.customers.update(ana, after));
                              }),
                 "");
        QCOMPARE(failureSweep(arrange,
                              [](World &world, const Customer &ana) {
                                  return bool(world.customers.addPhone(ana.id, "030 23125149", "Work"));
                              }),
                 "");
    }
};

QTEST_GUILESS_MAIN(tst_CustomerDesk)
#include "tst_CustomerDesk.moc"
