#include "model/desk/Reasons.h"
#include "tests/support/World.h"

#include <QTemporaryDir>
#include <QTest>

using namespace ringbook;
using namespace ringbook::model;
using namespace ringbook::tests;

namespace {

const QString number = "+493023125147";

Card cardFor(World &world, const QString &raw)
{
    return *world.callers.cardFor({.raw = raw});
}

} // namespace

class tst_CallerDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyCardIsOfSomebodyWithAHistory()
    {
        World world;
        QCOMPARE(world.callers.anyCard().error().fault, Fault::NotFound);
        world.arrives(Customer{.name = "Never called"});
        const Customer ana = world.arrives(Customer{.name = "Ana Costa"});
        world.arrives(Interaction{.customer = ana.id, .startedAt = 1});

        const auto card = world.callers.anyCard();

        QVERIFY(card);
        QVERIFY(card->customer == ana);
        QCOMPARE(card->timeline.size(), 1);
    }

    void aNumberOfOneCustomerIsExact()
    {
        World world;
        const Customer firm = world.arrives(Customer{.name = "Brandt Klima GmbH", .isOrganisation = true});
        Customer ana =
            world.arrives(Customer{.name = "Ana Costa", .organisation = firm.id, .role = "Facility manager"});
        world.arrives(ContactPoint{.customer = ana.id, .value = "030 23125147", .e164 = number});

        const Card card = cardFor(world, "030 23125-147");

        QCOMPARE(card.confidence, Confidence::Exact);
        QCOMPARE(card.number, number);
        QVERIFY(card.customer == ana);
        QCOMPARE(card.organisationName, "Brandt Klima GmbH");
        QCOMPARE(card.contactPoints.size(), 1);
        QVERIFY(card.candidates.isEmpty());
    }

    void aCardIsOfOneMoment()
    {
        const QTemporaryDir folder;
        World world(folder.path());
        const Customer ana = world.customerWith("Ana Costa", number);
        world.arrives(Interaction{.customer = ana.id, .startedAt = 1});
        auto other = Connection::openSqlite(BookFiles(folder.path() + "/main.db").current());
        int changed = 0;
        world.book.db().setGate([&](const QString &sql) {
            if (sql.contains("FROM alert") && changed == 0)
                changed = *other->run("DELETE FROM interaction");
            return true;
        });

        const Card card = cardFor(world, number);

        QCOMPARE(changed, 1);
        QCOMPARE(card.timeline.size(), 1);
        QCOMPARE(cardFor(world, number).timeline.size(), 0);
    }

    void whatTheHubNormalisedIsTaken()
    {
        World world;
        world.customerWith("Ana", "+12125550123");

        const auto card = world.callers.cardFor({.raw = "212 555 0123", .e164 = "+12125550123"});

        QCOMPARE(card->customer.name, "Ana");
    }

    void anUnknownNumberIsNobodys()
    {
        World world;
        const QString before = world.picture();

        const auto card = world.callers.cardFor({.raw = number, .name = "Costa"});

        QCOMPARE(card->confidence, Confidence::Unknown);
        QCOMPARE(card->number, number);
        QCOMPARE(card->networkName, "Costa");
        QCOMPARE(card->customer.id, Id<Customer>{});
        QVERIFY(card->timeline.isEmpty());
        QCOMPARE(world.picture(), before);
        QVERIFY(world.outbox().isEmpty());
    }

    void anExtensionIsAnUnknownNumberNotGarbage()
    {
        World world;
        QCOMPARE(cardFor(world, "102").confidence, Confidence::Unknown);
        QCOMPARE(cardFor(world, "102").number, "102");
        QCOMPARE(cardFor(world, "*21#").confidence, Confidence::Unknown);
    }

    void aWithheldNumberIsSaidToBeAndNotShown()
    {
        World world;
        world.customerWith("Ana", number);
        for (const Party &party :
             {Party{.raw = number, .e164 = number, .withheld = true}, Party{.raw = "anonymous"}, Party{}}) {
            const auto card = world.callers.cardFor(party);
            QCOMPARE(card->confidence, Confidence::Withheld);
            QCOMPARE(card->number, "");
            QCOMPARE(card->customer.id, Id<Customer>{});
        }
    }

    void garbageIsUnreadableCleanedAndCut_data()
    {
        QTest::addColumn<QString>("raw");
        QTest::addColumn<QString>("shown");
        QTest::newRow("letters") << "hello"
                                 << "hello";
        QTest::newRow("10 kB of letters") << QString(10240, 'x') << QString(maxPhoneTextLength, 'x');
        QTest::newRow("10 kB of digits") << QString(10240, '1') << QString(maxPhoneTextLength, '1');
        QTest::newRow("controls") << QString("a\x01\x02\nb") << "a   b";
        QTest::newRow("direction") << QString::fromUtf8("\u202e+49\u2066 abc") << "+49 abc";
        QTest::newRow("markup") << "<b>1</b>"
                                << "<b>1</b>";
        QTest::newRow("SQL") << "' OR 1=1 --"
                             << "' OR 1=1 --";
        QTest::newRow("marks") << "+++"
                               << "+++";
    }

    void garbageIsUnreadableCleanedAndCut()
    {
        QFETCH(QString, raw);
        QFETCH(QString, shown);
        World world;
        const QString before = world.picture();

        const Card card = cardFor(world, raw);

        QCOMPARE(card.confidence, Confidence::Unreadable);
        QCOMPARE(card.number, shown);
        QCOMPARE(world.picture(), before);
        QVERIFY(world.outbox().isEmpty());
    }

    void aNumberThatOnlyClaimsToBeNormalisedIsReadAsSent()
    {
        World world;
        world.customerWith("Ana", number);

        QCOMPARE(world.callers.cardFor({.raw = "03023125147", .e164 = "nonsense"})->customer.name, "Ana");
        QCOMPARE(world.callers.cardFor({.e164 = QString(10240, '9')})->confidence, Confidence::Unreadable);
    }

    void theNameFromTheNetworkIsCleanedAndCut()
    {
        World world;
        const auto card = world.callers.cardFor(
            {.raw = number, .name = QString::fromUtf8("\u202eevil\n") + QString(200, 'x')});

        QVERIFY(card->networkName.startsWith("evil xx"));
        QCOMPARE(card->networkName.size(), maxNetworkNameLength);
    }

    void twoCustomersOnOneNumberMustBeChosenFrom()
    {
        World world;
        const Customer ana = world.customerWith("Ana", number);
        const Customer ben = world.customerWith("Ben", number);
        world.arrives(Case{.customer = ben.id, .subject = "Leak", .dueAt = world.clock.now()});

        const Card card = cardFor(world, number);

        QCOMPARE(card.confidence, Confidence::Shared);
        QCOMPARE(card.customer.id, Id<Customer>{});
        QCOMPARE(card.candidateCount, 2);
        QCOMPARE(card.candidates[0].customer.name, "Ben");
        QCOMPARE(card.candidates[0].openCases, 1);
        QCOMPARE(card.candidates[0].nextDueAt, std::optional(world.clock.now()));
        QCOMPARE(card.candidates[1].customer.id, ana.id);
    }

    void oneCustomerWithTheNumberTwiceIsOne()
    {
        World world;
        const Customer ana = world.customerWith("Ana", number);
        world.arrives(ContactPoint{.customer = ana.id, .value = "again", .e164 = number});

        QCOMPARE(cardFor(world, number).confidence, Confidence::Exact);
    }

    void nineOfFortyCandidatesAreShownAndAllAreCounted()
    {
        World world;
        for (int i = 0; i < 40; ++i)
            world.customerWith(QString("Customer %1").arg(i), number);

        const Card card = cardFor(world, number);

        QCOMPARE(card.candidates.size(), maxCandidates);
        QCOMPARE(card.candidateCount, 40);
    }

    void aNumberThatIsNoLongerTheirsDoesNotMatch()
    {
        World world;
        const Customer ana = world.arrives(Customer{.name = "Ana"});
        world.arrives(ContactPoint{.customer = ana.id, .value = number, .e164 = number, .notTheirsSince = 1});
        world.customerWith("Ben", number);

        QCOMPARE(cardFor(world, number).customer.name, "Ben");
        QCOMPARE(world.callers.cardOf(ana.id)->contactPoints.size(), 1);
    }

    void theChosenCandidateKeepsTheCallsNumber()
    {
        World world;
        const Customer ana = world.customerWith("Ana", number);
        world.customerWith("Ben", number);

        const auto card = world.callers.cardOf(ana.id, Party{.raw = number});

        QCOMPARE(card->confidence, Confidence::Chosen);
        QCOMPARE(card->number, number);
        QCOMPARE(card->customer.name, "Ana");
        QCOMPARE(world.callers.cardOf({99}).error().fault, Fault::NotFound);
    }

    void phonesStandFirstAndWhatIsNoLongerTheirsLast()
    {
        World world;
        const Customer ana = world.arrives(Customer{.name = "Ana"});
        const auto point = [&](const QString &value, ContactPoint::Channel channel,
                               std::optional<TimeMs> notTheirsSince) {
            world.arrives(ContactPoint{
                .customer = ana.id, .channel = channel, .value = value, .notTheirsSince = notTheirsSince});
        };
        point("old phone", ContactPoint::Channel::Phone, 1);
        point("mail", ContactPoint::Channel::Email, {});
        point("phone", ContactPoint::Channel::Phone, {});

        QStringList values;
        const auto card = world.callers.cardOf(ana.id);
        for (const ContactPoint &shown : card->contactPoints)
            values += shown.value;
        QCOMPARE(values.join(", "), "phone, mail, old phone");
    }

    void twoValuesOfOneFieldAreOnTheCard()
    {
        World world;
        const Customer ana = world.customerWith("Ana Costa", "+493023125147");
        world.arrive({.record = {"customer", ana.id.value}, .fields = {{"role", "CIO"}}});
        world.arrives("conflict", Conflict{.record = {"customer", ana.id.value},
                                           .field = "role",
                                           .kept = "\"CIO\"",
                                           .lost = "\"Buyer\"",
                                           .state = "open"});

        const auto card = world.callers.cardFor({.e164 = "+493023125147"});

        QCOMPARE(card->conflicts.size(), 1);
        QCOMPARE(card->conflicts.first().present.value, "CIO");
        QCOMPARE(card->conflicts.first().lost.value, "Buyer");
    }

    void threeAlertsThatHoldAreShownWithTheirAuthor()
    {
        World world;
        const Customer ana = world.arrives(Customer{.name = "Ana"});
        world.arrives(Alert{
            .customer = ana.id, .text = "expired", .author = world.anna, .until = world.clock.now() - 1});
        for (int i = 0; i < 4; ++i)
            world.arrives(Alert{.customer = ana.id,
                                .text = "careful",
                                .author = world.anna,
                                .until = world.clock.now() + dayMs});

        const auto card = world.callers.cardOf(ana.id);

        QCOMPARE(card->alerts.size(), maxAlerts);
        for (const AlertLine &alert : card->alerts) {
            QCOMPARE(alert.text, "careful");
            QCOMPARE(alert.author, "Anna Albers");
        }
    }

    void openCasesAreShownNearestDueTimeFirst()
    {
        World world;
        const Customer ana = world.arrives(Customer{.name = "Ana"});
        for (int i = 0; i < maxOpenCases + 5; ++i)
            world.arrives(Case{.customer = ana.id, .subject = QString::number(i), .dueAt = 1000 - i});
        world.arrives(Case{.customer = ana.id, .subject = "done", .status = Case::Status::Closed});

        const auto card = world.callers.cardOf(ana.id);

        QCOMPARE(card->openCases.size(), maxOpenCases);
        QCOMPARE(card->openCaseCount, maxOpenCases + 5);
        QCOMPARE(card->openCases[0].subject, QString::number(maxOpenCases + 4));
    }

    void theReasonsSayWhyAndWho()
    {
        World world;
        const User ben = world.arrives(User{.name = "Ben Brandt"});
        const Customer ana = world.customerWith("Ana", number);
        world.arrives(FollowUp{.customer = ana.id,
                               .what = "call back with a repair date",
                               .dueAt = world.clock.now() - dayMs,
                               .madeBy = ben.id,
                               .at = world.clock.now() - 2 * dayMs});
        world.arrives(Case{
            .code = "K73QF9X", .customer = ana.id, .subject = "leaking valve", .dueAt = berlinAt(0, 16, 30)});
        world.arrives(
            Interaction{.customer = ana.id, .startedAt = world.clock.now() - dayMs, .answeredAt = 1});

        const Card card = cardFor(world, number);

        QCOMPARE(card.reasons.size(), 3);
        QCOMPARE(card.reasons[0].kind, ProbableReason::Kind::OverdueFollowUp);
        QCOMPARE(card.reasons[0].who, "Ben Brandt");
        QCOMPARE(card.reasons[1].kind, ProbableReason::Kind::DueCase);
        QCOMPARE(card.reasons[1].caseCode, "K73QF9X");
        QCOMPARE(card.reasons[2].kind, ProbableReason::Kind::RepeatCall);
        QCOMPARE(card.reasons[2].count, 2);
    }

    void whoeverIsLookedUpIsNotCalling()
    {
        World world;
        const Customer ana = world.customerWith("Ana", number);
        world.arrives(
            Interaction{.customer = ana.id, .startedAt = world.clock.now() - dayMs, .answeredAt = 1});

        QVERIFY(world.callers.cardOf(ana.id)->reasons.isEmpty());
        QCOMPARE(world.callers.cardOf(ana.id, Party{.raw = number})->reasons.size(), 1);
    }

    void anUnknownNumberThatCallsAgainIsSaidTo()
    {
        World world;
        for (int day = 1; day <= 2; ++day)
            world.arrives(Interaction{
                .partyNumber = number, .startedAt = world.clock.now() - day * dayMs, .answeredAt = 1});

        const Card card = cardFor(world, number);

        QCOMPARE(card.confidence, Confidence::Unknown);
        QCOMPARE(card.reasons.size(), 1);
        QCOMPARE(card.reasons[0].count, 3);
    }

    void whatWasSaidFromAnUnknownNumberIsOnItsNextCard()
    {
        World world;
        const auto call = world.arrives(
            Interaction{.partyNumber = number, .startedAt = world.clock.now() - hourMs, .note = "No heat"});
        const auto file = world.arrives(
            Case{.code = "K73QF9X", .subject = "No heat", .openedAt = 3, .interaction = call.id});
        const auto done = world.arrives(Case{.code = "K73QFAA",
                                             .subject = "Old",
                                             .status = Case::Status::Closed,
                                             .openedAt = 2,
                                             .interaction = call.id});
        world.arrives(CaseNote{.caseId = file.id, .text = "Plumber ordered", .at = world.clock.now()});
        world.arrives(Interaction{.partyNumber = "+493023125148", .startedAt = 1, .note = "Another's"});

        const Card card = cardFor(world, number);

        QCOMPARE(card.timeline.size(), 4);
        QCOMPARE(card.timeline.first().text, "Plumber ordered");
        QCOMPARE(card.openCases.size(), 1);
        QCOMPARE(card.openCases.first().id, file.id);
        QCOMPARE(world.callers.cardOfCase(done.id)->openCases.first().id, done.id); // it was asked for
    }

    void theCardOfACaseIsThatOfItsCustomerOrOfItsCaller()
    {
        World world;
        const Customer ana = world.customerWith("Ana", "+493023125148");
        const auto hers = world.arrives(Case{.code = "K73QF9X", .customer = ana.id});
        const auto call = world.arrives(Interaction{.partyNumber = number, .startedAt = 1});
        const auto nobodys = world.arrives(Case{.code = "K73QFAA", .interaction = call.id});
        const auto withheld = world.arrives(Case{.code = "K73QFBB"});

        QCOMPARE(world.callers.cardOfCase(hers.id)->customer.id, ana.id);
        QCOMPARE(world.callers.cardOfCase(nobodys.id)->number, number);
        QCOMPARE(world.callers.cardOfCase(nobodys.id)->openCases.size(), 1);
        QCOMPARE(world.callers.cardOfCase(withheld.id)->number, QString());
        QCOMPARE(world.callers.cardOfCase(withheld.id)->openCases.first().id, withheld.id);
        QCOMPARE(world.callers.cardOfCase({99}).error().fault, Fault::NotFound);
    }

    void countsWhatOthersDidSinceWeSpoke()
    {
        World world;
        const User ben = world.arrives(User{.name = "Ben Brandt"});
        const Customer ana = world.customerWith("Ana", number);
        const auto spoke = [&](Id<User> agent, TimeMs at) {
            world.arrives(Interaction{
                .customer = ana.id, .startedAt = at, .answeredAt = at, .agent = agent, .note = "spoke"});
        };
        const TimeMs now = world.clock.now();
        spoke(ben.id, now - 4 * dayMs);
        spoke(world.anna, now - 3 * dayMs);
        spoke(ben.id, now - 2 * dayMs);
        spoke(ben.id, now - dayMs);

        const Card card = cardFor(world, number);

        QCOMPARE(card.lastMineAt, std::optional(now - 3 * dayMs));
        QCOMPARE(card.newSinceMine, 2);
        QCOMPARE(card.timeline.size(), 4);
        QCOMPARE(card.timeline[0].who, "Ben Brandt");
        QVERIFY(card.timeline[2].mine);
    }

    void theTimelineContinuesWhereTheCardEnds()
    {
        World world;
        const Customer ana = world.customerWith("Ana", number);
        for (int i = 0; i < timelinePage + 7; ++i)
            world.arrives(Interaction{.customer = ana.id, .startedAt = 1000 + i, .note = QString::number(i)});

        const Card card = cardFor(world, number);
        QCOMPARE(card.timeline.size(), timelinePage);
        QCOMPARE(card.timeline[0].text, QString::number(timelinePage + 6));
        QVERIFY(card.timelineNext);

        const auto rest = world.callers.timeline(ana.id, card.timelineNext);
        QCOMPARE(rest->entries.size(), 7);
        QCOMPARE(rest->entries[6].text, "0");
        QVERIFY(!rest->next);
    }

    void aBookThatCannotBeReadIsAnErrorAtWhateverStatement()
    {
        World world;
        world.customerWith("Ana", number);
        int n = 0;
        for (;; ++n) {
            world.failStatement(n);
            const auto card = world.callers.cardFor({.raw = number});
            if (world.asked <= n)
                break;
            QVERIFY(!card);
        }
        QVERIFY(n > 5);
    }
};

QTEST_GUILESS_MAIN(tst_CallerDesk)
#include "tst_CallerDesk.moc"
